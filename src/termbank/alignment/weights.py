"""The weights of the aligner, read from `weights.json`, and the names of the features they belong to.

One set of weights serves every text. There is a set for each stage: `dictionary_pass` scores beads when only the
dictionary is known, `adapted_pass` when the text's own translation table is known too, `rescoring` the beads left after
pruning, and `rescoring_with_encoder` the same with sentence embeddings. `training/fit_alignment.py` fits them.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from termbank.alignment.bead_shapes import SHAPES
from termbank.model.resources import read_json

FEATURES = (
    "english_evidence", "chinese_evidence", "weakest_english", "weakest_chinese", "length_delta", "length_excess",
    "quotes_zh", "quotes_en", "quotes_differ", "end_mark_differs", "both_end_in_question", "both_without_end_mark",
    "one_without_end_mark", "closing_quote_differs", "questions_differ", "exclamations_differ", "split_rate",
)  # fmt: skip
"""Features of a bead with both sides; `weights.json` says what each is."""

GAP_FEATURES = ("gap_length", "gap_without_end_mark", "gap_rate")
"""Features of a segment with nothing opposite."""

RESCORING_FEATURES = (
    "leakage_before_zh", "leakage_after_zh", "leakage_before_en", "leakage_after_en", "split_of_long_zh",
    "split_at_pauses", "merge_into_long_en", "shortest_en", "pronoun_inside_en", "conjunction_inside_en",
    "conjunction_inside_zh", "lower_case_start", "first_words_translate", "conjunction_only_zh", "conjunction_only_en",
)  # fmt: skip
"""Further features of the beads left after pruning."""

EMBEDDING_FEATURES = ("similarity", "gain_by_widening", "loss_by_narrowing", "gap_similarity")
"""Features from sentence vectors, after `RESCORING_FEATURES`."""


class Weights(NamedTuple):
    """One weight (nats per unit) for each shape, bead feature, gap feature and rescoring feature, in the order of their names."""

    shapes: tuple[float, ...]
    features: tuple[float, ...]
    gaps: tuple[float, ...]
    rescoring: tuple[float, ...] = ()


@cache
def load_weights(name: str) -> Weights:
    """The weights of a stage.

    Args:
        name: `dictionary_pass`, `adapted_pass`, `rescoring` or `rescoring_with_encoder`.

    Raises:
        KeyError: `weights.json` has no such stage.
        ValueError: its names of shapes or features are not exactly those of this module.
    """
    stage = read_json("termbank.alignment", "weights.json")["stages"][name]
    rescoring: tuple[str, ...] = ()
    if "rescoring" in stage:
        rescoring = RESCORING_FEATURES + (EMBEDDING_FEATURES if "similarity" in stage["rescoring"] else ())
    return Weights(
        _in_order(stage["shapes"], shape_names()),
        _in_order(stage["features"], FEATURES),
        _in_order(stage["gaps"], GAP_FEATURES),
        _in_order(stage.get("rescoring", {}), rescoring),
    )


def shape_names() -> tuple[str, ...]:
    """The names of the shapes in `weights.json`: `1-0`, `1-1`, `1-2` …"""
    return tuple(f"{zh}-{en}" for zh, en in SHAPES)


def _in_order(values: dict[str, float], names: tuple[str, ...]) -> tuple[float, ...]:
    if set(values) != set(names):
        raise ValueError(f"weights.json: missing or unknown names: {sorted(set(values) ^ set(names))}")
    return tuple(values[name] for name in names)
