from __future__ import annotations

import numpy as np
import pytest

from termbank.alignment.anchors import find_anchors
from termbank.alignment.bead_shapes import EN_GAP, SHAPES
from termbank.alignment.calibration import load_table
from termbank.alignment.clause_leakage import boundary_leakage
from termbank.alignment.embeddings import SegmentVectors, embedding_features
from termbank.alignment.pruned_lattice import (
    Lattice,
    bead_posteriors,
    best_lattice_path,
    expected_gain,
    prune,
)
from termbank.alignment.rescoring import feature_matrix, rescore
from termbank.alignment.search_band import build_band
from termbank.alignment.sentence_openings import read_openings
from termbank.alignment.token_arrays import tokenize_texts
from termbank.alignment.weights import (
    EMBEDDING_FEATURES,
    FEATURES,
    GAP_FEATURES,
    RESCORING_FEATURES,
    load_weights,
)
from termbank.alignment.windowing import score_adapted
from termbank.lexicon.dictionary import Lexicon
from termbank.model.resources import read_json


def _rescored(zh: list[str], en: list[str], lexicon: Lexicon) -> tuple[Lattice, np.ndarray]:
    texts = tokenize_texts(zh, en, lexicon)
    features, scores, steps = score_adapted(texts, build_band(find_anchors(texts), len(zh), len(en)))
    lattice = prune(features.band, scores, steps)
    return lattice, rescore(lattice, feature_matrix(features, lattice), load_weights("rescoring"))


def test_the_best_path_of_the_pruned_lattice_covers_both_texts(
    zh: list[str], en: list[str], lexicon: Lexicon
) -> None:
    lattice, scores = _rescored(zh, [*en[:6], "Nobody knows.", *en[7:]], lexicon)
    steps = lattice.steps[best_lattice_path(lattice, scores)]
    assert steps[0, ::2].tolist() == [0, 0]
    assert steps[-1, 1::2].tolist() == [len(zh), len(en)]
    assert (steps[1:, ::2] == steps[:-1, 1::2]).all()


def test_the_posteriors_of_the_beads_that_begin_the_texts_sum_to_one(
    zh: list[str], en: list[str], lexicon: Lexicon
) -> None:
    lattice, scores = _rescored(zh, [*en[:6], "Nobody knows.", *en[7:]], lexicon)
    posteriors = bead_posteriors(lattice, scores)
    assert posteriors[lattice.starts == 0].sum() == pytest.approx(1.0)
    assert posteriors[lattice.ends == lattice.ends[-1]].sum() == pytest.approx(1.0)
    assert posteriors[~lattice.ambiguous] == pytest.approx(1.0)


def test_a_doubtful_pair_gains_more_than_a_doubtful_gap() -> None:
    shapes = np.array([1, 1, 0, EN_GAP])
    paired, doubtful, alone, other = expected_gain(shapes, np.array([0.9, 0.5, 0.5, 0.9]))
    assert paired > other > 0 > alone
    assert doubtful > 0


def test_a_clause_that_moved_to_the_next_sentence_leaks_at_the_boundary(lexicon: Lexicon) -> None:
    zh = [
        "全国粮食产量创历史新高，污染防治攻坚战成效明显。",
        "城镇新增就业超过一千二百万人，中小企业面临不少困难。",
    ]
    kept = [
        "The nation's grain output reached a record high, and results were clear in the battle against pollution.",
        "More than twelve million urban jobs were created, and small enterprises face many difficulties.",
    ]
    moved = [
        "The nation's grain output reached a record high.",
        "Results were clear in the battle against pollution, more than twelve million urban jobs were created, and small enterprises face many difficulties.",
    ]
    row = column = np.array([1])
    still, gone = (
        sum(float(v[0]) for v in boundary_leakage(tokenize_texts(zh, en, lexicon), row, column))
        for en in (kept, moved)
    )
    assert gone > still + 1


