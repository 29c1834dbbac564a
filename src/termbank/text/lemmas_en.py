"""simplemma's English lemmas, by a table that is compiled once.

simplemma unpacks its dictionary in each process, which takes half a second. The table answers for the words of that
dictionary; simplemma is loaded for the first other word, and its rules use the table too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from zlib import crc32

from termbank.model.resources import compiled, package_data
from termbank.text.word_table import WordTable, table_bytes

_ENDING_BITS = 20
_ENDING_MASK = (1 << _ENDING_BITS) - 1


def simplemma_lemma(word: str) -> str:
    """What simplemma gives for a lower-case word; a name comes back with a capital.

    >>> simplemma_lemma("policies"), simplemma_lemma("davies")
    ('policy', 'Davies')
    """
    if word.isascii() and word.isalpha():
        found = _dictionary().get(word) or _dictionary().get(word.capitalize())
        if found is not None:
            return found
    lemma: str = _lemmatizer().lemmatize(word, "en")
    return lemma


class LemmaDictionary(Mapping[str, str]):
    """The words of simplemma's dictionary with their lemmas.

    Args:
        words: Each word with two numbers in one: how many characters the lemma drops, and which ending it has instead.
    """

    def __init__(self, words: WordTable) -> None:
        self._words = words
        self._endings: list[str] = words.about["endings"]

    def __getitem__(self, word: str) -> str:
        value = self._words[word]
        return word[: len(word) - (value >> _ENDING_BITS)] + self._endings[value & _ENDING_MASK]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def get_dictionary(self, lang: str) -> LemmaDictionary:
        """Itself: simplemma asks for the dictionary of each language by this name."""
        return self


@cache
def _dictionary() -> LemmaDictionary:
    source = package_data("simplemma", "strategies/dictionaries/data/en.plzma")
    return LemmaDictionary(WordTable(compiled(f"lemmas-{crc32(source):08x}", _compile)))


@cache
def _lemmatizer() -> Any:
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_dictionary()))


def _compile() -> bytes:
    from simplemma.strategies import DefaultDictionaryFactory

    endings: dict[str, int] = {}
    words: dict[str, int] = {}
    for word, lemma in DefaultDictionaryFactory().get_dictionary("en").items():
        pairs = zip(word, lemma, strict=False)
        kept = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(word), len(lemma)))
        ending = endings.setdefault(lemma[kept:], len(endings))
        words[word] = len(word) - kept << _ENDING_BITS | ending
    return table_bytes(words, {"endings": list(endings)})
