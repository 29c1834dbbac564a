"""The words of long English text, in columns.

Pieces of a text come in; their words and marks go out, the same that `wording.pieces` makes: where each begins and ends,
and a key by which it is known again. What a word is to a bank (`Lexis`) is looked up for all of them at once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.lang.zh import is_han
from termbank.match.letters import Alphabet, Chunk, Column, codes_of, string_of
from termbank.match.memory import Memory, mixed, of_strings
from termbank.match.trie import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

# an upper-case letter and this bit are the lower-case one
LETTER, DIGIT, SPACE, CHINESE, QUIET, UPPER, UNEVEN, POINT = (1 << at for at in range(8))
_SHORT = 24
_LONGEST = 256
_NONE, _WORD, _RUN, _MARK, _DASHES = range(5)
_HYPHEN, _COMMA, _DOT, _QUOTE = map(ord, "-,.'")
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)


def _tell(char: str) -> tuple[str, int]:
    chinese = char == "_" or is_han(char)
    told = (
        (LETTER, re.match(r"\w", char) is not None and not chinese),
        (DIGIT, re.match(r"\d", char) is not None),
        (SPACE, re.match(r"\s", char) is not None),
        (CHINESE, chinese),
        (QUIET, char in "\"'“”‘’`,-"),
        (UPPER, "A" <= char <= "Z"),
        (UNEVEN, char in "'’‘\"“”《》「」"),
        (POINT, char in "-,.'\r\n"),
    )
    return char, sum(mark for mark, holds in told if holds)


@cache
def _alphabet() -> Alphabet:
    return Alphabet(_tell, lambda han: (han, [CHINESE] * len(han)), case=False)


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
        self._memory = Memory()
        self._marks = np.zeros(0x110000, np.int32)
        words = [word for word in plain if len(word) <= _SHORT]
        sizes = np.fromiter(map(len, words), np.int64, len(words))
        codes = codes_of("".join(words))
        keys = _packed_keys(codes, np.cumsum(sizes) - sizes, sizes)
        self._plain = Table(keys, np.fromiter(map(plain.__getitem__, words), np.int32, len(words)))

    def told(self, words: Words) -> NDArray[Any]:
        """The number of each word."""
        found = self._plain.find(words.lower_keys)
        found[found == -1] = self._other
        kinds = words.kinds
        marks = np.flatnonzero(kinds == _MARK)
        found[marks] = self._of_marks(words.first(marks))
        asked = np.flatnonzero(found == self._asked)
        found[asked[words.is_lower(asked)]] = self._silent
        odd = words.odd & (kinds != _MARK)
        if not self._has_chinese:
            odd &= kinds != _RUN
        odd = np.flatnonzero(odd | (found == self._asked))
        keys = words.keys(odd)
        # numbers under which judgements are kept begin at 0
        found[odd] = (
            self._memory.judged(
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

    def __init__(self, chunk: Chunk) -> None:
        self.column = column = Column(chunk, _alphabet())
        self._points = np.flatnonzero((column.marks & POINT) != 0)
        self._kind, fresh = kind, _ = _kinds(column.images, column.marks, self._points)
        self.start = np.flatnonzero(fresh)
        over = np.empty(len(kind), np.bool_)
        over[:-1] = fresh[1:] | (kind[1:] == _NONE)
        over[-1:] = True
        self.end = np.flatnonzero(over & (kind != _NONE)) + 1
        self._texts: dict[int, tuple[str, int]] = {}

    def reads(self, start: int, end: int, text: str, is_cased: bool) -> bool:
        """Whether this text stands at a place, right behind no hyphen."""
        images = self.column.images
        if end - start != len(text) or images[start - 1] == _HYPHEN:
            return False
        written = string_of(images[start:end])
        return written == text or (not is_cased and written.isascii() and written.lower() == text)

    def word(self, at: int) -> str:
        return string_of(self.column.images[self.start[at] : self.end[at]])

    @cached_property
    def uneven(self) -> NDArray[Any]:
        """Where marks stand that may have partners."""
        return np.flatnonzero((self.column.marks & UNEVEN) != 0)

    @cached_property
    def _begins(self) -> list[int]:
        return [*self.column.piece_begins().tolist(), len(self.column) + 1]

    def piece(self, at: int) -> tuple[str, int]:
        """The piece in which a character stands, folded, and where it begins."""
        number = bisect_right(self._begins, at) - 1
        found = self._texts.get(number)
        if found is None:
            low, high = self._begins[number], self._begins[number + 1] - 1
            found = self._texts[number] = string_of(self.column.images[low:high]), low
        return found

    @cached_property
    def _letters(self) -> NDArray[Any]:
        return self.column.images.astype(np.uint8)

    @property
    def kinds(self) -> NDArray[Any]:
        """What each is: a word, a run of Chinese characters, a mark, dashes."""
        return self._kind.take(self.start, mode="clip")

    def first(self, at: NDArray[Any]) -> NDArray[Any]:
        """The first characters of words."""
        return self.column.images.take(self.start.take(at, mode="clip"), mode="clip")

    def is_lower(self, at: NDArray[Any]) -> NDArray[Any]:
        """Whether none of the first three letters of each word is a capital."""
        start, last = self.start[at], self.end[at] - 1
        marks = self.column.marks
        upper = marks[start] | marks[np.minimum(start + 1, last)] | marks[np.minimum(start + 2, last)]
        lower: NDArray[Any] = (upper & UPPER) == 0
        return lower

    @cached_property
    def odd(self) -> NDArray[Any]:
        """The words that are not of ASCII letters and figures alone, or long."""
        images, kind = self.column.images, self._kind
        other = ((images > 0x7F) & (kind != _NONE)) | (kind > _WORD)
        odd: NDArray[Any] = (self.end - self.start > _SHORT) | other[self.start]
        # what begins in the midst of a word
        other[1:] &= kind[1:] == _WORD
        other[1:] &= kind[:-1] == _WORD
        inside = np.concatenate((np.flatnonzero(other), self._points[kind[self._points] == _WORD]))
        odd[np.searchsorted(self.start, inside, "right") - 1] = True
        return odd

    @property
    def lower_keys(self) -> NDArray[Any]:
        """A key for each word in lower case; of no meaning where it is odd."""
        lower = self.column.marks & UPPER
        lower |= self._letters
        return _packed_keys(lower, self.start, self.end - self.start)

    def keys(self, at: NDArray[Any]) -> NDArray[Any]:
        """A key for each word as it is written."""
        start, end = self.start[at], self.end[at]
        keys = _packed_keys(self._letters, start, end - start)
        rest = np.flatnonzero(self.odd[at])
        low, high = start[rest], np.minimum(end[rest], start[rest] + _LONGEST)
        keys[rest] = of_strings(self.column.images, low, high)
        return keys

    def join(self, wanted: Callable[[str, str], bool], pairs: Memory) -> NDArray[Any]:
        """Make one word of two beside a hyphen where it is wanted; told are the words that are no more."""
        images, kind = self.column.images, self._kind
        hyphens = self._points[images[self._points] == _HYPHEN]
        hyphens = hyphens[(hyphens > 0) & (hyphens < len(images) - 1)]
        hyphens = hyphens[
            (kind[hyphens - 1] == _WORD) & (kind[hyphens + 1] == _WORD) & (kind[hyphens] == _NONE)
        ]
        one = np.searchsorted(self.end, hyphens)
        keys = mixed(self.keys(one), self.keys(one + 1))

        def judge(new: NDArray[Any]) -> list[bool]:
            return [wanted(self.word(at), self.word(at + 1)) for at in one[new].tolist()]

        gone: list[int] = []
        for at in one[pairs.judged(keys, judge) > 0].tolist() if len(one) else ():
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
    keys = mixed(sizes.astype(np.uint64), eights[start] & _MASKS[np.minimum(sizes, 8)])
    for at in range(8, _SHORT, 8):
        more = np.flatnonzero(sizes > at)
        keys[more] = mixed(keys[more], eights[start[more] + at] & _MASKS[np.minimum(sizes[more] - at, 8)])
    return keys


@cache
def _kind_of_marks() -> NDArray[Any]:
    """What a character belongs to by its marks alone."""
    marks = np.arange(1 << 8)
    kind = np.full(len(marks), _MARK, np.uint8)
    kind[(marks & (SPACE | QUIET)) != 0] = _NONE
    kind[(marks & LETTER) != 0] = _WORD
    kind[(marks & CHINESE) != 0] = _RUN
    return kind


def _has(marks: NDArray[Any], at: NDArray[Any], mark: int) -> NDArray[Any]:
    """Whether the characters at some places, which may be behind the last, bear one of these marks."""
    found: NDArray[Any] = (marks.take(at, mode="clip") & mark) != 0
    found &= at < len(marks)
    return found


def _kinds(
    images: NDArray[Any], marks: NDArray[Any], points: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """What each character belongs to, and whether a word or mark begins with it."""
    kind = _kind_of_marks().take(marks, mode="clip")
    images_there = images[points]
    dots = points[images_there == _DOT]
    hyphens = points[images_there == _HYPHEN]
    forced = [
        _apostrophes(points[images_there == _QUOTE], marks, kind),
        _abbreviations(dots, marks, kind),
    ]
    _dashes(hyphens, marks, kind)
    _commas(points[images_there == _COMMA], images, marks, kind)
    _paragraphs(points[(images_there == 10) | (images_there == 13)], images, marks, kind)
    fresh = kind != _NONE
    fresh[1:] &= (kind[1:] != kind[:-1]) | (kind[1:] == _MARK)
    for places in forced:
        fresh[places] = True
    return kind, fresh


def _apostrophes(at: NDArray[Any], marks: NDArray[Any], kind: NDArray[Any]) -> NDArray[Any]:
    """Make an apostrophe between letters part of its word; told is where a figure behind one begins another."""

    def is_alpha(at: NDArray[Any]) -> NDArray[Any]:
        alpha: NDArray[Any] = _has(marks, at, LETTER) & ~_has(marks, at, DIGIT)
        return alpha

    at = at[(at > 0) & is_alpha(at + 1)]
    at = at[_has(marks, at - 1, LETTER)]
    kind[at] = _WORD
    end = at + 1
    on = np.flatnonzero(is_alpha(end))
    while len(on):
        end[on] += 1
        on = on[is_alpha(end[on])]
    figures: NDArray[Any] = end[_has(marks, end, LETTER)]
    return figures


def _abbreviations(dots: NDArray[Any], marks: NDArray[Any], kind: NDArray[Any]) -> list[int]:
    """Make one word of capitals with points (U.S.); told is where the next word begins right behind."""
    dots = dots[dots > 0]
    upper = (marks[dots - 1] & UPPER) != 0
    dots = dots[upper]
    forced: list[int] = []
    done = -1
    pointed = set(dots.tolist()) if np.any(np.diff(dots) == 2) else ()
    for dot in dots[:-1][np.diff(dots) == 2].tolist():
        at = dot - 1
        if at < done or (at and kind[at - 1] == _WORD):
            continue
        done = dot + 1
        while done + 1 in pointed:
            done += 2
        kind[at:done] = _WORD
        if done < len(kind) and marks[done] & LETTER:
            forced.append(done)
        forced.append(at)
    return forced


def _dashes(hyphens: NDArray[Any], marks: NDArray[Any], kind: NDArray[Any]) -> None:
    """Two hyphens or more are a mark, and one between spaces."""
    at = hyphens[(hyphens > 0) & (hyphens < len(kind) - 1)]
    kind[at[_has(marks, at - 1, SPACE) & _has(marks, at + 1, SPACE)]] = _MARK
    double = hyphens[:-1][np.diff(hyphens) == 1]
    kind[double] = _DASHES
    kind[double + 1] = _DASHES


def _commas(at: NDArray[Any], images: NDArray[Any], marks: NDArray[Any], kind: NDArray[Any]) -> None:
    """A comma is a mark unless “and”, “or” or “&” comes next."""
    kind[at] = _MARK
    after = at + 1
    on = np.flatnonzero(_has(marks, after, SPACE))
    at, after = at[on], after[on]
    on = np.arange(len(at))
    while len(on):
        after[on] += 1
        on = on[_has(marks, after[on], SPACE)]
    size = len(images)
    inside = after < size
    at, after = at[inside], after[inside]
    first, second, third = (
        np.where(after + on < size, images.take(after + on, mode="clip"), 0) for on in range(3)
    )
    word = LETTER | CHINESE
    silent = (first == ord("a")) & (second == ord("n")) & (third == ord("d")) & ~_has(marks, after + 3, word)
    silent |= (first == ord("o")) & (second == ord("r")) & ~_has(marks, after + 2, word)
    silent |= (first == ord("&")) & _has(marks, after + 1, word)
    kind[at[silent]] = _NONE


def _paragraphs(ends: NDArray[Any], images: NDArray[Any], marks: NDArray[Any], kind: NDArray[Any]) -> None:
    """The second of two line ends with nothing but spaces between them is a mark."""
    if len(ends) < 2:
        return
    one, other = ends[:-1], ends[1:]
    spaced = (marks[one + 1] & SPACE) != 0
    one, other = one[spaced], other[spaced]
    apart = ~((images[one] == 13) & (images[other] == 10) & (other == one + 1))
    one, other = one[apart], other[apart]
    near = other == one + 1
    kind[other[near]] = _MARK
    for low, high in zip(one[~near].tolist(), other[~near].tolist(), strict=True):
        if (marks[low:high] & SPACE).all():
            kind[high] = _MARK
