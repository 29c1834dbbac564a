"""What is known of a whole document: which renderings it uses, what it rendered and what it left open, how often.

What a batch of readings shows comes in, in the order of the text; the sum so far goes out. It grows with the glossary
and not with the text. A batch may be read in another process: what it shows is told in small values (`Noted`, `Use`),
and the sum is the same as if all were read in one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from termbank.matching.overlap import Match
from termbank.model.concept import Concept, Term
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.model.span import Span

if TYPE_CHECKING:
    from termbank.checks.pair import Reading

Open = tuple[str, frozenset[str]]
"""A concept that a pair by itself leaves open, with those that it takes up if they were rendered before."""


class Noted(NamedTuple):
    """What a batch shows of one document: how often it renders each concept, and what its pairs leave open."""

    rendered: Counter[str]
    open: list[Open]


class Shown:
    """What a document has shown so far."""

    def __init__(
        self,
        rendered: Iterable[str] | dict[str, int] = (),
        total: int = 0,
        left_open: dict[str, int] | None = None,
    ) -> None:
        self.rendered: Counter[str] = Counter(rendered)
        self.total = total
        self.left_open: Counter[str] = Counter(left_open or {})

    def add(self, noted: Noted) -> None:
        self.rendered.update(noted.rendered)
        self.total += noted.rendered.total()
        self.left_open.update(name for name, heads in noted.open if self.rendered.keys().isdisjoint(heads))

    def about(self, open_: Iterable[Open]) -> Shown:
        """As much of it as may be asked about these."""
        names = {name for one, heads in open_ for name in (one, *heads)}
        return Shown(
            {name: count for name in names if (count := self.rendered.get(name))},
            self.total,
            {name: count for name in names if (count := self.left_open.get(name))},
        )


def noted(readings: Sequence[Reading]) -> dict[str | None, Noted]:
    """What a batch shows, by document."""
    found: dict[str | None, Noted] = {}
    for reading in readings:
        file = reading.pair.en_file
        one = found.get(file) or found.setdefault(file, Noted(Counter(), []))
        one.rendered.update(reading.asked.keys() & reading.answers.keys())
        one.open.extend((matches[0].concept.id, heads) for matches, heads in reading.open)
    return found


@dataclass
class Place:
    """Where a rendering stood first in a document, and how often it stood there."""

    pair: SegmentPair
    span: Span
    zh: Span | None
    term: Term
    zh_text: str | None = None
    count: int = 1


class Use(NamedTuple):
    """A place told in small values: `pair` is the number of its pair in the batch."""

    file: str | None
    concept: str
    text: str
    zh_text: str | None
    times: int
    pair: int
    span: Span
    zh: Span | None


@dataclass
class Usage:
    """By document and concept, each English term used with its first place and its count.

    A use counts where the Chinese beside it names the concept, or where there is no Chinese.
    """

    uses: dict[tuple[str | None, str], dict[tuple[str, str | None], Place]] = field(default_factory=dict)

    def add(self, reading: Reading) -> None:
        pair = reading.pair
        for match in reading.en:
            meant = _meant(reading, match)
            if meant is None:
                continue
            concept, term = meant
            held = self.uses.setdefault((pair.en_file, concept.id), {})
            zh = reading.cause(concept)
            zh_text = zh.of(pair.zh) if zh is not None else None
            if (place := held.get((term.text, zh_text))) is not None:
                place.count += 1
            else:
                held[term.text, zh_text] = Place(pair, match.span, zh, term, zh_text)

    def told(self, pairs: Sequence[SegmentPair]) -> Iterator[Use]:
        """The uses in one batch of pairs, to be added elsewhere."""
        numbers = {id(pair): number for number, pair in enumerate(pairs)}
        for (file, concept), held in self.uses.items():
            for (text, zh_text), place in held.items():
                yield Use(
                    file, concept, text, zh_text, place.count, numbers[id(place.pair)], place.span, place.zh
                )

    def take(self, uses: Iterable[Use], pairs: Sequence[SegmentPair], glossary: Glossary) -> None:
        """Add the uses that another `Usage` tells of a batch of pairs."""
        for use in uses:
            held = self.uses.setdefault((use.file, use.concept), {})
            if (place := held.get((use.text, use.zh_text))) is not None:
                place.count += use.times
                continue
            term = next(term for term in glossary.by_id[use.concept].english if term.text == use.text)
            held[use.text, use.zh_text] = Place(
                pairs[use.pair], use.span, use.zh, term, use.zh_text, use.times
            )


def _meant(reading: Reading, match: Match) -> tuple[Concept, Term] | None:
    """The concept that a rendering stands for: with a source, one that the Chinese names."""
    if not reading.has_source or match.concept.id in reading.asked:
        return match.concept, match.term
    for concept in match.also:
        if concept.id in reading.asked and (term := reading.memory.term_of(concept, match)) is not None:
            return concept, term
    return None
