"""Who owns which span: terms that were found, in; every place given to one term, out.

The longest term that stands wins its place; among equals the one that begins first. What lies inside
an owner is nested and is told only on request; what crosses one is dropped. No span is told twice.

A span that several terms or concepts share goes to the term whose text is closest to what is written,
then to the better status, then to the earlier id; the other concepts are named beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from termbank.model.concept import Concept, Term
from termbank.model.language import Language
from termbank.model.span import Span
from termbank.text.normalize import fold


class Match(NamedTuple):
    """A term found in a text: `text` is what is written there, `language` how it is written.

    `also` names the other concepts that have a term of this form.
    """

    concept: Concept
    term: Term
    span: Span
    text: str
    language: Language
    nested: bool = False
    also: tuple[Concept, ...] = ()


class Entry(NamedTuple):
    """A term as a matcher keeps it: the pattern's owner."""

    concept: Concept
    term: Term


class Found(NamedTuple):
    """A place `[start, end)` in the matcher's own units, and the pattern found there."""

    start: int
    end: int
    pattern: int


Stands = Callable[[Found, Found | None, bool], bool]


def settle(places: Iterable[Found], stands: Stands, nested: bool = False) -> list[tuple[Found, bool]]:
    """The places that are told, in order of the text, each with whether it is nested.

    `stands(place, owner, alone)` says whether the place may stand where it is; `owner` is the place it lies in,
    `alone` tells that no other place crosses it.
    """
    told: list[tuple[Found, bool]] = []
    for cluster in _clusters(sorted(places)):
        if len(cluster) == 1:
            if stands(cluster[0], None, True):
                told.append((cluster[0], False))
        else:
            told += _settle_cluster(cluster, stands, nested)
    return told


def _settle_cluster(cluster: list[Found], stands: Stands, nested: bool) -> list[tuple[Found, bool]]:
    owners: list[Found] = []
    inner: list[Found] = []
    for place in sorted(cluster, key=lambda place: (place.start - place.end, place.start)):
        over = [owner for owner in owners if owner.start < place.end and place.start < owner.end]
        if not over:
            if stands(place, None, not _crossed(place, cluster)):
                owners.append(place)
        elif (
            nested
            and over[0].start <= place.start
            and place.end <= over[0].end
            and stands(place, over[0], False)
        ):
            inner.append(place)
    told = [(place, False) for place in owners] + [(place, True) for place in inner]
    return sorted(told, key=lambda pair: (pair[0].start, pair[0].start - pair[0].end))


def _crossed(place: Found, cluster: list[Found]) -> bool:
    """Whether another place lies across one of its ends."""
    start, end, _ = place
    return any(
        other.start < start < other.end < end or start < other.start < end < other.end for other in cluster
    )


def _clusters(places: Sequence[Found]) -> Iterator[list[Found]]:
    """Runs of places that touch one another."""
    cluster: list[Found] = []
    end = -1
    for place in places:
        if place.start >= end:
            if cluster:
                yield cluster
            cluster = [place]
            end = place.end
        else:
            cluster.append(place)
            end = max(end, place.end)
    if cluster:
        yield cluster


def closest(entries: Sequence[Entry], written: str) -> tuple[Entry, tuple[Concept, ...]]:
    """The entry that owns what is written, and the other concepts that might."""
    if len(entries) == 1:
        return entries[0], ()
    plain = fold(written)

    def distance(entry: Entry) -> tuple[int, int, int, str, str]:
        text = entry.term.text
        if text == written:
            far = 0
        elif fold(text) == plain:
            far = 1
        else:
            far = 2 + _differing(fold(text), plain)
        return far, entry.term.status.rank, entry.term.language.rank, entry.concept.id, text

    best = min(entries, key=distance)
    others = {entry.concept.id: entry.concept for entry in entries if entry.concept.id != best.concept.id}
    return best, tuple(others[key] for key in sorted(others))


def _differing(one: str, other: str) -> int:
    """How many characters stand between what two forms have in common at both ends."""
    shorter = min(len(one), len(other))
    head = 0
    while head < shorter and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < shorter - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return max(len(one), len(other)) - head - tail
