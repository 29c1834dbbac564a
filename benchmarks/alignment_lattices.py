"""The last of the aligner's settings: fit over the few beads that are left when a text has been gone through.

Used by alignment_fit.py. In come lattices of doubtful beads with the answers to the closer look's questions and the
beads of the gold; out come weights under which the gold ways are likeliest, and the best ways by given
weights. All lattices are walked together, level by level, so that numpy does the work.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from termbank.alignment.costs import SHAPES
from termbank.alignment.embeddings import Meaning
from termbank.alignment.model_weights import Setting
from termbank.alignment.path import Step
from termbank.alignment.pruned_lattice import ALONG, Lattice, plausible
from termbank.alignment.rescoring import judged
from termbank.alignment.token_arrays import Units
from termbank.alignment.windowing import looked_over

Floats = Any

NEVER = -1e20
HOPELESS = 10.0
"""A gold bead this many nats from likely is held to be an error of the gold, or of nature, and teaches nothing."""


@dataclass
class Close:
    """A text's doubtful beads, what is known of each, and which of them a gold way may take."""

    lattice: Lattice
    rows: Floats
    gold: Any
    way: Sequence[Step]


def close(
    units: Units, strip: Any, way: Sequence[Step], settings: tuple[Setting, Setting], vectors: Meaning | None
) -> Close:
    """The lattice of a text by the first two settings. Without a gold way in the band it cannot be learnt from."""
    pricing, priced, steps = looked_over(units, strip, settings)
    held = all(strip.low[bottom] <= right <= strip.high[bottom] for _, bottom, _, right in way)
    large = [step for step in way if (step[1] - step[0], step[3] - step[2]) not in (*SHAPES, (0, 1))]
    shown = [*(step for step in way if step not in set(large)), *itertools.chain(*map(_crumbs, large))]
    lattice = plausible(strip, priced, [*steps, *(shown if held else [])])
    rows, _ = judged(pricing, lattice, vectors)
    gold = np.array([tuple(step) in set(way) for step in lattice.steps.tolist()])
    for top, bottom, left, right in large:
        a, b, c, d = lattice.steps.T
        gold |= (a >= top) & (b <= bottom) & (c >= left) & (d <= right)
    shapes = np.zeros((len(lattice), ALONG + 1))
    shapes[np.arange(len(lattice)), lattice.shapes] = 1.0
    return Close(
        lattice, np.concatenate([shapes, rows], axis=1).astype(np.float32), gold, way if held else ()
    )


def _crumbs(step: Step) -> list[Step]:
    """A bead larger than any shape, taken apart into segments left alone, in every order."""
    top, bottom, left, right = step
    found = [(i, i + 1, j, j) for i in range(top, bottom) for j in range(left, right + 1)]
    return found + [(i, i, j, j + 1) for i in range(top, bottom + 1) for j in range(left, right)]


