"""What an encoder makes of the sentences: how near in meaning, against their neighbours.

An encoder gives each sentence a vector; nothing else is asked of it. A bead's vector is the mean of its
sentences', so that each is encoded once. A bead is near when its two sides are nearer to one another than to
what stands before and after (the margin of Artetxe & Schwenk 2019).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from termbank.align.band import Band
from termbank.align.evidence import MOST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


class Encoder(Protocol):
    """Anything that turns sentences of either language into vectors, one row each, of one width."""

    def encode(self, texts: Sequence[str]) -> Any: ...


BATCH = 64


@dataclass(frozen=True)
class Meaning:
    """Vectors of unit length, one row a segment."""

    zh: NDArray[np.float32]
    en: NDArray[np.float32]

    def part(self, rows: tuple[int, int], columns: tuple[int, int]) -> Meaning:
        return Meaning(self.zh[slice(*rows)], self.en[slice(*columns)])


def meaning(
    zh: Sequence[str], en: Sequence[str], encoder: Encoder, progress: Callable[[int, int], None]
) -> Meaning:
    """Every segment encoded, the like-sized together."""
    import numpy as np

    texts = [*zh, *en]
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    rows: list[Any] = [None] * len(texts)
    for start in range(0, len(order), BATCH):
        some = order[start : start + BATCH]
        for place, row in zip(
            some, np.asarray(encoder.encode([texts[k] for k in some]), dtype=np.float32), strict=True
        ):
            rows[place] = row
        progress(min(start + BATCH, len(order)), len(order))
    vectors = np.array(rows, dtype=np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return Meaning(vectors[: len(zh)], vectors[len(zh) :])


class Nearness:
    """Sums of products of vectors over a band, from which any bead's cosine can be read."""

    def __init__(self, meaning: Meaning, strip: Band) -> None:
        import numpy as np

        rows, columns = len(meaning.zh), len(meaning.en)
        last = len(strip.low) - 1
        self.first = np.maximum(strip.low[np.maximum(np.arange(rows) - 1, 0)] - MOST - 1, 0)
        past = np.minimum(strip.high[np.minimum(np.arange(rows) + MOST + 1, last)] + 2, columns)
        self.past = past
        self.base = np.concatenate([[0], np.cumsum(past - self.first + 1)])
        self.sums = np.zeros(int(self.base[-1]))
        for row in range(rows):
            low, high = int(self.first[row]), int(past[row])
            products = meaning.en[low:high] @ meaning.zh[row]
            self.sums[self.base[row] + 1 : self.base[row + 1]] = np.cumsum(products, dtype=np.float64)
        self.zh, self.en = _norms(meaning.zh), _norms(meaning.en)
        self.rows, self.columns = rows, columns

    def _block(self, top: Ints, height: int, left: Ints, width: int) -> Floats:
        """Sum of products of the segments top.. and left.., 0 where these do not exist."""
        import numpy as np

        total = np.zeros(len(top))
        for row in range(height):
            line = np.clip(top + row, 0, self.rows - 1)
            start = np.clip(left, self.first[line], self.past[line])
            stop = np.clip(left + width, self.first[line], self.past[line])
            offset = self.base[line] - self.first[line]
            total += np.where(
                (top + row >= 0) & (top + row < self.rows),
                self.sums[offset + stop] - self.sums[offset + start],
                0.0,
            )
        return total

    def features(self, i: Ints, j: Ints, a: int, b: int) -> tuple[Floats, Floats]:
        """Cosine of the beads that end at nodes (i, j), and the mean of it with the four neighbours."""
        import numpy as np

        zh, en = self.zh[a - 1][i - a], self.en[b - 1][j - b]
        own = self._block(i - a, a, j - b, b) / (zh * en)
        near = self._block(i - a, a, j - b - 1, 1) / zh + self._block(i - a, a, j, 1) / zh
        near += self._block(i - a - 1, 1, j - b, b) / en + self._block(i, 1, j - b, b) / en
        return own, np.asarray(near / 4.0)


def _norms(vectors: NDArray[np.float32]) -> list[Floats]:
    """`norms[k - 1][s]`: length of the sum of the k vectors from s."""
    import numpy as np

    norms, total = [], np.zeros_like(vectors)
    for size in range(MOST):
        total = total[: len(vectors) - size] + vectors[size:] if size < len(vectors) else total[:0]
        norms.append(np.maximum(np.linalg.norm(total, axis=1).astype(np.float64), 1e-9))
    return norms
