"""An abbreviation used before it is introduced.

**What it finds.** A document whose first use of an abbreviation stands before the full form, or that
never gives the full form of an abbreviation which only the field's insiders read.

**Why it matters.** The reader meets *NQPFs* and does not know what is spoken of.

**Spared.** Abbreviations that everybody reads (GDP, UN, AI …); an abbreviation in the same sentence as
its full form, in brackets before or after it; headings.

**Example.** *NQPFs are growing. New quality productive forces (NQPFs) …*

**Use instead.** *New quality productive forces (NQPFs) are growing.*
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbank.checks.document_stats import Place
from termbank.checks.example_glossary import Example
from termbank.checks.pair import Desk, Reading
from termbank.model.concept import TermType
from termbank.model.finding import Finding

CODE = "short-form-before-full-form"
FAULTY = (
    Example("", "NQPFs are growing fast. New quality productive forces draw on computing power."),
    Example("新质生产力正在形成。", "NQPFs are taking shape."),
)
SOUND = (
    Example("", "New quality productive forces (NQPFs) are growing fast. NQPFs draw on computing power."),
)

KNOWN_TO_ALL = frozenset(
    [
        "AI",
        "GDP",
        "UN",
        "EU",
        "US",
        "USA",
        "UK",
        "PRC",
        "CPC",
        "WTO",
        "WHO",
        "IMF",
        "GNP",
        "IT",
        "ICT",
        "TV",
        "PC",
        "ID",
        "IP",
        "R&D",
        "CEO",
        "NGO",
        "NGOs",
        "SME",
        "SMEs",
        "3D",
        "4G",
        "5G",
        "6G",
        "G7",
        "G20",
        "BRICS",
        "APEC",
        "ASEAN",
        "OECD",
        "UNESCO",
        "UNICEF",
        "NATO",
        "OPEC",
        "COVID-19",
        "SARS",
        "HIV",
        "AIDS",
        "DNA",
        "LED",
        "GPS",
        "API",
        "APP",
        "VR",
        "AR",
        "CNY",
        "RMB",
        "USD",
        "HKD",
        "CO2",
        "PM2.5",
        "PhD",
        "MBA",
        "PLA",
        "NPC",
        "CPPCC",
        "B2B",
        "B2C",
        "O2O",
        "IPO",
        "ESG",
        "CCTV",
        "NBA",
        "SOE",
        "SOEs",
        "EV",
        "EVs",
        "FDI",
        "PPP",
    ]
)


def run(pairs: Sequence[Reading], desk: Desk) -> Iterator[Finding]:
    """One finding for each abbreviation and document, at its first use."""
    for (_, name), uses in desk.usage.uses.items():
        full = [place for place in uses.values() if place.term.type in (TermType.FULL_FORM, TermType.VARIANT)]
        for place in uses.values():
            if place.term.type is not TermType.ABBREVIATION or place.term.text in KNOWN_TO_ALL:
                continue
            if any(not _stands_before(place, other) for other in full):
                continue
            concept = desk.glossary.by_id[name]
            best = next((t.text for t in concept.english if t.type is TermType.FULL_FORM), None)
            if best is None:
                continue
            said = "before its full form" if full else "and its full form never is"
            yield desk.finding(
                CODE,
                place.pair,
                f"“{place.term.text}” is used {said}. Introduce it: “{best} ({place.term.text})”.",
                en=place.span,
                zh=place.zh,
                concept=concept,
                suggest=(f"{best} ({place.term.text})",),
            )


def _stands_before(short: Place, full: Place) -> bool:
    """Whether the short form comes first, and not in the bracket or sentence that introduces it."""
    one, other = short.pair, full.pair
    if short.pair is full.pair:
        between = one.en[min(short.span.end, full.span.end) : max(short.span.start, full.span.start)]
        return short.span.start < full.span.start and any(end in between for end in ".!?。\n")
    return one.en_start + short.span.start < other.en_start + full.span.start