class Ways:
    """Many lattices as one."""

    def __init__(self, closes: Sequence[Close]) -> None:
        nodes = np.cumsum([0, *(int(c.lattice.ends[-1]) + 1 for c in closes)])
        self.closes = closes
        self.starts = np.concatenate([c.lattice.starts + by for c, by in zip(closes, nodes, strict=False)])
        self.ends = np.concatenate([c.lattice.ends + by for c, by in zip(closes, nodes, strict=False)])
        self.rows = np.concatenate([c.rows for c in closes])
        self.gold = np.concatenate([c.gold for c in closes])
        self.first, self.last, self.size = nodes[:-1], nodes[1:] - 1, int(nodes[-1])
        self.bounds = np.cumsum([0, *(len(c.lattice) for c in closes)])
        steps = np.concatenate([c.lattice.steps for c in closes])
        self._ahead = _levels(self.ends, steps[:, 1] + steps[:, 3])
        self._back = _levels(self.starts, steps[:, 0] + steps[:, 2])[::-1]

    def forward(self, worths: Floats, join: Any = np.logaddexp) -> Floats:
        reached = np.full(self.size, NEVER)
        reached[self.first] = 0.0
        for beads, cuts, nodes in self._ahead:
            reached[nodes] = join.reduceat(reached[self.starts[beads]] + worths[beads], cuts)
        return reached

    def backward(self, worths: Floats) -> Floats:
        reached = np.full(self.size, NEVER)
        reached[self.last] = 0.0
        for beads, cuts, nodes in self._back:
            reached[nodes] = np.logaddexp.reduceat(reached[self.ends[beads]] + worths[beads], cuts)
        return reached

    def shares(self, worths: Floats) -> tuple[Floats, Floats]:
        """Log sums over all ways of each lattice, and the share of them that takes each bead."""
        forward, backward = self.forward(worths), self.backward(worths)
        whole = forward[self.last]
        each = np.repeat(whole, np.diff(self.bounds))
        way = forward[self.starts] + worths + backward[self.ends] - each
        return whole, np.exp(np.minimum(0.0, way))

    def best(self, worths: Floats) -> list[list[int]]:
        """The best way of each lattice, as places in it."""
        total = self.forward(worths, np.maximum)[self.starts] + worths
        order = np.lexsort((total, self.ends))
        chosen = np.full(self.size, -1)
        last = np.flatnonzero(np.diff(self.ends[order], append=-1))
        chosen[self.ends[order][last]] = order[last]
        found = []
        for number, (begin, node) in enumerate(zip(self.first.tolist(), self.last.tolist(), strict=True)):
            way = []
            while node != begin:
                way.append(int(chosen[node] - self.bounds[number]))
                node = int(self.starts[chosen[node]])
            found.append(way[::-1])
        return found

    def spared(self, worths: Floats) -> Any:
        """The gold beads, and every bead about those that are hopeless."""
        _, share = self.shares(worths)
        gold = self.gold.copy()
        for number, held in enumerate(self.closes):
            some = slice(int(self.bounds[number]), int(self.bounds[number + 1]))
            taken = held.lattice.steps[held.gold]
            likely = np.log(np.maximum(share[some][held.gold], 1e-30)) > -HOPELESS
            corners = [(0, 0), *(tuple(step[1::2]) for step in taken[likely].tolist())]
            corners = sorted({*corners, tuple(held.lattice.steps[-1, 1::2].tolist())})
            for (top, left), (bottom, right) in itertools.pairwise(corners):
                a, b, c, d = held.lattice.steps.T
                inside = (a >= top) & (b <= bottom) & (c >= left) & (d <= right)
                if (inside & held.gold).sum() == 0 or not likely[inside[held.gold]].all():
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


Minimise = Callable[[Callable[[Floats], tuple[float, Floats]], Floats, int], Floats]


def fitted(
    closes: Sequence[Close],
    weights: Sequence[float],
    start: Floats,
    ridge: Floats,
    iterations: int,
    minimise: Minimise,
) -> Floats:
    """The weights under which the gold ways are likeliest; found twice, the second time without what is hopeless."""
    some = [number for number, held in enumerate(closes) if held.way]
    ways = Ways([closes[number] for number in some])
    counts = np.array([weights[number] for number in some])
    each = np.repeat(counts, np.diff(ways.bounds))
    gold = ways.gold

    def loss(here: Floats) -> tuple[float, Floats]:
        worths = ways.rows @ here
        whole, share = ways.shares(worths)
        known, known_share = ways.shares(np.where(gold, worths, NEVER / 1e6))
        away = here - start
        value = float(((whole - known) * counts).sum() + 0.5 * (ridge * away * away).sum())
        return value, ((share - known_share) * each) @ ways.rows + ridge * away

    found = minimise(loss, start, iterations // 2)
    gold = ways.spared(ways.rows @ found)
    return minimise(loss, start, iterations)
