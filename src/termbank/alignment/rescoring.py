"""Rescore the beads left after pruning, with clause-leakage, sentence-opening and embedding features.

The further features are computed for ambiguous beads only; where there is no alternative they would change nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from termbank.alignment.arrays import Floats, Ints
from termbank.alignment.bead_shapes import EN_GAP, ZH_SHAPES
from termbank.alignment.clause_leakage import boundary_leakage
from termbank.alignment.embeddings import SegmentVectors, embedding_features
from termbank.alignment.features import BeadFeatures
from termbank.alignment.pruned_lattice import Lattice
from termbank.alignment.token_arrays import TextPair, TokenizedText
from termbank.alignment.weights import (
    EMBEDDING_FEATURES,
    FEATURES,
    GAP_FEATURES,
    RESCORING_FEATURES,
    Weights,
)


def feature_matrix(features: BeadFeatures, lattice: Lattice, vectors: SegmentVectors | None = None) -> Floats:
    """All features of the beads of a lattice.

    Args:
        features: the features by which the band was scored.
        lattice: the B beads left after pruning.
        vectors: sentence vectors, where an encoder is given.

    Returns:
        An array of B rows, with the columns FEATURES, GAP_FEATURES, RESCORING_FEATURES and, with vectors,
        EMBEDDING_FEATURES. Features that do not apply to a bead are 0.
    """
    gaps = len(FEATURES) + len(GAP_FEATURES)
    past = gaps + len(RESCORING_FEATURES)
    matrix = np.zeros((len(lattice), past + (len(EMBEDDING_FEATURES) if vectors is not None else 0)))
    matrix[:, :gaps] = _band_features(features, lattice)
    both = len(features.texts.zh) > 0 and len(features.texts.en) > 0
    ambiguous = np.flatnonzero(lattice.ambiguous & both)
    if len(ambiguous):
        steps = lattice.steps[ambiguous]
        matrix[ambiguous, gaps:past] = np.stack(_rescoring_features(features.texts, steps), axis=1)
        if vectors is not None:
            matrix[ambiguous, past:] = np.stack(embedding_features(vectors, steps), axis=1)
    return matrix


def _band_features(features: BeadFeatures, lattice: Lattice) -> Floats:
    """The columns FEATURES and GAP_FEATURES of the beads of a lattice."""
    usual = len(FEATURES)
    matrix = np.zeros((len(lattice), usual + len(GAP_FEATURES)))
    gap = {side: np.array(list(features.gap_features(side))).T for side in ("zh", "en")}
    for shape, (a, b) in enumerate(ZH_SHAPES):
        some = np.flatnonzero(lattice.shapes == shape)
        if b:
            matrix[some, :usual] = np.array(list(features.features(a, b, lattice.band_nodes[some]))).T
        else:
            matrix[some, usual:] = gap["zh"][lattice.steps[some, 0]]
    some = np.flatnonzero(lattice.shapes == EN_GAP)
    matrix[some, usual:] = gap["en"][lattice.steps[some, 2]]
    return matrix


def rescore(lattice: Lattice, matrix: Floats, weights: Weights) -> Floats:
    """The scores, in nats, of the beads of a lattice, from the matrix that `feature_matrix` made."""
    of_columns = np.array([*weights.features, *weights.gaps, *weights.rescoring])
    scores: Floats = np.array(weights.shapes)[lattice.shapes] + matrix @ of_columns
    return scores


def _rescoring_features(texts: TextPair, steps: Ints) -> list[Floats]:
    """The columns of RESCORING_FEATURES for beads given as steps, shape (B, 4)."""
    top, bottom, left, right = steps.T
    nodes, back = np.unique(steps[:, 1::2], axis=0, return_inverse=True)
    leakage = [values[back.ravel()] for values in boundary_leakage(texts, nodes[:, 0], nodes[:, 1])]
    zh, en = texts.zh, texts.en
    paired = (bottom > top) & (right > left)
    splits, merges = paired & (right - left > bottom - top), paired & (bottom - top > right - left)
    zh_size, zh_usual = _lengths(zh, top, bottom)
    en_size, en_usual = _lengths(en, left, right)
    zh_first, en_first = np.minimum(top, len(zh) - 1), np.minimum(left, len(en) - 1)
    zh_also, en_also = zh.openings.conjunction[zh_first], en.openings.conjunction[en_first]
    return [
        *leakage,
        splits * np.log(zh_size / zh_usual),
        splits * np.log1p(_sum_between(zh.openings.pauses, top, bottom)),
        merges * np.log(en_size / en_usual),
        (paired & (right - left > 1)) * np.log(_shortest(en, left, right) / en_usual),
        paired * _sum_between(en.openings.pronoun, np.minimum(left + 1, right), right),
        paired * _sum_between(en.openings.conjunction, np.minimum(left + 1, right), right),
        paired * _sum_between(zh.openings.conjunction, np.minimum(top + 1, bottom), bottom),
        paired * en.openings.lower_case[en_first],
        paired * _first_word_evidence(texts, zh_first, en_first),
        paired * zh_also * (1 - en_also),
        paired * en_also * (1 - zh_also),
    ]


def _sum_between(values: Floats, first: Ints, past: Ints) -> Floats:
    """The sums of runs of values, from `first` up to `past`."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    total: Floats = sums[past] - sums[first]
    return total


