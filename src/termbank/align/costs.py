"""What a bead is worth: words both ways, lengths, and how often translators make such beads.

Worth is in nats. It is a log-linear score whose weights were fitted on gold alignments of four kinds of text
together (`benchmarks/alignment.py` prints how well); nothing here depends on the document's subject.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.align.band import Band, turned
from termbank.align.evidence import MOST, explained
from termbank.align.units import Units

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

LARGEST = 8
SHAPES: tuple[tuple[int, int], ...] = (
    (1, 0),
    *sorted(
        ((a, b) for a in range(1, MOST + 1) for b in range(1, MOST + 1) if a + b <= LARGEST),
        key=lambda shape: (sum(shape), shape),
    ),
)
"""Beads that advance in Chinese; (0, 1) is taken along the row."""


@dataclass(frozen=True)
class Weights:
    """The fixed setting."""

    english: float = 0.3
    chinese: float = 0.2
    length: float = 0.6
    spread: float = 6.0
    omission: float = -4.2


SETTING = Weights()

_FREQUENT = {(1, 1): 0.75, (1, 2): 0.10, (2, 1): 0.08, (2, 2): 0.015, (1, 3): 0.025, (3, 1): 0.015}


def prior(shape: tuple[int, int]) -> float:
    import math

    a, b = shape
    return math.log(_FREQUENT.get(shape, 0.012 * 0.4 ** (a + b - 4)))


@dataclass(frozen=True)
class Worths:
    """Over the nodes of a band: `beads[k, node]` ends shape k at node, coming from `origins[k, node]`."""

    beads: Floats
    origins: Ints
    along: Floats
    """Worth of (0, 1) ending at each node."""


def worths(units: Units, strip: Band, setting: Weights = SETTING) -> Worths:
    import numpy as np

    table = (units.zh_type, units.en_type, units.weight)
    back = (units.en_type, units.zh_type, _reversed_weights(units))
    forward = explained(units.zh, units.en, table, strip)
    across = turned(strip)
    backward = explained(units.en, units.zh, back, across)
    node_row = np.repeat(np.arange(len(strip.low)), np.diff(strip.base))
    node_column = np.arange(strip.size) - strip.base[node_row] + strip.low[node_row]
    zh_length = np.concatenate([[0.0], np.cumsum(units.zh.lengths)])
    en_length = np.concatenate([[0.0], np.cumsum(units.en.lengths)])
    slope = en_length[-1] / max(1.0, zh_length[-1])
    beads = np.full((len(SHAPES), strip.size), -np.inf)
    origins = np.zeros((len(SHAPES), strip.size), dtype=np.int64)
    for number, (a, b) in enumerate(SHAPES):
        row, column = node_row - a, node_column - b
        held = (row >= 0) & (column >= 0)
        held[held] &= (column[held] >= strip.low[row[held]]) & (column[held] <= strip.high[row[held]])
        here = np.flatnonzero(held)
        origins[number, here] = strip.base[row[here]] + column[here] - strip.low[row[here]]
        if b == 0:
            beads[number, here] = setting.omission
            continue
        i, j = node_row[here], node_column[here]
        place = forward.base[i] + j - forward.first[i]
        english = forward.values[a - 1, place] - forward.values[a - 1, place - b]
        place = backward.base[j] + i - backward.first[j]
        chinese = backward.values[b - 1, place] - backward.values[b - 1, place - a]
        zh_size, en_size = zh_length[i] - zh_length[i - a], en_length[j] - en_length[j - b]
        delta = (en_size - zh_size * slope) / np.sqrt(
            setting.spread * slope * np.maximum(1.0, (en_size + zh_size * slope) / 2)
        )
        beads[number, here] = (
            prior((a, b))
            + setting.english * english
            + setting.chinese * chinese
            - setting.length * np.minimum(delta**2, 60.0) / 2
        )
    return Worths(beads, origins, np.full(strip.size, setting.omission))


def _reversed_weights(units: Units) -> Floats:
    """t(zh|en) over the Chinese types of this text, from the same table."""
    import numpy as np

    totals = np.bincount(units.en_type, weights=units.weight, minlength=len(units.en.names))
    return units.weight / np.maximum(totals[units.en_type], 1e-9) ** 0.7
