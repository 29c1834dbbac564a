"""The table of lemmas answers as simplemma does."""

from __future__ import annotations

import subprocess
import sys

import pytest
import simplemma

from termbank.text.lemmas_en import _dictionary, simplemma_lemma


def test_the_table_is_the_dictionary_of_simplemma() -> None:
    from simplemma.strategies import DefaultDictionaryFactory

    assert dict(_dictionary()) == dict(DefaultDictionaryFactory().get_dictionary("en"))


@pytest.mark.parametrize(
    "word",
    [
        "policies",
        "davies",
        "zzqqings",
        "overregulated",
        "don’t",
        "co-operations",
        "naïve",
        "3",
        "’s",
        "covid19",
    ],
)
def test_a_lemma_is_that_of_simplemma(word: str) -> None:
    assert simplemma_lemma(word) == simplemma.lemmatize(word, lang="en")


def test_simplemma_is_not_loaded_for_the_words_of_its_dictionary() -> None:
    code = (
        "import sys, termbank.services\n"
        "from termbank.text.lemmas_en import simplemma_lemma\n"
        "simplemma_lemma('warm')\n"
        "print(simplemma_lemma('policies'), 'simplemma' in sys.modules)\n"
    )
    outputs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert outputs[-1].split() == ["policy", "False"]
