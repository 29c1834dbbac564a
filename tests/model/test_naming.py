"""Ids are made of words, are not too long, and are nobody else's."""

from __future__ import annotations

from termbank.model.ids import LONGEST, free_id, hyphenate


def test_a_name_ends_with_the_last_word_that_fits() -> None:
    words = "decision of the central committee on further deepening reform comprehensively to advance".split()
    assert hyphenate(words) == "decision-of-the-central-committee-on-further-deepening"
    assert hyphenate([]) == ""


def test_one_word_that_is_too_long_is_cut() -> None:
    assert hyphenate(["x" * 100, "y"]) == "x" * LONGEST


def test_a_taken_name_gets_the_first_free_number() -> None:
    assert free_id("opinion", ()) == "opinion"
    assert free_id("opinion", {"opinion", "opinion-3"}) == "opinion-2"
