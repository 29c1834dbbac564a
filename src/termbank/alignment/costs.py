"""What a bead is worth: words both ways, lengths, punctuation, and how often translators make such beads.

Worth is in nats: a log-linear score (Lafferty, McCallum & Pereira 2001) over few features, whose weights were
fitted on gold alignments of four kinds of text together, whole and with sentences left out. Nothing here
depends on a document's subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.alignment.lexical_evidence import MOST, Sums, explained
from termbank.alignment.model_weights import Setting
from termbank.alignment.search_band import Band, turned
from termbank.alignment.token_arrays import Side, Units

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

FEATURES = (
    "english", "chinese", "worst english", "worst chinese", "length", "far length", "quotes zh", "quotes en",
    "quotes differ", "end differs", "end question", "end none", "end one none", "closed differs", "asks", "cries", "own splits",
)  # fmt: skip
GAP_FEATURES = ("gap length", "gap heading", "own gaps")


@dataclass(frozen=True)
class Worths:
    """Over the nodes of a band: `beads[k, node]` ends shape k at node, coming from `origins[k, node]`."""

    beads: NDArray[np.float32]
    origins: NDArray[np.int32]
    along: Floats
    """Worth of (0, 1) ending at each node."""


@dataclass(frozen=True)
class Rates:
    """How often a first alignment of these texts split sentences and left them out, as log odds against the usual."""

    splits: float
    zh_gaps: float
    en_gaps: float


def rates(steps: Sequence[tuple[int, int, int, int]]) -> Rates:
    import math

    shapes = [(bottom - top, right - left) for top, bottom, left, right in steps]
    size = len(shapes)

    def rate(count: int, usual: float) -> float:
        return math.log((count + 20 * usual) / (size + 20) / usual)

    return Rates(
        rate(sum(b > a > 0 for a, b in shapes), 0.12),
        rate(sum(b == 0 for a, b in shapes), 0.02),
        rate(sum(a == 0 for a, b in shapes), 0.02),
    )


class Pricing:
    """Features of every bead of a band, made shape by shape so that no more than one is held at a time."""

    def __init__(self, units: Units, strip: Band, rates: Rates | None = None) -> None:
        import numpy as np

        self.units, self.strip = units, strip
        self.rates = rates or Rates(0.0, 0.0, 0.0)
        table = (units.zh_type, units.en_type, units.weight)
        back = (units.en_type, units.zh_type, _reversed_weights(units))
        self.forward = explained(units.zh, units.en, table, strip)
        self.backward = explained(units.en, units.zh, back, turned(strip))
        self.row = np.repeat(np.arange(len(strip.low)), np.diff(strip.base))
        self.column = np.arange(strip.size) - strip.base[self.row] + strip.low[self.row]
        self.zh = {name: np.concatenate([[0.0], np.cumsum(values)]) for name, values in _counted(units.zh)}
        self.en = {name: np.concatenate([[0.0], np.cumsum(values)]) for name, values in _counted(units.en)}
        self.slope = units.slope
        self.ended = float(units.zh.marks.ended and units.en.marks.ended)
        self.quoted = float(units.zh.marks.quoted and units.en.marks.quoted)

    def held(self, a: int, b: int) -> tuple[Ints, Ints]:
        """Nodes at which a bead of this shape may end, and the nodes it then comes from."""
        import numpy as np

        strip = self.strip
        row, column = self.row - a, self.column - b
        inside = (row >= 0) & (column >= 0)
        inside[inside] &= (column[inside] >= strip.low[row[inside]]) & (
            column[inside] <= strip.high[row[inside]]
        )
        here = np.flatnonzero(inside)
        return here, strip.base[row[here]] + column[here] - strip.low[row[here]]

    def features(self, a: int, b: int, here: Ints) -> Iterator[Floats]:
        """The values of FEATURES for beads of this shape that end at these nodes."""
        import numpy as np

        i, j = self.row[here], self.column[here]
        zh, en = self.units.zh.marks, self.units.en.marks
        english = _window(self.forward, i, j, a, b)
        chinese = _window(self.backward, j, i, b, a)
        yield np.sum(english, axis=0)
        yield np.sum(chinese, axis=0)
        yield np.minimum(np.min(english, axis=0), 0.0) if b > 1 else np.zeros(len(here))
        yield np.minimum(np.min(chinese, axis=0), 0.0) if a > 1 else np.zeros(len(here))
        zh_size = (self.zh["length"][i] - self.zh["length"][i - a]) * self.slope
        en_size = self.en["length"][j] - self.en["length"][j - b]
        delta = (en_size - zh_size) / np.sqrt(6.0 * self.slope * np.maximum(1.0, (en_size + zh_size) / 2))
        yield np.minimum(delta**2, 9.0)
        yield np.maximum(np.abs(delta) - 3.0, 0.0)
        zh_quotes = self.zh["balance"][i] - self.zh["balance"][i - a]
        en_quotes = self.en["balance"][j] - self.en["balance"][j - b]
        yield (zh_quotes != 0) * self.quoted
        yield (en_quotes != 0) * self.quoted
        yield (np.sign(zh_quotes) != np.sign(en_quotes)) * self.quoted
        zh_end, en_end = zh.end[i - 1], en.end[j - 1]
        yield (zh_end != en_end) * self.ended
        yield ((zh_end == 1) & (en_end == 1)) * self.ended
        yield ((zh_end == 6) & (en_end == 6)) * self.ended
        yield ((zh_end == 6) ^ (en_end == 6)) * self.ended
        yield (zh.closed[i - 1] != en.closed[j - 1]) * self.quoted
        for name in ("asks", "cries"):
            zh_count = self.zh[name][i] - self.zh[name][i - a]
            yield np.minimum(np.abs(zh_count - (self.en[name][j] - self.en[name][j - b])), 3.0) * self.ended
        yield np.full(len(here), self.rates.splits if b > a else 0.0)

    def gap_features(self, side: str) -> Iterator[Floats]:
        """The values of GAP_FEATURES for each segment of a side left alone."""
        import numpy as np

        own = self.units.zh if side == "zh" else self.units.en
        letters = own.lengths * (self.slope if side == "zh" else 1.0)
        yield np.log((letters + 3.0) / 100.0)
        yield (own.marks.end == 6) * self.ended
        yield np.full(len(own), self.rates.zh_gaps if side == "zh" else self.rates.en_gaps)


def _counted(side: Side) -> Iterator[tuple[str, Floats]]:
    yield "length", side.lengths
    yield "balance", side.marks.balance
    yield "asks", side.marks.asks
    yield "cries", side.marks.cries


def _window(sums: Sums, row: Ints, column: Ints, joined: int, width: int) -> list[Floats]:
    """Evidence for each of the `width` segments before `column`, given the `joined` before `row`."""
    place = sums.base[row] + column - sums.first[row]
    line = sums.values[joined - 1]
    return [line[place - k] - line[place - k - 1] for k in range(width)]


def worths(pricing: Pricing, setting: Setting) -> Worths:
    """The worth of every bead of a band, as single-precision numbers: there are very many."""
    import numpy as np

    strip = pricing.strip
    beads = np.full((len(SHAPES), strip.size), -np.inf, dtype=np.float32)
    origins = np.zeros((len(SHAPES), strip.size), dtype=np.int32)
    zh_gaps, en_gaps = (_weighed(setting.gaps, pricing.gap_features(side)) for side in ("zh", "en"))
    for number, (a, b) in enumerate(SHAPES):
        here, left = pricing.held(a, b)
        origins[number, here] = left
        if b == 0:
            worth = zh_gaps[pricing.row[here] - 1]
        else:
            worth = _weighed(setting.features, pricing.features(a, b, here))
        beads[number, here] = setting.shapes[number] + worth
    return Worths(beads, origins, np.append(en_gaps, 0.0)[pricing.column - 1] + setting.shapes[-1])


def _weighed(weights: Sequence[float], features: Iterator[Floats]) -> Floats:
    total: Floats | float = 0.0
    for weight, feature in zip(weights, features, strict=True):
        total = total + weight * feature
    return total  # type: ignore[return-value]


def _reversed_weights(units: Units) -> Floats:
    """t(zh|en) over the Chinese types of this text, from the same table."""
    import numpy as np

    totals = np.bincount(units.en_type, weights=units.weight, minlength=len(units.en.names))
    return units.weight / np.maximum(totals[units.en_type], 1e-9) ** 0.7
