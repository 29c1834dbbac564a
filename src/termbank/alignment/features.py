"""The features of beads: lexical evidence both ways, lengths, punctuation, and this translator's rates.

Features are computed for one bead shape at a time, for all the nodes of a search band at which such a bead may end, so
that memory stays in proportion to the band. `weights.json` explains each feature; the order is that of
`weights.FEATURES` and `weights.GAP_FEATURES`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from termbank.alignment.arrays import Floats, Ints
from termbank.alignment.lexical_evidence import EvidenceSums, reversed_weights, sum_evidence
from termbank.alignment.punctuation import NO_END_MARK, QUESTION
from termbank.alignment.search_band import Band, transpose
from termbank.alignment.token_arrays import TextPair, TokenizedText

_LENGTH_VARIANCE = 6.0
"""Variance of the English length per letter (Gale & Church 1993 give 6.8 for European pairs)."""
_LENGTH_CAP = 3.0
"""Standard deviations up to which the squared length feature grows; beyond them a linear feature takes over."""
_TYPICAL_GAP = 100.0
"""English letters of a typical segment left alone."""
_COUNT_CAP = 3.0

_USUAL_SPLITS, _USUAL_GAPS = 0.12, 0.02
"""Shares of beads that split a sentence, and that leave a segment of one side alone, in ordinary translations."""
_RATE_PRIOR = 20
"""Beads that the usual shares count as when a text's own rates are estimated."""


@dataclass(frozen=True)
class TranslatorRates:
    """How often these texts split and omit sentences, as log ratios to the usual; 0 where nothing is known yet."""

    splits: float = 0.0
    zh_gaps: float = 0.0
    en_gaps: float = 0.0


def estimate_rates(steps: Sequence[tuple[int, int, int, int]]) -> TranslatorRates:
    """Estimate from a first alignment, given as steps (`path.Step`), how this translator works."""
    shapes = [(bottom - top, right - left) for top, bottom, left, right in steps]
    size = len(shapes)

    def log_ratio(count: int, usual: float) -> float:
        return math.log((count + _RATE_PRIOR * usual) / (size + _RATE_PRIOR) / usual)

    return TranslatorRates(
        log_ratio(sum(b > a > 0 for a, b in shapes), _USUAL_SPLITS),
        log_ratio(sum(b == 0 for a, b in shapes), _USUAL_GAPS),
        log_ratio(sum(a == 0 for a, b in shapes), _USUAL_GAPS),
    )


