"""A semicolon parts a sentence only where both languages part there.

In come the segments of both sides and their alignment; out come the same with every bead of one sentence against
one parted at ； and ; where both have as many clauses, of sizes that keep their proportion. Everything else stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from termbank.model.alignment import Alignment, Bead
from termbank.model.segment import Segment
from termbank.model.span import Span
from termbank.sentences.split import clauses

_UNEVEN = 2.5

Parted = tuple[tuple[Segment, ...], tuple[Segment, ...], Alignment]


def parted(zh: Sequence[Segment], en: Sequence[Segment], alignment: Alignment) -> Parted:
    """The segments and beads with clauses of their own where both sides have them."""
    zh_new: list[Segment] = []
    en_new: list[Segment] = []
    beads: list[Bead] = []
    for bead in alignment.beads:
        left, right = [zh[s] for s in bead.zh], [en[s] for s in bead.en]
        for zh_some, en_some in _pieces(left, right):
            zh_places = tuple(range(len(zh_new), len(zh_new) + len(zh_some)))
            en_places = tuple(range(len(en_new), len(en_new) + len(en_some)))
            zh_new.extend(zh_some)
            en_new.extend(en_some)
            beads.append(Bead(zh_places, en_places, bead.score, bead.confidence))
    return tuple(zh_new), tuple(en_new), Alignment(tuple(beads), alignment.remarks, alignment.relatedness)


def _pieces(left: list[Segment], right: list[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    if len(left) == len(right) == 1:
        zh, en = clauses(left[0].text), clauses(right[0].text)
        if len(zh) == len(en) > 1 and _even(zh, en):
            return [([left[0].part(a)], [right[0].part(b)]) for a, b in zip(zh, en, strict=True)]
    return [(left, right)]


def _even(zh: Sequence[Span], en: Sequence[Span]) -> bool:
    """Whether no clause is much longer or shorter than its share; a few letters do not tell."""
    whole = sum(b.end - b.start for b in en) / max(1, sum(a.end - a.start for a in zh))
    ratios = [(b.end - b.start + 8) / ((a.end - a.start) * whole + 8) for a, b in zip(zh, en, strict=True)]
    return all(1 / _UNEVEN < ratio < _UNEVEN for ratio in ratios)
