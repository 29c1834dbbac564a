"""A rendering that was official once and is no longer.

**What it finds.** An English term whose status is *superseded*, in a text dated after the period in
which it was the usage.

**Why it matters.** Official renderings change, and a reader takes the old one for another notion:
人类命运共同体 was “community of common destiny” before it became “community with a shared future for mankind”.

**Spared.** A text from the time: what was written in 2012 is not blamed for the usage of 2012. The
date comes from `--date`, or from the document's own head; a text without any date is taken for new, and
the finding is then a note, unless it is the name of a body, law, document, office or campaign.
The end of the period is the term's `until`, else the last date on which it is attested.

**Example.** 推动构建人类命运共同体。 → *Build a community of common destiny.* (2024)

**Use instead.** *Build a community with a shared future for mankind.*
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from termbank.checks.context import CheckContext, advice, join_sentences, suggestions
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.checks.wrong_names import NAMES
from termbank.model.concept import Status, Term
from termbank.model.date import surely_before
from termbank.model.finding import Finding, Severity
from termbank.model.message import Message, message

CODE = "superseded-rendering"
FAULTY = (
    Example("推动构建人类命运共同体。", "We will build a community of common destiny.", "2024-03"),
    Example("", "We will build a community of common destiny."),
)
SOUND = (
    Example(
        "推动构建人类命运共同体。", "We will build a community with a shared future for mankind.", "2024-03"
    ),
    Example("倡导人类命运共同体意识。", "We advocate a sense of a community of common destiny.", "2012-11"),
)


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each use of a superseded rendering after its time."""
    for pair in checked.pairs:
        for match, concept, term in pair.unusable_renderings:
            if term.status is not Status.SUPERSEDED:
                continue
            ended = last_date(term)
            if context.date is not None and (ended is None or not surely_before(ended, context.date)):
                continue
            offered = suggestions(concept)
            finding = context.finding(
                CODE,
                pair.segment,
                join_sentences(_fault(match.text, concept.headword, ended), advice(offered)),
                en=match.span,
                zh=pair.source_span(concept),
                concept=concept,
                suggest=offered,
            )
            is_sure = context.date is not None or concept.type in NAMES
            yield finding if is_sure else replace(finding, severity=Severity.NOTE)


def _fault(found: str, zh: str, ended: str | None) -> Message:
    if ended is None:
        return message("“{found}” is a superseded rendering of {zh}.", found=found, zh=zh)
    return message(
        "“{found}” is a superseded rendering of {zh}, in use until {date}.", found=found, zh=zh, date=ended
    )


def last_date(term: Term) -> str | None:
    """The last date of a term's period: as the glossary has it, else when it was last attested."""
    return term.until or term.last
