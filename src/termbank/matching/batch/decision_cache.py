"""What was judged once is not judged again, for very many cases at once.

Cases come in as keys of 64 bits, told apart by everything that the judgement looks at; judgements go out. Only cases
that were never seen are judged, one of each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.matching.batch.trie import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ODD = np.uint64(0x9E3779B97F4A7C15)
_MORE = np.uint64(0xBF58476D1CE4E5B9)
_HALF = np.uint64(29)


class Memory:
    """Judgements, small numbers from 0, under keys."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        none = np.empty(0, np.uint64)
        self._table = Table(none, none)
        self._count = 0

    def judged(self, keys: NDArray[Any], judge: Callable[[NDArray[Any]], Any]) -> NDArray[Any]:
        """The judgement under each key; `judge` is given the numbers of one case for each key that is new."""
        found = self._table.find(keys)
        new = np.flatnonzero(found < 0)
        if len(new):
            distinct, first, which = np.unique(keys[new], return_index=True, return_inverse=True)
            told = np.asarray(judge(new[first]), np.int32)
            if self._count + len(distinct) > 1 << 22:
                self._clear()
            self._count += len(distinct)
            self._table.add(distinct, told)
            found[new] = told[which]
        return found


def mixed(one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """Two keys as one."""
    found = other * _MORE
    found ^= one
    found *= _ODD
    found ^= found >> _HALF
    return found


def of_strings(codes: NDArray[Any], start: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
    """A key for each place, alike where the same characters stand there."""
    sizes = end - start
    found: NDArray[Any] = sizes.astype(np.uint64) * _MORE + _ODD
    here = np.arange(len(start))
    for at in range(int(sizes.max(initial=0))):
        here = here[sizes[here] > at]
        found[here] = mixed(found[here], codes[start[here] + at].astype(np.uint64))
    return found
