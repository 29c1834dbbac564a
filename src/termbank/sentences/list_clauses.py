"""A sentence whose clauses the other language sets out as a list.

The segments of both sides come in, before they are aligned. Where one side has a run of lines that are no
sentences (the items of a list) and the other, at about the same place, one sentence of about as many clauses
between semicolons, the sentence comes out in its clauses: a list line is the other side's semicolon. All else
comes out as it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from termbank.model.document import BlockKind
from termbank.model.segment import Segment
from termbank.sentences.split import clauses

_FEWEST = 3
"""Lines that make a list, headings too, as plain text does not tell them apart: two may be a title and its date."""
_APART = 0.1
"""How far from the same place of the text a list may be, as a share of the whole."""
_ENDED = re.compile(r"[.!?。！？…][\"'”’)\]」』）]*$")

Sides = tuple[tuple[Segment, ...], tuple[Segment, ...]]


class _Run(NamedTuple):
    at: float
    items: int


def listed(zh: Sequence[Segment], en: Sequence[Segment]) -> Sides:
    """The segments of both sides, sentences parted where the other side lists their clauses."""
    return _parted(zh, _lists(en)), _parted(en, _lists(zh))


def _lists(segments: Sequence[Segment]) -> list[_Run]:
    """The runs of list items: lines of their own that end as no sentence does; the last may end as one."""
    lines = [
        segment.kind is not BlockKind.CELL
        and all(
            near.block != segment.block for near in (*segments[max(0, n - 1) : n], *segments[n + 1 : n + 2])
        )
        for n, segment in enumerate(segments)
    ]
    places = _places(segments)
    runs, start = [], 0
    for n in range(len(segments) + 1):
        if n < len(segments) and lines[n] and _ENDED.search(segments[n].text) is None:
            continue
        last = n + (n < len(segments) and lines[n])
        if last - start >= _FEWEST:
            runs.append(_Run((places[start] + places[last - 1]) / 2, last - start))
        start = n + 1
    return runs


def _parted(segments: Sequence[Segment], runs: Sequence[_Run]) -> tuple[Segment, ...]:
    if not runs:
        return tuple(segments)
    parted: list[Segment] = []
    for segment, place in zip(segments, _places(segments), strict=True):
        spans = clauses(segment.text)
        if len(spans) >= _FEWEST and any(
            abs(run.at - place) <= _APART and 2 * abs(run.items - len(spans)) <= len(spans) for run in runs
        ):
            parted += [segment.part(span) for span in spans]
        else:
            parted.append(segment)
    return tuple(parted)


def _places(segments: Sequence[Segment]) -> list[float]:
    """Where the middle of each segment lies, as a share of the whole text."""
    ends = list(accumulate(len(segment.text) for segment in segments))
    return [(end - len(segment.text) / 2) / ends[-1] for end, segment in zip(ends, segments, strict=True)]
