"""Dynamic programming over the nodes of a band: the best path, and sums over all paths.

This module knows scores and positions only; `costs` decides what a bead is worth. Beads never cross (Gale & Church
1993): a paragraph that the translator moved becomes two gaps. Ties go to the bead that joins fewer segments, so the same
texts always give the same path.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from termbank.alignment.arrays import Floats
from termbank.alignment.band_scores import BeadScores
from termbank.alignment.bead_shapes import SHAPES, ZH_SHAPES
from termbank.alignment.search_band import Band

Step = tuple[int, int, int, int]
"""A bead by its segments: the first Chinese one and the one past the last, then the English likewise."""


def best_path(band: Band, scores: BeadScores) -> list[Step]:
    """Find the chain of beads of the highest total score that covers both texts once, in order."""
    total = np.full(band.size, -np.inf)
    chosen = np.full(band.size, -1, dtype=np.int8)
    bounds = band.base.tolist()
    total[: bounds[1]] = np.cumsum(scores.en_gaps[: bounds[1]]) - scores.en_gaps[0]
    for begin, end in itertools.pairwise(bounds[1:]):
        options = total[scores.origins[:, begin:end]] + scores.beads[:, begin:end]
        pick = options.argmax(axis=0)
        gaps = np.cumsum(scores.en_gaps[begin:end])
        # Gaps along the row telescope: with their running sum taken off, the best way to a node is a running maximum.
        level = options.max(axis=0) - gaps
        top = np.maximum.accumulate(level)
        chosen[begin:end] = np.where(level < top, -1, pick)
        total[begin:end] = top + gaps
    return _trace_back(band, chosen)


def _trace_back(band: Band, chosen: NDArray[np.int8]) -> list[Step]:
    """The steps of the best path; `chosen` holds the number of the best shape at each node, -1 for an English gap."""
    steps = []
    row, column = len(band.low) - 1, band.columns
    while row > 0 or column > 0:
        a, b = SHAPES[int(chosen[band.base[row] + column - band.low[row]])]
        steps.append((row - a, row, column - b, column))
        row, column = row - a, column - b
    return steps[::-1]


def forward_backward(band: Band, scores: BeadScores) -> tuple[Floats, Floats]:
    """Sum over all paths (Rabiner 1989).

    Returns:
        Two arrays of length `band.size`: for each node the log sum of the scores of all paths from the beginning to it,
        and from it to the end.
    """
    forward = np.full(band.size, -np.inf)
    backward = np.full(band.size, -np.inf)
    targets, leaving = _beads_by_origin(scores)
    bounds = band.base.tolist()
    rows = list(itertools.pairwise(bounds))
    for begin, end in rows:
        value = _log_sum(forward[scores.origins[:, begin:end]] + scores.beads[:, begin:end])
        if begin == 0:
            value[0] = 0.0
        gaps = np.cumsum(scores.en_gaps[begin:end])
        forward[begin:end] = np.logaddexp.accumulate(value - gaps) + gaps
    for begin, end in reversed(rows):
        value = _log_sum(backward[targets[:, begin:end]] + leaving[:, begin:end])
        if end == band.size:
            value[-1] = 0.0
        gaps = np.cumsum(scores.en_gaps[begin:end])
        backward[begin:end] = np.logaddexp.accumulate((value + gaps)[::-1])[::-1] - gaps
    return forward, backward


def _beads_by_origin(scores: BeadScores) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Arrays like `origins` and `beads`, indexed by the node at which a bead begins: where it ends, and its score."""
    targets = np.zeros(scores.origins.shape, dtype=np.int32)
    leaving = np.full(scores.beads.shape, -np.inf, dtype=np.float32)
    for shape in range(len(ZH_SHAPES)):
        ends = np.flatnonzero(scores.beads[shape] > -np.inf)
        begins = scores.origins[shape, ends]
        targets[shape, begins] = ends
        leaving[shape, begins] = scores.beads[shape, ends]
    return targets, leaving


def _log_sum(options: Floats) -> Floats:
    """The log of the sum of the exponentials of each column."""
    top = options.max(axis=0)
    top[top == -np.inf] = 0.0
    with np.errstate(divide="ignore"):
        summed: Floats = np.log(np.exp(options - top).sum(axis=0)) + top
    return summed
