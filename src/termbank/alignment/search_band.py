"""The strip of the two texts in which a way is sought.

Anchors are pairs of segments held to translate one another. Between two anchors every pairing is allowed, and a
margin beyond them; where that would be too many, a strip about the straight line. Work is so linear in the texts.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MARGIN = 10
_WIDEST = 24_000


@dataclass(frozen=True)
class Band:
    """Nodes (i, j) with `low[i] <= j <= high[i]`: i Chinese and j English segments lie behind. Both rise with i.

    Row i begins at `base[i]` in arrays over all nodes.
    """

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    base: NDArray[np.int64]

    @property
    def size(self) -> int:
        return int(self.base[-1])

    @property
    def columns(self) -> int:
        return int(self.high[-1])


def band(anchors: Sequence[tuple[int, int]], rows: int, columns: int, margin: int = MARGIN) -> Band:
    import numpy as np

    low = np.full(rows + 1, columns, dtype=np.int64)
    high = np.zeros(rows + 1, dtype=np.int64)
    corners = [(0, 0), *anchors, (rows, columns)]
    for (top, left), (bottom, right) in itertools.pairwise(corners):
        span = np.arange(top, bottom + 1)
        if (bottom - top + 1) * (right - left + 1) <= _WIDEST:
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


def turned(strip: Band) -> Band:
    """The same nodes with the two texts exchanged."""
    import numpy as np

    columns = np.arange(strip.columns + 1)
    low = np.searchsorted(strip.high, columns, side="left")
    high = np.searchsorted(strip.low, columns, side="right") - 1
    return Band(low, high, np.concatenate([[0], np.cumsum(high - low + 1)]))
