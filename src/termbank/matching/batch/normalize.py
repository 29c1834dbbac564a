"""The comparison form of long Chinese texts as arrays: what `matching.comparison_form` gives of short ones.

The classes of the characters answer for all places at once what the rules ask of most: where alphanumerics, Chinese
characters, numerals and removed marks are.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.matching.boundaries_zh import NUMERALS
from termbank.matching.character_classes import MARKS, is_alphanumeric, is_gap, is_wide
from termbank.matching.quotes import QUOTES
from termbank.model.span import Span
from termbank.text.characters_zh import is_han
from termbank.text.normalize_arrays import CharacterTable, NormalizedArrays, TextChunk, string_of
from termbank.text.scripts import is_distinctive, simplify_characters

if TYPE_CHECKING:
    from numpy.typing import NDArray

HAN, WIDE, GAP, MARK, ALPHANUMERIC, NUMERAL, CHANGED, DISTINCTIVE = (1 << at for at in range(8))
"""Classes: Chinese, wide, removed beside wide ones, always removed, letter or digit, numeral, written in another form than the
simplified one, decisive for the script."""


def _classify(char: str) -> tuple[str, int]:
    image = simplify_characters(char)
    classes = (
        (HAN, is_han(image)),
        (WIDE, is_wide(image)),
        (GAP, is_gap(image)),
        (MARK, image in MARKS),
        (ALPHANUMERIC, is_alphanumeric(image)),
        (NUMERAL, image in NUMERALS),
        (CHANGED, image != char),
        (DISTINCTIVE, is_distinctive(image)),
    )
    return image, sum(bit for bit, holds in classes if holds)


def _classify_han(han: str) -> tuple[str, list[int]]:
    """What `_classify` gives for each of many Chinese characters."""
    images = simplify_characters(han)
    return images, [
        HAN
        | WIDE
        | NUMERAL * (image in NUMERALS)
        | CHANGED * (image != char)
        | DISTINCTIVE * is_distinctive(image)
        for char, image in zip(han, images, strict=True)
    ]


@cache
def character_table() -> CharacterTable:
    """The table of the comparison form."""
    return CharacterTable(_classify, _classify_han, case=True)


@cache
def _is_quote() -> NDArray[Any]:
    found = np.zeros(max(map(ord, QUOTES)) + 2, np.bool_)
    found[list(map(ord, QUOTES))] = True
    return found


class ComparisonArrays(NormalizedArrays):
    """A chunk of text in comparison form."""

    has_same_offsets = False

    def __init__(self, chunk: TextChunk) -> None:
        super().__init__(chunk, character_table())
        kept = _kept(self.codes, self.classes)
        if not kept.all():
            self._keep(np.flatnonzero(kept))

    @cached_property
    def text(self) -> str:
        """The whole chunk as a string."""
        return string_of(self.codes)

    def has(self, classes: int) -> NDArray[Any]:
        """Whether each character is of one of these classes."""
        found: NDArray[Any] = (self.classes & classes) != 0
        return found

    @cached_property
    def _gaps(self) -> NDArray[Any]:
        """The positions before which something was removed."""
        if self.starts is None or self.ends is None:
            return np.empty(0, np.int64)
        return np.flatnonzero(self.ends[:-1] < self.starts[1:]) + 1

    def have_gaps(self, start: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
        """Whether anything was removed within each place."""
        return np.searchsorted(self._gaps, end) > np.searchsorted(self._gaps, start, "right")

    @cached_property
    def quote_limits(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """The positions right before which a quotation mark was removed, and those right behind which one was."""
        gaps = self._gaps
        if self.starts is None or self.ends is None:
            return gaps, gaps
        is_quote = _is_quote()
        before = is_quote.take(self.raw[self.starts[gaps] - 1], mode="clip")
        after = is_quote.take(self.raw[self.ends[gaps - 1]], mode="clip")
        return gaps[before], gaps[after]

    @cached_property
    def piece_classes(self) -> NDArray[Any]:
        """The classes that occur in each piece."""
        found: NDArray[Any] = np.bitwise_or.reduceat(
            np.append(self.classes, np.uint8(0)), self.piece_begins()
        )
        return found

    @cached_property
    def bounds(self) -> NDArray[Any]:
        """Where the pieces begin, and where a further one would."""
        return np.append(self.piece_begins(), len(self) + 1)

    def piece_text(self, number: int) -> str:
        """The comparison form of one piece."""
        return string_of(self.codes[self.bounds[number] : self.bounds[number + 1] - 1])

    # one place at a time, as `NormalizedText` answers

    def span(self, start: int, end: int) -> Span:
        """The span in the text as given."""
        first, last = self.spans(np.array([start]), np.array([end]))
        return Span(int(first[0]), int(last[0]))

    def is_whole(self, start: int, end: int) -> bool:
        """Whether a place begins and ends where characters of the given text do."""
        return bool(self.are_whole(np.array([start]), np.array([end]))[0])

    def has_gap(self, start: int, end: int) -> bool:
        """Whether anything was removed within a place."""
        return bool(self.have_gaps(np.array([start]), np.array([end]))[0])


def _kept(codes: NDArray[Any], classes: NDArray[Any]) -> NDArray[Any]:
    """Which characters stay: all but marks, and gaps beside wide characters that hold no more than one line end."""
    gap = (classes & GAP) != 0
    kept: NDArray[Any] = (classes & MARK) == 0
    change = np.flatnonzero(gap[1:] != gap[:-1]) + 1
    if len(gap) and gap[0]:
        change = np.concatenate(([0], change))
    if len(change) % 2:
        change = np.concatenate((change, [len(gap)]))
    starts, ends = change[::2], change[1::2]
    wide = (classes & WIDE) != 0
    beside = wide[starts - 1] & (starts > 0)
    beside |= wide[np.minimum(ends, len(gap) - 1)] & (ends < len(gap))
    starts, ends = starts[beside], ends[beside]
    one = ends - starts == 1
    kept[starts[one]] = False
    starts, ends = starts[~one], ends[~one]
    lines = _line_ends(codes)
    few = np.searchsorted(lines, ends) - np.searchsorted(lines, starts) < 2
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        kept[start:end] = True
    for start, end in zip(starts[few].tolist(), ends[few].tolist(), strict=True):
        kept[start:end] = False
    return kept


def _line_ends(codes: NDArray[Any]) -> NDArray[Any]:
    """Where lines end; a return with its feed is one end."""
    ends = np.flatnonzero((codes == _FEED) | (codes == _RETURN))
    second = (codes[ends] == _FEED) & (codes[np.maximum(ends - 1, 0)] == _RETURN)
    found: NDArray[Any] = ends[~second]
    return found


_FEED, _RETURN = 10, 13
_BLOCK = 16
_LOW = 0x2E80


def near_chinese(chunk: TextChunk, longest: int) -> tuple[TextChunk, NDArray[Any]]:
    """The parts of the pieces that are near Chinese, and of which piece each is a part.

    Blocks without a Chinese character are skipped unless one is within reach: they hold no term that has a Chinese
    character and is not longer than `longest`. Blocks without a letter or digit stay, as all of them may be removed.
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
    if not len(here):
        return chunk, chunk.begins[:0]
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
