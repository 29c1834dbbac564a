"""The words of long English text, in columns.

Pieces of a text come in; their words and marks go out, the same that `english.pieces` makes: where each begins and ends,
and its number in the list of all that were ever written (`Surfaces`). What a word is to the bank is told once
for each that is written differently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.lang.zh import is_han
from termbank.match.letters import FIRST_MARK, Alphabet, Column, string_of
from termbank.match.memory import Memory, mixed, of_strings

if TYPE_CHECKING:
    from numpy.typing import NDArray

LETTER, DIGIT, SPACE, CHINESE, QUIET, UPPER, UNEVEN = (FIRST_MARK << at for at in range(7))
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
    )
    return char, sum(mark for mark, holds in told if holds)


@cache
def _alphabet() -> Alphabet:
    return Alphabet(_tell, case=False)


class Surfaces:
    """Everything that was ever written, numbered, with what `tell` says of each: a number of its own."""

    def __init__(self, tell: Callable[[str], int]) -> None:
        self._tell = tell
        self._memory = Memory()
        self._numbers: dict[str, int] = {}
        self.texts: list[str] = []
        self._told = np.zeros(1 << 12, np.int32)

    def number(self, text: str) -> int:
        found = self._numbers.get(text)
        if found is None:
            found = self._numbers[text] = len(self.texts)
            self.texts.append(text)
            if found >= len(self._told):
                self._told = np.concatenate((self._told, np.zeros_like(self._told)))
            self._told[found] = self._tell(text)
        return found

    def numbers(self, keys: NDArray[Any], read: Callable[[int], str]) -> NDArray[Any]:
        """The numbers of words told by their keys; `read` gives the text of one."""
        return self._memory.judged(keys, lambda new: [self.number(read(at)) for at in new.tolist()])

    def told(self, numbers: NDArray[Any]) -> NDArray[Any]:
        found: NDArray[Any] = self._told[numbers]
        return found


class Words:
    """The words and marks of pieces of a text: `start` and `end` in the folded text, `surface` their numbers."""

    def __init__(self, text: str, pieces: Sequence[tuple[int, int]], surfaces: Surfaces) -> None:
        self.column = column = Column(text, pieces, _alphabet())
        self._surfaces = surfaces
        kind, fresh = _kinds(column.images, column.marks)
        self.start = np.flatnonzero(fresh)
        over = np.empty(len(kind), np.bool_)
        over[:-1] = fresh[1:] | (kind[1:] == _NONE)
        over[-1:] = True
        self.end = np.flatnonzero(over & (kind != _NONE)) + 1
        self._kind = kind
        self.surface = surfaces.numbers(self._keys(), lambda at: self.text[self.start[at] : self.end[at]])

    @cached_property
    def text(self) -> str:
        return string_of(self.column.images)

    @cached_property
    def uneven(self) -> NDArray[Any]:
        """Where marks stand that may have partners."""
        return np.flatnonzero(self.column.marks & np.uint16(UNEVEN))

    @cached_property
    def _begins(self) -> NDArray[Any]:
        return self.column.piece_begins()

    def piece(self, at: int) -> tuple[str, int]:
        """The piece in which a character stands, folded, and where it begins."""
        number = int(np.searchsorted(self._begins, at, "right"))
        low = int(self._begins[number - 1])
        high = int(self._begins[number]) - 1 if number < len(self._begins) else len(self.column)
        return self.text[low:high], low

    def _keys(self) -> NDArray[Any]:
        """A key for each word: alike where the same characters stand."""
        images, start, end = self.column.images, self.start, self.end
        sizes = end - start
        letters = np.zeros(len(images) + _SHORT + 8, np.uint8)
        letters[: len(images)] = images
        packed = np.ndarray((len(letters) - 7,), "<u8", letters.data, 0, (1,))
        keys = mixed(sizes.astype(np.uint64), packed[start] & _MASKS[np.minimum(sizes, 8)])
        for at in range(8, _SHORT, 8):
            more = np.flatnonzero(sizes > at)
            rest = packed[start[more] + at] & _MASKS[np.minimum(sizes[more] - at, 8)]
            keys[more] = mixed(keys[more], rest)
        high = np.flatnonzero(images > 0x7F)
        odd = sizes > _SHORT
        if len(high):
            odd[np.searchsorted(start, high, "right") - 1] = True
        rest = np.flatnonzero(odd)
        if len(rest):
            keys[rest] = of_strings(images, start[rest], np.minimum(end[rest], start[rest] + _LONGEST))
        return keys

    def join(self, wanted: Callable[[str, str], bool], pairs: Memory) -> None:
        """Make one word of two beside a hyphen where it is wanted; an article, which is silent, takes the other's place."""
        images, kind = self.column.images, self._kind
        hyphens = np.flatnonzero(images == _HYPHEN)
        hyphens = hyphens[(hyphens > 0) & (hyphens < len(images) - 1)]
        hyphens = hyphens[
            (kind[hyphens - 1] != _NONE) & (kind[hyphens + 1] != _NONE) & (kind[hyphens] == _NONE)
        ]
        one = np.searchsorted(self.end, hyphens)
        if not len(one):
            return
        texts, surface = self._surfaces.texts, self.surface
        keys = surface[one].astype(np.uint64) << np.uint64(32) | surface[one + 1].astype(np.uint64)

        def judge(new: NDArray[Any]) -> list[bool]:
            return [wanted(texts[surface[at]], texts[surface[at + 1]]) for at in one[new].tolist()]

        before = -1
        for at in one[pairs.judged(keys, judge) > 0].tolist():
            if at != before:
                self.surface[at] = self._surfaces.number(f"{texts[surface[at]]}-{texts[surface[at + 1]]}")
                self.surface[at + 1] = self._surfaces.number("the")
                self.end[at] = self.end[at + 1]
                before = at + 1


