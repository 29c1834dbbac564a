"""Matches that are made when they are looked at.

The columns of a long text's places come in; a sequence of `Match` goes out. It is as long as a list would be and
costs a few bytes for each place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np

from termbank.match.owner import Match
from termbank.match.sweep import owners

if TYPE_CHECKING:
    from numpy.typing import NDArray

Maker = Callable[[int, int, int], Match]


class Places(NamedTuple):
    """Where terms stand in a text, in its order, and which; `make` makes the match of a place."""

    start: NDArray[Any]
    end: NDArray[Any]
    which: NDArray[Any]
    make: Maker


def places(columns: Sequence[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]], make: Maker) -> Places:
    """The places of several stretches, in order of the text."""
    none = np.empty(0, np.int64)
    start, end, which = (
        np.concatenate([none, *column]) for column in (zip(*columns, strict=True) if columns else [()] * 3)
    )
    order = np.argsort(start, kind="stable")
    return Places(start[order], end[order], which[order], make)


class Matches(Sequence[Match]):
    """The matches of a text, in its order, made one by one as they are asked for."""

    def __init__(self, parts: Sequence[Places], is_first: Callable[[], bool] = lambda: True) -> None:
        """`is_first` is asked only where two parts claim the same letters: whether the first part comes first."""
        self._parts = parts
        none = np.empty(0, np.int64)
        self._start = np.concatenate([none, *(part.start for part in parts)])
        self._end = np.concatenate([none, *(part.end for part in parts)])
        self._which = np.concatenate([none, *(part.which for part in parts)])
        self._part = np.repeat(np.arange(len(parts), dtype=np.int8), [len(part.start) for part in parts])
        if len(parts) > 1:
            order = np.argsort(self._start, kind="stable")
            if (self._start[order[1:]] < self._end[order[:-1]]).any():
                rank = self._part if is_first() else -self._part
                order = owners(self._start, self._end, None, rank)
            self._start, self._end = self._start[order], self._end[order]
            self._which, self._part = self._which[order], self._part[order]

    def __len__(self) -> int:
        return len(self._start)

    @overload
    def __getitem__(self, at: int) -> Match: ...
    @overload
    def __getitem__(self, at: slice) -> list[Match]: ...
    def __getitem__(self, at: int | slice) -> Match | list[Match]:
        if isinstance(at, slice):
            return list(self._made(at))
        part = self._parts[int(self._part[at])]
        return part.make(int(self._start[at]), int(self._end[at]), int(self._which[at]))

    def __iter__(self) -> Iterator[Match]:
        return self._made(slice(None))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def _made(self, at: slice) -> Iterator[Match]:
        makers = [part.make for part in self._parts]
        step = 1 << 14
        numbers = range(len(self))[at]
        for low in range(0, len(numbers), step):
            some = np.array(numbers[low : low + step], np.int64)
            columns = (self._part[some], self._start[some], self._end[some], self._which[some])
            for part, start, end, which in zip(*(column.tolist() for column in columns), strict=True):
                yield makers[part](start, end, which)
