"""The pruned lattice: the beads that a first scoring cannot rule out, and dynamic programming over them.

Pruning keeps the beads with a posterior of at least one in ten thousand. They are few, so that each can be rescored with
costlier features. A bead with no alternative between two nodes that every path passes is certain, and is not rescored.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from termbank.alignment.arrays import Flags, Floats, Ints
from termbank.alignment.band_scores import BeadScores
from termbank.alignment.bead_shapes import EN_GAP, SHAPES, ZH_GAP
from termbank.alignment.path import Step, forward_backward
from termbank.alignment.search_band import Band

MIN_POSTERIOR = 1e-4
"""Beads of a lower posterior are pruned."""

_GAP_VALUE, _BEAD_PRICE = 0.75, 0.45
"""In the expected F1: what a gap found is worth (it counts in precision alone), and what any bead taken costs. Chosen on
the gold alignments."""


@dataclass(frozen=True)
class Lattice:
    """B beads in the order of the nodes at which they end; node 0 is the beginning of the texts, the last node their end.

    Attributes:
        steps: ints, shape (B, 4); each row is a `path.Step`.
        shapes: the number of each bead's shape in `SHAPES`.
        band_nodes: the node of the band at which each bead ends.
        starts, ends: the nodes of the lattice between which each bead leads.
        ambiguous: whether another bead might take its place.
    """

    steps: Ints
    shapes: Ints
    band_nodes: Ints
    starts: Ints
    ends: Ints
    ambiguous: Flags

    def __len__(self) -> int:
        return len(self.shapes)


def prune(band: Band, scores: BeadScores, kept: Sequence[Step]) -> Lattice:
    """Keep the beads of a band with a posterior of at least MIN_POSTERIOR.

    Args:
        band: the search band.
        scores: the scores of its beads.
        kept: steps of one or more paths that are kept in any case.
    """
    forward, backward = forward_backward(band, scores)
    least = float(forward[-1]) + math.log(MIN_POSTERIOR)
    kept_nodes = _end_nodes_by_shape(band, kept)
    shapes, nodes = [], []
    for shape in range(EN_GAP):
        ahead = scores.beads[shape] + backward
        ends = np.flatnonzero(ahead > -np.inf)
        ends = ends[forward[scores.origins[shape, ends]] + ahead[ends] > least]
        nodes.append(np.union1d(ends, kept_nodes[shape]))
        shapes.append(np.full(len(nodes[-1]), shape))
    inner = np.setdiff1d(np.arange(band.size), band.base[:-1])
    ends = inner[forward[inner - 1] + scores.en_gaps[inner] + backward[inner] > least]
    nodes.append(np.union1d(ends, kept_nodes[EN_GAP]))
    shapes.append(np.full(len(nodes[-1]), EN_GAP))
    return _build_lattice(band, np.concatenate(shapes), np.concatenate(nodes))


def _end_nodes_by_shape(band: Band, steps: Sequence[Step]) -> list[Ints]:
    """For each shape, the nodes of the band at which the steps of that shape end."""
    number = {shape: place for place, shape in enumerate(SHAPES)}
    nodes: list[list[int]] = [[] for _ in SHAPES]
    for top, bottom, left, right in steps:
        end = int(band.base[bottom] + right - band.low[bottom])
        nodes[number[bottom - top, right - left]].append(end)
    return [np.array(ends, dtype=np.int64) for ends in nodes]


def _build_lattice(band: Band, shapes: Ints, band_nodes: Ints) -> Lattice:
    """Order the beads and number the nodes they lead between."""
    sizes = np.array(SHAPES)[shapes]
    bottom = np.searchsorted(band.base, band_nodes, side="right") - 1
    right = band_nodes - band.base[bottom] + band.low[bottom]
    order = np.lexsort((shapes, right, bottom, bottom + right))
    shapes, band_nodes, bottom, right, sizes = (
        values[order] for values in (shapes, band_nodes, bottom, right, sizes)
    )
    top, left = bottom - sizes[:, 0], right - sizes[:, 1]
    width = band.columns + 1
    span = width * len(band.low)
    begins = (top + left) * span + top * width + left
    finishes = (bottom + right) * span + bottom * width + right
    nodes = np.unique(np.concatenate([begins, finishes]))
    return Lattice(
        np.stack([top, bottom, left, right], axis=1),
        shapes,
        band_nodes,
        np.searchsorted(nodes, begins),
        np.searchsorted(nodes, finishes),
        _has_alternative(begins // span, finishes // span, nodes // span),
    )


def _has_alternative(begins: Ints, ends: Ints, nodes: Ints) -> Flags:
    """Whether each bead is not the only one between two nodes that every path passes.

    Args:
        begins, ends: the diagonals (segments behind, both sides counted) at which the beads begin and end.
        nodes: the diagonals of all nodes.
    """
    size = int(nodes[-1]) + 2
    over = np.zeros(size + 1, dtype=np.int64)
    np.add.at(over, begins + 1, 1)
    np.add.at(over, ends, -1)
    passed = (np.cumsum(over)[:size] == 0) & (np.bincount(nodes, minlength=size) == 1)
    stretch = np.cumsum(passed)[begins]
    several: Flags = np.bincount(stretch)[stretch] > 1
    return several


def expected_gain(shapes: Ints, posteriors: Floats) -> Floats:
    """What taking each bead adds to the expected F1, up to a constant factor.

    The path with the highest sum, rather than the likeliest path, has the best strict F1 in expectation (Goodman 1996). A
    gap counts for less: F1 requires it to be right, and never to be found.
    """
    gap = (shapes == ZH_GAP) | (shapes == EN_GAP)
    gain: Floats = np.where(gap, _GAP_VALUE, 1.0) * posteriors - _BEAD_PRICE
    return gain


def best_lattice_path(lattice: Lattice, values: Floats) -> list[int]:
    """The numbers of the beads of the path with the highest sum of values; of equals, the one with the earlier bead."""
    starts, ends = lattice.starts.tolist(), lattice.ends.tolist()
    size = ends[-1] + 1
    best, chosen = [-math.inf] * size, [-1] * size
    best[0] = 0.0
    for bead, (start, end, value) in enumerate(zip(starts, ends, values.tolist(), strict=True)):
        total = best[start] + value
        if total > best[end]:
            best[end], chosen[end] = total, bead
    path, node = [], size - 1
    while node:
        path.append(chosen[node])
        node = starts[chosen[node]]
    return path[::-1]


def bead_posteriors(lattice: Lattice, scores: Floats) -> Floats:
    """The posterior of each bead: the share of all paths, weighted by their scores, that take it (Rabiner 1989)."""
    starts, ends, values = lattice.starts.tolist(), lattice.ends.tolist(), scores.tolist()
    size = ends[-1] + 1
    forward, backward = [-math.inf] * size, [-math.inf] * size
    forward[0] = backward[-1] = 0.0
    for start, end, value in zip(starts, ends, values, strict=True):
        forward[end] = _log_add(forward[end], forward[start] + value)
    for bead in sorted(range(len(starts)), key=lambda bead: -starts[bead]):
        start, end = starts[bead], ends[bead]
        backward[start] = _log_add(backward[start], backward[end] + values[bead])
    return np.array(
        [
            math.exp(min(0.0, forward[start] + value + backward[end] - forward[-1]))
            for start, end, value in zip(starts, ends, values, strict=True)
        ]
    )


def _log_add(one: float, other: float) -> float:
    """log(e^one + e^other)."""
    high, low = (one, other) if one > other else (other, one)
    return high if low == -math.inf else high + math.log1p(math.exp(low - high))
