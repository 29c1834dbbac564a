"""Bead and Alignment: which segments translate which.

Beads are in order, cover both sides once and never cross (Gale & Church 1993). A side may be
empty: an omission or an addition.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bead:
    """n Chinese segments ↔ m English segments, by index.

    `score` is the bead's log-likelihood ratio (nats); `confidence` the probability, calibrated on
    gold alignments, that the bead is exactly right.
    """

    zh: tuple[int, ...]
    en: tuple[int, ...]
    score: float = 0.0
    confidence: float = 1.0


@dataclass(frozen=True)
class Alignment:
    """The beads of two texts, with remarks for the person (“the first file looks English”).

    `relatedness` compares the mean bead score with that of the same texts shuffled: near 0 for
    unrelated texts, well above 1 for translations; None where it was not measured.
    """

    beads: tuple[Bead, ...]
    remarks: tuple[str, ...] = ()
    relatedness: float | None = None
