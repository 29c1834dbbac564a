"""Search keys: writings of one term share a key, different terms do not."""

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
def test_spellings_of_one_term_share_a_key(one: str, other: str) -> None:
    assert query_keys.search_key(one) == query_keys.search_key(other)


@pytest.mark.parametrize(("one", "other"), [("人工智能+", "人工智能"), ("C", "C++"), ("GDP", "GDP平减指数")])
def test_different_terms_have_different_keys(one: str, other: str) -> None:
    assert query_keys.search_key(one) != query_keys.search_key(other)


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
def test_unrelated_words_have_different_stems(one: str, other: str) -> None:
    assert inflection_stem(one) != inflection_stem(other)


def test_spans_of_words_count_in_the_original_text() -> None:
    text = "The “ＡＩ＋” policies — 国务院’s"
    assert [word.span.of(text) for word in query_keys.english_words(text)] == [
        "The",
        "ＡＩ",
        "＋",
        "policies",
        "国务院’s",
    ]


@given(st.text(max_size=40))
def test_any_text_has_a_key_and_words_in_bounds(text: str) -> None:
    key = query_keys.search_key(text)
    assert all(char.isalnum() or char in " +" for char in key.replace("_", ""))
    assert query_keys.search_key(key) == key or "+" in key
    for word in query_keys.english_words(text):
        assert 0 <= word.span.start < word.span.end <= len(text)
