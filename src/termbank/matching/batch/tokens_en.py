"""The words of long English text, in columns.

Pieces of a text come in; their words and marks go out, the same that `wording.pieces` makes: where each begins and ends,
and a key by which it is known again. What a word is to a bank (`Lexis`) is looked up for all of them at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.matching.batch.characters_en import (
    CHINESE,
    MARK,
    NONE,
    POINT,
    RUN,
    UNEVEN,
    UPPER,
    WORD,
    kinds_of,
    tell,
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
    return CharacterTable(tell, lambda han: (han, [CHINESE] * len(han)), case=False)


class Lexis:
    """What words are to a bank: a number for each, `tell` for any as it is written, `plain` for those in lower case.

    Words of letters and figures are told by `plain`; one that it lacks is `other`. A word under which it has
    `asked` is told by `tell` after all, as its capitals matter.
    """

    def __init__(
        self,
        plain: Mapping[str, int],
        tell: Callable[[str], int],
        *,
        other: int,
        asked: int,
        silent: int,
        has_chinese: bool,
    ) -> None:
        self._tell, self._other, self._asked, self._silent = tell, other, asked, silent
        self._has_chinese = has_chinese
        self._memory = DecisionCache()
        self._marks = np.zeros(0x110000, np.int32)
        words = [word for word in plain if len(word) <= _SHORT]
        sizes = np.fromiter(map(len, words), np.int64, len(words))
        codes = codes_of("".join(words))
        keys = _packed_keys(codes, np.cumsum(sizes) - sizes, sizes)
        self._plain = HashTable(keys, np.fromiter(map(plain.__getitem__, words), np.int32, len(words)))

    def told(self, words: Words) -> NDArray[Any]:
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
                keys, lambda new: [self._tell(words.word(at)) + 9 for at in odd[new].tolist()]
            )
            - 9
        )
        return found

    def _of_marks(self, codes: NDArray[Any]) -> NDArray[Any]:
        """The number of each mark, told once for each."""
        told = self._marks.take(codes, mode="clip")
        if len(told) and not told.min():
            for code in np.unique(codes[told == 0]).tolist():
                self._marks[code] = self._tell(chr(code)) + 9
            told = self._marks.take(codes, mode="clip")
        return told - 9


class Words:
    """The words and marks of pieces of a text: where each begins and ends in the folded text."""

    def __init__(self, chunk: TextChunk) -> None:
        self.column = column = NormalizedArrays(chunk, _alphabet())
        self._points = np.flatnonzero((column.classes & POINT) != 0)
        self._kind, fresh = kind, _ = kinds_of(column.codes, column.classes, self._points)
        self.start = np.flatnonzero(fresh)
        over = np.empty(len(kind), np.bool_)
        over[:-1] = fresh[1:] | (kind[1:] == NONE)
        over[-1:] = True
        self.end = np.flatnonzero(over & (kind != NONE)) + 1
        self._texts: dict[int, tuple[str, int]] = {}

    def reads(self, start: int, end: int, text: str, is_cased: bool) -> bool:
        """Whether this text stands at a place, right behind no hyphen."""
        images = self.column.codes
        if end - start != len(text) or images[start - 1] == _HYPHEN:
            return False
        written = string_of(images[start:end])
        return written == text or (not is_cased and written.isascii() and written.lower() == text)

    def word(self, at: int) -> str:
        return string_of(self.column.codes[self.start[at] : self.end[at]])

    @cached_property
    def uneven(self) -> NDArray[Any]:
        """Where marks stand that may have partners."""
        return np.flatnonzero((self.column.classes & UNEVEN) != 0)

    @cached_property
    def _begins(self) -> list[int]:
        return [*self.column.piece_begins().tolist(), len(self.column) + 1]

    def piece(self, at: int) -> tuple[str, int]:
        """The piece in which a character stands, folded, and where it begins."""
        number = bisect_right(self._begins, at) - 1
        found = self._texts.get(number)
        if found is None:
            low, high = self._begins[number], self._begins[number + 1] - 1
            found = self._texts[number] = string_of(self.column.codes[low:high]), low
        return found

    @cached_property
    def _letters(self) -> NDArray[Any]:
        return self.column.codes.astype(np.uint8)

    @property
    def kinds(self) -> NDArray[Any]:
        """What each is: a word, a run of Chinese characters, a mark, dashes."""
        return self._kind.take(self.start, mode="clip")

    def first(self, at: NDArray[Any]) -> NDArray[Any]:
        """The first characters of words."""
        return self.column.codes.take(self.start.take(at, mode="clip"), mode="clip")

    def is_lower(self, at: NDArray[Any]) -> NDArray[Any]:
        """Whether none of the first three letters of each word is a capital."""
        start, last = self.start[at], self.end[at] - 1
        marks = self.column.classes
        upper = marks[start] | marks[np.minimum(start + 1, last)] | marks[np.minimum(start + 2, last)]
        lower: NDArray[Any] = (upper & UPPER) == 0
        return lower

    @cached_property
    def odd(self) -> NDArray[Any]:
        """The words that are not of ASCII letters and figures alone, or long."""
        images, kind = self.column.codes, self._kind
        other = ((images > 0x7F) & (kind != NONE)) | (kind > WORD)
        odd: NDArray[Any] = (self.end - self.start > _SHORT) | other[self.start]
        # what begins in the midst of a word
        other[1:] &= kind[1:] == WORD
        other[1:] &= kind[:-1] == WORD
        inside = np.concatenate((np.flatnonzero(other), self._points[kind[self._points] == WORD]))
        odd[np.searchsorted(self.start, inside, "right") - 1] = True
        return odd

    @property
    def lower_keys(self) -> NDArray[Any]:
        """A key for each word in lower case; of no meaning where it is odd."""
        lower = self.column.classes & UPPER
        lower |= self._letters
        return _packed_keys(lower, self.start, self.end - self.start)

    def keys(self, at: NDArray[Any]) -> NDArray[Any]:
        """A key for each word as it is written."""
        start, end = self.start[at], self.end[at]
        keys = _packed_keys(self._letters, start, end - start)
        rest = np.flatnonzero(self.odd[at])
        low, high = start[rest], np.minimum(end[rest], start[rest] + _LONGEST)
        keys[rest] = string_keys(self.column.codes, low, high)
        return keys

    def join(self, wanted: Callable[[str, str], bool], pairs: DecisionCache) -> NDArray[Any]:
        """Make one word of two beside a hyphen where it is wanted; told are the words that are no more."""
        images, kind = self.column.codes, self._kind
        hyphens = self._points[images[self._points] == _HYPHEN]
        hyphens = hyphens[(hyphens > 0) & (hyphens < len(images) - 1)]
        hyphens = hyphens[(kind[hyphens - 1] == WORD) & (kind[hyphens + 1] == WORD) & (kind[hyphens] == NONE)]
        one = np.searchsorted(self.end, hyphens)
        keys = combine_keys(self.keys(one), self.keys(one + 1))

        def judge(new: NDArray[Any]) -> list[bool]:
            return [wanted(self.word(at), self.word(at + 1)) for at in one[new].tolist()]

        gone: list[int] = []
        for at in one[pairs.look_up(keys, judge) > 0].tolist() if len(one) else ():
            if not gone or gone[-1] != at:
                self.end[at] = self.end[at + 1]
                self.odd[at] = True
                gone.append(at + 1)
        return np.array(gone, np.int64)


def _packed_keys(letters: NDArray[Any], start: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
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
