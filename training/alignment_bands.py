"""Fit the weights of the dictionary pass and of the adapted passes, over all beads of the search bands."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from termbank.alignment.anchors import find_anchors
from termbank.alignment.band_scores import BeadScores
from termbank.alignment.bead_shapes import EN_GAP, EN_GAP_SHAPE, SHAPES, ZH_SHAPES
from termbank.alignment.features import BeadFeatures, TranslatorRates, estimate_rates
from termbank.alignment.path import Step, best_path, forward_backward
from termbank.alignment.search_band import Band, build_band
from termbank.alignment.token_arrays import TextPair, tokenize_texts
from termbank.alignment.translation_table import update_table
from termbank.alignment.weights import FEATURES, GAP_FEATURES
from termbank.services.lexicon_cache import lexicon
from training.alignment_cases import Case, case_weights, gold_path
from training.minimize import lbfgs

Floats = Any
"""An array of numbers; of weights: shapes, FEATURES, GAP_FEATURES."""

AFTER_SHAPES = len(SHAPES)
AFTER_FEATURES = AFTER_SHAPES + len(FEATURES)
SIZE = AFTER_FEATURES + len(GAP_FEATURES)
SPLIT_RATE = AFTER_SHAPES + FEATURES.index("split_rate")
GAP_RATE = AFTER_FEATURES + GAP_FEATURES.index("gap_rate")
RATE_START = (0.5, 0.6)
"""Where the weights of the two rates begin, which the dictionary pass does not have."""
_RIDGE, _RATE_RIDGE = 0.3, (10.0, 5.0)
_IMPOSSIBLE = -1e4
"""Far below anything a path could make good, yet a number: sums along a row must stay numbers."""


@dataclass(frozen=True)
class _Chain:
    """A text's band with the features of every bead, and the beads that a gold path may take."""

    texts: TextPair
    band: Band
    weight: float
    ends: list[Any]
    origins: Any
    values: list[Floats]
    gap_values: Floats
    inner: Any
    gold: list[Any]
    gold_gaps: Any


def starting_weights() -> Floats:
    """Where the fit begins: common shapes likelier than rare ones, words and lengths of some use."""
    usual = {(1, 1): 0.7, (1, 2): 0.1, (2, 1): 0.08, (2, 2): 0.02, (1, 3): 0.03, (3, 1): 0.015}
    weights = np.zeros(SIZE)
    for number, shape in enumerate(ZH_SHAPES):
        weights[number] = math.log(usual.get(shape, 0.012 * 0.4 ** (sum(shape) - 4))) if shape[1] else -4.2
    weights[EN_GAP] = -4.2
    starts = {"english_evidence": 0.3, "chinese_evidence": 0.25, "length_delta": -0.35, "length_excess": -1.0}
    for name, weight in starts.items():
        weights[AFTER_SHAPES + FEATURES.index(name)] = weight
    return weights


def fit_passes(cases: Sequence[Case], iterations: tuple[int, int]) -> tuple[Floats, Floats]:
    """Fit the weights of the dictionary pass, then those of the adapted passes.

    Args:
        cases: the texts to fit on; those whose band or shapes have no room for the gold path are left out.
        iterations: at most so many for each of the two.
    """
    first: list[tuple[_Chain, list[Step]]] = []
    for case, weight in zip(cases, case_weights(cases), strict=True):
        zh, en, _ = case.text
        texts, path = tokenize_texts(zh, en, lexicon()), gold_path(case.text)
        band = build_band(find_anchors(texts), len(zh), len(en))
        chain = _build_chain(texts, band, path, weight)
        if chain is not None:
            first.append((chain, path))
    print(
        f"    {len(first)} of {len(cases)} texts have room for their gold path", file=sys.stderr, flush=True
    )
    ridge = np.full(SIZE, _RIDGE)
    weights = _fit([chain for chain, _ in first], starting_weights(), ridge, iterations[0])
    second = []
    while first:
        chain, path = first.pop(0)
        steps = best_path(chain.band, _score(chain, weights))
        texts = update_table(chain.texts, steps)
        again = _build_chain(texts, chain.band, path, chain.weight, estimate_rates(steps))
        second.extend([again] if again is not None else [])
    start = weights.copy()
    start[[SPLIT_RATE, GAP_RATE]], ridge[[SPLIT_RATE, GAP_RATE]] = RATE_START, _RATE_RIDGE
    return weights, _fit(second, start, ridge, iterations[1])


