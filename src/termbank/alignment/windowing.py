"""A long text is aligned piece by piece, so that memory stays the same and time grows with length.

A piece runs from where the last one was left to an anchor some thousand segments on, and is kept only up to
an earlier anchor: what lies between is done again with the next piece, so that no bead is decided at a seam.
Within a piece the texts are gone through once with the dictionary, then with what the last time has taught; the
beads that are then left are looked at closely.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from termbank.alignment.anchors import anchors as anchors_of
from termbank.alignment.costs import Pricing, Worths, rates, worths
from termbank.alignment.embeddings import Meaning
from termbank.alignment.model_weights import FIRST, SECOND, SEMANTIC_THIRD, THIRD, Setting
from termbank.alignment.path import Step, best_path
from termbank.alignment.pruned_lattice import best_way, hopes, plausible, shares_of
from termbank.alignment.rescoring import judged, worths_of
from termbank.alignment.search_band import Band, band
from termbank.alignment.token_arrays import Units
from termbank.alignment.translation_table import learned

PIECE = 3000
OVERLAP = 200
LESSONS = 2
"""How often a piece is gone through again with what it has taught."""

Node = tuple[int, int]
Found = tuple[Step, float, float]
"""A step, its worth and its share of all ways."""


def walk(units: Units, anchors: Sequence[Node], meaning: Meaning | None = None) -> Iterator[list[Found]]:
    """The beads of both texts, a piece at a time."""
    whole = (len(units.zh), len(units.en))
    corners = _corners(anchors, whole)
    marks = [i + j for i, j in corners]
    start = (0, 0)
    while start != whole:
        end = corners[min(len(corners) - 1, bisect_left(marks, sum(start) + PIECE + OVERLAP))]
        keep = sum(whole) if end == whole else marks[max(0, bisect_left(marks, sum(end) - OVERLAP) - 1)]
        if keep <= sum(start):
            keep = sum(end)
        found = [
            bead for bead in _piece(units, anchors, meaning, start, end) if bead[0][0] + bead[0][2] < keep
        ]
        yield found
        start = (found[-1][0][1], found[-1][0][3])


def _corners(anchors: Sequence[Node], whole: Node) -> list[Node]:
    """Anchors, the end, and points on the straight line where anchors lie too far apart."""
    corners = [(0, 0)]
    for (top, left), (bottom, right) in itertools.pairwise([(0, 0), *anchors, whole]):
        steps = (bottom - top + right - left) // PIECE + 1
        for step in range(1, steps + 1):
            corners.append((top + (bottom - top) * step // steps, left + (right - left) * step // steps))
    return corners


def _inside(part: Units, found: Sequence[Node], whole: bool) -> list[Node]:
    """Anchors of a piece, sought again among its own segments where the piece is not the whole."""
    if whole:
        return list(found)
    return anchors_of(part)


def _piece(
    units: Units, anchors: Sequence[Node], meaning: Meaning | None, start: Node, end: Node
) -> list[Found]:
    (top, left), (bottom, right) = start, end
    part = units.part((top, bottom), (left, right))
    some = meaning.part((top, bottom), (left, right)) if meaning is not None else None
    strip = band(
        _inside(part, anchors, (len(units.zh), len(units.en)) == (bottom - top, right - left)),
        bottom - top,
        right - left,
    )
    pricing, priced, steps = looked_over(part, strip)
    lattice = plausible(strip, priced, steps)
    worth = worths_of(lattice, judged(pricing, lattice, some)[0], SEMANTIC_THIRD if some else THIRD)
    share = shares_of(lattice, worth)
    offset = (top, top, left, left)
    return [
        (_moved(lattice.steps[bead].tolist(), offset), float(worth[bead]), float(share[bead]))
        for bead in best_way(lattice, hopes(lattice.shapes, share))
    ]


def _moved(step: Sequence[int], offset: Step) -> Step:
    a, b, c, d = (place + by for place, by in zip(step, offset, strict=True))
    return a, b, c, d


def looked_over(
    part: Units, strip: Band, settings: tuple[Setting, Setting] = (FIRST, SECOND)
) -> tuple[Pricing, Worths, list[Step]]:
    """The best way by the dictionary, and again by what that teaches; and by what it was judged."""
    steps = best_path(strip, worths(Pricing(part, strip), settings[0]))
    for _ in range(LESSONS):
        pricing = Pricing(learned(part, steps), strip, rates(steps))
        priced = worths(pricing, settings[1])
        steps = best_path(strip, priced)
    return pricing, priced, steps
