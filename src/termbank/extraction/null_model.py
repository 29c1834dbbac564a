"""How likely it is that the English renders the term at all.

In come the features of the best span at a place and how far it is ahead of its rivals; out comes a
probability. A pronoun, an omission or a clause that says it otherwise leaves the term's units without
partners: what is best then covers little, and the units' mass lies outside it or nowhere. A logistic
regression, fitted on texts from which renderings were taken out (benchmarks/extraction_fit.py).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from termbank.extraction.candidate_spans import FEATURES
from termbank.extraction.weights import PRESENCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TRAITS = (
    "forth_in", "forth_out", "back_in", "back_out", "table_in", "company_in", "mean_in", "mean_out", "density",
    "covered", "uncovered", "foreign_share", "gloss_in", "gloss_share", "company_ngram", "pmi_ngram",
    "dice_ngram", "alone_ngram", "weakest", "holes", "length_misfit", "one_word", "all_capital", "function_inside",
    "edge_left", "edge_right", "known", "list_match", "rival", "free_in", "free_out", "drift", "neighbour_gap",
    "missing_left", "missing_right", "missed", "gloss_out", "length_v", "length_i", "length_d", "loose_beside_left",
    "loose_beside_right", "claim_edge_left", "claim_edge_right",
)  # fmt: skip
_COLUMNS = tuple(FEATURES.index(name) for name in TRAITS)
EXTRA = ("sure", "doubt", "no_gloss", "unpartnered", "density_low", "covered_low", "score")


def null_features(row: NDArray[np.float32], sure: float, score: float) -> tuple[float, ...]:
    """The values weighed, in the order of `TRAITS` and then `EXTRA`."""
    values = tuple(float(row[column]) for column in _COLUMNS)
    named = dict(zip(TRAITS, values, strict=True))
    return (
        *values,
        sure,
        math.log(max(1.0 - sure, 1e-4)),
        float(named["gloss_in"] < 0.01),
        max(0.0, 1.0 - named["back_in"] - named["back_out"]),
        max(0.0, 0.35 - named["density"]),
        max(0.0, 0.5 - named["covered"]),
        max(-10.0, min(20.0, score)),
    )


def presence_probability(row: NDArray[np.float32], sure: float, score: float) -> float:
    """The probability that the best span, of these features and this score, renders the term."""
    values = zip((*TRAITS, *EXTRA), null_features(row, sure, score), strict=True)
    total = PRESENCE["always"] + sum(PRESENCE.get(name, 0.0) * value for name, value in values)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
