"""Keys: what different writings of one term have in common, and what they have not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.lookup import query_keys
from termbank.text.morphology_en import inflection_stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AI Plus initiative", "AI+ Initiative"),
        ("AI-plus initiative", "“AI Plus” initiative"),
        ("“人工智能＋”行动", "人工智能+行动"),
        ("Belt & Road", "Belt and Road"),
        ("People’s Bank of China", "People's Bank of China"),
        ("ＡＩ", "ai"),
        ("“两山”论", "两山论"),
        ("一带 一路", "一带一路"),
    ],
)
def test_writings_of_one_term_have_one_key(one: str, other: str) -> None:
    assert query_keys.normalized(one) == query_keys.normalized(other)


@pytest.mark.parametrize(("one", "other"), [("人工智能+", "人工智能"), ("C", "C++"), ("GDP", "GDP平减指数")])
def test_different_terms_keep_apart(one: str, other: str) -> None:
    assert query_keys.normalized(one) != query_keys.normalized(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("forces", "force"),
        ("policies", "policy"),
        ("opening", "opened"),
        ("modernisation", "modernization"),
        ("centred", "centered"),
        ("programmes", "programme"),
        ("planning", "planned"),
        ("economies", "economy"),
        ("taxes", "tax"),
        ("colour", "color"),
    ],
)
def test_inflections_share_a_stem(one: str, other: str) -> None:
    assert inflection_stem(one) == inflection_stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("business", "busy"), ("nation", "national"), ("news", "new"), ("gas", "ga")]
)
def test_words_that_only_look_alike_keep_their_stems(one: str, other: str) -> None:
    assert inflection_stem(one) != inflection_stem(other)


def test_places_of_words_are_those_of_the_text_as_given() -> None:
    text = "The “ＡＩ＋” policies — 国务院’s"
    assert [word.span.of(text) for word in query_keys.english_words(text)] == [
        "The",
        "ＡＩ",
        "＋",
        "policies",
        "国务院’s",
    ]


@given(st.text(max_size=40))
def test_any_text_has_keys(text: str) -> None:
    key = query_keys.normalized(text)
    assert all(char.isalnum() or char in " +" for char in key.replace("_", ""))
    assert query_keys.normalized(key) == key or "+" in key
    for word in query_keys.english_words(text):
        assert 0 <= word.span.start < word.span.end <= len(text)
