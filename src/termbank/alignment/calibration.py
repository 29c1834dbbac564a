"""How likely a bead is exactly right.

In comes the share of all ways through the texts that take the bead; out goes a probability, by a small table
whose points were set by hand after alignments of held-out texts. The shares are nearly right as they are;
the surest are trusted a little less, and those of segments left alone less again.
"""

from __future__ import annotations

from bisect import bisect_right

_Table = tuple[tuple[float, float], ...]

_PAIRED: _Table = (
    (0.0, 0.05), (0.3, 0.33), (0.5, 0.52), (0.7, 0.72), (0.8, 0.82), (0.9, 0.90), (0.95, 0.93), (0.975, 0.95),
    (0.99, 0.985), (1.0, 1.0),
)  # fmt: skip
_ALONE: _Table = (
    (0.0, 0.15), (0.3, 0.40), (0.5, 0.52), (0.7, 0.70), (0.8, 0.82), (0.9, 0.90), (0.95, 0.92), (0.985, 0.95),
    (0.995, 0.99), (1.0, 1.0),
)  # fmt: skip


def confidence(shape: tuple[int, int], share: float) -> float:
    """The probability that a bead of this shape, taken by this share of all ways, is exactly right."""
    table = _PAIRED if all(shape) else _ALONE
    place = min(max(bisect_right(table, (share, 2.0)), 1), len(table) - 1)
    (x0, y0), (x1, y1) = table[place - 1], table[place]
    return y0 + (y1 - y0) * (share - x0) / max(x1 - x0, 1e-12)
