"""The dense form of long Chinese text, in columns.

Pieces of a text come in; the form in which Chinese is compared goes out, the same that `dense.dense` makes: folded,
simplified, without marks and without spaces beside Chinese. It answers for any place what `dense.Dense` answers,
and for all places at once what most of them ask: where hands, Chinese characters, numerals and folded marks stand.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.matching.batch.text_arrays import Alphabet, Chunk, Column, string_of
from termbank.matching.boundaries_zh import NUMERALS
from termbank.matching.character_classes import MARKS, is_gap, is_hand, is_wide
from termbank.matching.quotes import QUOTES
from termbank.model.span import Span
from termbank.text.characters_zh import is_han
from termbank.text.scripts import flattened, is_telling

if TYPE_CHECKING:
    from numpy.typing import NDArray

HAN, WIDE, GAP, MARK, HAND, NUMERAL, CHANGED, TELLING = (1 << at for at in range(8))


def _tell(char: str) -> tuple[str, int]:
    image = flattened(char)
    told = (
        (HAN, is_han(image)),
        (WIDE, is_wide(image)),
        (GAP, is_gap(image)),
        (MARK, image in MARKS),
        (HAND, is_hand(image)),
        (NUMERAL, image in NUMERALS),
        (CHANGED, image != char),
        (TELLING, is_telling(image)),
    )
    return image, sum(mark for mark, holds in told if holds)


def _tell_han(han: str) -> tuple[str, list[int]]:
    """What `_tell` tells of each of many Chinese characters."""
    images = flattened(han)
    return images, [
        HAN | WIDE | NUMERAL * (image in NUMERALS) | CHANGED * (image != char) | TELLING * is_telling(image)
        for char, image in zip(han, images, strict=True)
    ]


@cache
def _alphabet() -> Alphabet:
    return Alphabet(_tell, _tell_han, case=True)


@cache
def _quotes() -> NDArray[Any]:
    told = np.zeros(max(map(ord, QUOTES)) + 2, np.bool_)
    told[list(map(ord, QUOTES))] = True
    return told


class Wide:
    """Pieces of a text in dense form; places in it are told as places in the text as given."""

    def __init__(self, chunk: Chunk) -> None:
        self._column = column = Column(chunk, _alphabet())
        images, marks = column.images, column.marks
        kept = _kept(images, marks)
        self._kept = None if kept.all() else np.flatnonzero(kept)
        self.codes = images if self._kept is None else images[self._kept]
        self.marks = marks if self._kept is None else marks[self._kept]

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def text(self) -> str:
        return string_of(self.codes)

    def _at(self, places: NDArray[Any]) -> NDArray[Any]:
        return places if self._kept is None else self._kept[places]

    def spans(self, start: NDArray[Any], end: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """The places in the text as given, marks inside and all."""
        column = self._column
        return column.moved(column.first(self._at(start))), column.moved(
            column.last(self._at(end - 1)) - 1
        ) + 1

    def has(self, mark: int) -> NDArray[Any]:
        found: NDArray[Any] = (self.marks & mark) != 0
        return found

    def wholes(self, start: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
        return self._column.is_whole(self._at(start), self._at(end - 1))

    @cached_property
    def _breaks(self) -> NDArray[Any]:
        """Where something was folded away before a character."""
        if self._kept is None:
            return np.empty(0, np.int64)
        return np.flatnonzero(np.diff(self._kept) > 1) + 1

    def gapped(self, start: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
        """Whether anything was folded away inside each place."""
        return np.searchsorted(self._breaks, end) > np.searchsorted(self._breaks, start, "right")

    @cached_property
    def walls(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Where a quotation mark was folded away right before, and right after, the boundary between two characters."""
        column, breaks = self._column, self._breaks
        before = column.raw[np.maximum(column.first(self._at(breaks)) - 1, 0)]
        after = column.raw[np.minimum(column.last(self._at(breaks - 1)), len(column.raw) - 1)]
        quotes = _quotes()
        return breaks[quotes.take(before, mode="clip")], breaks[quotes.take(after, mode="clip")]

    @cached_property
    def pieces(self) -> NDArray[Any]:
        """For each piece of the text the marks that characters of it, as folded, bear."""
        begins = self._column.piece_begins()
        found: NDArray[Any] = np.bitwise_or.reduceat(np.append(self._column.marks, np.uint8(0)), begins)
        return found

    @cached_property
    def begins(self) -> NDArray[Any]:
        """Where the pieces begin, and where the last one ends."""
        begins = self._column.piece_begins()
        if self._kept is not None:
            begins = np.searchsorted(self._kept, begins)
        return np.append(begins, len(self.codes) + 1)

    def piece_text(self, number: int) -> str:
        """The dense form of one piece."""
        return string_of(self.codes[self.begins[number] : self.begins[number + 1] - 1])

    # -- one place at a time, as `dense.Dense` tells it

    is_given = False

    def span(self, start: int, end: int) -> Span:
        first, last = self.spans(np.array([start]), np.array([end]))
        return Span(int(first[0]), int(last[0]))

    def is_whole(self, start: int, end: int) -> bool:
        return bool(self.wholes(np.array([start]), np.array([end]))[0])

    def gaps(self, start: int, end: int) -> bool:
        return bool(bisect_left(self._breaks, end) > bisect_right(self._breaks, start))


