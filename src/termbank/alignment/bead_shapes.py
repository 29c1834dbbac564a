"""Bead shapes: how many Chinese and how many English segments a bead may join.

A shape is numbered by its place in `SHAPES`. The shapes that advance in Chinese come first; the English gap (0, 1), a
step along a row of the search band, is the last one (`EN_GAP`).
"""

from __future__ import annotations

MAX_SIDE = 6
"""Most segments joined on one side of a bead."""

MAX_TOTAL = 8
"""Most segments of a bead, both sides counted: 6 to 6 beads do not occur in gold alignments and cost time."""

ZH_GAP_SHAPE, EN_GAP_SHAPE = (1, 0), (0, 1)

ZH_SHAPES: tuple[tuple[int, int], ...] = (
    ZH_GAP_SHAPE,
    *sorted(
        ((a, b) for a in range(1, MAX_SIDE + 1) for b in range(1, MAX_SIDE + 1) if a + b <= MAX_TOTAL),
        key=lambda shape: (sum(shape), shape),
    ),
)
"""Shapes that advance in Chinese: one Chinese segment left alone, then (1, 1), (1, 2), (2, 1) …"""

SHAPES: tuple[tuple[int, int], ...] = (*ZH_SHAPES, EN_GAP_SHAPE)
"""All shapes, in the order in which arrays and `weights.json` number them."""

ZH_GAP, EN_GAP = 0, len(ZH_SHAPES)
"""The numbers of the two gap shapes."""
