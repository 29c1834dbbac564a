"""Hand-labelled renderings: floors that may rise and never fall. The sentences of renderings.tsv are beside the project, not in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gold.policy_sentences import policy_sentences
from termbank.extraction import extract
from termbank.model.alignment import Alignment, Bead
from termbank.model.candidate import Occurrence
from termbank.model.span import Span
from termbank.services.lexicon_cache import lexicon

Row = tuple[str, int, str, tuple[int, int], list[tuple[int, int]]]
NOT_FOUND = Occurrence(0, Span(0, 0), None)
"""The answer where the labelled term is no word of its own to the matcher: 淡水 in 淡水河, 算力 in 算力网."""
SMALL = ("sinorama/198706005", "sinorama/200110006")


def rows(root: Path) -> list[Row]:
    found: list[Row] = []
    for line in (root / "tests/gold/renderings.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            file, bead, term, start, end, right, _ = line.split("\t")
            spans = [] if right == "-" else [tuple(map(int, span.split("-"))) for span in right.split(";")]
            found.append((file, int(bead), term, (int(start), int(end)), spans))  # type: ignore[arg-type]
    return found


def beads(base: Path) -> tuple[list[str], list[str], Alignment]:
    zh, en = (
        [line.strip() for line in base.with_suffix(suffix).read_text("utf-8").split("\n")]
        for suffix in (".zh", ".en")
    )
    pairs = [line.split(":") for line in base.with_suffix(".gold").read_text("utf-8").split()]
    joined = "".join(":".join(pair) for pair in pairs)
    found = re.findall(r"\[([\d, ]*)\]:\[([\d, ]*)\]", joined)
    return (
        zh,
        en,
        Alignment(
            tuple(
                Bead(tuple(map(int, re.findall(r"\d+", z))), tuple(map(int, re.findall(r"\d+", e))))
                for z, e in found
            )
        ),
    )


def test_the_labelled_set_is_large_enough_and_holds_places_without_a_rendering(root: Path) -> None:
    found = rows(root)
    assert len(found) >= 150
    assert sum(not spans for *_, spans in found) >= 30


@pytest.fixture(scope="module")
def answers(root: Path, shared_data: Path) -> list[tuple[Row, Occurrence]]:
    given = []
    for file in SMALL:
        own = [row for row in rows(root) if row[0] == file]
        terms = list(dict.fromkeys(row[2] for row in own))
        found = extract(*beads(shared_data / "sentence-alignment" / file), lexicon(), terms=terms)
        at = {(c.zh, o.bead, tuple(o.zh)): o for c in found for o in c.occurrences}
        for row in own:
            found_here = at.get((row[2], row[1], row[3]))
            if found_here is not None or row[4]:  # a rendering that is not looked for counts as missed
                given.append((row, found_here or NOT_FOUND))
    return given


def test_spans_are_right_where_there_is_a_rendering(answers: list[tuple[Row, Occurrence]]) -> None:
    there = [(row, answer) for row, answer in answers if row[4]]
    right = sum(answer.span is not None and tuple(answer.span) in row[4] for row, answer in there)
    assert right / len(there) >= 0.6


def test_most_places_without_a_rendering_are_told(answers: list[tuple[Row, Occurrence]]) -> None:
    none = [answer for row, answer in answers if not row[4]]
    assert sum(answer.en is None for answer in none) / len(none) >= 0.4


def test_hard_cases_of_policy_phrasing_stay_solved() -> None:
    zh, en, alignment, labelled = policy_sentences()
    asked = list(dict.fromkeys(row.term for row in labelled))
    places: dict[tuple[str, int], Occurrence] = {}
    for candidate in extract(zh, en, alignment, lexicon(), terms=asked):
        for place in candidate.occurrences:
            places.setdefault((candidate.zh, place.bead), place)
    whole, gapped = [], []
    for row in labelled:
        if row.right:
            place = places.get((row.term, row.bead), NOT_FOUND)
            kind = gapped if row.gapped else whole
            kind.append([row.holds(text) for text in [place.en, *place.alternatives][:5]])
    assert sum(ranks[0] for ranks in whole) / len(whole) >= 0.72
    assert sum(any(ranks) for ranks in whole) / len(whole) >= 0.91
    assert sum(ranks[0] for ranks in gapped) / len(gapped) >= 0.8
