"""Hash-keyed cache of yes/no decisions and small numbers, looked up with NumPy.

A case is a key of 64 bits, made from everything that the decision depends on. Only cases that were never seen are decided.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.matching.batch.pattern_table import HashTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ODD = np.uint64(0x9E3779B97F4A7C15)
_MORE = np.uint64(0xBF58476D1CE4E5B9)
_MOST = 1 << 22
_HALF = np.uint64(29)


class DecisionCache:
    """Decisions, small numbers from 0, by key; all are dropped when there are four million."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        none = np.empty(0, np.uint64)
        self._table = HashTable(none, none)
        self._count = 0

    def look_up(self, keys: NDArray[Any], decide: Callable[[NDArray[Any]], Any]) -> NDArray[Any]:
        """The decision for each key.

        Args:
            keys: A key for each case.
            decide: Gives the decisions for cases, by their numbers; it is asked for one case of each new key.
        """
        found = self._table.find(keys)
        new = np.flatnonzero(found < 0)
        if len(new):
            distinct, first, which = np.unique(keys[new], return_index=True, return_inverse=True)
            decisions = np.asarray(decide(new[first]), np.int32)
            if self._count + len(distinct) > _MOST:
                self._clear()
            self._count += len(distinct)
            self._table.add(distinct, decisions)
            found[new] = decisions[which]
        return found


def combine_keys(one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """One key for each pair of keys."""
    found = other * _MORE
    found ^= one
    found *= _ODD
    found ^= found >> _HALF
    return found


def string_keys(codes: NDArray[Any], start: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
    """A key for each place `[start, end)`, the same where the characters are the same."""
    sizes = end - start
    found: NDArray[Any] = sizes.astype(np.uint64) * _MORE + _ODD
    here = np.arange(len(start))
    for at in range(int(sizes.max(initial=0))):
        here = here[sizes[here] > at]
        found[here] = combine_keys(found[here], codes[start[here] + at].astype(np.uint64))
    return found
