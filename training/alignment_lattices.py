"""Fit the rescoring weights, over the few beads that are left after pruning.

All lattices are joined into one and traversed level by level, so that NumPy does the work.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from termbank.alignment.bead_shapes import SHAPES
from termbank.alignment.embeddings import SegmentVectors
from termbank.alignment.path import Step
from termbank.alignment.pruned_lattice import Lattice, prune
from termbank.alignment.rescoring import feature_matrix
from termbank.alignment.search_band import Band
from termbank.alignment.token_arrays import TextPair
from termbank.alignment.weights import Weights
from termbank.alignment.windowing import score_adapted
from training.minimize import lbfgs

Floats = Any

_NEVER = -1e20
_HOPELESS = 10.0
"""A gold bead this many nats from likely is taken for an error of the gold and is not learned from."""


@dataclass
class GoldLattice:
    """A text's pruned lattice, its features (a column for each shape first), and the beads that a gold path may take."""

    lattice: Lattice
    rows: Floats
    gold: Any
    path: Sequence[Step]


def build_gold_lattice(
    texts: TextPair,
    band: Band,
    path: Sequence[Step],
    weights: tuple[Weights, Weights],
    vectors: SegmentVectors | None,
) -> GoldLattice:
    """Prune a text by the weights of the first two stages, keeping its gold path.

    A text whose band has no room for the gold path gets an empty path; it cannot be learned from.
    """
    features, scores, steps = score_adapted(texts, band, weights)
    has_room = all(band.low[bottom] <= right <= band.high[bottom] for _, bottom, _, right in path)
    large = [step for step in path if (step[1] - step[0], step[3] - step[2]) not in SHAPES]
    shown = [*(step for step in path if step not in set(large)), *itertools.chain(*map(_gaps_within, large))]
    lattice = prune(band, scores, [*steps, *(shown if has_room else [])])
    matrix = feature_matrix(features, lattice, vectors)
    gold = np.array([tuple(step) in set(path) for step in lattice.steps.tolist()])
    for top, bottom, left, right in large:
        a, b, c, d = lattice.steps.T
        gold |= (a >= top) & (b <= bottom) & (c >= left) & (d <= right)
    shapes = np.zeros((len(lattice), len(SHAPES)))
    shapes[np.arange(len(lattice)), lattice.shapes] = 1.0
    rows = np.concatenate([shapes, matrix], axis=1).astype(np.float32)
    return GoldLattice(lattice, rows, gold, path if has_room else ())


def _gaps_within(step: Step) -> list[Step]:
    """The gaps, in every order, into which a bead larger than any shape can be taken apart."""
    top, bottom, left, right = step
    found = [(i, i + 1, j, j) for i in range(top, bottom) for j in range(left, right + 1)]
    return found + [(i, i, j, j + 1) for i in range(top, bottom + 1) for j in range(left, right)]


