"""The survey of four English texts against a hand-labelled gold; skipped where the texts are not at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from gold.survey_gold import gold, packs, surveyed


@pytest.fixture(scope="module")
def found(shared_data: Path) -> set[tuple[str, int, int, str]]:
    return surveyed(sorted((shared_data / "seeds").glob("*.txt")), packs())


def test_the_renderings_of_four_texts_are_found(found: set[tuple[str, int, int, str]]) -> None:
    right = len(found & gold())
    assert right / len(gold()) >= 0.98
    assert right / len(found) >= 0.97


def test_the_gold_refers_to_concepts_of_the_packs() -> None:
    known = packs().by_id
    assert sorted({concept for *_, concept in gold()} - set(known)) == []
