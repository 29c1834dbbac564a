from __future__ import annotations

import numpy as np
import pytest

from termbank.alignment.anchors import anchors
from termbank.alignment.clause_leakage import leaks
from termbank.alignment.costs import FEATURES, GAP_FEATURES, SHAPES
from termbank.alignment.embeddings import MEANING_FEATURES, Meaning, nearness
from termbank.alignment.model_weights import FIRST, SECOND, SEMANTIC_THIRD, THIRD
from termbank.alignment.pruned_lattice import Lattice, best_way, hopes, plausible, shares_of
from termbank.alignment.rescoring import CLOSER_FEATURES, judged, worths_of
from termbank.alignment.search_band import band
from termbank.alignment.sentence_openings import openings
from termbank.alignment.token_arrays import read
from termbank.alignment.windowing import looked_over
from termbank.lexicon.dictionary import Lexicon


def _left(zh: list[str], en: list[str], lexicon: Lexicon) -> tuple[Lattice, np.ndarray]:
    units = read(zh, en, lexicon)
    pricing, priced, steps = looked_over(units, band(anchors(units), len(zh), len(en)))
    lattice = plausible(pricing.strip, priced, steps)
    return lattice, worths_of(lattice, judged(pricing, lattice)[0], THIRD)


def test_every_way_through_what_is_left_covers_both_texts(
    zh: list[str], en: list[str], lexicon: Lexicon
) -> None:
    lattice, worths = _left(zh, [*en[:6], "Nobody knows.", *en[7:]], lexicon)
    steps = lattice.steps[best_way(lattice, worths)]
    assert steps[0, ::2].tolist() == [0, 0]
    assert steps[-1, 1::2].tolist() == [len(zh), len(en)]
    assert (steps[1:, ::2] == steps[:-1, 1::2]).all()


def test_the_shares_of_the_beads_that_begin_the_texts_are_one_together(
    zh: list[str], en: list[str], lexicon: Lexicon
) -> None:
    lattice, worths = _left(zh, [*en[:6], "Nobody knows.", *en[7:]], lexicon)
    shares = shares_of(lattice, worths)
    assert shares[lattice.starts == 0].sum() == pytest.approx(1.0)
    assert shares[lattice.ends == lattice.ends[-1]].sum() == pytest.approx(1.0)
    assert shares[~lattice.doubtful] == pytest.approx(1.0)


def test_the_way_taken_hopes_for_most_beads_right_and_leaves_no_segment_alone_lightly() -> None:
    shapes = np.array([1, 1, 0, len(SHAPES)])
    paired, doubtful, alone, other = hopes(shapes, np.array([0.9, 0.5, 0.5, 0.9]))
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
        sum(float(v[0]) for v in leaks(read(zh, en, lexicon), row, column)) for en in (kept, moved)
    )
    assert gone > still + 1


def test_nothing_leaks_at_the_ends_of_a_text(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    units = read(zh, en, lexicon)
    ends = np.array([0, len(zh)])
    assert all((values == 0).all() for values in leaks(units, ends, ends))


def test_a_text_without_commas_is_cut_into_clauses_all_the_same(lexicon: Lexicon) -> None:
    units = read(["我们要坚持全面深化改革开放" * 8, "", "好"], ["We must. " * 30, "", "Good."], lexicon)
    for side in (units.zh, units.en):
        assert side.clauses[1] > 2
        assert np.diff(side.clauses).min() == 1
        assert (np.diff(side.cuts) >= 0).all()
        assert side.cuts[side.clauses].tolist() == side.starts.tolist()
        part = side.part(1, 3)
        assert part.cuts[part.clauses].tolist() == part.starts.tolist()


def test_openings_are_read_in_both_languages() -> None:
    found = openings(
        ["但我们要看到，困难不少。", "他来了。", "And so it went, on and on.", "They left.", "of course"]
    )
    assert found.conjunction.tolist() == [1, 0, 1, 0, 0]
    assert found.pronoun.tolist() == [0, 1, 0, 1, 0]
    assert found.lower.tolist() == [0, 0, 0, 0, 1]
    assert found.pauses.tolist() == [1, 0, 1, 0, 0]


def test_a_bead_is_nearer_than_with_a_neighbour_or_a_part() -> None:
    corners = np.eye(4, dtype=np.float32)
    texts = Meaning(corners[:3], np.stack([corners[0], corners[1] + corners[3], corners[1], corners[2]]))
    right, wide, part, alone = np.array(nearness(
        texts, np.array([[0, 1, 0, 1], [0, 1, 0, 2], [1, 2, 1, 2], [1, 2, 1, 1]])
    )).T  # fmt: skip
    near, wider, parts, reached = range(len(MEANING_FEATURES))
    assert right[near] > wide[near]
    assert right[wider] < part[wider]
    assert right[parts] == 0.0
    assert alone[reached] == pytest.approx(1.0)
    assert (right[reached], alone[near]) == (0.0, 0.0)


def test_each_setting_has_a_weight_for_every_question() -> None:
    for setting in (FIRST, SECOND, THIRD, SEMANTIC_THIRD):
        assert len(setting.features) == len(FEATURES)
        assert len(setting.gaps) == len(GAP_FEATURES)
    assert len(THIRD.closer) == len(CLOSER_FEATURES)
    assert len(SEMANTIC_THIRD.closer) == len(CLOSER_FEATURES) + len(MEANING_FEATURES)