class BeadFeatures:
    """The features of every bead of a search band.

    Attributes:
        row, column: int arrays of length `band.size`; the Chinese and English segments behind each node.
    """

    def __init__(self, texts: TextPair, band: Band, rates: TranslatorRates | None = None) -> None:
        self.texts, self.band = texts, band
        self.rates = rates or TranslatorRates()
        table = (texts.zh_type, texts.en_type, texts.weight)
        reverse = (texts.en_type, texts.zh_type, reversed_weights(texts))
        self._english = sum_evidence(texts.zh, texts.en, table, band)
        self._chinese = sum_evidence(texts.en, texts.zh, reverse, transpose(band))
        self.row = np.repeat(np.arange(len(band.low)), np.diff(band.base))
        self.column = np.arange(band.size) - band.base[self.row] + band.low[self.row]
        self._zh = _running_sums(texts.zh)
        self._en = _running_sums(texts.en)
        self._slope = texts.slope
        zh, en = texts.zh.punctuation, texts.en.punctuation
        self._end_marks = float(zh.uses_end_marks and en.uses_end_marks)
        self._quotes = float(zh.uses_quotes and en.uses_quotes)

    def nodes(self, a: int, b: int) -> tuple[Ints, Ints]:
        """The nodes at which a bead of shape (a, b) may end, and the nodes at which each then begins."""
        band = self.band
        row, column = self.row - a, self.column - b
        inside = (row >= 0) & (column >= 0)
        inside[inside] &= (column[inside] >= band.low[row[inside]]) & (
            column[inside] <= band.high[row[inside]]
        )
        ends = np.flatnonzero(inside)
        return ends, band.base[row[ends]] + column[ends] - band.low[row[ends]]

    def features(self, a: int, b: int, ends: Ints) -> Iterator[Floats]:
        """Yield the columns of `FEATURES`, each of length `len(ends)`, for beads of shape (a, b) that end at these nodes."""
        i, j = self.row[ends], self.column[ends]
        yield from self._evidence(i, j, a, b)
        yield from self._lengths(i, j, a, b)
        yield from self._punctuation(i, j, a, b)
        yield np.full(len(ends), self.rates.splits if b > a else 0.0)

    def _evidence(self, i: Ints, j: Ints, a: int, b: int) -> Iterator[Floats]:
        english = _segment_evidence(self._english, i, j, a, b)
        chinese = _segment_evidence(self._chinese, j, i, b, a)
        yield np.sum(english, axis=0)
        yield np.sum(chinese, axis=0)
        yield np.minimum(np.min(english, axis=0), 0.0) if b > 1 else np.zeros(len(i))
        yield np.minimum(np.min(chinese, axis=0), 0.0) if a > 1 else np.zeros(len(i))

    def _lengths(self, i: Ints, j: Ints, a: int, b: int) -> Iterator[Floats]:
        """Gale & Church's δ: the difference of the lengths in standard deviations."""
        zh = (self._zh["lengths"][i] - self._zh["lengths"][i - a]) * self._slope
        en = self._en["lengths"][j] - self._en["lengths"][j - b]
        deviation = np.sqrt(_LENGTH_VARIANCE * self._slope * np.maximum(1.0, (en + zh) / 2))
        delta = (en - zh) / deviation
        yield np.minimum(delta**2, _LENGTH_CAP**2)
        yield np.maximum(np.abs(delta) - _LENGTH_CAP, 0.0)

    def _punctuation(self, i: Ints, j: Ints, a: int, b: int) -> Iterator[Floats]:
        zh, en = self.texts.zh.punctuation, self.texts.en.punctuation
        zh_quotes = self._zh["quote_balance"][i] - self._zh["quote_balance"][i - a]
        en_quotes = self._en["quote_balance"][j] - self._en["quote_balance"][j - b]
        yield (zh_quotes != 0) * self._quotes
        yield (en_quotes != 0) * self._quotes
        yield (np.sign(zh_quotes) != np.sign(en_quotes)) * self._quotes
        zh_end, en_end = zh.end_kind[i - 1], en.end_kind[j - 1]
        yield (zh_end != en_end) * self._end_marks
        yield ((zh_end == QUESTION) & (en_end == QUESTION)) * self._end_marks
        yield ((zh_end == NO_END_MARK) & (en_end == NO_END_MARK)) * self._end_marks
        yield ((zh_end == NO_END_MARK) ^ (en_end == NO_END_MARK)) * self._end_marks
        yield (zh.closing_quote[i - 1] != en.closing_quote[j - 1]) * self._quotes
        for name in ("questions", "exclamations"):
            zh_count = self._zh[name][i] - self._zh[name][i - a]
            en_count = self._en[name][j] - self._en[name][j - b]
            yield np.minimum(np.abs(zh_count - en_count), _COUNT_CAP) * self._end_marks

    def gap_features(self, side: str) -> Iterator[Floats]:
        """Yield the columns of `GAP_FEATURES` for every segment of a side (`zh` or `en`) left alone."""
        own = self.texts.zh if side == "zh" else self.texts.en
        letters = own.lengths * (self._slope if side == "zh" else 1.0)
        yield np.log((letters + 3.0) / _TYPICAL_GAP)
        yield (own.punctuation.end_kind == NO_END_MARK) * self._end_marks
        yield np.full(len(own), self.rates.zh_gaps if side == "zh" else self.rates.en_gaps)


def _running_sums(side: TokenizedText) -> dict[str, Floats]:
    """Sums over the segments before each place, so that any run of segments is one subtraction."""
    columns = {
        "lengths": side.lengths,
        "quote_balance": side.punctuation.quote_balance,
        "questions": side.punctuation.questions,
        "exclamations": side.punctuation.exclamations,
    }
    return {name: np.concatenate([[0.0], np.cumsum(values)]) for name, values in columns.items()}


def _segment_evidence(sums: EvidenceSums, row: Ints, column: Ints, joined: int, width: int) -> list[Floats]:
    """Evidence for each of the `width` segments before `column`, given the `joined` segments before `row`."""
    place = sums.base[row] + column - sums.first[row]
    line = sums.values[joined - 1]
    return [line[place - k] - line[place - k - 1] for k in range(width)]
