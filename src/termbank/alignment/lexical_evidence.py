"""What the words of one text say for standing beside those of the other.

For every place in the band and every number of segments joined: how much better the joined segments explain
each segment opposite than chance would, as a log likelihood ratio against the document's own word counts. Rare
words count for more of themselves; every word left unexplained costs log λ, so that a needless merge loses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.alignment.search_band import Band
from termbank.alignment.token_arrays import Side

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MOST = 6
"""Most segments joined on one side of a bead."""

UNEXPLAINED = 0.62
"""λ: the share of a word's likelihood kept where nothing opposite explains it."""


@dataclass(frozen=True)
class Sums:
    """Running sums along each row of a band: joining the a rows before node (i, j), the columns from `first[i]` to j.

    Row i starts at `base[i]`; `values[a - 1, base[i] + j - first[i]]`.
    """

    first: Ints
    base: Ints
    values: Floats


def sparse_rows(giver: Side, pairs: tuple[Ints, Ints, Floats], shares: Floats) -> tuple[Ints, Ints, Floats]:
    """Per segment of `giver`: what types opposite it explains, and how well: Σ w·t(y|x) / p(y)."""
    import numpy as np

    given, taken, weight = pairs
    order = np.argsort(given, kind="stable")
    given, taken, weight = given[order], taken[order], weight[order]
    starts = np.searchsorted(given, np.arange(len(giver.names) + 1))
    counts = np.diff(starts)[giver.types]
    owner = np.repeat(np.arange(len(giver)), np.diff(giver.starts))
    total = int(counts.sum())
    offsets = np.repeat(
        starts[giver.types] - np.concatenate([[0], np.cumsum(counts)[:-1]]) if len(counts) else counts, counts
    )
    entry = np.arange(total) + offsets
    values = weight[entry] * np.repeat(giver.weights, counts) / np.maximum(shares[taken[entry]], 1e-9)
    keys = np.repeat(owner, counts) * max(1, len(shares)) + taken[entry]
    order = np.argsort(keys, kind="stable")
    cuts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    unique = keys[order[cuts]]
    summed = np.add.reduceat(values[order], cuts) if total else np.zeros(0)
    segment = unique // max(1, len(shares))
    return np.searchsorted(segment, np.arange(len(giver) + 1)), unique % max(1, len(shares)), summed


def explained(giver: Side, taker: Side, pairs: tuple[Ints, Ints, Floats], strip: Band) -> Sums:
    """Log likelihood ratios of the segments of `taker` (columns), given joined segments of `giver` (rows)."""
    import numpy as np

    starts, types, ratios = sparse_rows(giver, pairs, taker.shares)
    sizes = np.concatenate(
        [
            [0.0],
            np.cumsum(
                np.add.reduceat(np.append(giver.weights, 0.0), giver.starts[:-1])
                * (np.diff(giver.starts) > 0)
            ),
        ]
    )
    rows = len(giver)
    first = np.maximum(strip.low - MOST, 0)
    base = np.concatenate([[0], np.cumsum(strip.high - first + 1)])
    values = np.zeros((MOST, int(base[-1])))
    dense = np.zeros(len(taker.names))
    unexplained = np.log(UNEXPLAINED) * np.concatenate([[0.0], np.cumsum(taker.weights)])
    recent: list[tuple[int, Floats]] = []
    for row in range(1, rows + 1):
        ahead = min(rows, row + MOST - 1)
        begin, end = int(taker.starts[first[row]]), int(taker.starts[strip.high[ahead]])
        mine = slice(int(starts[row - 1]), int(starts[row]))
        dense[types[mine]] = ratios[mine]
        recent.insert(0, (begin, dense[taker.types[begin:end]]))
        dense[types[mine]] = 0.0
        del recent[MOST:]
        left, right = int(first[row]), int(strip.high[row])
        if right <= left:
            continue
        end = int(taker.starts[right])
        block = np.zeros((MOST, end - begin))
        for back, (origin, held) in enumerate(recent):
            block[back] = held[begin - origin : end - origin]
        # a word that nothing explains is worth log λ whatever is joined: only the others are reckoned
        some = np.flatnonzero(block.any(axis=0))
        joined = np.cumsum(block[:, some], axis=0)
        weight = sizes[row] - sizes[np.maximum(row - np.arange(1, MOST + 1), 0)]
        joined *= ((1.0 - UNEXPLAINED) / UNEXPLAINED / np.maximum(weight, 1e-9))[:, None]
        np.log1p(joined, out=joined)
        joined *= taker.weights[begin + some]
        gained = np.zeros((MOST, len(some) + 1))
        np.cumsum(joined, axis=1, out=gained[:, 1:])
        line = values[:, base[row] : base[row] + right - left + 1]
        bounds = taker.starts[left : right + 1]
        np.take(gained, np.searchsorted(some, bounds - begin), axis=1, out=line)
        line += unexplained[bounds] - unexplained[begin]
    return Sums(first, base, values)
