"""What the rest of a pair says about a term that no known rendering answers.

Every English content word is asked which Chinese word may have caused it: one inside the term, one
outside, or none that the lexicon knows. A term of which no part is to be seen, beside English words
that nothing explains, was rendered by those words; a term whose parts stand together in other
words was rendered freely; a term without either is missing. The competition of words is that of
Melamed (2000) in its plainest form: what another term owns is not evidence for this one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from termbank.checks.lexicon_stems import parts_of, stem_table, told_by
from termbank.checks.pair import Reading
from termbank.checks.reported_phrase import Weighed, phrase
from termbank.lexicon.dictionary import Lexicon, is_stop_word
from termbank.matching.overlap import Match
from termbank.model.concept import Concept
from termbank.model.span import Span
from termbank.text.scripts import to_simplified

_JOINED = re.compile("[和与與及、]")
_PARTS_WORDS = re.compile("[.;:!?，。；()（）\n]")


class Word(NamedTuple):
    """An English content word: its place, and what may have caused it.

    `owner` is the concept whose rendering it stands in, where the Chinese asks for that concept;
    `stray` the concept of a rendering for which the Chinese has no cause.
    """

    start: int
    end: int
    stem: str
    owner: str | None
    stray: str | None


class Glimpse(NamedTuple):
    """What the words of a pair alone show of a term that no known rendering answers.

    `rendered` is the best share of an approved rendering's words to be seen, `seen` the share of the term's Chinese
    words that have a counterpart; `ordinary` tells that the lexicon has the term. `held` are the words that may belong
    to it, `rest` those that no other term owns.
    """

    rendered: float
    seen: float
    ordinary: bool
    held: list[int]
    rest: list[int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a pair shows of a term that no known rendering answers, by its words and by what else explains them.

    `run` are the words by which it is rendered as far as that can be told, of which `strange` are explained by
    nothing. `stray` says that they are the rendering of a concept for which the Chinese has no cause, `apart` how far
    they stand from where the Chinese does (shares of the segment), `noise` and `open` how much else in the English and
    the Chinese is unexplained.
    """

    glimpse: Glimpse
    run: tuple[int, ...]
    strange: tuple[int, ...]
    span: Span | None
    stray: bool
    apart: float
    noise: float
    open: float

    @property
    def alone(self) -> int:
        """How many words nothing explains, where it is rendered."""
        return len(self.strange)


