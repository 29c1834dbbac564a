"""English morphology: forms, lemmas, and what is never taken for a form."""

from __future__ import annotations

import pytest

from termbank.text.morphology_en import (
    dictionary_lemma,
    family_stem,
    forms,
    inflection_stem,
    lemma,
    lemmas,
    loose_family_stem,
    noun_forms,
    singular,
)
from termbank.text.spelling_en import american


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
def test_a_lemma_is_the_dictionary_form(word: str, base: str) -> None:
    assert lemma(word).lower() == base


def test_a_form_of_two_words_has_two_lemmas() -> None:
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
def test_derived_words_are_not_forms(word: str, other: str) -> None:
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
def test_inflected_words_are_forms(word: str, other: str) -> None:
    assert other in forms(word)


@pytest.mark.parametrize(
    "word", ["goods", "analysis", "bus", "economics", "process", "series", "United States"]
)
def test_a_singular_word_is_its_own_singular(word: str) -> None:
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
def test_british_and_american_spelling_are_one(british: str, spelling: str) -> None:
    assert american(british) == spelling
    assert noun_forms(spelling) == frozenset(map(american, noun_forms(spelling)))


def test_stems_become_coarser_from_level_to_level() -> None:
    assert (
        lemma("supervisions")
        == dictionary_lemma("supervisions")
        == inflection_stem("supervisions")
        == "supervision"
    )
    assert inflection_stem("regulators") != inflection_stem("regulation")
    assert family_stem("regulators") == family_stem("regulation")
    assert family_stem("monetary") != family_stem("money")
    assert loose_family_stem("institutions") == loose_family_stem("institute")
