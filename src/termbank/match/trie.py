"""Many sequences sought at once, in columns: for long texts and for large banks.

Sequences of numbers come in (characters, or families of words); a trie goes out whose steps lie in one table, so
that a whole text takes a step together. Building, walking and keeping it are a few operations of numpy each;
what is found is exactly what stands there, whatever the number of sequences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


_SYMBOL = 21
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_FREE = np.uint64(0xFFFFFFFFFFFFFFFF)


class Table:
    """Numbers kept under keys of 64 bits; many are asked for at once."""

    def __init__(self, keys: NDArray[Any], values: NDArray[Any]) -> None:
        bits = max(8, int(len(keys) * 3 // 2).bit_length())
        self._keys = np.full(1 << bits, _FREE)
        self._values = np.full(1 << bits, -1, np.int32)
        self._shift = np.uint64(64 - bits)
        self._mask = (1 << bits) - 1
        self._count = 0
        self._put(keys.astype(np.uint64), values.astype(np.int32))

    def _home(self, keys: NDArray[Any]) -> NDArray[Any]:
        return ((keys * _SPREAD) >> self._shift).view(np.int64)

    def _put(self, keys: NDArray[Any], values: NDArray[Any]) -> None:
        at = self._home(keys)
        self._count += len(keys)
        while len(keys):
            free = self._keys[at] == _FREE
            self._keys[at[free]] = keys[free]
            placed = self._keys[at] == keys
            self._values[at[placed]] = values[placed]
            keys, values, at = keys[~placed], values[~placed], (at[~placed] + 1) & self._mask

    def add(self, keys: NDArray[Any], values: NDArray[Any]) -> None:
        """Keep more; every key is new, and given once."""
        if (self._count + len(keys)) * 3 // 2 > self._mask:
            held = self._keys != _FREE
            old = self._keys[held], self._values[held]
            self.__init__(np.concatenate((old[0], keys)), np.concatenate((old[1], values)))  # type: ignore[misc]
        else:
            self._put(keys.astype(np.uint64), values.astype(np.int32))

    def find(self, keys: NDArray[Any]) -> NDArray[Any]:
        """The number under each key, -1 where there is none."""
        keys = keys.view(np.uint64)
        at = self._home(keys)
        there = self._keys.take(at, mode="clip")
        found: NDArray[Any] = self._values.take(at, mode="clip")
        other = np.flatnonzero(there != keys)
        if len(other):
            found[other] = -1
            other = other[there.take(other, mode="clip") != _FREE]
        step = 0
        while len(other):
            step += 1
            on = (at.take(other, mode="clip") + step) & self._mask
            there = self._keys.take(on, mode="clip")
            same = there == keys.take(other, mode="clip")
            found[other[same]] = self._values[on[same]]
            other = other[~same & (there != _FREE)]
        return found

    def columns(self) -> dict[str, NDArray[Any]]:
        return {"keys": self._keys, "values": self._values}

    @classmethod
    def from_columns(cls, columns: Mapping[str, NDArray[Any]]) -> Table:
        table = cls.__new__(cls)
        table._keys, table._values = columns["keys"], columns["values"]
        bits = len(table._keys).bit_length() - 1
        table._shift, table._mask = np.uint64(64 - bits), (1 << bits) - 1
        table._count = int((table._keys != _FREE).sum())
        return table


class Trie:
    """The steps of all sequences. Nodes are numbered from 1 in the order of depth; `ends` tells which sequence ends there."""

    def __init__(
        self,
        first: NDArray[Any],
        steps: Table,
        parents: NDArray[Any],
        ends: NDArray[Any],
        ended: NDArray[Any],
    ) -> None:
        self._first, self._steps, self._parents, self._ends, self._ended = first, steps, parents, ends, ended
        self._depth = len(ended) - 1
        self._first_parents = first * parents[first]

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
        return cls(first, table, parents, ends, ended), node

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
            on = np.flatnonzero(self._parents.take(node, mode="clip"))
            if not len(on):
                return
            at, node = at.take(on, mode="clip"), node.take(on, mode="clip")
            symbol = symbols.take(at + depth, mode="clip")
            node = self._steps.find((node.astype(np.int64) << _SYMBOL) | symbol)
            on = np.flatnonzero(node >= 0)
            at, node = at.take(on, mode="clip"), node.take(on, mode="clip")

    def columns(self) -> dict[str, NDArray[Any]]:
        return {
            "first": self._first,
            "parents": self._parents,
            "ends": self._ends,
            "ended": self._ended,
            **self._steps.columns(),
        }

    @classmethod
    def from_columns(cls, columns: Mapping[str, NDArray[Any]]) -> Trie:
        return cls(
            columns["first"],
            Table.from_columns(columns),
            columns["parents"],
            columns["ends"],
            columns["ended"],
        )
