"""What lies before a check: the pairs as read, the glossary, and what is known of the whole document.

A `Reading` is a segment pair with the terms found in it, found once for all checks. A `Desk` holds
the glossary, its matcher, the lexicon where there is one, and the `Usage` of renderings so far,
which grows with the glossary and not with the text. Findings are made here, so that all are placed
in their files in one way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from termbank.checks import named
from termbank.core.concept import Concept, Status, Term
from termbank.core.finding import Finding
from termbank.core.glossary import Glossary
from termbank.core.segment import SegmentPair
from termbank.core.span import Span
from termbank.core.survey import same_wording
from termbank.lang import en as english
from termbank.lang.lexicon import Lexicon
from termbank.match.owner import Match

if TYPE_CHECKING:
    from termbank.checks.verdicts import Verdict


class FindsTerms(Protocol):
    """What the checks ask of a matcher."""

    def chinese(self, text: str, nested: bool = False) -> Sequence[Match]: ...

    def english(self, text: str, nested: bool = False) -> Sequence[Match]: ...


REMEMBERED = 4096


class Remembering:
    """A matcher that knows the texts it has just seen: memories and drafts repeat themselves."""

    def __init__(self, matcher: FindsTerms) -> None:
        self.chinese = lru_cache(REMEMBERED)(matcher.chinese)
        self.english = lru_cache(REMEMBERED)(matcher.english)


class Reading:
    """A segment pair with the terms in it; everything is found on first use and kept."""

    def __init__(self, pair: SegmentPair, matcher: FindsTerms) -> None:
        self.pair = pair
        self.before: Reading | None = None
        self.after: Reading | None = None
        self.established: Counter[str] = Counter()
        self.left_open: tuple[tuple[Match, ...], ...] = ()
        self.open_counts: Counter[str] = Counter()
        self.verdicts: tuple[Verdict, ...] | None = None
        self._matcher = matcher

    @cached_property
    def zh(self) -> tuple[Match, ...]:
        """The Chinese terms, each span with its longest owner."""
        return tuple(self._matcher.chinese(self.pair.zh)) if self.pair.zh else ()

    @cached_property
    def en(self) -> tuple[Match, ...]:
        """The English renderings, each span with its longest owner."""
        return tuple(match for match in self.en_all if not match.nested)

    @cached_property
    def en_all(self) -> tuple[Match, ...]:
        """The English renderings with those inside longer ones."""
        return tuple(self._matcher.english(self.pair.en, nested=True)) if self.pair.en else ()

    @cached_property
    def asked(self) -> dict[str, list[Match]]:
        """The concepts that the Chinese may name, with the places where it does."""
        found: dict[str, list[Match]] = {}
        for match in self.zh:
            for concept in (match.concept, *match.also):
                found.setdefault(concept.id, []).append(match)
        return found

    @cached_property
    def answers(self) -> dict[str, list[tuple[Match, Term]]]:
        """The concepts that the English renders, nested renderings too, each with its own term."""
        found: dict[str, list[tuple[Match, Term]]] = {}
        for match in self.en_all:
            found.setdefault(match.concept.id, []).append((match, match.term))
            for concept in match.also:
                if (term := term_of(concept, match)) is not None:
                    found.setdefault(concept.id, []).append((match, term))
        return found

    def put_aside(self, status: Status) -> Iterator[tuple[Match, Concept, Term]]:
        """Renderings of that status for which the Chinese gives cause, and which no concept rightly owns."""
        for match in self.en:
            owners = [(c, t) for c in (match.concept, *match.also) if (t := term_of(c, match)) is not None]
            if self.has_source:
                owners = [(concept, term) for concept, term in owners if concept.id in self.asked]
            if owners and all(term.status.rank > Status.PROPOSED.rank for _, term in owners):
                for concept, term in owners[:1]:
                    if term.status is status:
                        yield match, concept, term

    def cause(self, concept: Concept) -> Span | None:
        """The first place in the Chinese that names the concept, or None in English alone."""
        asked = self.asked.get(concept.id)
        return asked[0].span if asked else None

    @cached_property
    def words(self) -> tuple[english.Token, ...]:
        """The English words, marks left out."""
        return tuple(token for token in english.tokens(self.pair.en) if token.text[0].isalnum())

    @property
    def has_source(self) -> bool:
        return bool(self.pair.zh)


def term_of(concept: Concept, match: Match) -> Term | None:
    """The concept's own term for what was found, where another concept may own the match."""
    if match.concept.id == concept.id:
        return match.term
    return next((term for term in concept.english if same_wording(term.text, match.term.text)), None)


Placed = tuple[str | None, int, int, Span]


def place(file: str | None, text: str, start: int, line: int, column: int, span: Span) -> Placed:
    """File, line, column and span in the file of a span in a segment."""
    before = text[: span.start]
    newlines = before.count("\n")
    at = span.start - (before.rfind("\n") + 1) + 1 if newlines else column + span.start
    return file, line + newlines, at, span.shifted(start)


