"""Tokens of long English text as arrays: the same tokens as `text.tokenizer_en.term_tokens`.

`Words` holds where each token begins and ends, and a key by which its writing is recognised. `WordSymbols` looks up the
number that a word has for a bank, for all words at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.matching.batch.characters_en import (
    CHINESE,
    LETTER,
    MARK,
    NONE,
    RUN,
    UNEVEN,
    UPPER,
    WORD,
    classify,
    kinds_of,
)
from termbank.matching.batch.decision_cache import DecisionCache, combine_keys, string_keys
from termbank.matching.batch.pattern_table import HashTable
from termbank.text.normalize_arrays import CharacterTable, NormalizedArrays, TextChunk, codes_of, string_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHORT = 24
_LONGEST = 256
_HYPHEN = ord("-")
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)


@cache
def _alphabet() -> CharacterTable:
    return CharacterTable(classify, lambda han: (han, [CHINESE] * len(han)), case=False)


class WordSymbols:
    """The numbers of words: from a table for words of letters and figures, by a function for all others.

    Args:
        plain: the number of each lower-case word.
        symbol: the number of any word as it is written.
        other: the number of a word that `plain` lacks.
        asked: the number that marks words of `plain` whose case matters, so that `symbol` decides.
        silent: the number of those words in lower case.
        has_chinese: whether Chinese runs have numbers at all.
    """

    def __init__(
        self,
        plain: Mapping[str, int],
        symbol: Callable[[str], int],
        *,
        other: int,
        asked: int,
        silent: int,
        has_chinese: bool,
    ) -> None:
        self._symbol, self._other, self._asked, self._silent = symbol, other, asked, silent
        self._has_chinese = has_chinese
        self._memory = DecisionCache()
        self._marks = np.zeros(0x110000, np.int32)
        words = [word for word in plain if len(word) <= _SHORT]
        sizes = np.fromiter(map(len, words), np.int64, len(words))
        codes = codes_of("".join(words))
        keys = _pack_keys(codes, np.cumsum(sizes) - sizes, sizes)
        self._plain = HashTable(keys, np.fromiter(map(plain.__getitem__, words), np.int32, len(words)))

    def find(self, words: Words) -> NDArray[Any]:
        """The number of each word."""
        found = self._plain.find(words.lower_keys)
        found[found == -1] = self._other
        kinds = words.kinds
        marks = np.flatnonzero(kinds == MARK)
        found[marks] = self._of_marks(words.first(marks))
        asked = np.flatnonzero(found == self._asked)
        found[asked[words.is_lower(asked)]] = self._silent
        odd = words.odd & (kinds != MARK)
        if not self._has_chinese:
            odd &= kinds != RUN
        odd = np.flatnonzero(odd | (found == self._asked))
        keys = words.keys(odd)
        # numbers under which judgements are kept begin at 0
        found[odd] = (
            self._memory.look_up(
                keys, lambda new: [self._symbol(words.word(at)) + 9 for at in odd[new].tolist()]
            )
            - 9
        )
        return found

    def _of_marks(self, codes: NDArray[Any]) -> NDArray[Any]:
        """The number of each mark, computed once for each."""
        numbers = self._marks.take(codes, mode="clip")
        if len(numbers) and not numbers.min():
            for code in np.unique(codes[numbers == 0]).tolist():
                self._marks[code] = self._symbol(chr(code)) + 9
            numbers = self._marks.take(codes, mode="clip")
        return numbers - 9


class Words:
    """The tokens of pieces of a text; starts and ends count in the normalised text."""

    def __init__(self, chunk: TextChunk) -> None:
        self.column = column = NormalizedArrays(chunk, _alphabet())
        self.text = string_of(column.codes)
        self._kind, fresh = kind, _ = kinds_of(self.text, column.classes)
        self.start = np.flatnonzero(fresh)
        over = np.empty(len(kind), np.bool_)
        over[:-1] = fresh[1:] | (kind[1:] == NONE)
        over[-1:] = True
        self.end = np.flatnonzero(over & (kind != NONE)) + 1

    def reads(self, start: int, end: int, text: str, is_cased: bool) -> bool:
        """Whether a place has this text and no hyphen directly before it."""
        written = self.text[start:end]
        if len(written) != len(text) or self.text[start - 1 : start] == "-":
            return False
        return written == text or (not is_cased and written.isascii() and written.lower() == text)

    def word(self, at: int) -> str:
        return self.text[self.start[at] : self.end[at]]

    @cached_property
    def uneven(self) -> NDArray[Any]:
        """The places of marks that may be one of a pair, and of apostrophes."""
        return np.flatnonzero((self.column.classes & UNEVEN) != 0)

    @cached_property
    def _begins(self) -> list[int]:
        return [*self.column.piece_begins().tolist(), len(self.column) + 1]

    def piece(self, at: int) -> tuple[str, int]:
        """The normalised text of the piece around a character, and its start."""
        number = bisect_right(self._begins, at) - 1
        low, high = self._begins[number], self._begins[number + 1] - 1
        return self.text[low:high], low

    @cached_property
    def _letters(self) -> NDArray[Any]:
        return self.column.codes.astype(np.uint8)

    @property
    def kinds(self) -> NDArray[Any]:
        """The kind of each token: word, run of Chinese characters, mark, dashes."""
        return self._kind.take(self.start, mode="clip")

    def first(self, at: NDArray[Any]) -> NDArray[Any]:
        """The first characters of words."""
        return self.column.codes.take(self.start.take(at, mode="clip"), mode="clip")

    def is_lower(self, at: NDArray[Any]) -> NDArray[Any]:
        """Whether the first three letters of each word are lower case."""
        start, last = self.start[at], self.end[at] - 1
        marks = self.column.classes
        upper = marks[start] | marks[np.minimum(start + 1, last)] | marks[np.minimum(start + 2, last)]
        lower: NDArray[Any] = (upper & UPPER) == 0
        return lower

    @cached_property
    def odd(self) -> NDArray[Any]:
        """Whether each token is long, or has other characters than ASCII letters and figures."""
        images, kind = self.column.codes, self._kind
        other = ((images > 0x7F) & (kind != NONE)) | (kind > WORD)
        odd: NDArray[Any] = (self.end - self.start > _SHORT) | other[self.start]
        # other characters inside a word
        other[1:] &= kind[1:] == WORD
        other[1:] &= kind[:-1] == WORD
        other |= (kind == WORD) & ((self.column.classes & LETTER) == 0)
        inside = np.flatnonzero(other)
        odd[np.searchsorted(self.start, inside, "right") - 1] = True
        return odd

    @property
    def lower_keys(self) -> NDArray[Any]:
        """A key for each word in lower case; meaningless where the word is odd."""
        lower = self.column.classes & UPPER
        lower |= self._letters
        return _pack_keys(lower, self.start, self.end - self.start)

    def keys(self, at: NDArray[Any]) -> NDArray[Any]:
        """A key for each word as it is written."""
        start, end = self.start[at], self.end[at]
        keys = _pack_keys(self._letters, start, end - start)
        rest = np.flatnonzero(self.odd[at])
        low, high = start[rest], np.minimum(end[rest], start[rest] + _LONGEST)
        keys[rest] = string_keys(self.column.codes, low, high)
        return keys

    def join(self, wanted: Callable[[str, str], bool], pairs: DecisionCache) -> NDArray[Any]:
        """Join the two words beside a hyphen where `wanted` says so; returns the numbers of the second words, now void."""
        images, kind = self.column.codes, self._kind
        hyphens = np.flatnonzero(images == _HYPHEN)
        hyphens = hyphens[(hyphens > 0) & (hyphens < len(images) - 1)]
        hyphens = hyphens[(kind[hyphens - 1] == WORD) & (kind[hyphens + 1] == WORD) & (kind[hyphens] == NONE)]
        one = np.searchsorted(self.end, hyphens)
        keys = combine_keys(self.keys(one), self.keys(one + 1))

        def decide(new: NDArray[Any]) -> list[bool]:
            return [wanted(self.word(at), self.word(at + 1)) for at in one[new].tolist()]

        gone: list[int] = []
        for at in one[pairs.look_up(keys, decide) > 0].tolist() if len(one) else ():
            if not gone or gone[-1] != at:
                self.end[at] = self.end[at + 1]
                self.odd[at] = True
                gone.append(at + 1)
        return np.array(gone, np.int64)


def _pack_keys(letters: NDArray[Any], start: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    """A key for each word of up to 24 letters of one byte; longer ones are cut."""
    padded = np.zeros(len(letters) + _SHORT + 8, np.uint8)
    padded[: len(letters)] = letters
    eights = np.ndarray((len(padded) - 7,), "<u8", padded.data, 0, (1,))
    keys = combine_keys(sizes.astype(np.uint64), eights[start] & _MASKS[np.minimum(sizes, 8)])
    for at in range(8, _SHORT, 8):
        more = np.flatnonzero(sizes > at)
        keys[more] = combine_keys(
            keys[more], eights[start[more] + at] & _MASKS[np.minimum(sizes[more] - at, 8)]
        )
    return keys
