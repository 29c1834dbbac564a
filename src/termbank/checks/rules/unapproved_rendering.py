"""A known term is rendered by something else.

**What it finds.** A Chinese term of the glossary whose place in the English is taken by words that are
none of its renderings. The finding says which words these are, as far as the pair shows it, and
suggests the approved ones.

**Why it matters.** The term is no longer recognised: a reader, a search engine and the next translator
see another concept.

**Spared.** Any preferred, admitted or proposed rendering, in any inflection; a term inside a longer
one; repetitions and pronouns; the rendering's words in another order; free renderings that the dictionary
explains; concepts of which the glossary itself is not sure (*proposed*).

**Example.** 发展新质生产力。 → *Develop innovative output capability.*

**Use instead.** *Develop new quality productive forces.*
"""

from __future__ import annotations

from collections.abc import Iterator

from termbank.checks.context import CheckContext, advice, join_sentences, suggestions
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.checks.term_faults import FaultKind, RenderingFault
from termbank.model.finding import Finding
from termbank.model.message import Message, message

CODE = "unapproved-rendering"
FAULTY = (
    Example(
        "各地因地制宜发展新质生产力。",
        "Localities are developing computing power in line with local conditions.",
    ),
    Example("扎实推进共同富裕。", "Make solid progress toward shared affluence."),
)
SOUND = (
    Example(
        "各地因地制宜发展新质生产力。",
        "Localities are developing new quality productive forces suited to them.",
    ),
    Example(
        "推动高质量发展，高质量发展是首要任务。", "Promote high-quality development, which is the first task."
    ),
)


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each concept and pair."""
    for fault in checked.faults:
        if fault.kind is FaultKind.OTHERWISE and not fault.is_title:
            offered = suggestions(fault.concept)
            yield context.finding(
                CODE,
                fault.segment,
                join_sentences(_fault(fault), advice(offered)),
                en=fault.phrase,
                zh=fault.matches[0].span,
                concept=fault.concept,
                suggest=offered,
            )


def _fault(fault: RenderingFault) -> Message:
    zh = fault.matches[0].text
    if fault.phrase is None:
        return message("No approved rendering of {zh} was found in the English.", zh=zh)
    found = fault.phrase.of(fault.segment.en)
    return message("{zh} is rendered by “{found}”, as aligned.", zh=zh, found=found)
