"""English words: tokens, dictionary forms, inflection, spelling."""

from __future__ import annotations

import pytest

from termbank.text.morphology_en import forms, noun_forms, singular
from termbank.text.spelling_en import american
from termbank.text.tokenizer_en import lemma, lemmas, tokens


def test_tokens_keep_their_places() -> None:
    text = "The Party’s “AI+” action"
    assert [text[token.span.start : token.span.end] for token in tokens(text)] == [
        "The", "Party’s", "“", "AI", "+", "”", "action",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("forces", "force"),
        ("policies", "policy"),
        ("analyses", "analysis"),
        ("criteria", "criterion"),
        ("goods", "goods"),
        ("customs", "customs"),
        ("news", "news"),
        ("modernised", "modernize"),
        ("upheld", "uphold"),
    ],
)
def test_the_dictionary_form_is_told(word: str, base: str) -> None:
    assert lemma(word).lower() == base


def test_a_word_of_two_origins_has_two() -> None:
    assert lemmas("bases") >= {"base", "basis"}


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("contract", "contractor"),
        ("nation", "national"),
        ("business", "busy"),
        ("goods", "good"),
        ("customs", "custom"),
        ("arms", "arm"),
        ("means", "mean"),
        ("leaf", "leaves"),
        ("economy", "economic"),
        ("company", "companion"),
        ("policy", "police"),
    ],
)
def test_nothing_is_derived(word: str, other: str) -> None:
    assert other not in forms(word)
    assert word not in forms(other)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("force", "forces"),
        ("policy", "policies"),
        ("child", "children"),
        ("process", "processes"),
        ("crisis", "crises"),
        ("index", "indices"),
        ("promote", "promoting"),
        ("plan", "planned"),
        ("uphold", "upheld"),
        ("develop", "developed"),
        ("opening", "open"),
        ("modernize", "modernized"),
    ],
)
def test_a_form_is_a_form(word: str, other: str) -> None:
    assert other in forms(word)


@pytest.mark.parametrize(
    "word", ["goods", "analysis", "bus", "economics", "process", "series", "United States"]
)
def test_what_is_singular_already_stays(word: str) -> None:
    assert singular(word.split()[0]) == word.split()[0]


@pytest.mark.parametrize(
    ("british", "spelling"),
    [
        ("modernisation", "modernization"),
        ("labour", "labor"),
        ("centred", "centered"),
        ("programmes", "programs"),
        ("travelled", "traveled"),
        ("enterprise", "enterprise"),
        ("advertising", "advertising"),
        ("precise", "precise"),
        ("controlled", "controlled"),
    ],
)
def test_two_spellings_are_one(british: str, spelling: str) -> None:
    assert american(british) == spelling
    assert noun_forms(spelling) == frozenset(map(american, noun_forms(spelling)))
