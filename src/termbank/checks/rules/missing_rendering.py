"""Nothing in the translation renders a known term.

**What it finds.** A Chinese term of the glossary of which no part has a counterpart in the English, where
no unexplained words stand that could be its rendering.

**Why it matters.** What the original says is not said. In policy texts a dropped term is a dropped commitment.

**Spared.** What `unapproved-rendering` spares; and a term that the neighbouring sentence renders, since
translators move things across a full stop and take up a term by a pronoun.

**Example.** 发展新质生产力，扎实推进共同富裕。 → *Make solid progress toward common prosperity.*

**Use instead.** *Develop new quality productive forces and make solid progress toward common prosperity.*
"""

from __future__ import annotations

from collections.abc import Iterator

from termbank.checks.context import CheckContext, suggestions
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.checks.term_faults import FaultKind
from termbank.model.finding import Finding
from termbank.model.message import message

CODE = "missing-rendering"
FAULTY = (Example("发展新质生产力，扎实推进共同富裕。", "Make solid progress toward common prosperity."),)
SOUND = (
    Example("扎实推进共同富裕。", "Make solid progress toward common prosperity."),
    Example("推动高质量发展。", "Pursue development of high quality."),
)


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each concept and pair; the whole English segment is meant."""
    for fault in checked.faults:
        if fault.kind is FaultKind.ABSENT:
            offered = suggestions(fault.concept)
            yield context.finding(
                CODE,
                fault.segment,
                message(
                    "Nothing in the English renders {zh} (“{rendering}”).",
                    zh=fault.matches[0].text,
                    rendering=offered[0],
                ),
                zh=fault.matches[0].span,
                concept=fault.concept,
                suggest=offered,
            )
