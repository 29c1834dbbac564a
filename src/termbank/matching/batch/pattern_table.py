"""The pattern table: very many sequences sought at once with NumPy, in long texts and for large banks.

`PatternTable` is a trie whose steps lie in one open-addressing hash table, so that all positions of a text take a step
together. It is built three times faster than an Aho-Corasick automaton and, unlike one, is a few flat arrays: `to_bytes`
writes them, and `from_buffer` uses a memory-mapped file as it lies, without reading it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.text.normalize_arrays import codes_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


# a node number above a symbol, which is a code point, in one key
_SYMBOL = 21
# multipliers of Fibonacci hashing
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SPREAD_SHORT = np.uint32(0x9E3779B1)
_LARGE = 1 << 20
_FREE = np.uint64(0xFFFFFFFFFFFFFFFF)
# values are stored with an offset, so that a few below 0 are possible, and with a bit where a collision moved a key on
_OFFSET = np.int32(16)
_COLLIDED = np.int32(1 << 30)
_HEADER = 4096
"""Bytes before the arrays in a file: their names, types and lengths as JSON."""


class HashTable:
    """Numbers from -15 to 2**29 under keys of 64 bits, looked up many at once; linear probing with steps of rising length."""

    def __init__(self, keys: NDArray[Any], values: NDArray[Any]) -> None:
        """Store each value under its key; every key is given once."""
        self._build(keys, values)

    def _build(self, keys: NDArray[Any], values: NDArray[Any]) -> None:
        # half full, or two thirds where half full would take hundreds of megabytes
        bits = max(8, (len(keys) * 3 // (1 if len(keys) < _LARGE else 2)).bit_length())
        self._use(np.full(1 << bits, _FREE), np.zeros(1 << bits, np.int32))
        self._put(keys.astype(np.uint64), values.astype(np.int32))

    def _use(self, keys: NDArray[Any], values: NDArray[Any]) -> None:
        self.keys, self.values = keys, values
        self._mask = len(keys) - 1
        self._shift = np.uint64(64 - self._mask.bit_length())
        self._count = 0

    @classmethod
    def of_arrays(cls, keys: NDArray[Any], values: NDArray[Any]) -> HashTable:
        """A table over the arrays `keys` and `values` of another; nothing can be added to it."""
        table = cls.__new__(cls)
        table._use(keys, values)
        return table

    def _home(self, keys: NDArray[Any]) -> NDArray[Any]:
        home = keys * _SPREAD
        home >>= self._shift
        return home.view(np.int64)

    def _put(self, keys: NDArray[Any], values: NDArray[Any]) -> None:
        at = home = self._home(keys)
        values = values + _OFFSET
        self._count += len(keys)
        while len(keys):
            free = self.keys[at] == _FREE
            self.keys[at[free]] = keys[free]
            placed = self.keys[at] == keys
            self.values[at[placed]] |= values[placed]
            on = ~placed
            keys, values, at, home = keys[on], values[on], (at[on] + 1) & self._mask, home[on]
            self.values[home] |= _COLLIDED

    def add(self, keys: NDArray[Any], values: NDArray[Any]) -> None:
        """Store more; every key is new, and given once."""
        if (self._count + len(keys)) * 3 // 2 > self._mask:
            held = self.keys != _FREE
            old = self.keys[held], (self.values[held] & ~_COLLIDED) - _OFFSET
            self._build(np.concatenate((old[0], keys)), np.concatenate((old[1], values)))
        else:
            self._put(keys.astype(np.uint64), values.astype(np.int32))

    def find(self, keys: NDArray[Any]) -> NDArray[Any]:
        """The number under each key, -1 where there is none."""
        keys = keys.view(np.uint64)
        at = self._home(keys)
        found: NDArray[Any] = self.values.take(at, mode="clip")
        other = self.keys.take(at, mode="clip") != keys
        on = np.flatnonzero(other & (found >= _COLLIDED))
        found &= ~_COLLIDED
        found -= _OFFSET
        found[other] = -1
        step = 0
        while len(on):
            step += 1
            next_ = (at.take(on, mode="clip") + step) & self._mask
            there = self.keys.take(next_, mode="clip")
            same = there == keys.take(on, mode="clip")
            found[on[same]] = (self.values[next_[same]] & ~_COLLIDED) - _OFFSET
            on = on[~same & (there != _FREE)]
        return found


class PairFilter:
    """A set of pairs of numbers, as a Bloom filter of one hash: it seldom has a pair that was not put in, and never lacks one."""

    def __init__(self, flags: NDArray[Any]) -> None:
        self.flags = flags
        self._shift = np.uint32(33 - len(flags).bit_length())

    @classmethod
    def of(cls, first: NDArray[Any], second: NDArray[Any]) -> PairFilter:
        """The set of the pairs `(first[i], second[i])`."""
        bits = min(max(10, len(first).bit_length() + 3), 24)
        found = cls(np.zeros(1 << bits, np.bool_))
        found.flags[found._slots(first, second)] = True
        return found

    def may_contain(self, first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
        """Whether each pair is in the set, or perhaps is."""
        found: NDArray[Any] = self.flags.take(self._slots(first, second), mode="clip")
        return found

    def _slots(self, first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
        slot = first.astype(np.uint32)
        slot *= _SPREAD_SHORT
        slot ^= second.astype(np.uint32, copy=False)
        slot *= _SPREAD_SHORT
        slot >>= self._shift
        return slot


class PatternTable:
    """All patterns as one trie. Nodes are numbered from 1 in the order of their depth.

    Args:
        arrays: `first`, the node of each first symbol; `step_keys` and `step_values`, the hash table of the further steps;
            `parents`, whether a node has steps; `ends`, the pattern that ends at a node, or -1; `lengths`, whether a pattern
            has this length; `pairs`, the filter of the first two symbols.
    """

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self._arrays = arrays
        self._first, self._parents, self._ends = arrays["first"], arrays["parents"], arrays["ends"]
        self._steps = HashTable.of_arrays(arrays["step_keys"], arrays["step_values"])
        self._is_length = arrays["lengths"]
        self._longest = len(self._is_length) - 2
        self._first_parents = self._first * self._parents[self._first]
        self._pairs = PairFilter(arrays["pairs"])

    @classmethod
    def of_strings(cls, patterns: Sequence[str]) -> PatternTable:
        """The table of some strings."""
        lengths = np.fromiter(map(len, patterns), np.int64, len(patterns))
        return cls.of(codes_of("".join(patterns)).astype(np.int64), lengths)

    @classmethod
    def of(cls, symbols: NDArray[Any], lengths: NDArray[Any]) -> PatternTable:
        """The table of patterns that lie one after another in `symbols`, which begin at 1; an empty one is never found."""
        offsets = np.cumsum(lengths) - lengths
        here = np.flatnonzero(lengths)
        node = np.zeros(len(lengths), np.int64)
        levels, size, depth = [], 1, 0
        while len(here):
            keys, which = np.unique(
                (node[here] << _SYMBOL) | symbols[offsets[here] + depth], return_inverse=True
            )
            node[here] = size + which
            levels.append((keys, np.arange(size, size + len(keys))))
            size += len(keys)
            depth += 1
            here = here[lengths[here] > depth]
        first = np.zeros(int(symbols.max(initial=0)) + 2, np.int32)
        none = np.empty(0, np.int64)
        for keys, ids in levels[:1]:
            first[keys] = ids
        deeper, ids = (np.concatenate(column) for column in zip((none, none), *levels[1:], strict=True))
        parents = np.zeros(size, np.bool_)
        parents[deeper >> _SYMBOL] = True
        ends = np.full(size, -1, np.int32)
        some = np.flatnonzero(lengths)[::-1]
        ends[node[some]] = some
        is_length = np.zeros(int(lengths.max(initial=0)) + 2, np.bool_)
        is_length[lengths] = True
        steps = HashTable(deeper, ids)
        second = levels[1][0] if len(levels) > 1 else none
        pairs = PairFilter.of(second >> _SYMBOL, second & ((1 << _SYMBOL) - 1))
        return cls({
            "first": first, "step_keys": steps.keys, "step_values": steps.values, "parents": parents, "ends": ends,
            "lengths": is_length, "pairs": pairs.flags,
        })  # fmt: skip

    def to_bytes(self) -> bytes:
        """A copy that `from_buffer` uses."""
        header = json.dumps([[name, array.dtype.str, len(array)] for name, array in self._arrays.items()])
        parts = [header.encode().ljust(_HEADER)]
        for array in self._arrays.values():
            parts.append(array.tobytes())
            parts.append(bytes(-array.nbytes % 8))
        return b"".join(parts)

    @classmethod
    def from_buffer(cls, data: Any) -> PatternTable:
        """The table whose copy `to_bytes` wrote, over the bytes as they lie; they may be memory-mapped.

        Raises:
            ValueError: The bytes are no such copy.
        """
        arrays: dict[str, NDArray[Any]] = {}
        at = _HEADER
        try:
            for name, dtype, length in json.loads(bytes(data[:_HEADER])):
                arrays[name] = array = np.frombuffer(data, dtype, length, at)
                at += array.nbytes + -array.nbytes % 8
            return cls(arrays)
        except (KeyError, TypeError) as error:
            raise ValueError("not a pattern table") from error

    # Long: one loop over the lengths, which narrows the same few arrays at every step.
    def find(
        self, symbols: NDArray[Any], begins: NDArray[Any] | None = None, among: NDArray[Any] | None = None
    ) -> Iterator[tuple[int, NDArray[Any], NDArray[Any]]]:
        """Find all patterns in a text.

        Args:
            symbols: The text; symbol 0 is in no pattern.
            begins: Positions at which patterns may begin; None for all.
            among: For each position whether a pattern may begin there.

        Yields:
            For each length: that length, where patterns of it begin, and their numbers.
        """
        if len(symbols) and int(symbols.max()) >= len(self._first):
            symbols = np.where(symbols < len(self._first), symbols, 0)
        symbols = np.append(symbols, np.zeros(self._longest, symbols.dtype))
        first = self._first if self._is_length[1] else self._first_parents
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
        for depth in range(1, self._longest + 1):
            if self._is_length[depth]:
                end = self._ends.take(node, mode="clip")
                ended = np.flatnonzero(end >= 0)
                if len(ended):
                    yield depth, at.take(ended, mode="clip"), end.take(ended, mode="clip")
            if depth == 1:
                on = np.flatnonzero(self._pairs.may_contain(node, symbols.take(at + 1, mode="clip")))
            else:
                on = np.flatnonzero(self._parents.take(node, mode="clip"))
            at, node = at.take(on, mode="clip"), node.take(on, mode="clip")
            if not len(at):
                return
            symbol = symbols.take(at + depth, mode="clip")
            node = self._steps.find((node.astype(np.int64) << _SYMBOL) | symbol)
            on = np.flatnonzero(node >= 0)
            at, node = at.take(on, mode="clip"), node.take(on, mode="clip")
