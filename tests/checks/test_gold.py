"""Labelled pairs with floors: precision and recall may rise and never fall."""

from __future__ import annotations

import pytest

from gold.checked_pairs import NUMBERS, TERMS, Fault, found_numbers, found_terms, labelled, wanted
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair

Labelled = tuple[list[SegmentPair], list[list[dict[str, str]]], Glossary]


@pytest.fixture(scope="module")
def gold() -> Labelled:
    return labelled()


def figures(found: set[Fault], faults: set[Fault]) -> tuple[float, float]:
    hit = len(found & faults)
    return hit / len(found), hit / len(faults)


def test_the_labelled_pairs_are_many_and_of_both_kinds(gold: Labelled) -> None:
    pairs, faults, _ = gold
    faulty = sum(map(bool, faults))
    assert len(pairs) >= 300
    assert 100 <= faulty <= len(pairs) - 100


def test_wrong_terms_are_found_and_sound_ones_left_alone(gold: Labelled) -> None:
    pairs, faults, glossary = gold
    precision, recall = figures(found_terms(pairs, glossary), wanted(faults, TERMS))
    assert precision >= 0.97
    assert recall >= 0.93


def test_wrong_numbers_are_found_and_sound_ones_left_alone(gold: Labelled) -> None:
    pairs, faults, _ = gold
    precision, recall = figures(found_numbers(pairs), wanted(faults, NUMBERS))
    assert precision >= 0.97
    assert recall >= 0.96
