"""A rendering that is allowed where the glossary prefers another.

**What it finds.** An admitted or proposed rendering of a term for which the glossary has a preferred one. It is
looked for with `--strict`, or where the settings give it a severity.

**Why it matters.** Some houses write one rendering only: what others may write too is, for them, a slip.

**Spared.** Short forms and abbreviations; a pair that has the preferred rendering too; a Chinese term of several
concepts, where the rendering is the preferred one of another.

**Example.** 优化算力布局。 → *Optimize the layout of computing capacity.*

**Use instead.** *Optimize the layout of computing power.*
"""

from __future__ import annotations

from collections.abc import Iterator

from termbank.checks.context import CheckContext
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.checks.pair import Pair
from termbank.matching.match import Match
from termbank.model.concept import Concept, Status, TermType
from termbank.model.finding import Finding
from termbank.model.message import message

CODE = "admitted-rendering"
FAULTY = (Example("优化算力布局。", "Optimize the layout of computing capacity."),)
SOUND = (Example("优化算力布局。", "Optimize the layout of computing power."),)


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each concept and pair, at the first place."""
    for pair in checked.pairs:
        for name in pair.zh_concepts:
            if name not in pair.en_concepts:
                continue
            concept = context.glossary.by_id[name]
            preferred = _preferred(concept)
            if preferred is None:
                continue
            place = _place_to_report(pair, concept)
            if place is None:
                continue
            yield context.finding(
                CODE,
                pair.segment,
                message(
                    "“{found}” may be written for {zh}; the glossary prefers “{rendering}”.",
                    found=place.text,
                    zh=concept.headword,
                    rendering=preferred,
                ),
                en=place.span,
                zh=pair.source_span(concept),
                concept=concept,
                suggest=(preferred,),
            )


def _preferred(concept: Concept) -> str | None:
    return next((term.text for term in concept.english if term.general_status is Status.PREFERRED), None)


def _place_to_report(pair: Pair, concept: Concept) -> Match | None:
    """The first use of a rendering that is only allowed; None where a preferred one stands in the pair too."""
    others = {
        other.id
        for match in pair.zh_concepts[concept.id]
        for other in (match.concept, *match.also)
        if other.id in pair.en_concepts
    }
    used = [term for name in others for _, term in pair.en_concepts[name]]
    if any(term.general_status is Status.PREFERRED for term in used):
        return None
    return next(
        (
            match
            for match, term in pair.en_concepts[concept.id]
            if term.general_status in (Status.ADMITTED, Status.PROPOSED)
            and term.type in (TermType.FULL_FORM, TermType.VARIANT)
        ),
        None,
    )
