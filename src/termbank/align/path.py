"""The best way through two texts.

Given the worth of every bead that might be, find the chain of beads that covers both texts once, in order, for the
most. This room knows worths and positions; it has never seen a word. What a bead is worth is settled in `costs`.

A bead may not cross another. Where the translator moved a whole paragraph, the way leaves two gaps rather than
force a match, and the caller sees them as gaps. Ties go to the bead that joins fewer segments, then to the
one ending earlier, so that the same two texts always yield the same alignment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.align.band import Band
from termbank.align.costs import SHAPES, Worths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Steps = list[tuple[int, int, int, int]]
"""(first zh, past zh, first en, past en) of each bead."""


def best_path(strip: Band, worths: Worths) -> Steps:
    import numpy as np

    reached = np.full(strip.size, -np.inf)
    chosen = np.full(strip.size, -1, dtype=np.int8)
    for row in range(len(strip.low)):
        here = slice(int(strip.base[row]), int(strip.base[row + 1]))
        if row == 0:
            value = np.full(here.stop - here.start, -np.inf)
            value[0] = 0.0
        else:
            options = reached[worths.origins[:, here]] + worths.beads[:, here]
            pick = options.argmax(axis=0)
            value = options[pick, np.arange(len(pick))]
            chosen[here] = pick
        steps = np.cumsum(worths.along[here])
        level = value - steps
        top = np.maximum.accumulate(level)
        chosen[here][level < top] = -1
        reached[here] = top + steps
    return _walked(strip, worths, chosen)


def _walked(strip: Band, worths: Worths, chosen: NDArray[np.int8]) -> Steps:
    steps: Steps = []
    row, column = len(strip.low) - 1, strip.columns
    while row > 0 or column > 0:
        shape = int(chosen[strip.base[row] + column - strip.low[row]])
        a, b = SHAPES[shape] if shape >= 0 else (0, 1)
        steps.append((row - a, row, column - b, column))
        row, column = row - a, column - b
    return steps[::-1]


def spread(strip: Band, worths: Worths) -> tuple[Floats, Floats, float]:
    """Forward and backward log sums at every node, and the log sum of all ways."""
    import numpy as np

    forward = np.full(strip.size, -np.inf)
    backward = np.full(strip.size, -np.inf)
    rows = len(strip.low)
    for row in range(rows):
        here = slice(int(strip.base[row]), int(strip.base[row + 1]))
        if row == 0:
            value = np.full(here.stop - here.start, -np.inf)
            value[0] = 0.0
        else:
            value = np.logaddexp.reduce(forward[worths.origins[:, here]] + worths.beads[:, here], axis=0)
        steps = np.cumsum(worths.along[here])
        forward[here] = np.logaddexp.accumulate(value - steps) + steps
    backward[-1] = 0.0
    for row in range(rows - 1, -1, -1):
        here = slice(int(strip.base[row]), int(strip.base[row + 1]))
        steps = np.cumsum(worths.along[here])
        backward[here] = (np.logaddexp.accumulate((backward[here] + steps)[::-1])[::-1]) - steps
        if row:
            flows = worths.beads[:, here] + backward[here]
            for shape in range(len(SHAPES)):
                held = np.isfinite(flows[shape])
                places = worths.origins[shape, here][held]
                backward[places] = np.logaddexp(backward[places], flows[shape][held])
    return forward, backward, float(forward[-1])


def certainties(strip: Band, worths: Worths, steps: Steps) -> list[tuple[float, float]]:
    """Worth of each bead of a path, and its share of all ways through the texts."""
    import math

    forward, backward, whole = spread(strip, worths)
    found = []
    for top, bottom, left, right in steps:
        end = int(strip.base[bottom] + right - strip.low[bottom])
        start = int(strip.base[top] + left - strip.low[top])
        shape = (bottom - top, right - left)
        worth = float(worths.along[end] if shape == (0, 1) else worths.beads[SHAPES.index(shape), end])
        found.append((worth, min(1.0, math.exp(min(0.0, forward[start] + worth + backward[end] - whole)))))
    return found
