"""Matches of long texts as arrays: a `Match` is made when it is looked at, so that a place takes a few bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, overload

import numpy as np

from termbank.matching.batch.overlap import resolve_overlaps
from termbank.matching.chunks import group_chunks, split_chunks
from termbank.matching.match import Match
from termbank.model.concept import Concept, Term
from termbank.model.language import Language
from termbank.model.span import Span
from termbank.text.computed_dict import ComputedDict

if TYPE_CHECKING:
    from numpy.typing import NDArray

Columns = tuple["NDArray[Any]", "NDArray[Any]", "NDArray[Any]", "NDArray[Any]"]


class MatchMaker(Protocol):
    """Makes the match of a place; its span is counted from `base`."""

    def __call__(self, start: int, end: int, which: int, inner: bool, base: int = 0) -> Match: ...


MatchOwner = tuple[Concept, Term, Language, tuple[Concept, ...]]
"""A concept and its term, the language in which the term is written, the other concepts that have it."""
OwnerCache = ComputedDict[tuple[int, str], MatchOwner]
"""The owner of a pattern, by its number and by how it is written."""


def match_maker(text: str, owners: OwnerCache) -> MatchMaker:
    """What makes the matches of a text from their owners."""
    new = tuple.__new__

    def make(start: int, end: int, which: int, inner: bool, base: int = 0) -> Match:
        written = text[start:end]
        concept, term, language, also = owners[which, written]
        # as the classes themselves do it, but for hundreds of thousands
        span = new(Span, (start - base, end - base))
        return new(Match, (concept, term, span, written, language, inner, also))

    return make


class FoundPlaces(NamedTuple):
    """Places of terms in order of the text: the pattern of each, and whether it is nested; `make` makes its match."""

    start: NDArray[Any]
    end: NDArray[Any]
    which: NDArray[Any]
    inner: NDArray[Any]
    make: MatchMaker


def no_places() -> Columns:
    """Columns without a place."""
    none = np.empty(0, np.int64)
    return none, none, none, np.empty(0, np.bool_)


def find_in_parts(
    text: str,
    parts: Sequence[tuple[int, int]],
    find: Callable[[str, Sequence[tuple[int, int]]], Columns],
    make: MatchMaker,
) -> FoundPlaces:
    """The places in the parts of a long text, each part searched by itself, in order of the parts."""
    pieces = [(low + start, low + end) for low, high in parts for start, end in split_chunks(text[low:high])]
    columns = [find(text, group) for group in group_chunks(pieces)]
    found = [np.concatenate(column) for column in zip(no_places(), *columns, strict=True)]
    if len(columns) > 1:
        begins = np.array([start for start, _ in pieces])
        order = np.argsort(np.searchsorted(begins, found[0], "right"), kind="stable")
        found = [column[order] for column in found]
    return FoundPlaces(found[0], found[1], found[2], found[3], make)


def find_in_each(
    texts: Sequence[str], find: Callable[[str, Sequence[tuple[int, int]]], FoundPlaces]
) -> list[list[Match]]:
    """The matches in each of many texts, searched as the parts of one."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    begins = np.cumsum(sizes + 1) - sizes - 1
    bases = begins.tolist()
    found = find("\0".join(texts), list(zip(bases, (begins + sizes).tolist(), strict=True)))
    matches: list[list[Match]] = [[] for _ in texts]
    which = np.searchsorted(begins, found.start, "right") - 1
    columns = which, found.start, found.end, found.which, found.inner
    make = found.make
    for number, start, end, pattern, inner in zip(*(column.tolist() for column in columns), strict=True):
        matches[number].append(make(start, end, pattern, inner, bases[number]))
    return matches


class Matches(Sequence[Match]):
    """The matches of a text in its order, each made when it is asked for."""

    def __init__(self, parts: Sequence[FoundPlaces], is_first: Callable[[], bool] = lambda: True) -> None:
        """Join the places of up to two searches; `is_first` says whether the first wins a tie, asked only where they overlap."""
        self._parts = parts
        none = np.empty(0, np.int64)
        self._start = np.concatenate([none, *(part.start for part in parts)])
        self._end = np.concatenate([none, *(part.end for part in parts)])
        self._which = np.concatenate([none, *(part.which for part in parts)])
        self._inner = np.concatenate([np.empty(0, np.bool_), *(part.inner for part in parts)])
        self._part = np.repeat(np.arange(len(parts), dtype=np.int8), [len(part.start) for part in parts])
        if np.count_nonzero(np.bincount(self._part)) > 1:
            order = self._merge_order(is_first)
            self._start, self._end, self._which = self._start[order], self._end[order], self._which[order]
            self._inner, self._part = self._inner[order], self._part[order]

    def _merge_order(self, is_first: Callable[[], bool]) -> NDArray[Any]:
        """The numbers of the places of all parts that remain, in order, so that no two owners overlap."""
        start, end, inner = self._start, self._end, np.flatnonzero(self._inner)
        own = np.flatnonzero(~self._inner)
        order = own[np.argsort(start[own], kind="stable")]
        claimed = (start[order[1:]] < end[order[:-1]]).any()
        if not claimed and not len(inner):
            return order
        rank = self._part if is_first() else -self._part
        if claimed:
            order = own[resolve_overlaps(start[own], end[own], None, rank[own])]
            inner = inner[_are_covered(start[order], end[order], start[inner], end[inner])]
        both = np.concatenate((order, inner))
        return both[np.lexsort((rank[both], self._inner[both], -end[both], start[both]))]

    def __len__(self) -> int:
        return len(self._start)

    @overload
    def __getitem__(self, at: int) -> Match: ...
    @overload
    def __getitem__(self, at: slice) -> list[Match]: ...
    def __getitem__(self, at: int | slice) -> Match | list[Match]:
        if isinstance(at, slice):
            return list(self._make(at))
        part = self._parts[int(self._part[at])]
        return part.make(
            int(self._start[at]), int(self._end[at]), int(self._which[at]), bool(self._inner[at])
        )

    def __iter__(self) -> Iterator[Match]:
        return self._make(slice(None))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def _make(self, at: slice) -> Iterator[Match]:
        makers = [part.make for part in self._parts]
        step = 1 << 14
        numbers = range(len(self))[at]
        for low in range(0, len(numbers), step):
            some = np.array(numbers[low : low + step], np.int64)
            columns = (
                self._part[some],
                self._start[some],
                self._end[some],
                self._which[some],
                self._inner[some],
            )
            for part, start, end, which, inner in zip(*(column.tolist() for column in columns), strict=True):
                yield makers[part](start, end, which, inner)


def _are_covered(
    start: NDArray[Any], end: NDArray[Any], first: NDArray[Any], last: NDArray[Any]
) -> NDArray[Any]:
    """Whether every character of each place `[first, last)` lies in one of the owners, which are in order."""
    before = np.cumsum(end - start) - (end - start)

    def count_owned(at: NDArray[Any]) -> NDArray[Any]:
        over = np.maximum(np.searchsorted(start, at, "right") - 1, 0)
        letters: NDArray[Any] = before[over] + np.clip(at - start[over], 0, end[over] - start[over])
        return letters

    covered: NDArray[Any] = count_owned(last) - count_owned(first) == last - first
    return covered
