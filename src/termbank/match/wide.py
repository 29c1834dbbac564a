"""The dense form of long Chinese text, in columns.

Pieces of a text come in; the form in which Chinese is compared goes out, the same that `dense.dense` makes: folded,
simplified, without marks and without spaces beside Chinese. It answers for any place what `dense.Dense` answers,
and for all places at once what most of them ask: where hands, Chinese characters, numerals and folded marks stand.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.core.span import Span
from termbank.lang.script import flattened, is_telling
from termbank.lang.zh import is_han
from termbank.match.edges import NUMERALS
from termbank.match.letters import FIRST_MARK, Alphabet, Column, codes_of, string_of
from termbank.match.quotes import QUOTES
from termbank.match.shapes import MARKS, is_gap, is_hand, is_wide

if TYPE_CHECKING:
    from numpy.typing import NDArray

HAN, WIDE, GAP, MARK, HAND, NUMERAL, CHANGED, TELLING = (FIRST_MARK << at for at in range(8))


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


@cache
def _alphabet() -> Alphabet:
    return Alphabet(_tell, case=True)


class Wide:
    """Pieces of a text in dense form; places in it are told as places in the text as given."""

    def __init__(self, text: str, pieces: Sequence[tuple[int, int]]) -> None:
        self._column = column = Column(text, pieces, _alphabet())
        images, marks = column.images, column.marks
        kept = _kept(images, marks)
        self._kept = None if kept.all() else np.flatnonzero(kept)
        self.codes = images if self._kept is None else images[self._kept]
        self.marks = marks if self._kept is None else marks[self._kept]
        self._text: str | None = None

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
        found: NDArray[Any] = (self.marks & np.uint16(mark)) != 0
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
        quotes = np.array(sorted(map(ord, QUOTES)))
        before = column.raw[np.maximum(column.first(self._at(breaks)) - 1, 0)]
        after = column.raw[np.minimum(column.last(self._at(breaks - 1)), len(column.raw) - 1)]
        return breaks[np.isin(before, quotes)], breaks[np.isin(after, quotes)]

    def pieces(self, mark: int) -> NDArray[Any]:
        """For each piece of the text whether a character of it, as folded, bears a mark."""
        column = self._column
        found = np.flatnonzero((column.marks & np.uint16(mark)) != 0)
        here = np.searchsorted(column.begins, column.first(found), "right") - 1
        told = np.zeros(len(column.begins), np.bool_)
        told[here] = True
        return told

    def piece_of(self, start: NDArray[Any]) -> NDArray[Any]:
        column = self._column
        return np.searchsorted(column.begins, column.first(self._at(start)), "right") - 1

    def piece_text(self, number: int) -> str:
        """The dense form of one piece."""
        column = self._column
        here = column.first(self._at(np.arange(len(self.codes))))
        end = column.begins[number + 1] - 1 if number + 1 < len(column.begins) else len(column.raw)
        low, high = np.searchsorted(here, (column.begins[number], end))
        return string_of(self.codes[low:high])

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
    gap = (marks & np.uint16(GAP)) != 0
    kept: NDArray[Any] = (marks & np.uint16(MARK)) == 0
    change = np.flatnonzero(gap[1:] != gap[:-1]) + 1
    if len(gap) and gap[0]:
        change = np.concatenate(([0], change))
    if len(change) % 2:
        change = np.concatenate((change, [len(gap)]))
    starts, ends = change[::2], change[1::2]
    wide = (marks & np.uint16(WIDE)) != 0
    beside = wide[starts - 1] & (starts > 0)
    beside |= wide[np.minimum(ends, len(gap) - 1)] & (ends < len(gap))
    starts, ends = starts[beside], ends[beside]
    one = ends - starts == 1
    kept[starts[one]] = False
    for start, end in zip(starts[~one].tolist(), ends[~one].tolist(), strict=True):
        kept[start:end] = _line_ends(images[start:end]) > 1
    return kept


def _line_ends(images: NDArray[Any]) -> int:
    feeds, returns = images == 10, images == 13
    return int(feeds.sum() + returns.sum() - (returns[:-1] & feeds[1:]).sum())


_BLOCK = 16
_LOW = 0x2E80


def around_chinese(
    text: str, pieces: Sequence[tuple[int, int]], longest: int
) -> tuple[list[tuple[int, int]], NDArray[Any]]:
    """What of the pieces stands near Chinese, and of which piece each part is.

    Blocks without a Chinese character are passed over, but for those within reach of one: no term that has a Chinese
    character, and is not longer than `longest`, lies in them. Blocks without a letter or figure stay, as they may be folded away.
    """
    codes = codes_of("\0".join([text[start:end] for start, end in pieces]))
    blocks = np.zeros(-(-len(codes) // _BLOCK) * _BLOCK, np.promote_types(codes.dtype, np.uint16))
    blocks[: len(codes)] = codes
    blocks = blocks.reshape(-1, _BLOCK)
    near = _any(blocks >= _LOW)
    if near.all():
        return list(pieces), np.arange(len(pieces))
    # what is below 48 wraps around
    near |= ~_any(blocks - blocks.dtype.type(48) < 80)
    reach = 3 + longest // _BLOCK
    edge = np.zeros(len(near) + 1, np.int64)
    here = np.flatnonzero(near)
    np.add.at(edge, np.maximum(here - reach, 0), 1)
    np.add.at(edge, np.minimum(here + reach + 1, len(near)), -1)
    kept = np.diff(np.concatenate(([0], (np.cumsum(edge[:-1]) > 0).astype(np.int8), [0])))
    runs = list(
        zip(
            (np.flatnonzero(kept == 1) * _BLOCK).tolist(),
            (np.flatnonzero(kept == -1) * _BLOCK).tolist(),
            strict=True,
        )
    )
    return _cut(pieces, runs)


def _any(flags: NDArray[Any]) -> NDArray[Any]:
    """Whether any of each block's flags is set, eight at a time."""
    halves = flags.view(np.uint64)
    found: NDArray[Any] = (halves[:, 0] | halves[:, 1]) != 0
    return found


def _cut(
    pieces: Sequence[tuple[int, int]], runs: Sequence[tuple[int, int]]
) -> tuple[list[tuple[int, int]], NDArray[Any]]:
    """The parts of pieces that lie in runs of their characters as they lie one behind the other, and of which piece."""
    parts: list[tuple[int, int]] = []
    whose: list[int] = []
    begin = at = 0
    for number, (start, end) in enumerate(pieces):
        while at < len(runs) and runs[at][0] < begin + end - start:
            low, high = max(runs[at][0] - begin, 0), min(runs[at][1] - begin, end - start)
            if low < high:
                parts.append((start + low, start + high))
                whose.append(number)
            if runs[at][1] > begin + end - start:
                break
            at += 1
        begin += end - start + 1
    return parts, np.array(whose, np.int64)
