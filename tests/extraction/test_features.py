"""Feature columns are named: a misspelt name fails, and what is computed once is not overwritten."""

from __future__ import annotations

import numpy as np
import pytest

from termbank.extraction.features.matrix import FEATURES, FeatureMatrix
from termbank.extraction.fitted_weights import ExtractionWeights, shipped_weights
from termbank.extraction.presence_model import PRESENCE_FEATURES
from termbank.extraction.proposals import TAG_TRAITS, TRAITS
from termbank.extraction.scorer import Network
from termbank.extraction.termhood import RENDERED
from termbank.model.resources import read_json

ONE = np.ones(2, np.float32)


def test_a_misspelt_feature_name_fails_when_columns_are_joined() -> None:
    with pytest.raises(ValueError, match="holez"):
        FeatureMatrix.from_columns(2, {"holes": ONE}, {"holez": ONE})


def test_a_feature_given_by_two_groups_fails() -> None:
    with pytest.raises(ValueError, match="holes"):
        FeatureMatrix.from_columns(2, {"holes": ONE}, {"holes": ONE})


def test_a_misspelt_feature_name_fails_when_it_is_read() -> None:
    matrix = FeatureMatrix.from_columns(2, {"holes": ONE})
    with pytest.raises(KeyError):
        matrix.column("holez")
    with pytest.raises(KeyError):
        matrix.row(0)["holez"]


def test_features_cannot_be_changed_after_they_are_joined() -> None:
    matrix = FeatureMatrix.from_columns(2, {"holes": ONE})
    assert matrix.column("holes").tolist() == [1, 1]
    assert matrix.row(1)["density"] == 0
    with pytest.raises(ValueError, match="read-only"):
        matrix.values[0, 0] = 1


def test_every_weight_names_a_feature() -> None:
    weights = shipped_weights()
    assert not (weights.spans.keys() | weights.hand_set.keys()) - set(FEATURES)
    assert not weights.proposal.keys() - {"always", *TRAITS}
    assert not weights.termhood.keys() - {"always", *TRAITS, *RENDERED}
    assert not weights.presence.keys() - {"always", *PRESENCE_FEATURES}
    assert set(TAG_TRAITS) < set(TRAITS)


def test_weights_say_what_they_are_and_where_they_come_from() -> None:
    data = read_json("termbank.extraction", "weights.json")
    assert data.keys() - {"about"} <= data["about"].keys()
    assert data["about"]["from"]


def test_weights_of_another_shape_or_for_an_unknown_feature_fail() -> None:
    data = read_json("termbank.extraction", "weights.json")
    with pytest.raises(ValueError, match="acronym"):
        ExtractionWeights.from_json(data | {"spans": {"acronym": [0.0, 1.0, 0.5]}})
    with pytest.raises(KeyError, match="holez"):
        Network.from_weights(ExtractionWeights.from_json(data | {"hand_set": {"holez": 1.0}}))
