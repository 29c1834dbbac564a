"""Anchors: pairs of segments that are almost surely aligned, found without searching the whole plane.

Each English word type gives the pairs of segments it links a vote, the rarest types first, until the number of pairs is a
fixed multiple of the segments. A pair is an anchor when it leads its row and its column by a margin over the rivals
there, and lies on the heaviest rising chain of such pairs (compare the sure beads of Moore 2002). Anchors only say where
the search band lies.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from termbank.alignment.arrays import Floats, Ints
from termbank.alignment.lexical_evidence import LIFT, explained_types
from termbank.alignment.token_arrays import TextPair

_MIN_PAIRS = 2_000_000
_PAIRS_PER_SEGMENT = 20
"""Pairs compared: at least so many, and so many for each segment of a long text."""
_LONG_TEXT = 8000
"""Segments, both sides counted, from which on only the rarer words vote."""
_RIVALS = 4
"""Pairs of a row or column that are compared, the leader among them."""
_MIN_LEAD = 1.0


def find_anchors(texts: TextPair) -> list[tuple[int, int]]:
    """The nodes (i, j) at which anchored pairs end, rising in both."""
    rows, columns, votes = _votes(_rare_entries(texts))
    if not len(rows):
        return []
    lead = np.minimum(_lead(rows, votes), _lead(columns, votes))
    kept = lead > _MIN_LEAD
    return [(i + 1, j + 1) for i, j in _heaviest_chain(rows[kept], columns[kept], lead[kept])]


def _pair_limit(texts: TextPair) -> int:
    return max(_MIN_PAIRS, _PAIRS_PER_SEGMENT * (len(texts.zh) + len(texts.en)))


def _rare_entries(texts: TextPair) -> TextPair:
    """The texts; a long one with only the entries of the table whose words are rarest, up to the limit of pairs."""
    if len(texts.zh) + len(texts.en) <= _LONG_TEXT:
        return texts
    zh_counts = np.bincount(texts.zh.types, minlength=len(texts.zh.names))
    en_counts = np.bincount(texts.en.types, minlength=len(texts.en.names))
    compared = zh_counts[texts.zh_type] * en_counts[texts.en_type]
    order = np.argsort(compared, kind="stable")
    kept = order[np.cumsum(compared[order]) <= _pair_limit(texts)]
    return texts.with_entries(np.sort(kept), texts.zh, texts.en)


def _votes(texts: TextPair) -> tuple[Ints, Ints, Floats]:
    """The pairs of segments (Chinese, English) that some type links, and the sum of the evidence of these types."""
    zh_segment, zh_gain, zh_starts = _explaining_segments(texts)
    en_order = np.argsort(texts.en.types, kind="stable")
    en_segment = np.repeat(np.arange(len(texts.en)), np.diff(texts.en.starts))[en_order]
    en_weight = texts.en.weights[en_order]
    en_starts = np.searchsorted(texts.en.types[en_order], np.arange(len(texts.en.names) + 1))
    pairs = np.diff(zh_starts) * np.diff(en_starts)
    rarest = np.argsort(pairs, kind="stable")
    keys, values = [], []
    for kind in rarest[np.cumsum(pairs[rarest]) <= _pair_limit(texts)].tolist():
        if not pairs[kind]:
            continue
        zh, en = slice(zh_starts[kind], zh_starts[kind + 1]), slice(en_starts[kind], en_starts[kind + 1])
        keys.append((zh_segment[zh][:, None] * len(texts.en) + en_segment[en][None, :]).ravel())
        values.append((zh_gain[zh][:, None] * en_weight[en][None, :]).ravel())
    if not keys:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    unique, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    summed = np.bincount(inverse, weights=np.concatenate(values)).astype(np.float64)
    return unique // len(texts.en), unique % len(texts.en), summed


def _explaining_segments(texts: TextPair) -> tuple[Ints, Floats, Ints]:
    """The Chinese segments that explain each English type, with the evidence, grouped by type; and where each group begins."""
    starts, types, ratios = explained_types(
        texts.zh, (texts.zh_type, texts.en_type, texts.weight), texts.en.shares
    )
    segment = np.repeat(np.arange(len(texts.zh)), np.diff(starts))
    sizes = np.bincount(
        np.repeat(np.arange(len(texts.zh)), np.diff(texts.zh.starts)),
        weights=texts.zh.weights,
        minlength=len(texts.zh),
    )
    gain = np.log1p(LIFT * ratios / np.maximum(sizes[segment], 1e-9))
    order = np.argsort(types, kind="stable")
    groups = np.searchsorted(types[order], np.arange(len(texts.en.names) + 1))
    return segment[order], gain[order], groups


def _lead(groups: Ints, votes: Floats) -> Floats:
    """How far each vote exceeds the mean of the next-best few of its group, halved; -1 for all but the best."""
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


def _heaviest_chain(rows: Ints, columns: Ints, weights: Floats) -> list[tuple[int, int]]:
    """The pairs of the heaviest chain that rises in rows and columns."""
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
