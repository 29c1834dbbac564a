"""The features of candidate spans as a matrix with named columns.

Each group of features is computed by one function that returns named columns. The groups are joined into a read-only matrix,
which refuses a name that is not in `FEATURES` and a name that two groups give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]

FEATURES = (
    "forth_in", "forth_out", "back_in", "back_out", "table_in", "table_out", "company_in", "company_out",
    "mean_in", "mean_out", "density", "holes", "hole_share", "function_inside", "edge_left", "edge_right",
    "beside_left", "beside_right", "left_function", "right_function", "right_particle", "left_sign", "right_sign",
    "beside_left_determiner", "beside_left_function", "beside_right_function", "beside_left_sign",
    "beside_right_sign", "comma_inside", "bracket_inside", "and_inside", "bracket_odd", "length", "length_misfit",
    "one_word", "all_capital", "cut_capital_left", "cut_capital_right", "capital_edge_left", "capital_edge_right",
    "hyphen_left", "hyphen_right", "covered", "uncovered", "foreign", "foreign_share", "company_ngram",
    "pmi_ngram", "dice_ngram", "alone_ngram", "fixed_left", "fixed_right", "acronym", "weakest", "edge_left_low",
    "edge_right_low", "and_edge", "number_in", "beside_left_strong", "beside_right_strong", "of_inside",
    "of_beside_right", "misfit_words", "list_match", "gloss_in", "gloss_share", "gloss_beside_left",
    "gloss_beside_right", "name_cut_left", "name_cut_right", "adjective_right", "adjective_beside_left",
    "particle_beside_right", "function_beside_right_seen", "function_beside_left_seen", "beyond_left",
    "beyond_right", "content_beside_right", "content_beside_left", "phrase_cut", "phrase_whole", "known",
    "rival", "free_in", "free_out", "drift", "neighbour_gap", "list_cut",
    "gloss_out", "missed", "determiner_inside", "quotes_filled", "quotes_filled_both", "quotes_half",
    "quotes_half_both", "quotes_cut_both", "quotes_left_both", "phrasal_cut", "phrasal_end", "claim_beside_left",
    "claim_beside_right", "claim_edge_left", "claim_edge_right", "comma_backed", "comma_capital",
    "loose_beside_left", "loose_beside_right", "loose_left_uncovered", "loose_right_uncovered", "loose_beyond_left",
    "loose_beyond_right", "opens_with_verb", "verb_first_v", "function_first_v", "function_inside_v", "length_v",
    "verb_first_i", "function_first_i", "function_inside_i", "length_i", "verb_first_d", "function_first_d",
    "function_inside_d", "length_d", "missing_left", "missing_right", "list_exact",
    "past_first", "past_last", "past_last_noun", "adverb_first", "adverb_last", "gerund_first", "gerund_last",
    "lower_after_name", "lower_before_name", "quotes_gone_on",
)  # fmt: skip
"""Every feature, in the order of the columns. What each measures is written where its group is computed."""
COLUMN = {name: column for column, name in enumerate(FEATURES)}


@dataclass(frozen=True)
class FeatureRow:
    """The features of one span; `values` has shape (features,)."""

    values: Real

    def __getitem__(self, name: str) -> float:
        """The value of a feature; KeyError where there is no feature of this name."""
        return float(self.values[COLUMN[name]])


@dataclass(frozen=True)
class FeatureMatrix:
    """The features of all spans of one place; `values` has shape (spans, features) and cannot be written to."""

    values: Real

    @classmethod
    def from_columns(cls, spans: int, *groups: Mapping[str, Real]) -> FeatureMatrix:
        """Join groups of named columns.

        Args:
            spans: how many spans there are, the length of every column.
            groups: columns by feature name. A feature that no group gives is 0.

        Raises:
            ValueError: a name is not in `FEATURES`, or two groups give the same feature.
        """
        import numpy as np

        values = np.zeros((len(FEATURES), spans), np.float32)
        seen: set[str] = set()
        for group in groups:
            if wrong := [name for name in group if name not in COLUMN or name in seen]:
                raise ValueError(f"not a feature, or given twice: {', '.join(wrong)}")
            seen.update(group)
            for name, column in group.items():
                values[COLUMN[name]] = column
        matrix = np.ascontiguousarray(values.T)
        matrix.setflags(write=False)
        return cls(matrix)

    def part(self, spans: slice) -> FeatureMatrix:
        """Some of the spans, without a copy."""
        return FeatureMatrix(self.values[spans])

    def column(self, name: str) -> Real:
        """One feature of all spans, shape (spans,); KeyError where there is no feature of this name."""
        found: Real = self.values[:, COLUMN[name]]
        return found

    def row(self, span: int) -> FeatureRow:
        """All features of one span."""
        return FeatureRow(self.values[span].copy())
