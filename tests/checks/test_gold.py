"""Labelled pairs with floors: precision and recall may rise and never fall."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from termbank.core.finding import Finding
from termbank.core.segment import SegmentPair
from termbank.formats.toml_pack import read
from termbank.services.check import check_pairs
from termbank.services.lexicon import lexicon

GOLD = Path(__file__).resolve().parent.parent / "gold"
TERMS = (
    "unapproved-rendering",
    "missing-rendering",
    "deprecated-rendering",
    "superseded-rendering",
    "official-title",
)
FAR = 100_000


@pytest.fixture(scope="module")
def rows() -> list[dict[str, object]]:
    return [json.loads(line) for line in (GOLD / "checks.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def findings(rows: list[dict[str, object]]) -> list[Finding]:
    glossary = read((GOLD / "checks_glossary.toml").read_bytes(), "checks_glossary.toml").glossary
    pairs = [
        SegmentPair(str(r["zh"]), str(r["en"]), None, f"pair {n}", en_start=n * FAR)
        for n, r in enumerate(rows)
    ]
    only = (*TERMS, "number-mismatch")
    return list(check_pairs(pairs, glossary, lexicon=lexicon(), date="2025-06", only=only))


def figures(found: set[tuple[int, str]], wanted: set[tuple[int, str]]) -> tuple[float, float]:
    hit = len(found & wanted)
    return hit / len(found), hit / len(wanted)


def test_the_labelled_pairs_are_many_and_of_both_kinds(rows: list[dict[str, object]]) -> None:
    faulty = sum(bool(row["faults"]) for row in rows)
    assert len(rows) >= 300
    assert 100 <= faulty <= len(rows) - 100


def test_wrong_terms_are_found_and_sound_ones_left_alone(
    rows: list[dict[str, object]], findings: list[Finding]
) -> None:
    found = {(f.span.start // FAR, f.concept or "") for f in findings if f.code in TERMS and f.span}
    wanted = {(n, f["concept"]) for n, r in enumerate(rows) for f in r["faults"] if f["code"] in TERMS}  # type: ignore[attr-defined, index]
    precision, recall = figures(found, wanted)
    assert precision >= 0.97
    assert recall >= 0.93


def test_wrong_numbers_are_found_and_sound_ones_left_alone(
    rows: list[dict[str, object]], findings: list[Finding]
) -> None:
    found = {(f.span.start // FAR, "") for f in findings if f.code == "number-mismatch" and f.span}
    wanted = {(n, "") for n, r in enumerate(rows) for f in r["faults"] if f["code"] == "number-mismatch"}  # type: ignore[attr-defined, index]
    precision, recall = figures(found, wanted)
    assert precision >= 0.97
    assert recall >= 0.96