def _kept(images: NDArray[Any], marks: NDArray[Any]) -> NDArray[Any]:
    """What stays: all but marks, and spaces beside Chinese that hold no more than one line end."""
    gap = (marks & GAP) != 0
    kept: NDArray[Any] = (marks & MARK) == 0
    change = np.flatnonzero(gap[1:] != gap[:-1]) + 1
    if len(gap) and gap[0]:
        change = np.concatenate(([0], change))
    if len(change) % 2:
        change = np.concatenate((change, [len(gap)]))
    starts, ends = change[::2], change[1::2]
    wide = (marks & WIDE) != 0
    beside = wide[starts - 1] & (starts > 0)
    beside |= wide[np.minimum(ends, len(gap) - 1)] & (ends < len(gap))
    starts, ends = starts[beside], ends[beside]
    one = ends - starts == 1
    kept[starts[one]] = False
    starts, ends = starts[~one], ends[~one]
    lines = _line_ends(images)
    few = np.searchsorted(lines, ends) - np.searchsorted(lines, starts) < 2
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        kept[start:end] = True
    for start, end in zip(starts[few].tolist(), ends[few].tolist(), strict=True):
        kept[start:end] = False
    return kept


def _line_ends(images: NDArray[Any]) -> NDArray[Any]:
    """Where lines end; a return with its feed is one end."""
    ends = np.flatnonzero((images == _FEED) | (images == _RETURN))
    second = (images[ends] == _FEED) & (images[np.maximum(ends - 1, 0)] == _RETURN)
    told: NDArray[Any] = ends[~second]
    return told


_FEED, _RETURN = 10, 13
_BLOCK = 16
_LOW = 0x2E80


def around_chinese(chunk: Chunk, longest: int) -> tuple[Chunk, NDArray[Any]]:
    """What of the pieces stands near Chinese, and of which piece each part is.

    Blocks without a Chinese character are passed over, but for those within reach of one: no term that has a Chinese
    character, and is not longer than `longest`, lies in them. Blocks without a letter or figure stay, as they may be folded away.
    """
    codes = chunk.codes
    whole = len(codes) // _BLOCK * _BLOCK
    near = np.ones(-(-len(codes) // _BLOCK), np.bool_)
    if codes.dtype == np.uint8:
        return chunk, chunk.begins[:0]
    blocks = codes[:whole].reshape(-1, _BLOCK)
    has_chinese = _any(blocks >= _LOW)
    near[: len(has_chinese)] = has_chinese
    if near.all():
        return chunk, np.arange(len(chunk.begins))
    # what is below 48 wraps around
    near[: len(has_chinese)] |= ~_any(blocks - blocks.dtype.type(48) < 80)
    reach = 3 + longest // _BLOCK
    here = np.flatnonzero(near)
    edge = np.bincount(np.maximum(here - reach, 0), minlength=len(near) + 1)
    edge -= np.bincount(np.minimum(here + reach + 1, len(near)), minlength=len(near) + 1)
    kept = np.diff(np.cumsum(edge[:-1]) > 0, prepend=False, append=False)
    ends = np.minimum(np.flatnonzero(kept) * _BLOCK, len(codes))
    return chunk.parts(ends[::2], ends[1::2])


def _any(flags: NDArray[Any]) -> NDArray[Any]:
    """Whether any of each block's flags is set, eight at a time."""
    halves = flags.view(np.uint64)
    found: NDArray[Any] = (halves[:, 0] | halves[:, 1]) != 0
    return found
