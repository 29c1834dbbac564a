"""Resolve overlaps for arrays of spans: longest first, then leftmost. The same result as `matching.overlap`.

In each round the longest span of every run of overlapping ones is decided, so that many are decided at once and
none in vain.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BITS = 62
Accept = Callable[["NDArray[Any]"], "NDArray[Any]"]


def resolve_overlaps(
    start: NDArray[Any], end: NDArray[Any], accept: Accept | None, rank: NDArray[Any] | None = None
) -> NDArray[Any]:
    """The numbers of the spans that remain, in order of the text.

    Args:
        start: Where the spans begin, in any order.
        end: Where they end.
        accept: Decides for the spans with these numbers whether each is a term; without it, all are.
        rank: Decides among spans of one length before their order does; the lower wins.
    """
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
        is_term = np.ones(len(best), np.bool_) if accept is None else accept(alive[best])
        won = best[is_term]
        kept.append(alive[won])
        if len(runs) == len(alive):
            break
        low, high = np.full(len(runs), -1), np.full(len(runs), -1)
        low[run[won]], high[run[won]] = first[won], last[won]
        stays = (first >= high[run]) | (last <= low[run])
        stays[best] = False
        alive = alive[stays]
    found = np.concatenate(kept) if kept else alive
    return found[np.argsort(start[found])]


def within(start: NDArray[Any], end: NDArray[Any], owners: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The numbers of the spans that lie in one of the owners, which are in order, and the owner of each."""
    if not len(owners):
        return owners, owners
    over = owners[np.maximum(np.searchsorted(start[owners], start, "right") - 1, 0)]
    inner = np.flatnonzero((start[over] <= start) & (end <= end[over]) & (over != np.arange(len(start))))
    return inner, over[inner]


def with_inner(
    start: NDArray[Any], end: NDArray[Any], owners: NDArray[Any], inner: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Owners and the spans inside them in order of the text, an owner before those inside it; and which are inside."""
    both = np.concatenate((owners, inner))
    order = np.lexsort((-end[both], start[both]))
    return both[order], order >= len(owners)


def crossed(start: NDArray[Any], end: NDArray[Any], asked: NDArray[Any], over: NDArray[Any]) -> NDArray[Any]:
    """Whether another span crosses an end of each span asked about; none is longer than 62.

    `over` is what `inside` gives for the spans.
    """
    size = len(over) - 1
    lengths = np.zeros(size, np.uint64)
    np.bitwise_or.at(lengths, start, np.uint64(1) << (end - start).astype(np.uint64))
    found = np.zeros(len(asked), np.bool_)
    first, last = start[asked], end[asked]
    left, right = np.flatnonzero(over[first]), np.flatnonzero(over[np.minimum(last, size - 1)])
    for back in range(1, int((end - start).max(initial=0))):
        left = left[first[left] >= back]
        low, high = first[left], last[left]
        # lengths that end after `low` and before `high`
        reached = lengths[low - back] >> np.uint64(back + 1)
        within = (np.uint64(1) << np.minimum(high - low - 1, _BITS).astype(np.uint64)) - np.uint64(1)
        found[left] |= (reached & within) != 0
    for on in range(1, int((last - first).max(initial=0))):
        right = right[last[right] - first[right] > on]
        low, high = first[right] + on, last[right]
        found[right] |= (lengths[low] >> np.minimum(high - low + 1, _BITS + 1).astype(np.uint64)) != 0
    return found


def inside(start: NDArray[Any], end: NDArray[Any], size: int) -> NDArray[Any]:
    """For every boundary between characters whether a span crosses it."""
    found = np.zeros(size + 1, np.bool_)
    on = np.flatnonzero(end - start > 1)
    at, last = start[on] + 1, end[on]
    while len(at):
        found[at] = True
        at = at + 1
        on = np.flatnonzero(at < last)
        at, last = at[on], last[on]
    return found
