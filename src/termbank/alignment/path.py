"""The best way through two texts.

Given the worth of every bead that might be, find the chain of beads that covers both texts once, in order, for the
most. This room knows worths and positions; it has never seen a word. What a bead is worth is settled in `costs`.

A bead may not cross another. Where the translator moved a whole paragraph, the way leaves two gaps rather than
force a match, and the caller sees them as gaps. Ties go to the bead that joins fewer segments, then to the
one ending earlier, so that the same two texts always yield the same alignment.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from termbank.alignment.costs import SHAPES, Worths
from termbank.alignment.search_band import Band

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Step = tuple[int, int, int, int]
"""First Chinese segment and the one past the last, then the English likewise."""


def best_path(strip: Band, worths: Worths) -> list[Step]:
    import numpy as np

    reached = np.full(strip.size, -np.inf)
    chosen = np.full(strip.size, -1, dtype=np.int8)
    bounds = strip.base.tolist()
    reached[: bounds[1]] = np.cumsum(worths.along[: bounds[1]]) - worths.along[0]
    for begin, end in itertools.pairwise(bounds[1:]):
        options = reached[worths.origins[:, begin:end]] + worths.beads[:, begin:end]
        pick = options.argmax(axis=0)
        along = np.cumsum(worths.along[begin:end])
        level = options.max(axis=0) - along
        top = np.maximum.accumulate(level)
        chosen[begin:end] = np.where(level < top, -1, pick)
        reached[begin:end] = top + along
    return _walked(strip, chosen)


def _walked(strip: Band, chosen: NDArray[np.int8]) -> list[Step]:
    steps = []
    row, column = len(strip.low) - 1, strip.columns
    while row > 0 or column > 0:
        shape = int(chosen[strip.base[row] + column - strip.low[row]])
        a, b = SHAPES[shape] if shape >= 0 else (0, 1)
        steps.append((row - a, row, column - b, column))
        row, column = row - a, column - b
    return steps[::-1]


def spread(strip: Band, worths: Worths) -> tuple[Floats, Floats]:
    """Log sums over all ways to every node, and from it to the end (Rabiner 1989)."""
    import numpy as np

    forward = np.full(strip.size, -np.inf)
    backward = np.full(strip.size, -np.inf)
    targets, leaving = _leaving(worths)
    bounds = strip.base.tolist()
    rows = list(itertools.pairwise(bounds))
    for begin, end in rows:
        value = _log_sum(forward[worths.origins[:, begin:end]] + worths.beads[:, begin:end])
        if begin == 0:
            value[0] = 0.0
        along = np.cumsum(worths.along[begin:end])
        forward[begin:end] = np.logaddexp.accumulate(value - along) + along
    for begin, end in reversed(rows):
        value = _log_sum(backward[targets[:, begin:end]] + leaving[:, begin:end])
        if end == strip.size:
            value[-1] = 0.0
        along = np.cumsum(worths.along[begin:end])
        backward[begin:end] = np.logaddexp.accumulate((value + along)[::-1])[::-1] - along
    return forward, backward


def _leaving(worths: Worths) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The beads by the node they leave: where each shape leads, and its worth."""
    import numpy as np

    targets = np.zeros(worths.origins.shape, dtype=np.int32)
    leaving = np.full(worths.beads.shape, -np.inf, dtype=np.float32)
    for shape in range(len(SHAPES)):
        here = np.flatnonzero(worths.beads[shape] > -np.inf)
        left = worths.origins[shape, here]
        targets[shape, left] = here
        leaving[shape, left] = worths.beads[shape, here]
    return targets, leaving


def _log_sum(options: Floats) -> Floats:
    import numpy as np

    top = options.max(axis=0)
    top[top == -np.inf] = 0.0
    with np.errstate(divide="ignore"):
        summed: Floats = np.log(np.exp(options - top).sum(axis=0)) + top
    return summed
