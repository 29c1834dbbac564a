"""A titled document or office rendered otherwise than the bank has it.

**What it finds.** The title of a document in 《》, an institution or an office that the glossary knows and
the English calls by other words.

**Why it matters.** Names are found by their letters: a reader who looks for another name does not find the
law, and a body called by two names becomes two bodies.

**Spared.** Abbreviations and short forms that the glossary has; titles the glossary does not know.

**Example.** 国家发展和改革委员会 → *State Progress and Change Commission*

**Use instead.** *National Development and Reform Commission*, or *NDRC* once it was introduced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbank.checks.example_glossary import Example
from termbank.checks.pair import Desk, Reading, suggestions
from termbank.checks.term_faults import Fault, verdicts
from termbank.model.finding import Finding

CODE = "official-title"
FAULTY = (
    Example("国家发展和改革委员会发布通知。", "The State Planning and Change Commission issued a notice."),
)
SOUND = (
    Example(
        "国家发展和改革委员会发布通知。", "The National Development and Reform Commission issued a notice."
    ),
)


def run(pairs: Sequence[Reading], desk: Desk) -> Iterator[Finding]:
    """One finding for each title and pair."""
    for reading in pairs:
        for verdict in verdicts(reading, desk):
            if verdict.fault is not Fault.OTHERWISE or not verdict.title:
                continue
            offered = suggestions(verdict.concept)
            span = verdict.phrase
            words = f"“{span.of(reading.pair.en)}”" if span else "something else"
            yield desk.finding(
                CODE,
                reading.pair,
                f"{verdict.matches[0].text} is officially “{offered[0]}”, not {words}.",
                en=span,
                zh=verdict.matches[0].span,
                concept=verdict.concept,
                suggest=offered,
            )