class JoinedLattices:
    """Many lattices as one, for sums and best paths over all of them at once."""

    def __init__(self, lattices: Sequence[GoldLattice]) -> None:
        nodes = np.cumsum([0, *(int(c.lattice.ends[-1]) + 1 for c in lattices)])
        self.lattices = lattices
        self.starts = np.concatenate([c.lattice.starts + by for c, by in zip(lattices, nodes, strict=False)])
        self.ends = np.concatenate([c.lattice.ends + by for c, by in zip(lattices, nodes, strict=False)])
        self.rows = np.concatenate([c.rows for c in lattices])
        self.gold = np.concatenate([c.gold for c in lattices])
        self.first, self.last, self.size = nodes[:-1], nodes[1:] - 1, int(nodes[-1])
        self.bounds = np.cumsum([0, *(len(c.lattice) for c in lattices)])
        steps = np.concatenate([c.lattice.steps for c in lattices])
        self._ahead = _levels(self.ends, steps[:, 1] + steps[:, 3])
        self._back = _levels(self.starts, steps[:, 0] + steps[:, 2])[::-1]

    def forward(self, scores: Floats, join: Any = np.logaddexp) -> Floats:
        """For each node, the sum (or, with `np.maximum`, the best) of the paths to it."""
        total = np.full(self.size, _NEVER)
        total[self.first] = 0.0
        for beads, cuts, nodes in self._ahead:
            total[nodes] = join.reduceat(total[self.starts[beads]] + scores[beads], cuts)
        return total

    def backward(self, scores: Floats) -> Floats:
        """For each node, the log sum of the paths from it to the end of its lattice."""
        total = np.full(self.size, _NEVER)
        total[self.last] = 0.0
        for beads, cuts, nodes in self._back:
            total[nodes] = np.logaddexp.reduceat(total[self.ends[beads]] + scores[beads], cuts)
        return total

    def posteriors(self, scores: Floats) -> tuple[Floats, Floats]:
        """The log sum over all paths of each lattice, and the posterior of each bead."""
        forward, backward = self.forward(scores), self.backward(scores)
        whole = forward[self.last]
        each = np.repeat(whole, np.diff(self.bounds))
        through = forward[self.starts] + scores + backward[self.ends] - each
        return whole, np.exp(np.minimum(0.0, through))

    def best_paths(self, values: Floats) -> list[list[int]]:
        """The path of the highest value through each lattice, as the numbers of its beads."""
        total = self.forward(values, np.maximum)[self.starts] + values
        order = np.lexsort((total, self.ends))
        chosen = np.full(self.size, -1)
        last = np.flatnonzero(np.diff(self.ends[order], append=-1))
        chosen[self.ends[order][last]] = order[last]
        found = []
        for number, (begin, node) in enumerate(zip(self.first.tolist(), self.last.tolist(), strict=True)):
            path = []
            while node != begin:
                path.append(int(chosen[node] - self.bounds[number]))
                node = int(self.starts[chosen[node]])
            found.append(path[::-1])
        return found

    def forgiving_gold(self, scores: Floats) -> Any:
        """The gold beads, and every bead around those that are hopeless, so that these teach nothing."""
        _, posterior = self.posteriors(scores)
        gold = self.gold.copy()
        for number, own in enumerate(self.lattices):
            some = slice(int(self.bounds[number]), int(self.bounds[number + 1]))
            steps = own.lattice.steps[own.gold]
            likely = np.log(np.maximum(posterior[some][own.gold], 1e-30)) > -_HOPELESS
            corners = [(0, 0), *(tuple(step[1::2]) for step in steps[likely].tolist())]
            corners = sorted({*corners, tuple(own.lattice.steps[-1, 1::2].tolist())})
            for (top, left), (bottom, right) in itertools.pairwise(corners):
                a, b, c, d = own.lattice.steps.T
                inside = (a >= top) & (b <= bottom) & (c >= left) & (d <= right)
                if (inside & own.gold).sum() == 0 or not likely[inside[own.gold]].all():
                    gold[some] |= inside
        return gold


def _levels(nodes: Any, levels: Any) -> list[tuple[Any, Any, Any]]:
    """For each level: the beads at its nodes, where a node's beads begin, and the nodes."""
    order = np.lexsort((nodes, levels))
    sorted_nodes, sorted_levels = nodes[order], levels[order]
    bounds = np.append(np.flatnonzero(np.diff(sorted_levels, prepend=-1)), len(order))
    found = []
    for begin, end in itertools.pairwise(bounds.tolist()):
        some = sorted_nodes[begin:end]
        cuts = np.flatnonzero(np.diff(some, prepend=-1))
        found.append((order[begin:end], cuts, some[cuts]))
    return found


def fit_lattices(
    lattices: Sequence[GoldLattice],
    weights: Sequence[float],
    start: Floats,
    ridge: Floats,
    iterations: int,
) -> Floats:
    """Fit the weights that make the gold paths likeliest; twice, the second time without what is hopeless.

    Args:
        lattices: the texts; those without a gold path are left out.
        weights: what each text counts.
        start: where the fit begins, and what the penalty pulls to.
        ridge: the strength of the penalty for each weight.
        iterations: at most so many (half as many the first time).
    """
    some = [number for number, own in enumerate(lattices) if own.path]
    joined = JoinedLattices([lattices[number] for number in some])
    counts = np.array([weights[number] for number in some])
    each = np.repeat(counts, np.diff(joined.bounds))
    gold = joined.gold

    def loss(here: Floats) -> tuple[float, Floats]:
        scores = joined.rows @ here
        whole, posterior = joined.posteriors(scores)
        known, known_posterior = joined.posteriors(np.where(gold, scores, _NEVER / 1e6))
        away = here - start
        value = float(((whole - known) * counts).sum() + 0.5 * (ridge * away * away).sum())
        return value, ((posterior - known_posterior) * each) @ joined.rows + ridge * away

    found = lbfgs(loss, start, iterations // 2)
    gold = joined.forgiving_gold(joined.rows @ found)
    return lbfgs(loss, start, iterations)
