"""Lists that answer one another: as many Chinese items as English conjuncts, in the same order.

前瞻谋划、系统布局、分业施策 ↔ “forward-looking planning, systematic layout, and tailored measures”: the second item is
the second conjunct, whatever a dictionary says of its words. In come a place, its bead and the links; out
comes the conjunct that stands in the place of the term, or nothing where the bead has no such lists. The
first conjunct's beginning and the last one's end are open, since the sentence runs into them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.extraction.bead_text import DETERMINERS, BeadText
from termbank.extraction.features.bead_spans import BeadSpans
from termbank.model.span import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]

_CLAUSE = re.compile(r"[^，。；：！？,;:!?（）()《》]+")
_BETWEEN = re.compile(r"、|以及|[和与及或]")
_HAN = re.compile(r"[㐀-鿿]+")
_MOST_ITEMS = 8
_LONGEST_CONJUNCT = 9
_LEAST_LINKS = 0.12


@dataclass(frozen=True)
class Conjunct:
    """Pieces [start, end); an open edge may lie further in."""

    start: int
    end: int
    open_left: bool
    open_right: bool


def list_items(zh: str, term: Span, *, comma: bool = True) -> tuple[list[Span], int] | None:
    """The items of the list that a term is one of, and which it is.

    With `comma` at least one 、 must stand among them; without, A和B is a list too.
    """
    for clause in _CLAUSE.finditer(zh):
        if not (clause.start() <= term.start and term.end <= clause.end()):
            continue
        if "、" not in clause.group() and (comma or not _BETWEEN.search(clause.group())):
            break
        found = _split(zh, clause.start(), clause.end())
        for place, item in enumerate(found):
            if item.start <= term.start and term.end <= item.end and _is_item(item, term, place, len(found)):
                return found, place
    return _split_unmarked_items(zh, term)


def _split_unmarked_items(zh: str, term: Span) -> tuple[list[Span], int] | None:
    """Three items or more of one length and ending that stand together without a mark: 创新链产业链资金链人才链."""
    size, last = term.end - term.start, zh[term.end - 1]
    if not 2 <= size <= 4:
        return None
    first, end = term.start, term.end
    while (
        term.start - first < _MOST_ITEMS * size
        and first >= size
        and zh[first - 1] == last
        and _HAN.fullmatch(zh[first - size : first])
    ):
        first -= size
    while (
        end - term.end < _MOST_ITEMS * size
        and zh[end + size - 1 : end + size] == last
        and _HAN.fullmatch(zh[end : end + size])
    ):
        end += size
    if end - first < 3 * size:
        return None
    return [Span(at, at + size) for at in range(first, end, size)], (term.start - first) // size


def _split(zh: str, start: int, end: int) -> list[Span]:
    """Items between 、, the last of them split once more at 和, 与, 及 or 以及 where there is one."""
    spans, at = [], start
    for mark in re.finditer("、", zh[start:end]):
        spans.append(Span(at, start + mark.start()))
        at = start + mark.end()
    last = list(_BETWEEN.finditer(zh[at:end]))
    if last and last[0].start() > 1:
        spans.append(Span(at, at + last[0].start()))
        at += last[0].end()
    spans.append(Span(at, end))
    return spans


def _is_item(item: Span, term: Span, place: int, size: int) -> bool:
    """Whether the term is the item, but for what the sentence puts before the first and after the last."""
    before, after = term.start - item.start, item.end - term.end
    return (before <= (12 if place == 0 else 1)) and (after <= (12 if place == size - 1 else 1))


def find_conjunct(bead: BeadText, term: Span, both: Real) -> Conjunct | None:
    """The conjunct in the term's place; `both` is the strength of the links, units × pieces."""
    listed = list_items(bead.zh, term)
    if listed is None:
        return None
    spans, place = listed
    found = matching_conjuncts(bead, spans, both)
    if found is None:
        return None
    start, end = found[place]
    return Conjunct(start, end, place == 0, place == len(spans) - 1)


def coordination_features(found: Sequence[Conjunct | None], spans: BeadSpans) -> dict[str, Real]:
    """Whether a span is the conjunct in the term's place, or runs across the edge of that conjunct."""
    import numpy as np

    if not any(found):
        return {}
    row: dict[str, Real] = {
        name: np.zeros(len(spans), np.float32) for name in ("list_match", "list_exact", "list_cut")
    }
    for one, (_, own) in zip(found, spans.each(), strict=True):
        if one is None:
            continue
        start, end = spans.start[own], spans.end[own]
        inside = (start >= one.start) & (end <= one.end)
        left = (start == one.start) | one.open_left
        right = (end == one.end) | one.open_right
        row["list_match"][own] = inside & left & right
        row["list_exact"][own] = (start == one.start) & (end == one.end)
        row["list_cut"][own] = (start < one.end) & (one.start < end) & ~inside
    return row


def matching_conjuncts(bead: BeadText, spans: list[Span], both: Real) -> list[tuple[int, int]] | None:
    """As many conjuncts as there are items, those most strongly linked to them in order."""
    if len(spans) < 2:
        return None
    units = [
        [k for k, unit in enumerate(bead.units) if span.start <= unit.start and unit.end <= span.end]
        for span in spans
    ]
    best, found = _LEAST_LINKS, None
    for run in conjunct_runs(bead):
        for first in range(len(run) - len(spans) + 1):
            window = run[first : first + len(spans)]
            if any(end - start > _LONGEST_CONJUNCT for start, end in window[1:-1]):
                continue
            links = sum(
                float(both[own, start:end].max(axis=1).mean()) if own and end > start else 0.0
                for own, (start, end) in zip(units, window, strict=True)
            ) / len(spans)
            if links > best:
                best, found = links, window
    return found


def conjunct_runs(bead: BeadText) -> list[list[tuple[int, int]]]:
    """Stretches of each English sentence between commas and “and”, without determiners and signs at their edges."""
    runs: list[list[tuple[int, int]]] = [[]]
    at = 0
    words = [piece.lower for piece in bead.pieces]
    for k, word in enumerate([*words, "."]):
        if word in (",", "，", "and", "or", "&") or word in ".;:!?" or word in "()":
            start, end = at, k
            while start < end and (words[start] in DETERMINERS or not bead.pieces[start].is_word):
                start += 1
            while start < end and not bead.pieces[end - 1].is_word:
                end -= 1
            if start < end:
                runs[-1].append((start, end))
            at = k + 1
            if word in ".;:!?":
                runs.append([])
    return [run for run in runs if len(run) > 1]
