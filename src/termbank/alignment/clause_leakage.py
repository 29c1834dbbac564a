"""Where the clauses about a boundary find their like.

A boundary between two beads says that what stands before it on one side is translated before it on the other. Each
clause near a possible boundary is compared with the clauses about it opposite, and lays its share of likeness to
the left and to the right: what falls on the wrong side leaks. A translator who moved a clause into the next
sentence is so found out, and the two sentences are one bead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termbank.alignment.lexical_evidence import UNEXPLAINED, sparse_rows
from termbank.alignment.token_arrays import Side, Units

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_SEGMENTS = 2
"""Segments looked at before and after a boundary."""
_CLAUSES = 3
"""Clauses before and after it that have a say."""
_SHARP = 0.5
_HIGHEST = 40.0
_LEAST = -4.0


@dataclass(frozen=True)
class _Likeness:
    """Of each clause to those opposite from `low[c]` on; clause c's row begins at `base[c]`."""

    low: Ints
    base: Ints
    values: Floats


def leaks(units: Units, row: Ints, column: Ints) -> tuple[Floats, Floats, Floats, Floats]:
    """For boundaries after `row` Chinese and `column` English segments: what leaks of the clauses before and after, Chinese, then English."""
    import numpy as np

    zh, en = _of_clauses(units.zh), _of_clauses(units.en)
    inner = (row > 0) & (row < len(units.zh)) & (column > 0) & (column < len(units.en))
    found = (np.zeros(len(row)), np.zeros(len(row)), np.zeros(len(row)), np.zeros(len(row)))
    if not inner.any():
        return found
    i, j = row[inner], column[inner]
    back = np.bincount(units.en_type, weights=units.weight, minlength=len(units.en.names))
    reverse = units.weight / np.maximum(back[units.en_type], 1e-9) ** 0.7
    there = _explained(zh, en, (units.zh_type, units.en_type, units.weight), _reach(units.zh, units.en, i, j))
    again = _explained(en, zh, (units.en_type, units.zh_type, reverse), _reach(units.en, units.zh, j, i))
    for place, (own, other, one, two, here, opposite) in enumerate(
        ((there, again, units.zh, units.en, i, j), (again, there, units.en, units.zh, j, i))
    ):
        before, after = _leaked(_summed(own, other), one, two, here, opposite)
        found[2 * place][inner] = before
        found[2 * place + 1][inner] = after
    return found


def _of_clauses(side: Side) -> Side:
    """The same words, a clause where a segment was."""
    return replace(side, starts=side.cuts)


def _reach(own: Side, other: Side, here: Ints, opposite: Ints) -> tuple[Ints, Ints]:
    """For each clause, those opposite it may be compared with, from and up to; nothing far from all boundaries."""
    import numpy as np

    low = np.full(len(own), len(other), dtype=np.int64)
    high = np.zeros(len(own), dtype=np.int64)
    for offset in range(-_SEGMENTS, _SEGMENTS):
        segment = here + offset
        held = (segment >= 0) & (segment < len(own))
        np.minimum.at(low, segment[held], np.maximum(opposite[held] - _SEGMENTS, 0))
        np.maximum.at(high, segment[held], np.minimum(opposite[held] + _SEGMENTS, len(other)))
    owner = np.repeat(np.arange(len(own)), np.diff(own.clauses))
    first, past = other.clauses[low][owner], other.clauses[high][owner]
    return first, np.maximum(past, first)


def _explained(
    giver: Side, taker: Side, pairs: tuple[Ints, Ints, Floats], reach: tuple[Ints, Ints]
) -> _Likeness:
    """How much better than chance each clause explains the words of those within its reach."""
    import numpy as np

    low, past = reach
    starts, types, ratios = sparse_rows(giver, pairs, taker.shares)
    weights = np.concatenate([[0.0], np.cumsum(giver.weights)])
    sizes = np.maximum(np.diff(weights[giver.starts]), 1e-9)
    base = np.concatenate([[0], np.cumsum(past - low)])
    values = np.zeros(int(base[-1]))
    dense = np.zeros(len(taker.names))
    lift = (1.0 - UNEXPLAINED) / UNEXPLAINED / sizes
    for clause in np.flatnonzero(past > low).tolist():
        mine = slice(int(starts[clause]), int(starts[clause + 1]))
        bounds = taker.starts[low[clause] : past[clause] + 1]
        begin, end = int(bounds[0]), int(bounds[-1])
        dense[types[mine]] = ratios[mine] * lift[clause]
        gain = np.zeros(end - begin + 1)
        np.cumsum(np.log1p(dense[taker.types[begin:end]]) * taker.weights[begin:end], out=gain[1:])
        values[base[clause] : base[clause + 1]] = np.diff(gain[bounds - begin])
        dense[types[mine]] = 0.0
    return _Likeness(low, base, values)


def _summed(own: _Likeness, other: _Likeness) -> _Likeness:
    """Likeness both ways."""
    import numpy as np

    sizes = np.diff(own.base)
    clause = np.repeat(np.arange(len(sizes)), sizes)
    opposite = np.arange(len(clause)) - own.base[clause] + own.low[clause]
    place = other.base[opposite] + clause - other.low[opposite]
    held = (clause >= other.low[opposite]) & (place < other.base[opposite + 1])
    back = np.zeros(len(clause))
    back[held] = other.values[place[held]]
    return _Likeness(own.low, own.base, own.values + back)


def _leaked(likeness: _Likeness, own: Side, other: Side, here: Ints, opposite: Ints) -> tuple[Floats, Floats]:
    """What the clauses before the boundaries lay after them, and the clauses after, before."""
    import numpy as np

    mass = np.append(np.exp(_SHARP * np.minimum(likeness.values, _HIGHEST)), 0.0)
    left = other.clauses[np.maximum(opposite - _SEGMENTS, 0)]
    middle = other.clauses[opposite]
    right = other.clauses[np.minimum(opposite + _SEGMENTS, len(other))]
    found = []
    for side in (0, 1):
        total = np.zeros(len(here))
        for number in range(_CLAUSES):
            clause = own.clauses[here] + (number if side else -1 - number)
            held = np.flatnonzero(clause < own.clauses[here + 1] if side else clause >= own.clauses[here - 1])
            row = clause[held]
            offset = likeness.base[row] - likeness.low[row]
            bounds = np.stack([left[held], middle[held], right[held]], axis=1) + offset[:, None]
            sums = np.add.reduceat(mass, bounds.ravel()).reshape(-1, 3)[:, :2]
            share = np.log(sums[:, side] / sums.sum(axis=1))
            total[held] -= np.maximum(share, _LEAST)
        found.append(total)
    return found[0], found[1]
