"""Calibration: from a bead's posterior to the probability that it is exactly right.

A piecewise linear table (`calibration.json`) for beads with both sides, and one for gaps. The posteriors are nearly right
as they are; the highest are trusted a little less, and those of gaps less again.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from termbank.model.resources import read_json

Table = tuple[tuple[float, float], ...]
"""Points (posterior, confidence), rising."""


@cache
def load_table(kind: str) -> Table:
    """The table for `paired` beads or `gaps`."""
    points = read_json("termbank.alignment", "calibration.json")["tables"][kind]
    return tuple((posterior, confidence) for posterior, confidence in points)


def calibrated_confidence(shape: tuple[int, int], posterior: float) -> float:
    """The probability that a bead of this shape and posterior is exactly right."""
    table = load_table("paired" if all(shape) else "gaps")
    place = min(max(bisect_right(table, (posterior, 2.0)), 1), len(table) - 1)
    (x0, y0), (x1, y1) = table[place - 1], table[place]
    return y0 + (y1 - y0) * (posterior - x0) / max(x1 - x0, 1e-12)
