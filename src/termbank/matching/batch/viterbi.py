"""The cheapest readings of many neighbourhoods at once, as `edges` reads a single one.

Neighbourhoods come in with the words that may be read in each and what they cost; for every place in each goes out where
the last word begins of the cheapest reading that ends there. Words are weighed in the order in which `edges` weighs
them, so that the sums, and what wins at a tie, are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LESS = 1e-9


class Steps(NamedTuple):
    """Words and terms: in which neighbourhood each is, where it begins and ends in it, what it costs, which are terms."""

    where: NDArray[Any]
    start: NDArray[Any]
    end: NDArray[Any]
    price: NDArray[Any]
    is_term: NDArray[Any]

    def among(self, some: NDArray[Any]) -> Steps:
        return Steps(*(column[some] for column in self))


def cheapest(singles: NDArray[Any], steps: Steps) -> NDArray[Any]:
    """Where the last word begins of the reading up to each place; `singles` has the price of each character by itself."""
    count, width = singles.shape
    best = np.full((width + 1, count), np.inf)
    best[0] = 0.0
    came = np.zeros((width + 1, count), np.int16)
    # at every place terms are weighed before words
    order = np.lexsort((~steps.is_term, steps.start))
    steps = steps.among(order)
    bounds = np.searchsorted(steps.start * 2 + ~steps.is_term, np.arange(2 * width + 1)).tolist()
    prices = np.ascontiguousarray(singles.T)
    everywhere = np.arange(count)
    for at in range(width):
        _weigh(best, came, at, everywhere, at + 1, prices[at])
        for low, high in (bounds[2 * at : 2 * at + 2], bounds[2 * at + 1 : 2 * at + 3]):
            if low < high:
                some = slice(low, high)
                _weigh(best, came, at, steps.where[some], steps.end[some], steps.price[some])
    return came.T


def _weigh(
    best: NDArray[Any], came: NDArray[Any], at: int, where: NDArray[Any], end: NDArray[Any] | int, price: NDArray[Any]
) -> None:  # fmt: skip
    """Read words that begin at a place, where that is cheaper than what was read up to their ends."""
    cost = best[at, where] + price
    less = np.flatnonzero(cost < best[end, where] - _LESS)
    ends = end if isinstance(end, int) else end[less]
    best[ends, where[less]] = cost[less]
    came[ends, where[less]] = at


def cuts(came: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    """Whether the cheapest reading of each neighbourhood cuts it at each place."""
    found = np.zeros(came.shape, np.bool_)
    at, where = sizes.copy(), np.arange(len(sizes))
    while len(where):
        found[where, at] = True
        at = came[where, at].astype(np.int64)
        on = np.flatnonzero(at)
        at, where = at[on], where[on]
    found[:, 0] = True
    return found
