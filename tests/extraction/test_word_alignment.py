"""The word aligner on ids alone: it learns from company and order, and keeps to probabilities."""

from __future__ import annotations

import numpy as np

from termbank.extraction.word_alignment import MOST_CELLS, Bitext, align_words


def ids(*rows: list[int]) -> list[np.ndarray]:
    return [np.array(row, np.int32) for row in rows]


def silent(units: np.ndarray, lemmas: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    nothing = np.zeros(len(units), np.float32)
    return nothing, nothing


TEXT = Bitext(
    ids([0, 1], [0, 2], [3, 1], [3, 2], [0, 1, 2], [2, 3]),
    ids([5, 6], [5, 7], [8, 6], [8, 7], [5, 6, 7], [7, 8]),
    4,
    9,
)


def test_units_meet_their_words_without_any_dictionary() -> None:
    for zh, en, found in zip(TEXT.zh, TEXT.en, align_words(TEXT, silent), strict=True):
        assert found is not None
        best = found.en_by_zh.argmax(axis=0)
        pairs = {(int(zh[i]), int(en[j])) for j, i in enumerate(best)}
        assert pairs <= {(0, 5), (1, 6), (2, 7), (3, 8)}


def test_what_explains_a_word_never_exceeds_one() -> None:
    for found in align_words(TEXT, silent):
        assert found is not None
        assert float(found.en_by_zh.sum(axis=0).max()) <= 1.0 + 1e-4
        assert float(found.zh_by_en.sum(axis=1).max()) <= 1.0 + 1e-4


def test_a_dictionary_is_believed_where_the_text_says_nothing() -> None:
    text = Bitext(ids([0, 1]), ids([3, 2]), 2, 4)

    def prior(units: np.ndarray, lemmas: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        told = ((units == 0) & (lemmas == 2) | (units == 1) & (lemmas == 3)).astype(np.float32)
        return told, told

    (found,) = align_words(text, prior)
    assert found is not None
    assert found.en_by_zh.argmax(axis=0).tolist() == [1, 0]


def test_empty_and_giant_beads_get_no_links() -> None:
    giant = [0] * (MOST_CELLS // 100 + 1)
    text = Bitext(ids([], [0], giant), ids([1], [], [1] * 100), 1, 2)
    assert align_words(text, silent) == [None, None, None]
