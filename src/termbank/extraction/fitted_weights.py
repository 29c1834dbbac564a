"""The fitted weights of extraction, read from `weights.json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from termbank.model.resources import read_json

HEAD = 3
"""Numbers of a feature before its weights into the hidden units: mean, spread, weight in the linear sum."""


@dataclass(frozen=True, eq=False)
class ExtractionWeights:
    """What `weights.json` holds; its `about` says what each table is and how it was fitted."""

    spans: Mapping[str, Sequence[float]]
    hidden: Mapping[str, Sequence[float]]
    hand_set: Mapping[str, float]
    proposal: Mapping[str, float]
    termhood: Mapping[str, float]
    presence: Mapping[str, float]
    thresholds: Mapping[str, float]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ExtractionWeights:
        """The weights in an object of the form of `weights.json`.

        Raises:
            KeyError: a table is missing.
            ValueError: a feature has not one weight for each hidden unit.
        """
        weights = cls(**{name: data[name] for name in cls.__dataclass_fields__})
        size = HEAD + len(weights.hidden["bias"])
        if wrong := [name for name, row in weights.spans.items() if len(row) != size]:
            raise ValueError(f"not {size} numbers: {', '.join(wrong)}")
        return weights


@cache
def shipped_weights() -> ExtractionWeights:
    """The weights that ship with termbank."""
    return ExtractionWeights.from_json(read_json("termbank.extraction", "weights.json"))
