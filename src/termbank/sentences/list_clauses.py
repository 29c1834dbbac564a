"""Split a sentence whose clauses the other language sets out as a list, before the alignment.

Where one side has a run of lines that are no sentences (the items of a list), and the other side has, at about the same
place, one sentence with about as many clauses between semicolons, that sentence is split into its clauses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from termbank.model.document import BlockKind
from termbank.model.segment import Segment
from termbank.sentences.split import split_clauses

_MIN_ITEMS = 3
"""Fewest lines of a list; two may be a title and its date. Headings count, as plain text does not show them."""
_MAX_DISTANCE = 0.1
"""How far apart the list and the sentence may be, as a share of the text."""
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’)\]」』）]*$")

Sides = tuple[tuple[Segment, ...], tuple[Segment, ...]]


class _ListRun(NamedTuple):
    """A list: where its middle lies, as a share of the text, and how many items it has."""

    position: float
    items: int


def split_listed_clauses(zh: Sequence[Segment], en: Sequence[Segment]) -> Sides:
    """Split the sentences of both sides whose clauses the other side sets out as a list."""
    return _split_near(zh, _find_lists(en)), _split_near(en, _find_lists(zh))


def _find_lists(segments: Sequence[Segment]) -> list[_ListRun]:
    """Find runs of list items: lines that do not end as a sentence does; the last may."""
    lines = [
        segment.kind is not BlockKind.CELL
        and all(
            near.block != segment.block for near in (*segments[max(0, n - 1) : n], *segments[n + 1 : n + 2])
        )
        for n, segment in enumerate(segments)
    ]
    positions = _positions(segments)
    runs, start = [], 0
    for n in range(len(segments) + 1):
        if n < len(segments) and lines[n] and _SENTENCE_END.search(segments[n].text) is None:
            continue
        last = n + (n < len(segments) and lines[n])
        if last - start >= _MIN_ITEMS:
            runs.append(_ListRun((positions[start] + positions[last - 1]) / 2, last - start))
        start = n + 1
    return runs


def _split_near(segments: Sequence[Segment], runs: Sequence[_ListRun]) -> tuple[Segment, ...]:
    """Split the sentences that have about as many clauses as a list near them has items."""
    if not runs:
        return tuple(segments)
    found: list[Segment] = []
    for segment, position in zip(segments, _positions(segments), strict=True):
        spans = split_clauses(segment.text)
        if len(spans) >= _MIN_ITEMS and any(
            abs(run.position - position) <= _MAX_DISTANCE and 2 * abs(run.items - len(spans)) <= len(spans)
            for run in runs
        ):
            found += [segment.part(span) for span in spans]
        else:
            found.append(segment)
    return tuple(found)


def _positions(segments: Sequence[Segment]) -> list[float]:
    """Where the middle of each segment lies, as a share of the text."""
    ends = list(accumulate(len(segment.text) for segment in segments))
    return [(end - len(segment.text) / 2) / ends[-1] for end, segment in zip(ends, segments, strict=True)]
