"""Who owns which span, for very many places at once: what `owner.settle` says, in columns.

Places come in, in any order; those that own their letters go out. The longest that stands wins, among equals
the one that begins first. Round by round the longest place of every run of touching places is asked for,
so that a judge is asked about many at once and about none in vain.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BITS = 62
Judge = Callable[["NDArray[Any]"], "NDArray[Any]"]


def owners(
    start: NDArray[Any], end: NDArray[Any], judge: Judge | None, rank: NDArray[Any] | None = None
) -> NDArray[Any]:
    """The numbers of the places that own their letters, in order of the text.

    `judge` says of the places with these numbers whether each stands; without one, all do. `rank` decides among
    places of one length before their order does; the lower wins.
    """  # fmt: skip
    alive = np.lexsort((end, start))
    kept: list[NDArray[Any]] = []
    while len(alive):
        first, last = start[alive], end[alive]
        reach = np.maximum.accumulate(last)
        fresh = np.ones(len(alive), np.bool_)
        fresh[1:] = first[1:] >= reach[:-1]
        runs = np.flatnonzero(fresh)
        best = runs
        if len(runs) < len(alive):
            run = np.cumsum(fresh) - 1
            weight = last - first
            if rank is not None:
                weight = weight * 4 - rank[alive]
            weight = weight * len(alive) - np.arange(len(alive))
            top = np.maximum.reduceat(weight, runs)
            best = np.flatnonzero(weight == top[run])
        stands = np.ones(len(best), np.bool_) if judge is None else judge(alive[best])
        won = best[stands]
        kept.append(alive[won])
        if len(runs) == len(alive):
            break
        low, high = np.full(len(runs), -1), np.full(len(runs), -1)
        low[run[won]], high[run[won]] = first[won], last[won]
        stays = (first >= high[run]) | (last <= low[run])
        stays[best] = False
        alive = alive[stays]
    told = np.concatenate(kept) if kept else alive
    return told[np.argsort(start[told])]


def within(start: NDArray[Any], end: NDArray[Any], owners: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The numbers of the places that lie in one of the owners, which are in order, and each one's owner."""
    if not len(owners):
        return owners, owners
    over = owners[np.maximum(np.searchsorted(start[owners], start, "right") - 1, 0)]
    inner = np.flatnonzero((start[over] <= start) & (end <= end[over]) & (over != np.arange(len(start))))
    return inner, over[inner]


def with_inner(
    start: NDArray[Any], end: NDArray[Any], owners: NDArray[Any], inner: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Owners and the places inside them in order of the text, an owner before what lies in it; and which are inside."""
    both = np.concatenate((owners, inner))
    order = np.lexsort((-end[both], start[both]))
    return both[order], order >= len(owners)


def crossed(start: NDArray[Any], end: NDArray[Any], asked: NDArray[Any], over: NDArray[Any]) -> NDArray[Any]:
    """Whether another place lies across one of the ends of each place asked about; none is longer than 62.

    `over` is what `inside` tells of the places.
    """
    size = len(over) - 1
    lengths = np.zeros(size, np.uint64)
    np.bitwise_or.at(lengths, start, np.uint64(1) << (end - start).astype(np.uint64))
    told = np.zeros(len(asked), np.bool_)
    first, last = start[asked], end[asked]
    left, right = np.flatnonzero(over[first]), np.flatnonzero(over[np.minimum(last, size - 1)])
    for back in range(1, int((end - start).max(initial=0))):
        left = left[first[left] >= back]
        low, high = first[left], last[left]
        # lengths that end after `low` and before `high`
        reached = lengths[low - back] >> np.uint64(back + 1)
        within = (np.uint64(1) << np.minimum(high - low - 1, _BITS).astype(np.uint64)) - np.uint64(1)
        told[left] |= (reached & within) != 0
    for on in range(1, int((last - first).max(initial=0))):
        right = right[last[right] - first[right] > on]
        low, high = first[right] + on, last[right]
        told[right] |= (lengths[low] >> np.minimum(high - low + 1, _BITS + 1).astype(np.uint64)) != 0
    return told


def inside(start: NDArray[Any], end: NDArray[Any], size: int) -> NDArray[Any]:
    """For every boundary between characters whether a place lies across it."""
    found = np.zeros(size + 1, np.bool_)
    on = np.flatnonzero(end - start > 1)
    at, last = start[on] + 1, end[on]
    while len(at):
        found[at] = True
        at = at + 1
        on = np.flatnonzero(at < last)
        at, last = at[on], last[on]
    return found
