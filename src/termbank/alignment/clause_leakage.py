"""Clause leakage: how far the clauses at a bead boundary resemble what lies across it.

A boundary between two beads says that what stands before it on one side is translated before it on the other. Each clause
near a boundary is compared with the clauses near it opposite, and its similarity is shared out between those before and
after the boundary; the share on the wrong side leaks. High leakage shows that the translator moved a clause into the
next sentence, and that the two sentences are one bead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from termbank.alignment.arrays import Floats, Ints
from termbank.alignment.lexical_evidence import LIFT, Table, explained_types, reversed_weights
from termbank.alignment.token_arrays import TextPair, TokenizedText

_SEGMENTS = 2
"""Segments compared before and after a boundary."""
_CLAUSES = 3
"""Clauses before and after it whose leakage is counted."""
_SHARPNESS = 0.5
_MAX_SIMILARITY = 40.0
"""Similarities become shares by exp(sharpness · similarity), capped so that no exponential overflows."""
_MAX_LEAKAGE = 4.0
"""Nats that one clause may leak."""


@dataclass(frozen=True)
class _Similarities:
    """The similarity of each clause c to the clauses opposite from `low[c]` on: `values[base[c]:base[c + 1]]`."""

    low: Ints
    base: Ints
    values: Floats


def boundary_leakage(texts: TextPair, row: Ints, column: Ints) -> tuple[Floats, Floats, Floats, Floats]:
    """Measure the leakage across boundaries.

    Args:
        texts: the two texts.
        row, column: the boundaries, after so many Chinese and English segments; arrays of length N.

    Returns:
        Four arrays of length N, in nats: the leakage of the Chinese clauses before the boundary and after it, and of the
        English ones. 0 at the ends of the texts.
    """
    zh, en = _clauses_as_segments(texts.zh), _clauses_as_segments(texts.en)
    inner = (row > 0) & (row < len(texts.zh)) & (column > 0) & (column < len(texts.en))
    leakage = (np.zeros(len(row)), np.zeros(len(row)), np.zeros(len(row)), np.zeros(len(row)))
    if not inner.any():
        return leakage
    i, j = row[inner], column[inner]
    table = (texts.zh_type, texts.en_type, texts.weight)
    reverse = (texts.en_type, texts.zh_type, reversed_weights(texts))
    of_zh = _similarities(zh, en, table, _clause_ranges(texts.zh, texts.en, i, j))
    of_en = _similarities(en, zh, reverse, _clause_ranges(texts.en, texts.zh, j, i))
    for place, (own, other, one, two, here, opposite) in enumerate(
        ((of_zh, of_en, texts.zh, texts.en, i, j), (of_en, of_zh, texts.en, texts.zh, j, i))
    ):
        before, after = _leakage(_add_reverse(own, other), one, two, here, opposite)
        leakage[2 * place][inner] = before
        leakage[2 * place + 1][inner] = after
    return leakage


def _clauses_as_segments(side: TokenizedText) -> TokenizedText:
    """The same tokens with each clause as a segment."""
    return replace(side, starts=side.cuts)


def _clause_ranges(own: TokenizedText, other: TokenizedText, here: Ints, opposite: Ints) -> tuple[Ints, Ints]:
    """For each clause, the clauses opposite it is compared with (from, up to); none for clauses far from all boundaries."""
    low = np.full(len(own), len(other), dtype=np.int64)
    high = np.zeros(len(own), dtype=np.int64)
    for offset in range(-_SEGMENTS, _SEGMENTS):
        segment = here + offset
        valid = (segment >= 0) & (segment < len(own))
        np.minimum.at(low, segment[valid], np.maximum(opposite[valid] - _SEGMENTS, 0))
        np.maximum.at(high, segment[valid], np.minimum(opposite[valid] + _SEGMENTS, len(other)))
    owner = np.repeat(np.arange(len(own)), np.diff(own.clauses))
    first, past = other.clauses[low][owner], other.clauses[high][owner]
    return first, np.maximum(past, first)


def _similarities(
    giver: TokenizedText, taker: TokenizedText, table: Table, ranges: tuple[Ints, Ints]
) -> _Similarities:
    """How much better than chance each clause of `giver` explains the words of each clause in its range."""
    low, past = ranges
    starts, types, ratios = explained_types(giver, table, taker.shares)
    weights = np.concatenate([[0.0], np.cumsum(giver.weights)])
    lift = LIFT / np.maximum(np.diff(weights[giver.starts]), 1e-9)
    base = np.concatenate([[0], np.cumsum(past - low)])
    values = np.zeros(int(base[-1]))
    dense = np.zeros(len(taker.names))
    for clause in np.flatnonzero(past > low).tolist():
        mine = slice(int(starts[clause]), int(starts[clause + 1]))
        bounds = taker.starts[low[clause] : past[clause] + 1]
        begin, end = int(bounds[0]), int(bounds[-1])
        dense[types[mine]] = ratios[mine] * lift[clause]
        gain = np.zeros(end - begin + 1)
        np.cumsum(np.log1p(dense[taker.types[begin:end]]) * taker.weights[begin:end], out=gain[1:])
        values[base[clause] : base[clause + 1]] = np.diff(gain[bounds - begin])
        dense[types[mine]] = 0.0
    return _Similarities(low, base, values)


def _add_reverse(own: _Similarities, other: _Similarities) -> _Similarities:
    """The similarities of both directions added, in the order of `own`."""
    sizes = np.diff(own.base)
    clause = np.repeat(np.arange(len(sizes)), sizes)
    opposite = np.arange(len(clause)) - own.base[clause] + own.low[clause]
    place = other.base[opposite] + clause - other.low[opposite]
    valid = (clause >= other.low[opposite]) & (place < other.base[opposite + 1])
    back = np.zeros(len(clause))
    back[valid] = other.values[place[valid]]
    return _Similarities(own.low, own.base, own.values + back)


def _leakage(
    similarities: _Similarities, own: TokenizedText, other: TokenizedText, here: Ints, opposite: Ints
) -> tuple[Floats, Floats]:
    """The leakage of the clauses of `own` before each boundary, and of those after it."""
    mass = np.append(np.exp(_SHARPNESS * np.minimum(similarities.values, _MAX_SIMILARITY)), 0.0)
    left = other.clauses[np.maximum(opposite - _SEGMENTS, 0)]
    middle = other.clauses[opposite]
    right = other.clauses[np.minimum(opposite + _SEGMENTS, len(other))]
    leakage = []
    for side in (0, 1):
        total = np.zeros(len(here))
        for number in range(_CLAUSES):
            clause = own.clauses[here] + (number if side else -1 - number)
            valid = np.flatnonzero(
                clause < own.clauses[here + 1] if side else clause >= own.clauses[here - 1]
            )
            row = clause[valid]
            offset = similarities.base[row] - similarities.low[row]
            bounds = np.stack([left[valid], middle[valid], right[valid]], axis=1) + offset[:, None]
            sums = np.add.reduceat(mass, bounds.ravel()).reshape(-1, 3)[:, :2]
            share = np.log(sums[:, side] / sums.sum(axis=1))
            total[valid] -= np.maximum(share, -_MAX_LEAKAGE)
        leakage.append(total)
    return leakage[0], leakage[1]