class Scene:
    """One pair laid out for the question; made only where a term has no known rendering."""

    def __init__(self, reading: Reading, lexicon: Lexicon | None) -> None:
        self.reading = reading
        self.lexicon = lexicon
        self.words = list(self._words())

    @cached_property
    def _beside(self) -> frozenset[str]:
        """The letters of the Chinese without the terms that are in question."""
        zh, pieces, done = self.reading.pair.zh, [], 0
        for span in sorted(match.span for matches in self.reading.left_open for match in matches):
            pieces.append(zh[done : span.start])
            done = max(done, span.end)
        return frozenset(to_simplified("".join((*pieces, zh[done:]))))

    def _words(self) -> Iterator[Word]:
        words = self.reading.words
        begins = [at for at, _ in words]
        owned: dict[int, str] = {}
        stray: dict[int, str] = {}
        caused: set[int] = set()
        asked = self.reading.asked
        for match in self.reading.en_all:
            name = match.concept.id
            places = range(bisect_left(begins, match.span.start), bisect_left(begins, match.span.end))
            if name in asked:
                for place in places:
                    owned.setdefault(place, name)
            elif match.nested:
                continue
            elif self._has_a_cause(match):
                caused.update(places)
            else:
                for place in places:
                    stray.setdefault(place, name)
        for place, (at, text) in enumerate(words):
            stem = told_by(text)
            if stem is None:
                continue
            owner = owned.get(place)
            if owner is not None:
                yield Word(at, at + len(text), stem, owner, None)
            elif place not in caused:
                yield Word(at, at + len(text), stem, None, stray.get(place))

    def _has_a_cause(self, match: Match) -> bool:
        """Whether the Chinese holds much of a term that it does not hold whole: another way of naming it."""
        return any(
            len(letters & self._beside) * 2 > len(letters)
            for concept in (match.concept, *match.also)
            for letters in self.reading.memory.of(concept).letters
        )

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(word.stem for word in self.words)

    @cached_property
    def _causes(self) -> list[tuple[Span, bool, frozenset[str]]]:
        """The Chinese words, each with whether the lexicon knows it, and the stems here that it may have become."""
        if self.lexicon is None:
            return []
        zh, table, here = self.reading.pair.zh, stem_table(self.lexicon), self._stems
        units = ((unit, table(unit.of(zh))) for unit in self.lexicon.words(zh))
        return [(unit, bool(stems), stems & here) for unit, stems in units]

    @cached_property
    def _causes_of(self) -> dict[str, list[Span]]:
        """For each stem, the Chinese words that it may come from."""
        found: dict[str, list[Span]] = {}
        for unit, _, stems in self._causes:
            for stem in stems:
                found.setdefault(stem, []).append(unit)
        return found

    def _is_explained(self, stem: str, spans: Sequence[Span]) -> bool:
        """Whether a Chinese word outside the term's places may have become it."""
        return any(not any(unit.overlaps(span) for span in spans) for unit in self._causes_of.get(stem, ()))

    def glimpse(self, concept: Concept, matches: Sequence[Match]) -> Glimpse:
        """What the words alone say about a concept that the Chinese names at these places."""
        wanted = self.reading.memory.of(concept)
        parts = parts_of(self.lexicon, matches[0].text)
        caused = wanted.own.union(*parts)
        held: list[int] = []
        rest: list[int] = []
        for at, word in enumerate(self.words):
            if word.owner is None or word.owner == concept.id:
                (held if word.stem in caused else rest).append(at)
        have = {self.words[at].stem for at in held}
        return Glimpse(
            max((_share(rendering, have) for rendering in wanted.stems), default=0.0),
            sum(not have.isdisjoint(part) for part in parts) / len(parts) if parts else 0.0,
            self.lexicon is not None and bool(self.lexicon.translations(matches[0].text)),
            held,
            rest,
        )

    def evidence(self, glimpse: Glimpse, matches: Sequence[Match]) -> Evidence:
        """What the pair says about it when the other Chinese words are asked what they may have become."""
        spans = [match.span for match in matches]
        alone = [at for at in glimpse.rest if not self._is_explained(self.words[at].stem, spans)]
        run, apart = self._run(set(glimpse.held), set(alone), spans)
        strange = tuple(at for at in run if at in alone)
        return Evidence(
            glimpse=glimpse,
            run=tuple(run),
            strange=strange,
            span=Span(self.words[run[0]].start, self.words[run[-1]].end) if run else None,
            stray=any(self.words[at].stray is not None for at in strange),
            apart=apart,
            noise=(len(alone) - len(strange)) / max(1, len(self.words)),
            open=self._open,
        )

    def has_a_stray(self, glimpse: Glimpse) -> bool:
        """Whether words that may stand for the term are the rendering of a concept without a cause."""
        return any(self.words[at].stray is not None for at in glimpse.rest)

    def phrase(self, evidence: Evidence, term: str) -> Span | None:
        """What can be shown of the words by which the term is rendered."""
        weighed = [
            Weighed(Span(*self.words[at][:2]), _weight(self.words[at], at in evidence.strange))
            for at in evidence.run
        ]
        return phrase(self.reading.pair.en, weighed, _JOINED.search(term) is not None) if weighed else None

    @cached_property
    def _open(self) -> float:
        """The share of the Chinese words outside all terms that have no counterpart in the English."""
        taken = {at for match in self.reading.zh for at in range(match.span.start, match.span.end)}
        telling = missing = 0
        for unit, is_known, here in self._causes:
            if is_known and unit.end - unit.start > 1 and taken.isdisjoint(range(unit.start, unit.end)):
                telling += 1
                missing += not here
        return missing / max(1, telling)

    def _run(self, held: set[int], alone: set[int], spans: Sequence[Span]) -> tuple[list[int], float]:
        """The stretch of English that most likely answers the term, and how far from its place it stands."""
        best: list[int] = []
        best_weight, best_apart = 0.0, 1.0
        size = max(1, len(self.reading.pair.zh))
        places = [(span.start + span.end) / 2 / size for span in spans]
        for group in self._groups(sorted(held | alone)):
            apart = self._apart(group, places)
            own = len({self.words[at].stem for at in group if at in held})
            strange = [at for at in group if at in alone]
            stray = any(self.words[at].stray is not None for at in strange)
            weight = own + 0.7 * min(len(strange), 3) + 2.0 * stray - 3.0 * apart + 2.0
            if weight > best_weight:
                best, best_weight, best_apart = group, weight, apart
        return best, best_apart

    def _apart(self, group: list[int], places: Sequence[float]) -> float:
        """The distance between the places of the two in their segments, as shares of these."""
        start, end = self.words[group[0]].start, self.words[group[-1]].end
        at = (start + end) / 2 / max(1, len(self.reading.pair.en))
        return min(abs(at - place) for place in places)

    def _groups(self, words: list[int]) -> Iterator[list[int]]:
        """Runs of words with nothing but small words between them."""
        group: list[int] = []
        for at in words:
            if group and not (group[-1] + 1 == at and self._is_joined(at)):
                yield group
                group = []
            group.append(at)
        if group:
            yield group

    def _is_joined(self, at: int) -> bool:
        """Whether nothing but small words stands between a word and the one before."""
        return _is_small(self.reading.pair.en[self.words[at - 1].end : self.words[at].start])


def _is_small(between: str) -> bool:
    if between in (" ", "-"):
        return True
    if _PARTS_WORDS.search(between) is not None:
        return False
    return all(is_stop_word(piece) for piece in between.lower().replace("-", " ").replace(",", " ,").split())


def _weight(word: Word, is_strange: bool) -> float:
    """How much a word speaks for the term."""
    return 2.0 if word.stray is not None else 0.7 if is_strange else 1.0


def _share(rendering: tuple[str, ...], have: set[str]) -> float:
    return sum(stem in have for stem in rendering) / len(rendering) if rendering else 0.0
