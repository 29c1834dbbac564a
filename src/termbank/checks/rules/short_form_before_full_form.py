"""An abbreviation used before it is introduced.

**What it finds.** A document that uses an abbreviation before its full form, or that
never gives the full form of an abbreviation which only the field's insiders read.

**Why it matters.** The reader meets *NQPFs* and does not know what it means.

**Spared.** Abbreviations that everybody reads (GDP, UN, AI …); an abbreviation in the same sentence as
its full form, in brackets before or after it; headings.

**Example.** *NQPFs are growing. New quality productive forces (NQPFs) …*

**Use instead.** *New quality productive forces (NQPFs) are growing.*
"""

from __future__ import annotations

from collections.abc import Iterator

from termbank.checks.context import CheckContext, join_sentences
from termbank.checks.document_stats import FirstUse
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.model.concept import Concept, TermType
from termbank.model.finding import Finding
from termbank.model.message import message

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


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each abbreviation and document, at its first use."""
    for (_, name), uses in checked.uses.items():
        full = [use for use in uses.values() if use.term.type in (TermType.FULL_FORM, TermType.VARIANT)]
        for use in uses.values():
            if use.term.type is not TermType.ABBREVIATION or use.term.text in KNOWN_TO_ALL:
                continue
            if any(not _comes_before(use, other) for other in full):
                continue
            concept = context.glossary.by_id[name]
            best = next((t.text for t in concept.english if t.type is TermType.FULL_FORM), None)
            if best is not None:
                yield _finding(use, concept, best, bool(full), context)


def _finding(
    use: FirstUse, concept: Concept, full_form: str, is_given: bool, context: CheckContext
) -> Finding:
    short = use.term.text
    if is_given:
        fault = message("“{short}” is used before its full form.", short=short)
    else:
        fault = message("“{short}” is used without its full form.", short=short)
    introduced = f"{full_form} ({short})"
    return context.finding(
        CODE,
        use.segment,
        join_sentences(fault, message("Introduce it: “{introduced}”.", introduced=introduced)),
        en=use.span,
        zh=use.zh,
        concept=concept,
        suggest=(introduced,),
    )


def _comes_before(short: FirstUse, full: FirstUse) -> bool:
    """Whether the short form comes first, and not in the bracket or sentence that introduces it."""
    one, other = short.segment, full.segment
    if one is other:
        between = one.en[min(short.span.end, full.span.end) : max(short.span.start, full.span.start)]
        return short.span.start < full.span.start and any(end in between for end in ".!?。\n")
    return one.en_start + short.span.start < other.en_start + full.span.start