def test_nothing_leaks_at_the_ends_of_a_text(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    texts = tokenize_texts(zh, en, lexicon)
    ends = np.array([0, len(zh)])
    assert all((values == 0).all() for values in boundary_leakage(texts, ends, ends))


def test_a_text_without_commas_is_cut_into_clauses_all_the_same(lexicon: Lexicon) -> None:
    texts = tokenize_texts(
        ["我们要坚持全面深化改革开放" * 8, "", "好"], ["We must. " * 30, "", "Good."], lexicon
    )
    for side in (texts.zh, texts.en):
        assert side.clauses[1] > 2
        assert np.diff(side.clauses).min() == 1
        assert (np.diff(side.cuts) >= 0).all()
        assert side.cuts[side.clauses].tolist() == side.starts.tolist()
        part = side.part(1, 3)
        assert part.cuts[part.clauses].tolist() == part.starts.tolist()


def test_openings_are_recognised_in_both_languages() -> None:
    found = read_openings(
        ["但我们要看到，困难不少。", "他来了。", "And so it went, on and on.", "They left.", "of course"]
    )
    assert found.conjunction.tolist() == [1, 0, 1, 0, 0]
    assert found.pronoun.tolist() == [0, 1, 0, 1, 0]
    assert found.lower_case.tolist() == [0, 0, 0, 0, 1]
    assert found.pauses.tolist() == [1, 0, 1, 0, 0]


def test_a_bead_is_nearer_than_with_a_neighbour_or_a_part() -> None:
    corners = np.eye(4, dtype=np.float32)
    vectors = SegmentVectors(
        corners[:3], np.stack([corners[0], corners[1] + corners[3], corners[1], corners[2]])
    )
    right, wide, part, alone = np.array(embedding_features(
        vectors, np.array([[0, 1, 0, 1], [0, 1, 0, 2], [1, 2, 1, 2], [1, 2, 1, 1]])
    )).T  # fmt: skip
    near, wider, parts, reached = range(len(EMBEDDING_FEATURES))
    assert right[near] > wide[near]
    assert right[wider] < part[wider]
    assert right[parts] == 0.0
    assert alone[reached] == pytest.approx(1.0)
    assert (right[reached], alone[near]) == (0.0, 0.0)


def test_every_stage_has_a_weight_for_every_feature() -> None:
    for stage in ("dictionary_pass", "adapted_pass", "rescoring", "rescoring_with_encoder"):
        weights = load_weights(stage)
        assert len(weights.shapes) == len(SHAPES)
        assert len(weights.features) == len(FEATURES)
        assert len(weights.gaps) == len(GAP_FEATURES)
    assert len(load_weights("rescoring").rescoring) == len(RESCORING_FEATURES)
    with_encoder = load_weights("rescoring_with_encoder").rescoring
    assert len(with_encoder) == len(RESCORING_FEATURES) + len(EMBEDDING_FEATURES)


def test_a_misspelt_feature_in_the_weights_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from termbank.alignment import weights

    stage = {"shapes": {}, "features": {"english_evidense": 1.0}, "gaps": {}}
    monkeypatch.setattr(weights, "read_json", lambda package, name: {"stages": {"misspelt": stage}})
    with pytest.raises(ValueError, match="names"):
        load_weights("misspelt")


def test_weights_explain_every_feature() -> None:
    explained = read_json("termbank.alignment", "weights.json")["features"]
    names = {*FEATURES, *GAP_FEATURES, *RESCORING_FEATURES, *EMBEDDING_FEATURES}
    assert set(explained) == {"shapes", *names}


@pytest.mark.parametrize("kind", ["paired", "gaps"])
def test_the_calibration_rises_with_the_posterior(kind: str) -> None:
    posteriors, confidences = zip(*load_table(kind), strict=True)
    assert list(posteriors) == sorted(set(posteriors))
    assert list(confidences) == sorted(set(confidences))
    assert (posteriors[0], posteriors[-1], confidences[-1]) == (0.0, 1.0, 1.0)
