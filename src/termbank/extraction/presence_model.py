"""The probability that the English renders the term at all.

A pronoun, an omission or a clause that says it otherwise leaves the term's units without partners: the best span then covers
little, and the units' mass lies outside it or nowhere. A logistic regression on the features of the best span and on how
far it is ahead of its rivals, fitted on texts from which renderings were taken out (training/fit_extraction.py).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from termbank.extraction.features.matrix import FeatureRow

SPAN_FEATURES = (
    "forth_in", "forth_out", "back_in", "back_out", "table_in", "company_in", "mean_in", "mean_out", "density",
    "covered", "uncovered", "foreign_share", "gloss_in", "gloss_share", "company_ngram", "pmi_ngram",
    "dice_ngram", "alone_ngram", "weakest", "holes", "length_misfit", "one_word", "all_capital", "function_inside",
    "edge_left", "edge_right", "known", "list_match", "rival", "free_in", "free_out", "drift", "neighbour_gap",
    "missing_left", "missing_right", "missed", "gloss_out", "length_v", "length_i", "length_d", "loose_beside_left",
    "loose_beside_right", "claim_edge_left", "claim_edge_right",
)  # fmt: skip
"""Features of the best span, by name."""
LEAD_FEATURES = ("sure", "doubt", "no_gloss", "unpartnered", "density_low", "covered_low", "score")
"""What is computed from the span's probability, its score and some of its features."""
PRESENCE_FEATURES = (*SPAN_FEATURES, *LEAD_FEATURES)
NO_GLOSS = 0.01
LOW_DENSITY, LOW_COVER = 0.35, 0.5
LEAST_DOUBT = 1e-4
LOWEST_SCORE, HIGHEST_SCORE = -10.0, 20.0
STEEPEST = 30.0
"""Sums are cut off here, where a probability is 0 or 1 anyway and `exp` would overflow."""


def presence_features(row: FeatureRow, sure: float, score: float) -> dict[str, float]:
    """The features of the presence model, by the names of `PRESENCE_FEATURES`.

    Args:
        row: the features of the best span.
        sure: its probability among the spans of its place.
        score: its score.
    """
    return {name: row[name] for name in SPAN_FEATURES} | {
        "sure": sure,
        "doubt": math.log(max(1.0 - sure, LEAST_DOUBT)),
        "no_gloss": float(row["gloss_in"] < NO_GLOSS),
        "unpartnered": max(0.0, 1.0 - row["back_in"] - row["back_out"]),
        "density_low": max(0.0, LOW_DENSITY - row["density"]),
        "covered_low": max(0.0, LOW_COVER - row["covered"]),
        "score": max(LOWEST_SCORE, min(HIGHEST_SCORE, score)),
    }


def logistic(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    """The probability that a logistic regression gives; a value without a weight counts for nothing."""
    total = weights["always"] + sum(weights.get(name, 0.0) * value for name, value in values.items())
    return 1.0 / (1.0 + math.exp(-max(-STEEPEST, min(STEEPEST, total))))


def presence_probability(weights: Mapping[str, float], row: FeatureRow, sure: float, score: float) -> float:
    """The probability that the best span renders the term; the arguments are those of `presence_features`."""
    return logistic(weights, presence_features(row, sure, score))
