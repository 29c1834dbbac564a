"""Collects what a pair says about a term that no known rendering answers.

Every English content word is asked which Chinese word may have caused it: one inside the term, one outside, or none that
the lexicon knows. A term of which no part is found, beside English words that nothing explains, was rendered by those
words; a term whose parts are found together in other words was rendered freely; a term without either is missing. The
competition of words is that of Melamed (2000) in its plainest form: what another term owns is not evidence for this one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from termbank.checks.context import CheckContext
from termbank.checks.lexicon_stems import content_stem, parts_of, stem_table, stems_of
from termbank.checks.pair import Pair
from termbank.checks.reported_phrase import WeightedWord, find_phrase
from termbank.checks.unanswered_terms import UnansweredTerm
from termbank.lexicon.dictionary import is_stop_word
from termbank.matching.match import Match
from termbank.model.concept import Concept
from termbank.model.resources import read_json
from termbank.model.span import Span
from termbank.text.scripts import to_simplified

_CONJUNCTION = re.compile("[和與与及、]")
_ENGLISH_CONJUNCTION = re.compile(r",|\b(?:and|or)\b", re.I)
_CLAUSE_MARKS = re.compile("[.;:!?，。；()（）\n]")
_WEIGHTS = read_json("termbank.checks", "weights.json")["phrase_choice"]
_UNEXPLAINED, _STRAY, _DISTANCE, _PRESENCE = (
    float(_WEIGHTS[name]) for name in ("unexplained_word", "stray_rendering", "distance", "presence")
)
_COUNTED = 3
"""Unexplained words beyond this many say nothing more for a stretch."""


class ContentWord(NamedTuple):
    """An English content word: its place, and what may have caused it.

    `owner` is the concept (id) of whose rendering it is a part, where the Chinese names that concept;
    `stray` the concept of a rendering for which the Chinese has no cause.
    """

    start: int
    end: int
    stem: str
    owner: str | None
    stray: str | None


class TermTraces(NamedTuple):
    """What the English words show of an unanswered term, before the other Chinese words are asked.

    Attributes:
        rendered: the highest share of an approved rendering's words that are found.
        translated: the share of the term's Chinese words that have a counterpart.
        in_lexicon: whether the lexicon has the term.
        own: the words (numbers) that may render the term.
        free: the other words that no term owns.
    """

    rendered: float
    translated: float
    in_lexicon: bool
    own: list[int]
    free: list[int]


@dataclass(frozen=True, slots=True)
class TermEvidence:
    """What a pair shows of an unanswered term, by its own words and by what else explains them.

    Attributes:
        stretch: the words (numbers) by which the term is rendered, as far as that can be found out.
        unexplained: those of them that nothing explains.
        span: the place of the stretch.
        stray: whether it is the rendering of a concept for which the Chinese has no cause.
        distance: how far the stretch is from where the Chinese has the term (share of the segment).
        en_noise: the share of the English words elsewhere that nothing explains.
        zh_noise: the share of the Chinese words outside terms that have no counterpart.
    """

    traces: TermTraces
    stretch: tuple[int, ...]
    unexplained: tuple[int, ...]
    span: Span | None
    stray: bool
    distance: float
    en_noise: float
    zh_noise: float


class PairEvidence:
    """The words of one pair with their possible causes; made only where a term is unanswered."""

    def __init__(self, pair: Pair, terms: Sequence[UnansweredTerm], context: CheckContext) -> None:
        self.pair = pair
        self.terms = terms
        self.lexicon = context.lexicon
        self.expected = context.expected
        self.words = list(self._content_words())

    @cached_property
    def _other_characters(self) -> frozenset[str]:
        """The characters of the Chinese without the unanswered terms, simplified."""
        zh, pieces, done = self.pair.segment.zh, [], 0
        for span in sorted(match.span for term in self.terms for match in term.matches):
            pieces.append(zh[done : span.start])
            done = max(done, span.end)
        return frozenset(to_simplified("".join((*pieces, zh[done:]))))

    def _content_words(self) -> Iterator[ContentWord]:
        words = self.pair.en_words
        begins = [at for at, _ in words]
        owned: dict[int, str] = {}
        stray: dict[int, str] = {}
        caused: set[int] = set()
        in_zh = self.pair.zh_concepts
        for match in self.pair.en_matches:
            name = match.concept.id
            places = range(bisect_left(begins, match.span.start), bisect_left(begins, match.span.end))
            if name in in_zh:
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
            stem = content_stem(text)
            if stem is None:
                continue
            owner = owned.get(place)
            if owner is not None:
                yield ContentWord(at, at + len(text), stem, owner, None)
            elif place not in caused:
                yield ContentWord(at, at + len(text), stem, None, stray.get(place))

    def _has_a_cause(self, match: Match) -> bool:
        """Whether the Chinese has most characters of a term that it does not have whole: it is named in another way."""
        return any(
            len(characters & self._other_characters) * 2 > len(characters)
            for concept in (match.concept, *match.also)
            for characters in self.expected.of(concept).zh_characters
        )

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(word.stem for word in self.words)

    @cached_property
    def compound_stems(self) -> frozenset[str]:
        """The stems of hyphenated words written as one: startup for start-up."""
        compounds = re.findall(r"\b[A-Za-z]+-[A-Za-z]+\b", self.pair.segment.en)
        return frozenset(
            stem for word in compounds if (stem := content_stem(word.replace("-", ""))) is not None
        )

    @cached_property
    def _causes(self) -> list[tuple[Span, bool, frozenset[str]]]:
        """The Chinese words, each with whether the lexicon knows it, and the English stems here that it may have become."""
        if self.lexicon is None:
            return []
        zh, table, here = self.pair.segment.zh, stem_table(self.lexicon), self._stems
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

    def dictionary_stems(self, text: str) -> frozenset[str]:
        """The stems of what the lexicon gives for a whole term."""
        if self.lexicon is None or not self.lexicon.translations(text):
            return frozenset()
        return stems_of(self.lexicon, text)

    def is_explained(self, number: int, spans: Sequence[Span]) -> bool:
        """Whether a Chinese word outside the term's places may have become a word."""
        return self._is_explained(self.words[number].stem, spans)

    def traces(self, concept: Concept, matches: Sequence[Match]) -> TermTraces:
        """What the English words alone show of a concept that the Chinese names at these places."""
        expected = self.expected.of(concept)
        parts = parts_of(self.lexicon, matches[0].text)
        caused = expected.all_stems.union(*parts)
        own: list[int] = []
        free: list[int] = []
        for number, word in enumerate(self.words):
            if word.owner is None or word.owner == concept.id:
                (own if word.stem in caused else free).append(number)
        have = {self.words[number].stem for number in own}
        return TermTraces(
            max((_share(rendering, have) for rendering in expected.stems), default=0.0),
            sum(not have.isdisjoint(part) for part in parts) / len(parts) if parts else 0.0,
            self.lexicon is not None and bool(self.lexicon.translations(matches[0].text)),
            own,
            free,
        )

    def evidence(self, traces: TermTraces, matches: Sequence[Match]) -> TermEvidence:
        """What the pair shows when the other Chinese words are asked which English words they may have become."""
        spans = [match.span for match in matches]
        is_proper = self.expected.of(matches[0].concept).is_proper
        alone = [
            number
            for number in traces.free
            if not self._is_explained(self.words[number].stem, spans)
            and (is_proper or not self._is_in_a_name(number))
        ]
        stretch, distance = self._best_stretch(set(traces.own), set(alone), spans)
        unexplained = tuple(number for number in stretch if number in alone)
        return TermEvidence(
            traces=traces,
            stretch=tuple(stretch),
            unexplained=unexplained,
            span=Span(self.words[stretch[0]].start, self.words[stretch[-1]].end) if stretch else None,
            stray=self._has_stray(unexplained),
            distance=distance,
            en_noise=(len(alone) - len(unexplained)) / max(1, len(self.words)),
            zh_noise=self._zh_noise,
        )

    def is_reordered(self, concept: Concept) -> bool:
        """Whether the words of an approved rendering stand together in another order, or parted by a coordination.

        “Structural reform on the supply side”, “macro and industrial policies”: nothing but stop words and what “and”
        joins lies between them, and no other noun follows. In the rendering's own order the matcher has decided:
        a digitalized economy is not the digital economy.
        """
        return any(
            len(rendering) > 1 and self._stand_together(rendering)
            for rendering in self.expected.of(concept).stems
        )

    def _stand_together(self, rendering: Sequence[str]) -> bool:
        """Whether somewhere in the English all stems of a rendering stand together."""
        for first, word in enumerate(self.words):
            if word.stem in rendering:
                last = self._end_of_wording(first, rendering)
                if last is not None and self._is_wording(first, last, rendering):
                    return True
        return False

    def _end_of_wording(self, first: int, rendering: Sequence[str]) -> int | None:
        """The word (number) with which all stems are there, counted from `first`; None where they are not near."""
        left, en = Counter(rendering), self.pair.segment.en
        for at in range(first, min(len(self.words), first + 2 * len(rendering) + 2)):
            if at > first and _CLAUSE_MARKS.search(en[self.words[at - 1].end : self.words[at].start]):
                return None
            if left[self.words[at].stem] > 0:
                left[self.words[at].stem] -= 1
            if not left.total():
                return at
        return None

    def _is_wording(self, first: int, last: int, rendering: Sequence[str]) -> bool:
        """Whether these words say what a rendering says."""
        stems = [word.stem for word in self.words[first : last + 1]]
        en = self.pair.segment.en
        if len(stems) > len(rendering):
            return _ENGLISH_CONJUNCTION.search(en[self.words[first].end : self.words[last].start]) is not None
        if stems == list(rendering):
            return False
        is_head = stems[-1] == rendering[-1]
        return is_head or not self._is_followed_by_a_word(last)

    def _is_followed_by_a_word(self, number: int) -> bool:
        """Whether the next content word comes directly after a word, as a noun that it belongs to would."""
        after = number + 1
        return (
            after < len(self.words)
            and self.pair.segment.en[self.words[number].end : self.words[after].start] == " "
        )

    def _is_in_a_name(self, number: int) -> bool:
        """Whether a word and one beside it have capitals, as in the name of a person: it renders no common noun."""
        en, word = self.pair.segment.en, self.words[number]
        if word.stray is not None or not en[word.start].isupper():
            return False
        beside = (self.words[at] for at in (number - 1, number + 1) if 0 <= at < len(self.words))
        return any(
            en[other.start].isupper() and en[min(word.end, other.end) : max(word.start, other.start)] == " "
            for other in beside
        )

    def may_be_stray(self, traces: TermTraces) -> bool:
        """Whether words that may stand for the term are the rendering of a concept without a cause."""
        return self._has_stray(traces.free)

    def _has_stray(self, numbers: Sequence[int]) -> bool:
        return any(self.words[number].stray is not None for number in numbers)

    def phrase(self, evidence: TermEvidence, term: str) -> Span | None:
        """The words by which the term is rendered, as a phrase that can be shown; None where there is none."""
        stray = self._stray_rendering(evidence)
        if stray is not None:
            return stray
        words = [
            WeightedWord(
                Span(*self.words[number][:2]),
                _weight(self.words[number], number in evidence.unexplained),
            )
            for number in evidence.stretch
        ]
        if not words:
            return None
        return find_phrase(self.pair.segment.en, words, _CONJUNCTION.search(term) is not None)

    def _stray_rendering(self, evidence: TermEvidence) -> Span | None:
        """The whole rendering of a concept without a cause of which the words of a stretch are a part."""
        names = {self.words[number].stray for number in evidence.unexplained} - {None}
        return next(
            (
                match.span
                for match in self.pair.en_outermost
                if match.concept.id in names
                and evidence.span is not None
                and match.span.overlaps(evidence.span)
            ),
            None,
        )

    @cached_property
    def _zh_noise(self) -> float:
        """The share of the Chinese words outside all terms that have no counterpart in the English."""
        taken = {at for match in self.pair.zh_matches for at in range(match.span.start, match.span.end)}
        counted = missing = 0
        for unit, is_known, here in self._causes:
            if is_known and unit.end - unit.start > 1 and taken.isdisjoint(range(unit.start, unit.end)):
                counted += 1
                missing += not here
        return missing / max(1, counted)

    def _best_stretch(self, own: set[int], alone: set[int], spans: Sequence[Span]) -> tuple[list[int], float]:
        """The words that most likely render the term, and how far they are from its place."""
        best: list[int] = []
        best_weight, best_distance = 0.0, 1.0
        size = max(1, len(self.pair.segment.zh))
        places = [(span.start + span.end) / 2 / size for span in spans]
        for group in self._groups(sorted(own | alone)):
            distance = self._distance(group, places)
            stems = len({self.words[number].stem for number in group if number in own})
            unexplained = [number for number in group if number in alone]
            stray = self._has_stray(unexplained)
            counted = min(len(unexplained), _COUNTED)
            weight = stems + _UNEXPLAINED * counted + _STRAY * stray + _DISTANCE * distance + _PRESENCE
            if weight > best_weight:
                best, best_weight, best_distance = group, weight, distance
        return best, best_distance

    def _distance(self, group: list[int], places: Sequence[float]) -> float:
        """The distance between a group and the nearest place, both as shares of their segments."""
        start, end = self.words[group[0]].start, self.words[group[-1]].end
        at = (start + end) / 2 / max(1, len(self.pair.segment.en))
        return min(abs(at - place) for place in places)

    def _groups(self, numbers: list[int]) -> Iterator[list[int]]:
        """Runs of words with nothing but stop words between them."""
        group: list[int] = []
        for number in numbers:
            if group and not (group[-1] + 1 == number and self.continues(number)):
                yield group
                group = []
            group.append(number)
        if group:
            yield group

    def continues(self, number: int) -> bool:
        """Whether nothing but stop words lies between a word and the one before."""
        return _is_minor(self.pair.segment.en[self.words[number - 1].end : self.words[number].start])


def _is_minor(between: str) -> bool:
    if between in (" ", "-"):
        return True
    if _CLAUSE_MARKS.search(between) is not None:
        return False
    return all(is_stop_word(piece) for piece in between.lower().replace("-", " ").replace(",", " ,").split())


def _weight(word: ContentWord, is_unexplained: bool) -> float:
    """How much a word speaks for the term."""
    return _STRAY if word.stray is not None else _UNEXPLAINED if is_unexplained else 1.0


def _share(rendering: tuple[str, ...], have: set[str]) -> float:
    return sum(stem in have for stem in rendering) / len(rendering) if rendering else 0.0
