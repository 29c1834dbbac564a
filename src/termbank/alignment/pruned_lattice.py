"""The ways that are left: beads no first look could rule out.

In come the worths of every bead of a band; out come the few beads that at least one way in ten thousand takes, and
ways through these. So few are left that each can be looked at closely. Where only one bead is left between two
nodes that every way passes, it is certain, and nothing need be looked at.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.alignment.costs import SHAPES, Worths
from termbank.alignment.path import Step, spread
from termbank.alignment.search_band import Band

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

LEAST = 1e-4
"""The share of all ways that must take a bead for it to be looked at again."""

_ALONE, _TAKEN = 0.75, 0.45

ALONG = len(SHAPES)
"""The number of the shape (0, 1)."""


@dataclass(frozen=True)
class Lattice:
    """Beads in the order of the nodes they end at; bead k leads from node `starts[k]` to node `ends[k]`.

    `steps[k]` is its first Chinese segment, the one past the last, and the English likewise; `shapes[k]` its
    place in SHAPES; `places[k]` the node of the band at which it ends; node 0 is the beginning and the last the end.
    """

    steps: Ints
    shapes: Ints
    places: Ints
    starts: Ints
    ends: Ints
    doubtful: Flags
    """Whether another bead might stand in its place."""

    def __len__(self) -> int:
        return len(self.shapes)


def plausible(strip: Band, worths: Worths, taken: Sequence[Step]) -> Lattice:
    """The beads many ways take, and those of `taken`, which are a way or several."""
    import numpy as np

    forward, backward = spread(strip, worths)
    least = float(forward[-1]) + math.log(LEAST)
    wanted = _sorted_by_shape(strip, taken)
    shapes, places = [], []
    for shape in range(ALONG):
        ahead = worths.beads[shape] + backward
        here = np.flatnonzero(ahead > -np.inf)
        here = here[forward[worths.origins[shape, here]] + ahead[here] > least]
        here = np.union1d(here, wanted[shape])
        places.append(here)
        shapes.append(np.full(len(here), shape))
    column = np.setdiff1d(np.arange(strip.size), strip.base[:-1])
    here = column[forward[column - 1] + worths.along[column] + backward[column] > least]
    places.append(np.union1d(here, wanted[ALONG]))
    shapes.append(np.full(len(places[-1]), ALONG))
    return _lattice(strip, np.concatenate(shapes), np.concatenate(places))


def _sorted_by_shape(strip: Band, taken: Sequence[Step]) -> list[Ints]:
    """Of each shape, the nodes at which the beads of a way end."""
    import numpy as np

    number = {shape: place for place, shape in enumerate((*SHAPES, (0, 1)))}
    found: list[list[int]] = [[] for _ in range(ALONG + 1)]
    for top, bottom, left, right in taken:
        end = int(strip.base[bottom] + right - strip.low[bottom])
        found[number[bottom - top, right - left]].append(end)
    return [np.array(places, dtype=np.int64) for places in found]


def _lattice(strip: Band, shapes: Ints, places: Ints) -> Lattice:
    import numpy as np

    sizes = np.array([*SHAPES, (0, 1)])[shapes]
    bottom = np.searchsorted(strip.base, places, side="right") - 1
    right = places - strip.base[bottom] + strip.low[bottom]
    order = np.lexsort((shapes, right, bottom, bottom + right))
    shapes, places, bottom, right, sizes = (
        values[order] for values in (shapes, places, bottom, right, sizes)
    )
    top, left = bottom - sizes[:, 0], right - sizes[:, 1]
    width = strip.columns + 1
    span = width * len(strip.low)
    begins = (top + left) * span + top * width + left
    finishes = (bottom + right) * span + bottom * width + right
    nodes = np.unique(np.concatenate([begins, finishes]))
    return Lattice(
        np.stack([top, bottom, left, right], axis=1),
        shapes,
        places,
        np.searchsorted(nodes, begins),
        np.searchsorted(nodes, finishes),
        _doubtful(begins // span, finishes // span, nodes // span),
    )


def _doubtful(begins: Ints, ends: Ints, nodes: Ints) -> Flags:
    """Beads that are not alone between two nodes every way passes."""
    import numpy as np

    size = int(nodes[-1]) + 2
    over = np.zeros(size + 1, dtype=np.int64)
    np.add.at(over, begins + 1, 1)
    np.add.at(over, ends, -1)
    passed = (np.cumsum(over)[:size] == 0) & (np.bincount(nodes, minlength=size) == 1)
    stretch = np.cumsum(passed)[begins]
    counted: Flags = np.bincount(stretch)[stretch] > 1
    return counted


def hopes(shapes: Ints, shares: Floats) -> Floats:
    """What taking each bead adds to the beads expected right, less what it adds to those taken.

    The way with most of it, not the likeliest way, has the best strict F1 in expectation (Goodman 1996). A segment left
    alone counts for less: F1 asks of it to be right, never to be found.
    """
    import numpy as np

    alone = (shapes == 0) | (shapes == ALONG)
    hoped: Floats = np.where(alone, _ALONE, 1.0) * shares - _TAKEN
    return hoped


def best_way(lattice: Lattice, worths: Floats) -> list[int]:
    """The beads of the way worth most; of equals, the one with the earlier bead."""
    starts, ends = lattice.starts.tolist(), lattice.ends.tolist()
    size = ends[-1] + 1
    reached, chosen = [-math.inf] * size, [-1] * size
    reached[0] = 0.0
    for bead, (start, end, worth) in enumerate(zip(starts, ends, worths.tolist(), strict=True)):
        total = reached[start] + worth
        if total > reached[end]:
            reached[end], chosen[end] = total, bead
    way, node = [], size - 1
    while node:
        way.append(chosen[node])
        node = starts[chosen[node]]
    return way[::-1]


def shares_of(lattice: Lattice, worths: Floats) -> Floats:
    """The share of all ways that take each bead (Rabiner 1989)."""
    import numpy as np

    starts, ends, worth = lattice.starts.tolist(), lattice.ends.tolist(), worths.tolist()
    size = ends[-1] + 1
    forward, backward = [-math.inf] * size, [-math.inf] * size
    forward[0] = backward[-1] = 0.0
    for start, end, value in zip(starts, ends, worth, strict=True):
        forward[end] = _joined(forward[end], forward[start] + value)
    for bead in sorted(range(len(starts)), key=lambda bead: -starts[bead]):
        start, end = starts[bead], ends[bead]
        backward[start] = _joined(backward[start], backward[end] + worth[bead])
    return np.array(
        [
            math.exp(min(0.0, forward[start] + value + backward[end] - forward[-1]))
            for start, end, value in zip(starts, ends, worth, strict=True)
        ]
    )


def _joined(one: float, other: float) -> float:
    """log(e^one + e^other)"""
    high, low = (one, other) if one > other else (other, one)
    return high if low == -math.inf else high + math.log1p(math.exp(low - high))
