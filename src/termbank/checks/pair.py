"""A segment pair with the terms that occur in it, found once for all checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from termbank.checks.not_prose import hide_what_is_not_prose
from termbank.matching.match import Match
from termbank.model.concept import Concept, Status, Term
from termbank.model.segment import SegmentPair
from termbank.model.span import Span
from termbank.model.survey import same_wording
from termbank.text import tokenizer_en as english

BATCH_SIZE = 500
"""Pairs looked at together: enough for the matcher to work on many at once, few enough for memory to stay small."""
_USABLE = frozenset(status for status in Status if status.rank <= Status.PROPOSED.rank)
"""The statuses of a rendering that may be written."""


class TermFinder(Protocol):
    """What the checks ask of a matcher."""

    def chinese(self, text: str, nested: bool = False) -> Sequence[Match]: ...

    def english(self, text: str, nested: bool = False) -> Sequence[Match]: ...

    def chinese_all(self, texts: Sequence[str], nested: bool = False) -> Sequence[Sequence[Match]]: ...

    def english_all(self, texts: Sequence[str], nested: bool = False) -> Sequence[Sequence[Match]]: ...


@dataclass(frozen=True, eq=False)
class Pair:
    """A segment pair and the matches in it; everything else is derived from these three.

    Attributes:
        segment: the texts, with their places in their files.
        zh_matches: terms in the Chinese, none inside another.
        en_matches: terms in the English, also those inside others (`nested`).
    """

    segment: SegmentPair
    zh_matches: Sequence[Match]
    en_matches: Sequence[Match]

    def __reduce__(self) -> tuple[Any, ...]:
        return Pair, (self.segment, tuple(self.zh_matches), tuple(self.en_matches))

    @property
    def has_source(self) -> bool:
        return bool(self.segment.zh)

    @cached_property
    def zh_concepts(self) -> dict[str, list[Match]]:
        """The concepts that the Chinese may name, by id, each with the matches that name it."""
        found: dict[str, list[Match]] = {}
        for match in self.zh_matches:
            found.setdefault(match.concept.id, []).append(match)
            for concept in match.also:
                found.setdefault(concept.id, []).append(match)
        return found

    @cached_property
    def en_concepts(self) -> dict[str, list[tuple[Match, Term]]]:
        """The concepts that the English may render, by id, each with its own term for every match, nested ones too."""
        found: dict[str, list[tuple[Match, Term]]] = {}
        for match in self.en_matches:
            found.setdefault(match.concept.id, []).append((match, match.term))
            for concept in match.also:
                if (term := own_term(concept, match)) is not None:
                    found.setdefault(concept.id, []).append((match, term))
        return found

    @cached_property
    def en_outermost(self) -> list[Match]:
        """The matches in the English that lie in no other."""
        return [match for match in self.en_matches if not match.nested]

    @cached_property
    def unusable_renderings(self) -> list[tuple[Match, Concept, Term]]:
        """Deprecated or superseded renderings.

        Only those for which the Chinese has the concept, and which no concept that owns them allows.
        """
        found = []
        for match in self.en_outermost:
            if not match.also and match.term.status in _USABLE:
                continue
            owners = [
                (c, t)
                for c in (match.concept, *match.also)
                if not self.has_source or c.id in self.zh_concepts
                if (t := own_term(c, match)) is not None
            ]
            if owners and all(term.status not in _USABLE for _, term in owners):
                found.append((match, *owners[0]))
        return found

    def source_span(self, concept: Concept) -> Span | None:
        """The first place in the Chinese that names the concept, or None in English alone."""
        matches = self.zh_concepts.get(concept.id)
        return matches[0].span if matches else None

    @cached_property
    def en_words(self) -> list[tuple[int, str]]:
        """The English words without punctuation, each with the offset at which it begins."""
        return english.words(self.segment.en)


def own_term(concept: Concept, match: Match) -> Term | None:
    """The concept's own term for a match, which another concept may own."""
    if match.concept.id == concept.id:
        return match.term
    return next((term for term in concept.english if same_wording(term.text, match.term.text)), None)


def find_pairs(segments: Sequence[SegmentPair], matcher: TermFinder) -> list[Pair]:
    """Find the terms in the prose of consecutive segments. All texts are searched together, a repeated one once."""
    segments = [hide_what_is_not_prose(segment) for segment in segments]
    zh = list(dict.fromkeys(segment.zh for segment in segments if segment.zh))
    en = list(dict.fromkeys(segment.en for segment in segments if segment.en))
    zh_matches = dict(zip(zh, matcher.chinese_all(zh), strict=True))
    en_matches = dict(zip(en, matcher.english_all(en, nested=True), strict=True))
    return [
        Pair(segment, zh_matches.get(segment.zh, ()), en_matches.get(segment.en, ())) for segment in segments
    ]


def neighbours(pairs: Sequence[Pair], number: int) -> list[Pair]:
    """The pairs just before and after one of a batch, in this order."""
    return [pairs[near] for near in (number - 1, number + 1) if 0 <= near < len(pairs)]


def batches(segments: Iterable[SegmentPair], size: int = BATCH_SIZE) -> Iterator[list[SegmentPair]]:
    """Divide segments into lists of at most `size`."""
    batch: list[SegmentPair] = []
    for segment in segments:
        batch.append(segment)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
