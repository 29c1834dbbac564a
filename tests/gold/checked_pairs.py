"""Our own segment pairs with the faults in each, and how findings are held against them.

A finding counts by pair and concept; a number's by pair. Pairs are set far apart in their file, so that the place of
a finding tells its pair.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from termbank.files.glossaries.toml import read
from termbank.model.finding import Finding
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.services.check import check_pairs
from termbank.services.lexicon_cache import lexicon

HERE = Path(__file__).resolve().parent
TERMS = (
    "unapproved-rendering",
    "missing-rendering",
    "deprecated-rendering",
    "superseded-rendering",
    "official-title",
)
"""The checks that speak of terms, taken together: which of them finds a fault is a matter of words."""
NUMBERS = ("number-mismatch",)
_FAR = 100_000

Fault = tuple[int, str]
"""A pair's number, and the concept; no concept for a number."""


def labelled() -> tuple[list[SegmentPair], list[list[dict[str, str]]], Glossary]:
    """The pairs with the faults in each, and the glossary they are checked by."""
    rows = [json.loads(line) for line in (HERE / "checks.jsonl").read_text("utf-8").splitlines()]
    glossary = read((HERE / "checks_glossary.toml").read_bytes(), "checks_glossary.toml").glossary
    pairs = [SegmentPair(row["zh"], row["en"], None, f"pair {n}") for n, row in enumerate(rows)]
    return pairs, [row["faults"] for row in rows], glossary


def wanted(faults: Iterable[Iterable[dict[str, str]]], codes: Sequence[str]) -> set[Fault]:
    """The faults that checks of these names are to find."""
    return {
        (n, "" if fault["code"] in NUMBERS else fault["concept"])
        for n, some in enumerate(faults)
        for fault in some
        if fault["code"] in codes
    }


def found_terms(pairs: Sequence[SegmentPair], glossary: Glossary) -> set[Fault]:
    """What the checks of terms find."""
    return {(n, f.concept or "") for n, f in _found(pairs, glossary, TERMS)}


def found_numbers(pairs: Sequence[SegmentPair]) -> set[Fault]:
    """What the check of numbers finds."""
    return {(n, "") for n, _ in _found(pairs, Glossary(), NUMBERS)}


def _found(
    pairs: Sequence[SegmentPair], glossary: Glossary, codes: Sequence[str]
) -> Iterable[tuple[int, Finding]]:
    placed = [replace(pair, en_start=n * _FAR) for n, pair in enumerate(pairs)]
    for finding in check_pairs(placed, glossary, lexicon=lexicon(), date="2025-06", only=codes):
        if finding.span is not None:
            yield finding.span.start // _FAR, finding
