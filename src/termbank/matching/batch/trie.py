"""Many sequences sought at once, in columns: for long texts and for large banks.

Sequences of numbers come in (characters, or families of words); a trie goes out whose steps lie in one table, so
that a whole text takes a step together. Building, walking and keeping it are a few operations of numpy each;
what is found is exactly what stands there, whatever the number of sequences.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


_SYMBOL = 21
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_ODD = np.uint32(0x9E3779B1)
_LARGE = 1 << 20
_FREE = np.uint64(0xFFFFFFFFFFFFFFFF)
# numbers are kept raised, so that a few below 0 may be; with `_MORE` where other keys would have stood but for this one
_RAISED = np.int32(16)
_MORE = np.int32(1 << 30)


class Table:
    """Numbers from -15 to a thousand million kept under keys of 64 bits; many are asked for at once."""

    def __init__(self, keys: NDArray[Any], values: NDArray[Any]) -> None:
        # half as full where that takes no hundreds of megabytes
        bits = max(8, (len(keys) * 3 // (1 if len(keys) < _LARGE else 2)).bit_length())
        self._keys = np.full(1 << bits, _FREE)
        self._values = np.zeros(1 << bits, np.int32)
        self._shift = np.uint64(64 - bits)
        self._mask = (1 << bits) - 1
        self._count = 0
        self._put(keys.astype(np.uint64), values.astype(np.int32))

    def _home(self, keys: NDArray[Any]) -> NDArray[Any]:
        home = keys * _SPREAD
        home >>= self._shift
        return home.view(np.int64)

    def _put(self, keys: NDArray[Any], values: NDArray[Any]) -> None:
        at = home = self._home(keys)
        values = values + _RAISED
        self._count += len(keys)
        while len(keys):
            free = self._keys[at] == _FREE
            self._keys[at[free]] = keys[free]
            placed = self._keys[at] == keys
            self._values[at[placed]] |= values[placed]
            on = ~placed
            keys, values, at, home = keys[on], values[on], (at[on] + 1) & self._mask, home[on]
            self._values[home] |= _MORE

    def add(self, keys: NDArray[Any], values: NDArray[Any]) -> None:
        """Keep more; every key is new, and given once."""
        if (self._count + len(keys)) * 3 // 2 > self._mask:
            held = self._keys != _FREE
            old = self._keys[held], (self._values[held] & ~_MORE) - _RAISED
            self.__init__(np.concatenate((old[0], keys)), np.concatenate((old[1], values)))  # type: ignore[misc]
        else:
            self._put(keys.astype(np.uint64), values.astype(np.int32))

    def find(self, keys: NDArray[Any]) -> NDArray[Any]:
        """The number under each key, -1 where there is none."""
        keys = keys.view(np.uint64)
        at = self._home(keys)
        found: NDArray[Any] = self._values.take(at, mode="clip")
        other = self._keys.take(at, mode="clip") != keys
        on = np.flatnonzero(other & (found >= _MORE))
        found &= ~_MORE
        found -= _RAISED
        found[other] = -1
        step = 0
        while len(on):
            step += 1
            next_ = (at.take(on, mode="clip") + step) & self._mask
            there = self._keys.take(next_, mode="clip")
            same = there == keys.take(on, mode="clip")
            found[on[same]] = (self._values[next_[same]] & ~_MORE) - _RAISED
            on = on[~same & (there != _FREE)]
        return found


class Trie:
    """The steps of all sequences. Nodes are numbered from 1 in the order of depth; `ends` tells which sequence ends there."""

    def __init__(
        self,
        first: NDArray[Any],
        steps: Table,
        parents: NDArray[Any],
        ends: NDArray[Any],
        ended: NDArray[Any],
        pairs: Pairs,
    ) -> None:
        self._first, self._steps, self._parents, self._ends, self._ended = first, steps, parents, ends, ended
        self._depth = len(ended) - 1
        self._first_parents = first * parents[first]
        self._pairs = pairs

    @classmethod
    def of(cls, symbols: NDArray[Any], lengths: NDArray[Any]) -> tuple[Trie, NDArray[Any]]:
        """The trie of sequences that lie one after another, and the node at which each ends; symbols begin at 1."""
        offsets = np.cumsum(lengths) - lengths
        here = np.flatnonzero(lengths)
        node = np.zeros(len(lengths), np.int64)
        keys, ids, size, depth = [], [], 1, 0
        while len(here):
            key = (node[here] << _SYMBOL) | symbols[offsets[here] + depth]
            distinct, which = np.unique(key, return_inverse=True)
            node[here] = size + which
            keys.append(distinct)
            ids.append(np.arange(size, size + len(distinct)))
            size += len(distinct)
            depth += 1
            here = here[lengths[here] > depth]
        first = np.zeros(int(symbols.max()) + 2 if len(symbols) else 2, np.int32)
        if keys:
            first[keys[0]] = ids[0]
        none = np.empty(0, np.int64)
        deeper = np.concatenate(keys[1:]) if len(keys) > 1 else none
        table = Table(deeper, np.concatenate(ids[1:]) if len(ids) > 1 else none)
        parents = np.zeros(size, np.bool_)
        parents[deeper >> _SYMBOL] = True
        ends = np.full(size, -1, np.int32)
        some = np.flatnonzero(lengths)[::-1]
        ends[node[some]] = some
        ended = np.zeros(int(lengths.max(initial=0)) + 2, np.bool_)
        ended[lengths] = True
        second = keys[1] if len(keys) > 1 else none
        pairs = Pairs(second >> _SYMBOL, second & ((1 << _SYMBOL) - 1))
        return cls(first, table, parents, ends, ended, pairs), node

    def walk(
        self, symbols: NDArray[Any], begins: NDArray[Any] | None = None, among: NDArray[Any] | None = None
    ) -> Iterator[tuple[int, NDArray[Any], NDArray[Any]]]:
        """For each length: where a sequence of that length begins, and which; 0 is the symbol of nothing.

        With `begins` only sequences that begin at these places are sought, with `among` those that begin where it is true.
        """
        if len(symbols) and int(symbols.max()) >= len(self._first):
            symbols = np.where(symbols < len(self._first), symbols, 0)
        symbols = np.append(symbols, np.zeros(self._depth, symbols.dtype))
        first = self._first if self._ended[1] else self._first_parents
        if begins is None:
            node = first.take(symbols, mode="clip")
            some = node != 0
            if among is not None:
                some[: len(among)] &= among
            at = np.flatnonzero(some)
            node = node.take(at, mode="clip")
        else:
            node = first.take(symbols.take(begins, mode="clip"), mode="clip")
            at, node = begins[node > 0], node[node > 0]
        for depth in range(1, self._depth + 1):
            if self._ended[depth]:
                end = self._ends.take(node, mode="clip")
                ended = np.flatnonzero(end >= 0)
                if len(ended):
                    yield depth, at.take(ended, mode="clip"), end.take(ended, mode="clip")
            if depth == 1:
                at, node = self._paired(symbols, at, node)
            else:
                on = np.flatnonzero(self._parents.take(node, mode="clip"))
                at, node = at.take(on, mode="clip"), node.take(on, mode="clip")
            if not len(at):
                return
            symbol = symbols.take(at + depth, mode="clip")
            node = self._steps.find((node.astype(np.int64) << _SYMBOL) | symbol)
            on = np.flatnonzero(node >= 0)
            at, node = at.take(on, mode="clip"), node.take(on, mode="clip")

    def _paired(
        self, symbols: NDArray[Any], at: NDArray[Any], node: NDArray[Any]
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """The places at which a sequence may go on."""
        on = np.flatnonzero(self._pairs.may_be(node, symbols.take(at + 1, mode="clip")))
        return at.take(on, mode="clip"), node.take(on, mode="clip")


class Pairs:
    """Pairs of numbers; seldom told to be there where they are not."""

    def __init__(self, first: NDArray[Any], second: NDArray[Any]) -> None:
        bits = min(max(10, len(first).bit_length() + 3), 24)
        self._shift = np.uint32(32 - bits)
        self._there = np.zeros(1 << bits, np.bool_)
        self._there[self._at(first, second)] = True

    def may_be(self, first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
        """Whether each pair is there, or perhaps is."""
        there: NDArray[Any] = self._there.take(self._at(first, second), mode="clip")
        return there

    def _at(self, first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
        at = first.astype(np.uint32)
        at *= _ODD
        at ^= second.astype(np.uint32, copy=False)
        at *= _ODD
        at >>= self._shift
        return at
