"""Split aligned sentences at semicolons, where both languages have them.

A bead of one sentence against one is split at ； and ; when both sides have as many clauses, in similar proportions of
length. All other beads stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from termbank.model.alignment import Alignment, Bead
from termbank.model.segment import Segment
from termbank.model.span import Span
from termbank.sentences.split import split_clauses

_MAX_RATIO = 2.5
"""How many times longer or shorter than its share a clause may be."""
_SLACK = 8
"""Letters added to both lengths, so that short clauses are not compared too strictly."""

SplitSides = tuple[tuple[Segment, ...], tuple[Segment, ...], Alignment]


def split_at_semicolons(zh: Sequence[Segment], en: Sequence[Segment], alignment: Alignment) -> SplitSides:
    """Split the beads whose two sentences have matching clauses.

    Returns:
        The segments of both sides, and the alignment of these segments.
    """
    zh_new: list[Segment] = []
    en_new: list[Segment] = []
    beads: list[Bead] = []
    for bead in alignment.beads:
        left, right = [zh[s] for s in bead.zh], [en[s] for s in bead.en]
        for zh_part, en_part in _split_bead(left, right):
            zh_places = tuple(range(len(zh_new), len(zh_new) + len(zh_part)))
            en_places = tuple(range(len(en_new), len(en_new) + len(en_part)))
            zh_new.extend(zh_part)
            en_new.extend(en_part)
            beads.append(Bead(zh_places, en_places, bead.score, bead.confidence))
    return tuple(zh_new), tuple(en_new), Alignment(tuple(beads), alignment.remarks, alignment.relatedness)


def _split_bead(left: list[Segment], right: list[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """The segments of a bead, a pair for each of its clauses where they match."""
    if len(left) == len(right) == 1:
        zh, en = split_clauses(left[0].text), split_clauses(right[0].text)
        if len(zh) == len(en) > 1 and _similar_lengths(zh, en):
            return [([left[0].part(a)], [right[0].part(b)]) for a, b in zip(zh, en, strict=True)]
    return [(left, right)]


def _similar_lengths(zh: Sequence[Span], en: Sequence[Span]) -> bool:
    """Whether no clause is much longer or shorter than its share of the sentence."""
    whole = sum(b.end - b.start for b in en) / max(1, sum(a.end - a.start for a in zh))
    ratios = [
        (b.end - b.start + _SLACK) / ((a.end - a.start) * whole + _SLACK) for a, b in zip(zh, en, strict=True)
    ]
    return all(1 / _MAX_RATIO < ratio < _MAX_RATIO for ratio in ratios)