def _lengths(side: TokenizedText, first: Ints, past: Ints) -> tuple[Floats, float]:
    """The letters of runs of segments (1 for an empty run), and the median of the segments; 1 is added to each segment."""
    return _sum_between(side.lengths + 1.0, first, np.maximum(past, 1)) + (past == first), float(
        np.median(side.lengths + 1.0) if len(side) else 1.0
    )


def _shortest(side: TokenizedText, first: Ints, past: Ints) -> Floats:
    """The letters, and 1, of the shortest segment of each run."""
    lengths = np.append(side.lengths, 0.0) + 1.0
    least = lengths[np.minimum(first, len(side) - 1)]
    for offset in range(1, int((past - first).max(initial=1))):
        least = np.minimum(least, lengths[np.where(first + offset < past, first + offset, first)])
    return least


def _first_word_evidence(texts: TextPair, zh: Ints, en: Ints) -> Floats:
    """How well the first words of segments translate each other.

    The highest log(1 + t(y|x) / p(y)) over the first two words of either segment.
    """
    most = np.zeros(len(zh))
    if not len(texts.weight):
        return most
    width = len(texts.en.names)
    keys = texts.zh_type * width + texts.en_type
    order = np.argsort(keys)
    ordered, weight = np.append(keys[order], -1), np.append(texts.weight[order], 0.0)
    for one in _first_two_words(texts.zh, zh):
        for other in _first_two_words(texts.en, en):
            pair = np.where((one >= 0) & (other >= 0), one * width + other, -2)
            place = np.searchsorted(ordered[:-1], pair)
            share = np.maximum(texts.en.shares[np.maximum(other, 0)], 1e-6)
            most = np.maximum(most, np.where(ordered[place] == pair, np.log1p(weight[place] / share), 0.0))
    return most


def _first_two_words(side: TokenizedText, segments: Ints) -> Sequence[Ints]:
    """The types of the first and of the second word of segments, marks and numbers skipped; -1 where there is none."""
    is_word = np.array([name[0] not in "=#" for name in side.names], dtype=bool)
    words = np.flatnonzero(is_word[side.types]) if len(side.types) else np.zeros(0, dtype=np.int64)
    first = np.searchsorted(words, side.starts[segments])
    found = []
    for offset in (0, 1):
        place = np.minimum(first + offset, max(0, len(words) - 1))
        inside = (first + offset < len(words)) & (
            (words[place] if len(words) else place) < side.starts[segments + 1]
        )
        types = side.types[words[place]] if len(words) else np.full(len(segments), -1)
        found.append(np.where(inside, types, -1))
    return found
