"""A titled document or office rendered otherwise than the glossary has it.

**What it finds.** The title of a document in 《》, an institution or an office that the glossary knows and
the English calls by other words.

**Why it matters.** Names are found by their letters: a reader who looks for another name does not find the
law, and a body called by two names becomes two bodies.

**Spared.** Abbreviations and short forms that the glossary has; titles the glossary does not know.

**Example.** 国家发展和改革委员会 → *State Progress and Change Commission*

**Use instead.** *National Development and Reform Commission*, or *NDRC* once it was introduced.
"""

from __future__ import annotations

from collections.abc import Iterator

from termbank.checks.context import CheckContext, suggestions
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.checks.term_faults import FaultKind, RenderingFault
from termbank.model.finding import Finding
from termbank.model.message import Message, message

CODE = "official-title"
FAULTY = (
    Example("国家发展和改革委员会发布通知。", "The State Planning and Change Commission issued a notice."),
)
SOUND = (
    Example(
        "国家发展和改革委员会发布通知。", "The National Development and Reform Commission issued a notice."
    ),
)


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each title and pair."""
    for fault in checked.faults:
        if fault.kind is FaultKind.OTHERWISE and fault.is_title:
            offered = suggestions(fault.concept)
            yield context.finding(
                CODE,
                fault.segment,
                _text(fault, offered[0]),
                en=fault.phrase,
                zh=fault.matches[0].span,
                concept=fault.concept,
                suggest=offered,
            )


def _text(fault: RenderingFault, official: str) -> Message:
    zh = fault.matches[0].text
    if fault.phrase is None:
        return message(
            "{zh} is officially “{rendering}”; the English has something else.", zh=zh, rendering=official
        )
    found = fault.phrase.of(fault.segment.en)
    return message("{zh} is officially “{rendering}”, not “{found}”.", zh=zh, rendering=official, found=found)
