"""How likely a bead is exactly right.

In comes the share of all ways through the texts that take the bead; out goes a probability, by a table
fitted on alignments of texts that the weights had not seen. The share alone is too sure of itself.
"""

from __future__ import annotations

from bisect import bisect_right

_PAIRED: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))
_ALONE: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))


def confidence(shape: tuple[int, int], share: float) -> float:
    """The probability that a bead of this shape, taken by this share of all ways, is exactly right."""
    table = _PAIRED if all(shape) else _ALONE
    place = min(max(bisect_right(table, (share, 2.0)), 1), len(table) - 1)
    (x0, y0), (x1, y1) = table[place - 1], table[place]
    return y0 + (y1 - y0) * (share - x0) / max(x1 - x0, 1e-12)
