"""Sentence vectors from an optional encoder, and the features of beads computed from them.

An encoder gives one vector a segment, and nothing else is asked of it. A bead's vector is the sum of those of its
segments, so each segment is encoded once. A bead is likely right when its sides are nearer to each other than they would
be with a neighbour more or a segment less (after the margin of Artetxe & Schwenk 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from termbank.alignment.arrays import Float32s, Floats, Ints
from termbank.model.progress import Progress


class Encoder(Protocol):
    """Anything that turns sentences of either language into vectors."""

    def encode(self, texts: Sequence[str]) -> Any:
        """Return one row of numbers for each text, all of one width; the scale does not matter."""
        ...


_BATCH = 64
"""Segments encoded in one call."""
_CHUNK = 4096
"""Beads whose vectors are held at once."""
_GAP_REACH = 3
"""How many segments before and after a gap it is compared with."""


@dataclass(frozen=True)
class SegmentVectors:
    """Vectors of unit length: `zh` and `en` have one row a segment and D columns."""

    zh: Float32s
    en: Float32s

    def part(self, rows: tuple[int, int], columns: tuple[int, int]) -> SegmentVectors:
        """The vectors of some segments of both sides (from, up to)."""
        return SegmentVectors(self.zh[slice(*rows)], self.en[slice(*columns)])


def encode_segments(
    zh: Sequence[str], en: Sequence[str], encoder: Encoder, progress: Progress
) -> SegmentVectors:
    """Encode every segment of both texts, segments of similar length in the same batch."""
    texts = [*zh, *en]
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    rows: list[Any] = [None] * len(texts)
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        encoded = np.asarray(encoder.encode([texts[k] for k in batch]), dtype=np.float32)
        for place, row in zip(batch, encoded, strict=True):
            rows[place] = row
        progress(min(start + _BATCH, len(order)), len(order))
    vectors = np.array(rows, dtype=np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return SegmentVectors(vectors[: len(zh)], vectors[len(zh) :])


def embedding_features(vectors: SegmentVectors, steps: Ints) -> list[Floats]:
    """The columns of `weights.EMBEDDING_FEATURES` for beads given as steps, shape (B, 4).

    Returns:
        Four arrays of length B: the cosine of the two sides; what it gains, summed over the four corners, by one segment
        more; what it loses by one segment less; and, for a gap, the highest cosine with a segment near it opposite.
    """
    sums = [
        np.concatenate([np.zeros((1, side.shape[1])), np.cumsum(side, axis=0, dtype=np.float64)])
        for side in (vectors.zh, vectors.en)
    ]
    own = _cosines(sums, steps, (0, 0, 0, 0))
    wider, narrower = np.zeros(len(steps)), np.zeros(len(steps))
    for moved in ((-1, 0, 0, 0), (0, 1, 0, 0), (0, 0, -1, 0), (0, 0, 0, 1)):
        wider += np.nan_to_num(_cosines(sums, steps, moved) - own)
        back = (-moved[0], -moved[1], -moved[2], -moved[3])
        narrower += np.nan_to_num(own - _cosines(sums, steps, back))
    gaps = np.flatnonzero(np.isnan(own))
    nearest = np.zeros(len(steps))
    for k in range(-_GAP_REACH, _GAP_REACH):
        for moved in ((0, 0, k, k + 1), (k, k + 1, 0, 0)):
            nearest[gaps] = np.fmax(nearest[gaps], _cosines(sums, steps[gaps], moved))
    return [np.nan_to_num(own), wider, narrower, nearest]


def _cosines(sums: Sequence[Floats], steps: Ints, moved: tuple[int, int, int, int]) -> Floats:
    """The cosines of the two sides of beads with their corners moved; NaN where there is no such bead.

    Args:
        sums: running sums of the vectors of each text.
        steps: the beads, shape (B, 4).
        moved: what is added to the four corners.
    """
    top, bottom, left, right = (steps + np.array(moved)).T
    valid = (top >= 0) & (left >= 0) & (top < bottom) & (left < right)
    valid &= (bottom < len(sums[0])) & (right < len(sums[1]))
    cosines = np.full(len(steps), np.nan)
    places = np.flatnonzero(valid)
    for start in range(0, len(places), _CHUNK):
        some = places[start : start + _CHUNK]
        zh = sums[0][bottom[some]] - sums[0][top[some]]
        en = sums[1][right[some]] - sums[1][left[some]]
        sizes = np.linalg.norm(zh, axis=1) * np.linalg.norm(en, axis=1)
        cosines[some] = np.einsum("ij,ij->i", zh, en) / np.maximum(sizes, 1e-9)
    return cosines
