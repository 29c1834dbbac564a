"""Windowing: align a long text window by window, in constant memory and in time linear in its length.

A window runs from where the last one ended to an anchor some thousand segments on, and is kept only up to an earlier
anchor; what lies between is aligned again in the next window, so that no bead is decided at an edge. Within a window the
texts are scored with the dictionary, then with the translation table learned from that alignment; the beads left after
pruning are rescored.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from termbank.alignment.anchors import find_anchors
from termbank.alignment.band_scores import BeadScores, score_beads
from termbank.alignment.embeddings import SegmentVectors
from termbank.alignment.features import BeadFeatures, estimate_rates
from termbank.alignment.path import Step, best_path
from termbank.alignment.pruned_lattice import bead_posteriors, best_lattice_path, expected_gain, prune
from termbank.alignment.rescoring import feature_matrix, rescore
from termbank.alignment.search_band import Band, build_band
from termbank.alignment.token_arrays import TextPair
from termbank.alignment.translation_table import update_table
from termbank.alignment.weights import Weights, load_weights

WINDOW = 3000
"""Segments of a window, both sides counted, that are kept."""
OVERLAP = 200
"""Segments of a window that are aligned again in the next one."""
_ADAPTED_PASSES = 2
"""How often a window is aligned again with what the last pass has taught."""

Node = tuple[int, int]
"""A point between segments: so many Chinese and so many English ones lie before it."""


class AlignedStep(NamedTuple):
    """A bead of the best path with its score (nats) and its posterior."""

    step: Step
    score: float
    posterior: float


def align_windows(
    texts: TextPair, anchors: Sequence[Node], vectors: SegmentVectors | None = None
) -> Iterator[list[AlignedStep]]:
    """Align both texts; yield the beads of a window at a time, in order.

    Args:
        texts: the two texts.
        anchors: nodes the path is likely to pass (`anchors.find_anchors`).
        vectors: sentence vectors, where an encoder is given.
    """
    whole = (len(texts.zh), len(texts.en))
    cuts = _cut_points(anchors, whole)
    positions = [i + j for i, j in cuts]
    start = (0, 0)
    while start != whole:
        end = cuts[min(len(cuts) - 1, bisect_left(positions, sum(start) + WINDOW + OVERLAP))]
        keep = (
            sum(whole) if end == whole else positions[max(0, bisect_left(positions, sum(end) - OVERLAP) - 1)]
        )
        if keep <= sum(start):
            keep = sum(end)
        window = _align_window(texts, anchors, vectors, start, end)
        kept = [bead for bead in window if bead.step[0] + bead.step[2] < keep]
        yield kept
        start = (kept[-1].step[1], kept[-1].step[3])


def _cut_points(anchors: Sequence[Node], whole: Node) -> list[Node]:
    """Anchors, the end, and points on the straight line where anchors lie more than a window apart."""
    cuts = [(0, 0)]
    for (top, left), (bottom, right) in itertools.pairwise([(0, 0), *anchors, whole]):
        steps = (bottom - top + right - left) // WINDOW + 1
        for step in range(1, steps + 1):
            cuts.append((top + (bottom - top) * step // steps, left + (right - left) * step // steps))
    return cuts


def _align_window(
    texts: TextPair, anchors: Sequence[Node], vectors: SegmentVectors | None, start: Node, end: Node
) -> list[AlignedStep]:
    (top, left), (bottom, right) = start, end
    rows, columns = bottom - top, right - left
    part = texts.part((top, bottom), (left, right))
    is_whole = (len(texts.zh), len(texts.en)) == (rows, columns)
    band = build_band(anchors if is_whole else find_anchors(part), rows, columns)
    features, scores, steps = score_adapted(part, band)
    lattice = prune(band, scores, steps)
    if vectors is None:
        weights, part_vectors = load_weights("rescoring"), None
    else:
        weights, part_vectors = (
            load_weights("rescoring_with_encoder"),
            vectors.part((top, bottom), (left, right)),
        )
    rescored = rescore(lattice, feature_matrix(features, lattice, part_vectors), weights)
    posteriors = bead_posteriors(lattice, rescored)
    return [
        AlignedStep(
            _shift_step(lattice.steps[bead].tolist(), top, left),
            rescored[bead].item(),
            posteriors[bead].item(),
        )
        for bead in best_lattice_path(lattice, expected_gain(lattice.shapes, posteriors))
    ]


def _shift_step(step: Sequence[int], top: int, left: int) -> Step:
    a, b, c, d = step
    return a + top, b + top, c + left, d + left


def score_adapted(
    texts: TextPair, band: Band, weights: tuple[Weights, Weights] | None = None
) -> tuple[BeadFeatures, BeadScores, list[Step]]:
    """Align with the dictionary, then again with the translation table and the rates learned from that alignment.

    Args:
        texts: the two texts.
        band: the search band.
        weights: those of the dictionary pass and of the adapted passes; the fitted ones where None.

    Returns:
        The features and the scores of the last pass, and its best path.
    """
    first, adapted = weights or (load_weights("dictionary_pass"), load_weights("adapted_pass"))
    steps = best_path(band, score_beads(BeadFeatures(texts, band), first))
    for _ in range(_ADAPTED_PASSES):
        features = BeadFeatures(update_table(texts, steps), band, estimate_rates(steps))
        scores = score_beads(features, adapted)
        steps = best_path(band, scores)
    return features, scores, steps
