"""Pairs of segments that surely belong together, found without walking the whole plane.

Rarer words speak first: each type of the English text lends its pairs of segments a vote, until the number of
pairs seen is a fixed multiple of the segments. A pair stands when it leads its row and its column by a margin over
the rivals there, and when it lies on the heaviest rising chain of such pairs.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from termbank.alignment.lexical_evidence import UNEXPLAINED, sparse_rows
from termbank.alignment.token_arrays import Units

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_ALWAYS = 2_000_000
_PER_SEGMENT = 20
_LONG = 8000
_RIVALS = 4
_ENOUGH = 1.0


def anchors(units: Units) -> list[tuple[int, int]]:
    """Nodes (i, j) that end a pair of anchored segments, rising in both."""
    rows, columns, votes = _votes(_rarest(units))
    if not len(rows):
        return []
    clear = _least(_lead(rows, votes), _lead(columns, votes))
    kept = clear > _ENOUGH
    return [(i + 1, j + 1) for i, j in _chain(rows[kept], columns[kept], clear[kept])]


def _rarest(units: Units) -> Units:
    """For a long text, the entries of the table whose words are rarest, as many as the pairs they compare allow."""
    import numpy as np

    if len(units.zh) + len(units.en) <= _LONG:
        return units
    zh_counts = np.bincount(units.zh.types, minlength=len(units.zh.names))
    en_counts = np.bincount(units.en.types, minlength=len(units.en.names))
    compared = zh_counts[units.zh_type] * en_counts[units.en_type]
    order = np.argsort(compared, kind="stable")
    limit = max(_ALWAYS, _PER_SEGMENT * (len(units.zh) + len(units.en)))
    kept = order[np.cumsum(compared[order]) <= limit]
    return units.with_table(np.sort(kept), units.zh, units.en)


def _least(one: Floats, other: Floats) -> Floats:
    import numpy as np

    return np.minimum(one, other)


def _votes(units: Units) -> tuple[Ints, Ints, Floats]:
    """Pairs of segments that share something, with the sum of what they share."""
    import numpy as np

    starts, types, ratios = sparse_rows(
        units.zh, (units.zh_type, units.en_type, units.weight), units.en.shares
    )
    zh_segment = np.repeat(np.arange(len(units.zh)), np.diff(starts))
    sizes = np.bincount(
        np.repeat(np.arange(len(units.zh)), np.diff(units.zh.starts)),
        weights=units.zh.weights,
        minlength=len(units.zh),
    )
    gain = np.log1p((1.0 - UNEXPLAINED) / UNEXPLAINED * ratios / np.maximum(sizes[zh_segment], 1e-9))
    order = np.argsort(types, kind="stable")
    zh_segment, gain = zh_segment[order], gain[order]
    zh_starts = np.searchsorted(types[order], np.arange(len(units.en.names) + 1))
    en_order = np.argsort(units.en.types, kind="stable")
    en_segment = np.repeat(np.arange(len(units.en)), np.diff(units.en.starts))[en_order]
    weight = units.en.weights[en_order]
    en_starts = np.searchsorted(units.en.types[en_order], np.arange(len(units.en.names) + 1))
    product = np.diff(zh_starts) * np.diff(en_starts)
    ranked = np.argsort(product, kind="stable")
    limit = max(_ALWAYS, _PER_SEGMENT * (len(units.zh) + len(units.en)))
    keys, values = [], []
    for kind in ranked[np.cumsum(product[ranked]) <= limit].tolist():
        if not product[kind]:
            continue
        left, right = slice(zh_starts[kind], zh_starts[kind + 1]), slice(en_starts[kind], en_starts[kind + 1])
        keys.append((zh_segment[left][:, None] * len(units.en) + en_segment[right][None, :]).ravel())
        values.append((gain[left][:, None] * weight[right][None, :]).ravel())
    if not keys:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    unique, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    summed = np.bincount(inverse, weights=np.concatenate(values)).astype(np.float64)
    return unique // len(units.en), unique % len(units.en), summed


def _lead(groups: Ints, votes: Floats) -> Floats:
    """How far each vote exceeds the mean of the next-best few of its group; below 0 for all but the best."""
    import numpy as np

    order = np.argsort(groups, kind="stable")
    values = votes[order]
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    group = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(order))))
    tops, first = [], np.zeros(len(starts), dtype=np.int64)
    for rank in range(_RIVALS):
        top = np.maximum.reduceat(values, starts)
        holds = np.flatnonzero(values == top[group])
        place = np.full(len(starts), len(order))
        np.minimum.at(place, group[holds], holds)
        first = place if rank == 0 else first
        tops.append(np.maximum(top, 0.0))
        values[place] = -1.0
    lead = np.full(len(votes), -1.0)
    lead[order[first]] = tops[0] - 0.5 * np.maximum(sum(tops[1:]) / (_RIVALS - 1), tops[1])
    return lead


def _chain(rows: Ints, columns: Ints, weights: Floats) -> list[tuple[int, int]]:
    """The heaviest chain that rises in rows and columns."""
    import numpy as np

    order = np.lexsort((-columns, rows))
    tops: list[int] = []
    totals: list[float] = []
    holders: list[int] = []
    previous = [-1] * len(order)
    ordered_rows, ordered_columns, ordered_weights = (
        rows[order].tolist(),
        columns[order].tolist(),
        weights[order].tolist(),
    )
    for place, column in enumerate(ordered_columns):
        at = bisect_left(tops, column)
        total = ordered_weights[place] + (totals[at - 1] if at else 0.0)
        previous[place] = holders[at - 1] if at else -1
        end = at
        while end < len(tops) and totals[end] <= total:
            end += 1
        if at and totals[at - 1] >= total:
            continue
        tops[at:end], totals[at:end], holders[at:end] = [column], [total], [place]
    chain = []
    place = holders[-1] if holders else -1
    while place >= 0:
        chain.append((ordered_rows[place], ordered_columns[place]))
        place = previous[place]
    return chain[::-1]