@dataclass
class Place:
    """Where a rendering stood first in a document, and how often it stood there."""

    reading: Reading
    span: Span
    zh: Span | None
    term: Term
    zh_text: str | None = None
    count: int = 1


@dataclass
class Usage:
    """By document and concept, each English term used with its first place and its count.

    A use counts where the Chinese beside it names the concept, or where there is no Chinese.
    """

    uses: dict[tuple[str | None, str], dict[tuple[str, str | None], Place]] = field(default_factory=dict)

    def add(self, reading: Reading) -> None:
        for match in reading.en:
            concept, term = self._meant(reading, match)
            if concept is None:
                continue
            key = (reading.pair.en_file, concept.id)
            held = self.uses.setdefault(key, {})
            zh = reading.cause(concept)
            zh_text = zh.of(reading.pair.zh) if zh is not None else None
            if (term.text, zh_text) in held:
                held[term.text, zh_text].count += 1
            else:
                held[term.text, zh_text] = Place(reading, match.span, zh, term, zh_text)

    def _meant(self, reading: Reading, match: Match) -> tuple[Concept | None, Term]:
        """The concept that a rendering stands for: with a source, one that the Chinese names."""
        if not reading.has_source:
            return match.concept, match.term
        for concept in (match.concept, *match.also):
            if concept.id in reading.asked and (term := term_of(concept, match)) is not None:
                return concept, term
        return None, match.term


@dataclass
class Desk:
    """What every check may look at. `date` is the translation's; `today` stands in where it has none."""

    glossary: Glossary
    matcher: FindsTerms
    lexicon: Lexicon | None = None
    date: str | None = None
    target: str = "en"
    usage: Usage = field(default_factory=Usage)
    established: dict[str | None, Counter[str]] = field(default_factory=dict)
    left_open: dict[str | None, Counter[str]] = field(default_factory=dict)

    @cached_property
    def _remembering(self) -> Remembering:
        return Remembering(self.matcher)

    def read(self, pairs: Iterable[SegmentPair]) -> list[Reading]:
        """The pairs with their terms; their renderings are added to the usage."""
        from termbank.checks.answers import open_terms

        readings = [Reading(pair, self._remembering) for pair in pairs]
        for one, next_one in pairwise(readings):
            one.after, next_one.before = next_one, one
        for reading in readings:
            self.usage.add(reading)
            rendered = self.established.setdefault(reading.pair.en_file, Counter())
            rendered.update(reading.asked.keys() & reading.answers.keys())
            reading.established = rendered
        for reading in readings:
            reading.left_open = open_terms(reading)
            counts = self.left_open.setdefault(reading.pair.en_file, Counter())
            counts.update(matches[0].concept.id for matches in reading.left_open)
            reading.open_counts = counts
        return readings

    def finding(
        self,
        code: str,
        reading: Reading,
        message: str,
        *,
        en: Span | None = None,
        zh: Span | None = None,
        concept: Concept | None = None,
        found: str | None = None,
        suggest: Sequence[str] = (),
    ) -> Finding:
        """A finding placed in its files. Without `en`, the whole of the English segment is meant."""
        pair = reading.pair
        in_en = place(
            pair.en_file, pair.en, pair.en_start, pair.en_line, pair.en_column, en or Span(0, len(pair.en))
        )
        in_zh = place(
            pair.zh_file, pair.zh, pair.zh_start, pair.zh_line, pair.zh_column, zh or Span(0, len(pair.zh))
        )
        target, source = (in_zh, in_en) if self.target == "zh" else (in_en, in_zh)
        given = zh if self.target == "en" else en
        file, line, column, span = target
        return Finding(
            code,
            named(code).severity,
            message,
            concept.id if concept else None,
            file,
            line,
            column,
            span,
            source[0],
            source[3] if given is not None else None,
            found if found is not None else (en.of(pair.en) if en else None),
            tuple(suggest),
            pair.zh if self.target == "zh" else pair.en,
            (pair.en if self.target == "zh" else pair.zh) or None,
        )


def approved(concept: Concept) -> tuple[Term, ...]:
    """What may be written for a concept: what the house approves; what is only proposed where it approves none."""
    good = tuple(term for term in concept.english if term.status.is_approved)
    return good or tuple(term for term in concept.english if term.status is Status.PROPOSED)


def suggestions(concept: Concept) -> tuple[str, ...]:
    """The renderings to offer, best first, at most three."""
    return tuple(dict.fromkeys(term.text for term in approved(concept)))[:3]


def batches(pairs: Iterable[SegmentPair], size: int = 500) -> Iterator[list[SegmentPair]]:
    """The pairs a few hundred at a time, so that what was read of them can be let go."""
    batch: list[SegmentPair] = []
    for pair in pairs:
        batch.append(pair)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
