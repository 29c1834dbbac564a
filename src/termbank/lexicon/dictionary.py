"""The Chinese–English translation lexicon: look up a word's translations, kind and lemma, and divide text into its words.

The lexicon is a table of how often words occur together in the glosses of CC-CEDICT, not a dictionary to read: a gloss of
three words gives a third to each. Traditional forms lead to the same rows as simplified ones, so that text
in either script is looked up as it stands. `build` makes a lexicon, `compiled` stores it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from termbank.model.resources import read_json
from termbank.model.span import Span
from termbank.text.computed_dict import ComputedDict
from termbank.text.morphology_en import dictionary_lemma
from termbank.text.segmenter_zh import Segmenter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]
    Floats = NDArray[np.float32]

LONGEST = 12
"""Longest Chinese word looked up, in characters."""
_UNKNOWN_COST = 20.0
"""What a character costs in a division that is no word of the lexicon: more than any word."""
_MOST_PAIRS = 1 << 17
"""So many beginnings of words are cached."""
_STOP = frozenset(read_json("termbank.lexicon", "words.json")["stop_words"].split())


def is_stop_word(lemma: str) -> bool:
    """Whether an English lemma is so common that it says little about what is translated."""
    return lemma in _STOP


def gloss_lemma(word: str) -> str:
    """The lemma under which the lexicon knows a lower-case English word; stop words and short words stay as they are."""
    return word if len(word) < 3 or word in _STOP else dictionary_lemma(word)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Translation probabilities t(en|zh) as a sparse matrix in compressed rows, with what else is known of the words.

    Attributes:
        chinese: the simplified Chinese words by number, sorted.
        lemmas: the English lemmas by number, sorted.
        traditional: traditional forms to the numbers of their simplified words.
        readings: toneless pinyin syllables of single characters of either script.
        starts: shape (len(chinese) + 1,); row z is `english[starts[z]:starts[z + 1]]`, with the same slice of `weights`.
        english: lemma numbers, row after row.
        weights: t(en|zh) of each; a row sums to about 1, more for a word of many senses.
        costs: shape (len(chinese),); −log p(word), by which `words` divides a text.
        kinds: one letter for each Chinese word, see `kind`.
    """

    chinese: tuple[str, ...]
    lemmas: tuple[str, ...]
    traditional: dict[str, int]
    readings: dict[str, tuple[str, ...]]
    starts: Ints
    english: Ints
    weights: Floats
    costs: Floats
    kinds: str

    @cached_property
    def index(self) -> dict[str, int]:
        """The number of a Chinese word in either script."""
        return self.traditional | {word: number for number, word in enumerate(self.chinese)}

    @cached_property
    def english_index(self) -> dict[str, int]:
        """The number of an English lemma."""
        return {word: number for number, word in enumerate(self.lemmas)}

    lemma = staticmethod(gloss_lemma)

    def translations(self, word: str) -> tuple[tuple[str, float], ...]:
        """The English lemmas of a Chinese word with t(en|zh), most likely first; none for an unknown word."""
        number = self.index.get(word)
        if number is None:
            return ()
        start, end = int(self.starts[number]), int(self.starts[number + 1])
        pairs = zip(self.english[start:end].tolist(), self.weights[start:end].tolist(), strict=True)
        return tuple(sorted(((self.lemmas[e], t) for e, t in pairs), key=lambda pair: (-pair[1], pair[0])))

    def kind(self, word: str) -> str:
        """The usual part of speech of a Chinese word, as one letter.

        n is a noun or name, g a verb used as a noun, v a verb, a an adjective, d an adverb, i a set phrase, m a number
        or measure, u any other function word, x an unknown word.
        """
        number = self.index.get(word)
        return "x" if number is None else self.kinds[number]

    def words(self, text: str) -> list[Span]:
        """Divide a text into the most likely words of the lexicon (`text.segmenter_zh`).

        Returns:
            Spans that cover the text without gaps; an unknown character is a span of its own.
        """
        return [Span(start, end) for start, end in self._segmenter.split(text)]

    @cached_property
    def _segmenter(self) -> Segmenter:
        costs: list[float] = self.costs.tolist()
        characters = {
            char: min(_UNKNOWN_COST, costs[at]) for char, at in self.index.items() if len(char) == 1
        }
        return Segmenter(
            self.index,
            costs,
            ComputedDict(lambda char: _UNKNOWN_COST, characters),
            ComputedDict(self._word_lengths, most=_MOST_PAIRS),
        )

    @cached_property
    def _sort_words(self) -> tuple[Sequence[str], ...]:
        return self.chinese, tuple(self.traditional)

    def _word_lengths(self, pair: str) -> Sequence[int]:
        """The lengths, at most LONGEST, of the words that begin with two given characters."""
        found: set[int] = set()
        for words in self._sort_words if len(pair) == 2 else ():
            at = bisect_left(words, pair)
            while at < len(words) and words[at].startswith(pair):
                found.add(len(words[at]))
                at += 1
        return sorted(size for size in found if size <= LONGEST)