def _kinds(images: NDArray[Any], marks: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """What each character belongs to, and whether a word or mark begins with it."""
    letter = (marks & np.uint16(LETTER)) != 0
    kind = np.full(len(images), _MARK, np.uint8)
    kind[(marks & np.uint16(SPACE | QUIET)) != 0] = _NONE
    kind[letter] = _WORD
    kind[(marks & np.uint16(CHINESE)) != 0] = _RUN
    forced = [_apostrophes(images, marks, letter, kind), _abbreviations(images, marks, letter, kind)]
    _dashes(images, marks, kind)
    _commas(images, marks, letter, kind)
    _paragraphs(images, marks, kind)
    fresh = kind != _NONE
    fresh[1:] &= (kind[1:] != kind[:-1]) | (kind[1:] == _MARK)
    for places in forced:
        fresh[places] = True
    return kind, fresh


def _apostrophes(
    images: NDArray[Any], marks: NDArray[Any], letter: NDArray[Any], kind: NDArray[Any]
) -> NDArray[Any]:
    """Make an apostrophe between letters part of its word; told is where a figure behind one begins another."""
    alpha = np.append(letter & ((marks & np.uint16(DIGIT)) == 0), False)
    at = np.flatnonzero(images == _QUOTE)
    at = at[(at > 0) & alpha[np.minimum(at + 1, len(letter))]]
    at = at[letter[at - 1]]
    kind[at] = _WORD
    end = at + 1
    on = np.flatnonzero(alpha[end])
    while len(on):
        end[on] += 1
        on = on[alpha[end[on]]]
    end = end[end < len(letter)]
    figures: NDArray[Any] = end[letter[end]]
    return figures


def _abbreviations(
    images: NDArray[Any], marks: NDArray[Any], letter: NDArray[Any], kind: NDArray[Any]
) -> list[int]:
    """Make one word of capitals with points (U.S.); told is where the next word begins right behind."""
    dots = np.flatnonzero(images == _DOT)
    dots = dots[dots > 0]
    upper = (marks[dots - 1] & np.uint16(UPPER)) != 0
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
        if done < len(kind) and letter[done]:
            forced.append(done)
        forced.append(at)
    return forced


def _dashes(images: NDArray[Any], marks: NDArray[Any], kind: NDArray[Any]) -> None:
    """Two hyphens or more are a mark, and one between spaces."""
    at = np.flatnonzero(images == _HYPHEN)
    at = at[(at > 0) & (at < len(images) - 1)]
    space = np.uint16(SPACE)
    kind[at[((marks[at - 1] & space) != 0) & ((marks[at + 1] & space) != 0)]] = _MARK
    double = np.flatnonzero((images[1:] == _HYPHEN) & (images[:-1] == _HYPHEN))
    kind[double] = _DASHES
    kind[double + 1] = _DASHES


def _commas(images: NDArray[Any], marks: NDArray[Any], letter: NDArray[Any], kind: NDArray[Any]) -> None:
    """A comma is a mark unless “and”, “or” or “&” comes next."""
    at = np.flatnonzero(images == _COMMA)
    kind[at] = _MARK
    size = len(images)
    padded = np.append(images, np.zeros(4, images.dtype))
    spaces = np.append((marks & np.uint16(SPACE)) != 0, False)
    word = np.append(letter | ((marks & np.uint16(CHINESE)) != 0), np.zeros(4, np.bool_))
    after = at + 1
    on = np.flatnonzero(spaces[after])
    at, after = at[on], after[on]
    on = np.arange(len(at))
    while len(on):
        after[on] += 1
        on = on[spaces[after[on]]]
    inside = after < size
    at, after = at[inside], after[inside]
    first, second, third = padded[after], padded[after + 1], padded[after + 2]
    silent = (first == ord("a")) & (second == ord("n")) & (third == ord("d")) & ~word[after + 3]
    silent |= (first == ord("o")) & (second == ord("r")) & ~word[after + 2]
    silent |= (first == ord("&")) & word[after + 1]
    kind[at[silent]] = _NONE


def _paragraphs(images: NDArray[Any], marks: NDArray[Any], kind: NDArray[Any]) -> None:
    """The second of two line ends with nothing but spaces between them is a mark."""
    ends = np.flatnonzero((images == 10) | (images == 13))
    if len(ends) < 2:
        return
    one, other = ends[:-1], ends[1:]
    spaced = (marks[one + 1] & np.uint16(SPACE)) != 0
    one, other = one[spaced], other[spaced]
    apart = ~((images[one] == 13) & (images[other] == 10) & (other == one + 1))
    one, other = one[apart], other[apart]
    near = other == one + 1
    kind[other[near]] = _MARK
    blank = (marks & np.uint16(SPACE)) != 0
    for low, high in zip(one[~near].tolist(), other[~near].tolist(), strict=True):
        if blank[low:high].all():
            kind[high] = _MARK
