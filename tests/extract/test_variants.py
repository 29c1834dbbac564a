"""What counts as one rendering: inflection, hyphens and word order do not make another."""

from __future__ import annotations

import pytest

from termbank.extract.variants import key, renderings
from termbank.services.lexicon import lexicon


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("new quality productive forces", "New Quality Productive Force"),
        ("the rule of law", "rule of law"),
        ("people-centered", "people centered"),
        ("organisation", "organizations"),
        ("development of the digital economy", "digital economy development"),
    ],
)
def test_these_are_one_variant(one: str, other: str) -> None:
    assert key(one, lexicon()) == key(other, lexicon())


@pytest.mark.parametrize(
    ("one", "other"), [("rural revitalization", "rural vitalization"), ("the EU", "the European Union")]
)
def test_these_are_two(one: str, other: str) -> None:
    assert key(one, lexicon()) != key(other, lexicon())


def test_the_form_seen_most_is_shown_and_the_others_are_kept() -> None:
    seen = [
        ("Rural Vitalization", ()),
        ("rural vitalization", ()),
        ("rural vitalization", ()),
        ("rural revival", ()),
    ]
    found = renderings([(text, [(text, 0.9)]) for text, _ in seen], lexicon(), {})
    assert [(r.text, r.count) for r in found] == [("rural vitalization", 3), ("rural revival", 1)]
    assert found[0].forms == ("rural vitalization", "Rural Vitalization")


def test_what_was_only_weighed_is_told_when_asked_for_with_a_count_of_nothing() -> None:
    chosen = [("computing power", [("computing power", 0.7), ("computing", 0.2)])]
    assert [r.text for r in renderings(chosen, lexicon(), {})] == ["computing power"]
    assert [(r.text, r.count) for r in renderings(chosen, lexicon(), {}, possible=True)] == [
        ("computing power", 1),
        ("computing", 0),
    ]


def test_a_term_of_the_bank_is_named() -> None:
    known = {key("intelligent agent", lexicon()): "intelligent agent"}
    (found,) = renderings([("Intelligent agents", [("Intelligent agents", 1.0)])], lexicon(), known)
    assert found.term == "intelligent agent"
