"""Where the wanted terms stand in the Chinese of the beads.

In come the terms and the beads' Chinese; out come places: every occurrence of every term, nested ones
too, in either script, any width and any kind of quotation mark. A place is a run of whole units,
because the units are cut at the edges that `cuts` tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from termbank.extraction.bead_text import Corpus
from termbank.extraction.word_evidence import TermPlace
from termbank.model.span import Span
from termbank.text.scripts import simplify_characters

_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(sign): plain
    for sign, plain in {"「": '"', "」": '"', "『": '"', "』": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "　": " "}.items()
}  # fmt: skip
_END = "\x00"


class TermOccurrence(NamedTuple):
    """An occurrence before units are cut: term number, bead, place in the bead's Chinese."""

    term: int
    bead: int
    zh: Span


def comparison_text(text: str) -> str:
    """The text as terms are compared: one script, one width, one kind of quotation mark; the length stays."""
    text = simplify_characters(text.translate(_SIGNS))
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def find_occurrences(terms: Sequence[str], chinese: Sequence[str]) -> list[TermOccurrence]:
    """Every occurrence of every term, by term, then by bead and place."""
    texts = [comparison_text(text) for text in chinese]
    whole = _END.join(texts)
    owner = _Owner(texts)
    found: list[TermOccurrence] = []
    for number, term in enumerate(terms):
        wanted = comparison_text(term).strip()
        if not wanted or _END in wanted:
            continue
        at = whole.find(wanted)
        while at >= 0:
            bead, start = owner.of(at)
            found.append(TermOccurrence(number, bead, Span(start, start + len(wanted))))
            at = whole.find(wanted, at + 1)
    return found


class _Owner:
    """Which bead a place in the joined text belongs to."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._starts: list[int] = []
        at = 0
        for text in texts:
            self._starts.append(at)
            at += len(text) + 1

    def of(self, place: int) -> tuple[int, int]:
        from bisect import bisect_right

        bead = bisect_right(self._starts, place) - 1
        return bead, place - self._starts[bead]


def select_outermost(
    found: Sequence[TermOccurrence], worth: Sequence[float] | None = None
) -> list[TermOccurrence]:
    """Of occurrences that overlap the one worth most, then the longer, then the earlier; `worth` is by term number."""
    kept: list[TermOccurrence] = []
    taken: dict[int, set[int]] = {}

    def rank(one: TermOccurrence) -> tuple[int, float, int, int]:
        return (one.bead, -worth[one.term] if worth else 0.0, one.zh.start - one.zh.end, one.zh.start)

    for one in sorted(found, key=rank):
        places = taken.setdefault(one.bead, set())  # a line may be 100,000 characters long
        own = range(one.zh.start, one.zh.end)
        if places.isdisjoint(own):
            places.update(own)
            kept.append(one)
    return sorted(kept)


def cut_positions(found: Sequence[TermOccurrence], beads: int) -> list[set[int]]:
    """The places in each bead where no unit may run on."""
    edges: list[set[int]] = [set() for _ in range(beads)]
    for one in found:
        edges[one.bead].update(one.zh)
    return edges


def term_places(found: Sequence[TermOccurrence], corpus: Corpus) -> list[TermPlace]:
    """The occurrences as runs of units."""
    firsts: dict[int, dict[int, int]] = {}
    lasts: dict[int, dict[int, int]] = {}
    places = []
    for one in found:
        if one.bead not in firsts:
            spans = corpus.beads[one.bead].units
            firsts[one.bead] = {span.start: k for k, span in enumerate(spans)}
            lasts[one.bead] = {span.end: k + 1 for k, span in enumerate(spans)}
        first = firsts[one.bead].get(one.zh.start, 0)
        last = lasts[one.bead].get(one.zh.end, first)
        places.append(TermPlace(one.term, one.bead, one.zh, first, last))
    return places
