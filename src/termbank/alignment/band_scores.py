"""The score of every bead of a search band: a weighted sum of its features.

A bead's score, in nats, is the negative of what Gale & Church (1993) call its cost: the log-linear score (Lafferty,
McCallum & Pereira 2001) of its shape and its features under fitted weights. Nothing here depends on a document's subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from termbank.alignment.arrays import Floats
from termbank.alignment.bead_shapes import EN_GAP, ZH_SHAPES
from termbank.alignment.features import BeadFeatures
from termbank.alignment.weights import Weights


@dataclass(frozen=True)
class BeadScores:
    """Scores over the nodes of a band.

    Attributes:
        beads: float32, shape (len(ZH_SHAPES), band.size); the score of the bead of a shape that ends at a node, -inf
            where there is none.
        origins: int32, of the same shape; the node at which that bead begins.
        en_gaps: float64, shape (band.size,); the score of the English gap that ends at a node.
    """

    beads: NDArray[np.float32]
    origins: NDArray[np.int32]
    en_gaps: Floats


def score_beads(features: BeadFeatures, weights: Weights) -> BeadScores:
    """Score every bead of a band. Single precision, because there are very many."""
    size = features.band.size
    beads = np.full((len(ZH_SHAPES), size), -np.inf, dtype=np.float32)
    origins = np.zeros((len(ZH_SHAPES), size), dtype=np.int32)
    zh_gaps, en_gaps = (_weighted_sum(weights.gaps, features.gap_features(side)) for side in ("zh", "en"))
    for shape, (a, b) in enumerate(ZH_SHAPES):
        ends, begins = features.nodes(a, b)
        origins[shape, ends] = begins
        if b == 0:
            score = zh_gaps[features.row[ends] - 1]
        else:
            score = _weighted_sum(weights.features, features.features(a, b, ends))
        beads[shape, ends] = weights.shapes[shape] + score
    of_nodes = np.append(en_gaps, 0.0)[features.column - 1] + weights.shapes[EN_GAP]
    return BeadScores(beads, origins, of_nodes)


def _weighted_sum(weights: Sequence[float], columns: Iterator[Floats]) -> Floats:
    total: Floats | float = 0.0
    for weight, column in zip(weights, columns, strict=True):
        total = total + weight * column
    return total  # type: ignore[return-value]