def _build_chain(
    texts: TextPair, band: Band, path: Sequence[Step], weight: float, rates: TranslatorRates | None = None
) -> _Chain | None:
    """The features of every bead of a band; None where the band has no room for the gold path, or there is none."""
    if not path or not all(_node(band, bottom, right) is not None for _, bottom, _, right in path):
        return None
    features = BeadFeatures(texts, band, rates)
    gaps = {side: np.array(list(features.gap_features(side))) for side in ("zh", "en")}
    ends, values = [], []
    origins = np.zeros((len(ZH_SHAPES), band.size), dtype=np.int32)
    for number, (a, b) in enumerate(ZH_SHAPES):
        here, begins = features.nodes(a, b)
        origins[number, here] = begins
        ends.append(here)
        rows = list(features.features(a, b, here)) if b else gaps["zh"][:, features.row[here] - 1]
        values.append(np.array(rows, dtype=np.float32))
    gap_values = np.pad(gaps["en"], ((0, 0), (0, 1)))[:, features.column - 1]
    inner = np.setdiff1d(np.arange(band.size), band.base[:-1])
    gold, gold_gaps = _gold_beads(features, ends, path)
    return _Chain(texts, band, weight, ends, origins, values, gap_values, inner, gold, gold_gaps)


def _node(band: Band, row: int, column: int) -> int | None:
    inside = band.low[row] <= column <= band.high[row]
    return int(band.base[row] + column - band.low[row]) if inside else None


def _gold_beads(features: BeadFeatures, ends: Sequence[Any], path: Sequence[Step]) -> tuple[list[Any], Any]:
    """Which beads a gold path may take: for a bead larger than any shape, every path between its corners."""
    gold = [np.zeros(len(here), dtype=bool) for here in ends]
    gaps = np.zeros(features.band.size, dtype=bool)
    for top, bottom, left, right in path:
        shape = (bottom - top, right - left)
        end = _node(features.band, bottom, right)
        if shape == EN_GAP_SHAPE:
            gaps[end] = True
        elif shape in ZH_SHAPES:
            number = ZH_SHAPES.index(shape)
            gold[number][np.searchsorted(ends[number], end)] = True
        else:
            for number, (a, b) in enumerate(ZH_SHAPES):
                i, j = features.row[ends[number]], features.column[ends[number]]
                gold[number] |= (i <= bottom) & (i - a >= top) & (j <= right) & (j - b >= left)
            i, j = features.row, features.column
            gaps |= (i >= top) & (i <= bottom) & (j > left) & (j <= right)
    return gold, gaps


def _score(chain: _Chain, weights: Floats, gold_only: bool = False) -> BeadScores:
    own = weights.astype(np.float32)
    beads = np.full(chain.origins.shape, -np.inf)
    for number, (ends, values) in enumerate(zip(chain.ends, chain.values, strict=True)):
        kind = own[AFTER_SHAPES:AFTER_FEATURES] if ZH_SHAPES[number][1] else own[AFTER_FEATURES:]
        score = weights[number] + kind @ values
        beads[number, ends] = np.where(chain.gold[number], score, -np.inf) if gold_only else score
    gaps = weights[EN_GAP] + weights[AFTER_FEATURES:] @ chain.gap_values
    return BeadScores(
        beads, chain.origins, np.where(chain.gold_gaps, gaps, _IMPOSSIBLE) if gold_only else gaps
    )


def _expected_counts(chain: _Chain, scores: BeadScores) -> tuple[float, Floats]:
    """The log sum over all paths, and the expected total of each feature."""
    forward, backward = forward_backward(chain.band, scores)
    whole, counts = float(forward[-1]), np.zeros(SIZE)
    for number, (ends, values) in enumerate(zip(chain.ends, chain.values, strict=True)):
        through = forward[scores.origins[number, ends]] + scores.beads[number, ends] + backward[ends]
        posterior = np.exp(np.minimum(0.0, through - whole))
        counts[number] = posterior.sum()
        kind = slice(AFTER_SHAPES, AFTER_FEATURES) if ZH_SHAPES[number][1] else slice(AFTER_FEATURES, SIZE)
        counts[kind] += values @ posterior.astype(np.float32)
    through = forward[chain.inner - 1] + scores.en_gaps[chain.inner] + backward[chain.inner]
    posterior = np.exp(np.minimum(0.0, through - whole))
    counts[EN_GAP] = posterior.sum()
    counts[AFTER_FEATURES:] += chain.gap_values[:, chain.inner] @ posterior
    return whole, counts


def _fit(chains: Sequence[_Chain], start: Floats, ridge: Floats, iterations: int) -> Floats:
    """The weights that make the gold paths likeliest, with a penalty on the distance from the start."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        away = weights - start
        total, gradient = 0.5 * float((ridge * away * away).sum()), ridge * away
        for chain in chains:
            whole, counts = _expected_counts(chain, _score(chain, weights))
            gold, gold_counts = _expected_counts(chain, _score(chain, weights, gold_only=True))
            total += chain.weight * (whole - gold)
            gradient = gradient + chain.weight * (counts - gold_counts)
        return total, gradient

    return lbfgs(loss, start, iterations)
