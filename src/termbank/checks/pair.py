"""What lies before a check: the pairs as read, the glossary, and what is known of the whole document.

A `Reading` is a segment pair with the terms found in it, found once for all checks. A `Desk` holds
the glossary, its matcher, the lexicon where there is one, and the `Usage` of renderings so far,
which grows with the glossary and not with the text. Findings are made here, so that all are placed
in their files in one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from termbank.checks import named
from termbank.checks.document_stats import Shown, Usage, noted
from termbank.checks.expected_renderings import Memory, approved
from termbank.lexicon.dictionary import Lexicon
from termbank.matching.overlap import Match
from termbank.model.concept import Concept, Status, Term
from termbank.model.finding import Finding
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.model.span import Span
from termbank.text import tokenizer_en as english

if TYPE_CHECKING:
    from termbank.checks.term_faults import Verdict


class FindsTerms(Protocol):
    """What the checks ask of a matcher."""

    def chinese(self, text: str, nested: bool = False) -> Sequence[Match]: ...

    def english(self, text: str, nested: bool = False) -> Sequence[Match]: ...

    def chinese_all(self, texts: Sequence[str], nested: bool = False) -> Sequence[Sequence[Match]]: ...

    def english_all(self, texts: Sequence[str], nested: bool = False) -> Sequence[Sequence[Match]]: ...


class Reading:
    """A segment pair with the terms in it: `zh` with their longest owners, `en_all` with those inside longer ones.

    `asked` are the concepts that the Chinese may name, with the places where it does; `answers` those that the English
    renders, nested renderings too, each with its own term.
    """

    def __init__(
        self, pair: SegmentPair, zh: Sequence[Match], en_all: Sequence[Match], memory: Memory
    ) -> None:
        self.pair, self.zh, self.en_all, self.memory = pair, zh, en_all, memory
        self.en = [match for match in en_all if not match.nested]
        self.asked: dict[str, list[Match]] = {}
        for match in zh:
            self.asked.setdefault(match.concept.id, []).append(match)
            for concept in match.also:
                self.asked.setdefault(concept.id, []).append(match)
        self.answers: dict[str, list[tuple[Match, Term]]] = {}
        for match in en_all:
            self.answers.setdefault(match.concept.id, []).append((match, match.term))
            for concept in match.also:
                if (term := memory.term_of(concept, match)) is not None:
                    self.answers.setdefault(concept.id, []).append((match, term))
        self.before: Reading | None = None
        self.after: Reading | None = None
        self.shown = _NOTHING
        self.open: list[tuple[tuple[Match, ...], frozenset[str]]] = []
        self.left_open: tuple[tuple[Match, ...], ...] = ()
        self.verdicts: tuple[Verdict, ...] | None = None

    @cached_property
    def put_aside(self) -> list[tuple[Match, Concept, Term]]:
        """Renderings for which the Chinese gives cause, and which all concepts that own them have put aside."""
        found = []
        for match in self.en:
            if not match.also and match.term.status in _STANDING:
                continue
            owners = [
                (c, t)
                for c in (match.concept, *match.also)
                if not self.has_source or c.id in self.asked
                if (t := self.memory.term_of(c, match)) is not None
            ]
            if owners and all(term.status not in _STANDING for _, term in owners):
                found.append((match, *owners[0]))
        return found

    def cause(self, concept: Concept) -> Span | None:
        """The first place in the Chinese that names the concept, or None in English alone."""
        asked = self.asked.get(concept.id)
        return asked[0].span if asked else None

    @cached_property
    def words(self) -> list[tuple[int, str]]:
        """The English words, marks left out, each with where it begins."""
        return english.words(self.pair.en)

    @property
    def has_source(self) -> bool:
        return bool(self.pair.zh)


_NOTHING = Shown()
_STANDING = frozenset(status for status in Status if status.rank <= Status.PROPOSED.rank)


Placed = tuple[str | None, int, int, Span]


def place(file: str | None, text: str, start: int, line: int, column: int, span: Span) -> Placed:
    """File, line, column and span in the file of a span in a segment."""
    before = text[: span.start]
    newlines = before.count("\n")
    at = span.start - (before.rfind("\n") + 1) + 1 if newlines else column + span.start
    return file, line + newlines, at, span.shifted(start)


@dataclass
class Desk:
    """What every check may look at. `date` is the translation's; `today` stands in where it has none."""

    glossary: Glossary
    matcher: FindsTerms
    lexicon: Lexicon | None = None
    date: str | None = None
    target: str = "en"
    usage: Usage = field(default_factory=Usage)
    shown: dict[str | None, Shown] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)

    def read(self, pairs: Sequence[SegmentPair]) -> list[Reading]:
        """The pairs with their terms, judged by all that the document has shown up to their end."""
        readings = self.found(pairs)
        for reading in readings:
            self.usage.add(reading)
        for file, some in noted(readings).items():
            self.shown.setdefault(file, Shown()).add(some)
        self.settle(readings)
        return readings

    def settle(self, readings: Sequence[Reading]) -> None:
        """Tell what the readings leave open, by what their documents have shown."""
        for reading in readings:
            reading.shown = self.shown[reading.pair.en_file]
            reading.left_open = tuple(
                matches for matches, heads in reading.open if reading.shown.rendered.keys().isdisjoint(heads)
            )

    def found(self, pairs: Sequence[SegmentPair]) -> list[Reading]:
        """The pairs with the terms that stand in each, all sought together; what is repeated is sought once."""
        from termbank.checks.answered_terms import open_terms

        zh = list(dict.fromkeys(pair.zh for pair in pairs if pair.zh))
        en = list(dict.fromkeys(pair.en for pair in pairs if pair.en))
        chinese = dict(zip(zh, self.matcher.chinese_all(zh), strict=True))
        renderings = dict(zip(en, self.matcher.english_all(en, nested=True), strict=True))
        readings = [
            Reading(pair, chinese.get(pair.zh, ()), renderings.get(pair.en, ()), self.memory)
            for pair in pairs
        ]
        for reading in readings:
            reading.open = open_terms(reading)
        for one, next_one in pairwise(readings):
            one.after, next_one.before = next_one, one
        return readings

    def finding(
        self,
        code: str,
        pair: SegmentPair,
        message: str,
        *,
        en: Span | None = None,
        zh: Span | None = None,
        concept: Concept | None = None,
        found: str | None = None,
        suggest: Sequence[str] = (),
    ) -> Finding:
        """A finding placed in its files. Without `en`, the whole of the English segment is meant."""
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
