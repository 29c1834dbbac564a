"""Bead and Alignment: which segments translate which.

Beads are in order, cover both sides once and never cross (Gale & Church 1993). One side of a bead may be empty: an
omission or an addition.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bead:
    """n Chinese segments aligned with m English ones.

    Attributes:
        zh, en: indices of the segments, consecutive.
        score: the bead's log-linear score in nats, higher for a better bead.
        confidence: the probability that the bead is exactly right, calibrated on gold alignments.
    """

    zh: tuple[int, ...]
    en: tuple[int, ...]
    score: float = 0.0
    confidence: float = 1.0


@dataclass(frozen=True)
class Alignment:
    """The beads of two texts.

    Attributes:
        beads: in the order of the texts.
        remarks: messages for the user (“the first text looks English …”).
        relatedness: what the paired segments share against the same segments shuffled; near 0 for unrelated texts, well
            above 1 for translations, None where the texts are too short to say.
    """

    beads: tuple[Bead, ...]
    remarks: tuple[str, ...] = ()
    relatedness: float | None = None
