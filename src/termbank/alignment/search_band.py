"""The search band: the part of the plane of two texts in which the path is sought.

Between two anchors (pairs of segments taken to translate one another) every node is in the band, and a margin beyond
them; where that would be too many nodes, a strip about the straight line. The band, and with it the work, grows
linearly with the texts.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from termbank.alignment.arrays import Ints

MARGIN = 10
"""Segments by which the band is wider than the anchors say."""
_MAX_RECTANGLE = 24_000
"""Most nodes between two anchors that are all taken into the band."""


@dataclass(frozen=True)
class Band:
    """Nodes (i, j), i Chinese and j English segments behind them, with `low[i] <= j <= high[i]`.

    Attributes:
        low, high: one number for each of the R + 1 rows; both rise with i.
        base: R + 2 numbers; in arrays over all nodes, row i is `base[i]` up to `base[i + 1]`.
    """

    low: Ints
    high: Ints
    base: Ints

    @property
    def size(self) -> int:
        """The number of nodes."""
        return int(self.base[-1])

    @property
    def columns(self) -> int:
        """The number of English segments."""
        return int(self.high[-1])


def build_band(anchors: Sequence[tuple[int, int]], rows: int, columns: int, margin: int = MARGIN) -> Band:
    """Build the band around anchors.

    Args:
        anchors: nodes the path is likely to pass, rising in both.
        rows: the number of Chinese segments.
        columns: the number of English segments.
        margin: segments added on either side.
    """
    low = np.full(rows + 1, columns, dtype=np.int64)
    high = np.zeros(rows + 1, dtype=np.int64)
    corners = [(0, 0), *anchors, (rows, columns)]
    for (top, left), (bottom, right) in itertools.pairwise(corners):
        span = np.arange(top, bottom + 1)
        if (bottom - top + 1) * (right - left + 1) <= _MAX_RECTANGLE:
            first, last = np.full(len(span), left), np.full(len(span), right)
        else:
            centre = left + (span - top) * (right - left) / max(1, bottom - top)
            half = (right - left) / max(1, bottom - top) + 3 * margin
            first, last = np.floor(centre - half).astype(np.int64), np.ceil(centre + half).astype(np.int64)
        low[span] = np.minimum(low[span], first - margin)
        high[span] = np.maximum(high[span], last + margin)
    low[0], high[-1] = 0, columns
    low = np.clip(np.minimum.accumulate(low[::-1])[::-1], 0, columns)
    high = np.clip(np.maximum.accumulate(high), 0, columns)
    return Band(low, high, np.concatenate([[0], np.cumsum(high - low + 1)]))


def transpose(band: Band) -> Band:
    """The same nodes with the two texts exchanged."""
    columns = np.arange(band.columns + 1)
    low = np.searchsorted(band.high, columns, side="left")
    high = np.searchsorted(band.low, columns, side="right") - 1
    return Band(low, high, np.concatenate([[0], np.cumsum(high - low + 1)]))
