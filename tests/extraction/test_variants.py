"""What counts as one rendering: inflection, hyphens and word order do not make another."""

from __future__ import annotations

import pytest

from termbank.extraction.variants import group_renderings, is_abbreviation, variant_key
from termbank.services.lexicon_cache import lexicon


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("new quality productive forces", "New Quality Productive Force"),
        ("the rule of law", "rule of law"),
        ("people-centered", "people centered"),
        ("organisation", "organizations"),
        ("development of the digital economy", "digital economy development"),
        ("new quality productive forces (NQPFs)", "new quality productive forces"),
        ("SMEs", "SME"),
    ],
)
def test_these_are_one_variant(one: str, other: str) -> None:
    assert variant_key(one, lexicon()) == variant_key(other, lexicon())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rural revitalization", "rural vitalization"),
        ("AI+ initiative", "AI initiative"),
        ("reform (2025)", "reform"),
    ],
)
def test_these_are_two(one: str, other: str) -> None:
    assert variant_key(one, lexicon()) != variant_key(other, lexicon())


def test_the_form_seen_most_is_shown_and_the_others_are_kept() -> None:
    seen = [
        ("Rural Vitalization", ()),
        ("rural vitalization", ()),
        ("rural vitalization", ()),
        ("rural revival", ()),
    ]
    found = group_renderings([(text, [(text, 0.9)]) for text, _ in seen], lexicon(), {})
    assert [(r.text, r.count) for r in found] == [("rural vitalization", 3), ("rural revival", 1)]
    assert found[0].forms == ("rural vitalization", "Rural Vitalization")


def test_what_was_only_weighed_is_told_when_asked_for_with_a_count_of_nothing() -> None:
    chosen = [("computing power", [("computing power", 0.7), ("computing", 0.2)])]
    assert [r.text for r in group_renderings(chosen, lexicon(), {})] == ["computing power"]
    assert [(r.text, r.count) for r in group_renderings(chosen, lexicon(), {}, possible=True)] == [
        ("computing power", 1),
        ("computing", 0),
    ]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("NQPFs", "new quality productive forces"),
        ("SMEs", "small and medium-sized enterprises"),
        ("BRI", "Belt and Road Initiative"),
    ],
)
def test_initials_stand_for_the_words_they_begin(short: str, full: str) -> None:
    assert is_abbreviation(short, full)


@pytest.mark.parametrize(
    ("short", "full"),
    [("AI", "digital economy"), ("BRI", "belt"), ("reform", "reform and opening up"), ("GDP", "growth rate")],
)
def test_other_letters_do_not(short: str, full: str) -> None:
    assert not is_abbreviation(short, full)


def test_an_abbreviation_stands_with_its_full_form_which_is_shown() -> None:
    seen = [("NQPFs", 2), ("new quality productive forces (NQPFs)", 1), ("new quality productive forces", 1)]
    chosen = [(text, [(text, 0.9)]) for text, count in seen for _ in range(count)]
    (found,) = group_renderings(chosen, lexicon(), {})
    assert (found.text, found.count) == ("new quality productive forces", 4)
    assert set(found.forms) == {text for text, _ in seen}


def test_a_term_of_the_bank_is_named() -> None:
    known = {variant_key("intelligent agent", lexicon()): "intelligent agent"}
    (found,) = group_renderings([("Intelligent agents", [("Intelligent agents", 1.0)])], lexicon(), known)
    assert found.term == "intelligent agent"
