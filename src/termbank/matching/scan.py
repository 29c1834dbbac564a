"""A scan: the matches of a glossary's terms in one document, and one line for each concept found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from termbank.matching.match import Match
from termbank.model.concept import Concept, Term
from termbank.model.document import Document
from termbank.model.language import Language
from termbank.model.line_starts import LineStarts
from termbank.model.span import Span


@dataclass(frozen=True)
class ScannedTerm:
    """A concept in the document: its forms there, how often, and where first (line and column from 1)."""

    concept: Concept
    term: Term
    written: tuple[tuple[str, int], ...]
    count: int
    first: Span
    line: int
    column: int
    also: tuple[Concept, ...] = ()

    @property
    def renderings(self) -> tuple[Term, ...]:
        """The terms of the other language, what to write first."""
        chinese = self.term.language.is_chinese
        return self.concept.english if chinese else self.concept.chinese


@dataclass(frozen=True)
class Scan:
    """The matches in a document, in order; `language` is the document's."""

    document: Document
    language: Language
    matches: Sequence[Match]

    @property
    def remarks(self) -> tuple[str, ...]:
        return self.document.remarks

    @cached_property
    def terms(self) -> tuple[ScannedTerm, ...]:
        """One line for each concept, in the order of first places."""
        first: dict[str, Match] = {}
        written: dict[str, Counter[str]] = {}
        for match in self.matches:
            known = match.concept.id
            if known not in first:
                first[known] = match
                written[known] = Counter()
            written[known][" ".join(match.text.split())] += 1
        starts = LineStarts(self.document.text)
        lines = (_as_scanned_term(match, written[known], starts) for known, match in first.items())
        return tuple(sorted(lines, key=lambda line: (line.first, line.concept.id)))


def _as_scanned_term(first: Match, written: Counter[str], starts: LineStarts) -> ScannedTerm:
    return ScannedTerm(
        first.concept,
        first.term,
        tuple(written.most_common()),
        written.total(),
        first.span,
        *starts.place(first.span.start),
        first.also,
    )
