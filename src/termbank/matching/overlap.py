"""Overlapping matches: which term keeps a place, and which concept owns it.

The longest term that is accepted keeps its place; among equals the one that begins first. A place inside another one is nested,
and is given on request only; one that crosses another is dropped. No span is given twice.

A span that several terms or concepts share goes to the term whose text is closest to what is written, then to the better
status, then to the earlier id; `Match.also` names the other concepts. `batch.overlap` does the same for arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from termbank.matching.match import TermEntry
from termbank.model.concept import Concept
from termbank.text.normalize import fold


class PatternHit(NamedTuple):
    """A place `[start, end)`, in characters or tokens of the matcher, and the pattern found there."""

    start: int
    end: int
    pattern: int


Accepts = Callable[[PatternHit, PatternHit | None, bool], bool]


def resolve_overlaps(
    hits: Iterable[PatternHit], accepts: Accepts, nested: bool = False
) -> list[tuple[PatternHit, bool]]:
    """Resolve overlaps: longest first, then leftmost.

    Args:
        hits: All hits, in any order.
        accepts: `accepts(hit, owner, alone)` decides whether a hit is a term at its place; `owner` is the hit it lies in,
            `alone` says that no other hit crosses it.
        nested: Whether to give the hits inside others as well.

    Returns:
        The hits that remain in order of the text, each with whether it is nested.
    """
    resolved: list[tuple[PatternHit, bool]] = []
    for cluster in _clusters(sorted(hits)):
        if len(cluster) == 1:
            if accepts(cluster[0], None, True):
                resolved.append((cluster[0], False))
        else:
            resolved += _resolve_cluster(cluster, accepts, nested)
    return resolved


def _resolve_cluster(
    cluster: list[PatternHit], accepts: Accepts, nested: bool
) -> list[tuple[PatternHit, bool]]:
    owners: list[PatternHit] = []
    inner: list[PatternHit] = []
    for hit in sorted(cluster, key=lambda hit: (hit.start - hit.end, hit.start)):
        over = [owner for owner in owners if owner.start < hit.end and hit.start < owner.end]
        if not over:
            if accepts(hit, None, not _crossed(hit, cluster)):
                owners.append(hit)
        elif (
            nested and over[0].start <= hit.start and hit.end <= over[0].end and accepts(hit, over[0], False)
        ):
            inner.append(hit)
    found = [(hit, False) for hit in owners] + [(hit, True) for hit in inner]
    return sorted(found, key=lambda pair: (pair[0].start, pair[0].start - pair[0].end))


def _crossed(hit: PatternHit, cluster: list[PatternHit]) -> bool:
    """Whether another hit crosses one of its ends."""
    start, end, _ = hit
    return any(
        other.start < start < other.end < end or start < other.start < end < other.end for other in cluster
    )


def _clusters(hits: Sequence[PatternHit]) -> Iterator[list[PatternHit]]:
    """Runs of hits that overlap one another."""
    cluster: list[PatternHit] = []
    end = -1
    for hit in hits:
        if hit.start >= end:
            if cluster:
                yield cluster
            cluster = [hit]
            end = hit.end
        else:
            cluster.append(hit)
            end = max(end, hit.end)
    if cluster:
        yield cluster


def closest_entry(entries: Sequence[TermEntry], written: str) -> tuple[TermEntry, tuple[Concept, ...]]:
    """The entry that owns what is written, and the other concepts that might."""
    if len(entries) == 1:
        return entries[0], ()
    plain = fold(written)

    def distance(entry: TermEntry) -> tuple[int, int, int, str, str]:
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
    """How many characters lie between the common beginning and the common end of two forms."""
    shorter = min(len(one), len(other))
    head = 0
    while head < shorter and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < shorter - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return max(len(one), len(other)) - head - tail
