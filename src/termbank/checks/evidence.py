"""What the rest of a pair says about a term that no known rendering answers.

Every English content word is asked which Chinese word may have caused it: one inside the term, one
outside, or none that the lexicon knows. A term of which no part is to be seen, beside English words
that nothing explains, was rendered by those words; a term whose parts stand together in other
words was rendered freely; a term without either is missing. The competition of words is that of
Melamed (2000) in its plainest form: what another term owns is not evidence for this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from termbank.checks.desk import Reading, approved
from termbank.checks.phrases import Weighed, phrase
from termbank.core.concept import Concept
from termbank.core.span import Span
from termbank.lang import en as english
from termbank.lang.lexicon import Lexicon, is_stop_word
from termbank.lang.script import to_simplified
from termbank.lang.spelling import american
from termbank.match.owner import Match

_JOINED = re.compile("[和与與及、]")
LEAST = 0.02
"""The least t(en|zh) that counts as an explanation."""


@dataclass(frozen=True)
class Word:
    """An English content word: its place, and what may have caused it.

    `owner` is the concept whose rendering it stands in, where the Chinese asks for that concept;
    `stray` the concept of a rendering for which the Chinese has no cause.
    """

    span: Span
    lemma: str
    stem: str
    owner: str | None
    stray: str | None


@dataclass(frozen=True)
class Evidence:
    """What a pair shows of a term that no known rendering answers.

    `rendered` is the best share of an approved rendering's words to be seen, `seen` the share of the
    term's Chinese words that have a counterpart, `span` where it is rendered as far as that can be told, `phrase` what of that can be shown.
    `alone` counts the words there that nothing explains, `stray` says that they are the rendering of a
    concept for which the Chinese has no cause, `apart` how far they stand from where the Chinese does
    (shares of the segment), `noise` and `open` how much else in the English and the Chinese is unexplained.
    """

    rendered: float
    seen: float
    span: Span | None
    phrase: Span | None
    alone: int
    stray: bool
    apart: float
    noise: float
    open: float
    ordinary: bool


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A crude stem, by which words of one family meet.

    >>> stem("socialism") == stem("socialist"), stem("regulation") == stem("regulators")
    (True, True)
    >>> stem("privately") == stem("private"), stem("nation") == stem("nature")
    (True, False)
    """
    word = american(word)
    for endings in _ENDINGS:
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word[: -len(ending)]
                break
    return word


_ENDINGS = (
    ("ies", "es", "s"),
    ("ly",),
    (
        "ization", "ational", "ivity", "ment", "ness", "ical", "ance", "ence", "ship", "ing", "ion", "ist", "ism",
        "ity", "ive", "ize", "ied", "ant", "ent", "ary", "ory", "ous", "ful", "ial", "ed", "er", "or", "al", "ic",
        "y", "i",
    ),
    ("iz", "al", "e"),
)  # fmt: skip


def content(text: str) -> tuple[str, ...]:
    """The lemmas that carry a rendering."""
    return tuple(
        english.lemma(token.text)
        for token in english.tokens(text)
        if token.text[0].isalnum() and not is_stop_word(token.lower)
    )


class Scene:
    """One pair laid out for the question; made only where a term has no known rendering."""

    def __init__(self, reading: Reading, lexicon: Lexicon | None) -> None:
        self.reading = reading
        self.lexicon = lexicon
        self._beside = set(to_simplified(self._beside_the_open()))
        self.words = tuple(self._words())
        self.units = lexicon.words(reading.pair.zh) if lexicon is not None else []

    def _beside_the_open(self) -> str:
        """The Chinese without the terms that are in question."""
        zh, pieces, done = self.reading.pair.zh, [], 0
        for span in sorted(match.span for matches in self.reading.left_open for match in matches):
            pieces.append(zh[done : span.start])
            done = max(done, span.end)
        return "".join((*pieces, zh[done:]))

    def _words(self) -> Iterator[Word]:
        reading = self.reading
        owned: dict[int, str] = {}
        stray: dict[int, str] = {}
        caused: set[int] = set()
        for match in reading.en_all:
            places = range(match.span.start, match.span.end)
            if match.concept.id in reading.asked:
                for at in places:
                    owned.setdefault(at, match.concept.id)
            elif not match.nested and self._has_a_cause(match):
                caused.update(places)
            elif not match.nested:
                for at in places:
                    stray.setdefault(at, match.concept.id)
        for token in reading.words:
            at = token.span.start
            if at in caused and at not in owned:
                continue
            if is_stop_word(token.lower) or not (
                token.text.isalpha() or any(c.isalpha() for c in token.text)
            ):
                continue
            lemma = english.lemma(token.text)
            yield Word(
                token.span, lemma, stem(lemma), owned.get(at), stray.get(at) if at not in owned else None
            )

    def _has_a_cause(self, match: Match) -> bool:
        """Whether the Chinese holds much of a term that it does not hold whole: another way of naming it."""
        for concept in (match.concept, *match.also):
            for term in concept.chinese:
                letters = _letters(term.text)
                if len(letters & self._beside) * 2 > len(letters):
                    return True
        return False

    @cached_property
    def _causes(self) -> list[tuple[Span, frozenset[str]]]:
        """The Chinese words, each with the stems that it may have become by the lexicon."""
        zh, table = self.reading.pair.zh, stem_table(self.lexicon)
        return [(unit, table(unit.of(zh))) for unit in self.units]

    def _explained_outside(self, spans: Sequence[Span]) -> frozenset[str]:
        """The stems that a Chinese word outside the term's places may have become."""
        return _NOTHING.union(
            *(causes for unit, causes in self._causes if not any(unit.overlaps(span) for span in spans))
        )

    def evidence(self, concept: Concept, matches: Sequence[Match]) -> Evidence:
        """What the pair says about a concept that the Chinese names at these places."""
        spans = [match.span for match in matches]
        free = [word for word in self.words if word.owner is None or word.owner == concept.id]
        renderings = [content(term.text) for term in approved(concept)]
        own_stems = {stem(lemma) for rendering in renderings for lemma in rendering}
        parts = [
            stems
            for part in parts_of(self.lexicon, matches[0].text)
            if (stems := stems_of(self.lexicon, part))
        ]
        caused = _NOTHING.union(*parts)
        outside = self._explained_outside(spans)
        have = {word.stem for word in free if word.stem in own_stems}
        seen = [word for word in free if word.stem in caused or word.stem in own_stems]
        held = {word.stem for word in seen}
        covered = sum(not held.isdisjoint(part) for part in parts)
        known = caused | own_stems | outside
        alone = [word for word in free if word.stem not in known]
        run, apart = self._run(seen, alone, spans)
        strange = [word for word in run if word in alone]
        return Evidence(
            rendered=max((_share(rendering, have) for rendering in renderings), default=0.0),
            seen=covered / len(parts) if parts else 0.0,
            span=Span(run[0].span.start, run[-1].span.end) if run else None,
            phrase=self._phrase(run, seen, matches[0].text) if run else None,
            alone=len(strange),
            stray=any(word.stray is not None for word in strange),
            apart=apart,
            noise=(len(alone) - len(strange)) / max(1, len(self.words)),
            open=self._open(spans),
            ordinary=self.lexicon is not None and bool(self.lexicon.translations(matches[0].text)),
        )

    def _phrase(self, run: Sequence[Word], seen: Sequence[Word], term: str) -> Span | None:
        weighed = [
            Weighed(word.span, 2.0 if word.stray is not None else 1.0 if word in seen else 0.7)
            for word in run
        ]
        return phrase(self.reading.pair.en, weighed, _JOINED.search(term) is not None)

    def _open(self, spans: Sequence[Span]) -> float:
        """The share of the other Chinese words that have no counterpart in the English."""
        taken = {at for span in (*spans, *self._owned) for at in range(span.start, span.end)}
        telling = missing = 0
        for unit, causes in self._causes:
            if unit.end - unit.start > 1 and taken.isdisjoint(range(unit.start, unit.end)):
                telling += bool(causes)
                missing += bool(causes) and causes.isdisjoint(self._stems)
        return missing / max(1, telling)

    @cached_property
    def _owned(self) -> list[Span]:
        return [match.span for match in self.reading.zh]

    @cached_property
    def _stems(self) -> set[str]:
        return {word.stem for word in self.words}

    def _run(self, seen: list[Word], alone: list[Word], spans: Sequence[Span]) -> tuple[list[Word], float]:
        """The stretch of English that most likely answers the term, and how far from its place it stands."""
        best: list[Word] = []
        best_weight, best_apart = 0.0, 1.0
        for group in self._groups(sorted({*seen, *alone}, key=lambda word: word.span)):
            apart = self._apart(group, spans)
            own = len({word.stem for word in group if word in seen})
            strange = [word for word in group if word in alone]
            stray = any(word.stray is not None for word in strange)
            weight = own + 0.7 * min(len(strange), 3) + 2.0 * stray - 3.0 * apart + 2.0
            if weight > best_weight:
                best, best_weight, best_apart = group, weight, apart
        return best, best_apart

    def _apart(self, group: list[Word], spans: Sequence[Span]) -> float:
        """The distance between the places of the two in their segments, as shares of these."""
        pair = self.reading.pair
        at = (group[0].span.start + group[-1].span.end) / 2 / max(1, len(pair.en))
        return min(abs(at - (span.start + span.end) / 2 / max(1, len(pair.zh))) for span in spans)

    def _groups(self, words: list[Word]) -> Iterator[list[Word]]:
        """Runs of words with nothing but small words between them."""
        group: list[Word] = []
        for word in words:
            if group and not self._joined(group[-1].span.end, word.span.start):
                yield group
                group = []
            group.append(word)
        if group:
            yield group

    def _joined(self, end: int, start: int) -> bool:
        between = self.reading.pair.en[end:start]
        if any(sign in between for sign in ".;:!?，。；()（）\n"):
            return False
        return all(
            is_stop_word(piece) for piece in between.lower().replace("-", " ").replace(",", " ,").split()
        )


@lru_cache(maxsize=8192)
def _letters(text: str) -> frozenset[str]:
    return frozenset(to_simplified(text))


def _share(rendering: tuple[str, ...], have: set[str]) -> float:
    return sum(stem(lemma) in have for lemma in rendering) / len(rendering) if rendering else 0.0


_NOTHING: frozenset[str] = frozenset()


@lru_cache(maxsize=4)
def stem_table(lexicon: Lexicon | None) -> Callable[[str], frozenset[str]]:
    """From a Chinese word to the stems of the English it may become; to its parts' where it is not known."""

    @lru_cache(maxsize=65536)
    def stems(word: str) -> frozenset[str]:
        if lexicon is None:
            return _NOTHING
        found = {
            stem(lemma)
            for lemma, weight in lexicon.translations(word)
            if weight >= LEAST and not is_stop_word(lemma)
        }
        if not found and len(word) > 2:
            for start in range(len(word) - 1):
                found |= stems(word[start : start + 2])
        return frozenset(found)

    return stems


def stems_of(lexicon: Lexicon | None, word: str) -> frozenset[str]:
    """The stems of the English that a Chinese word may become."""
    return stem_table(lexicon)(word)


@lru_cache(maxsize=8192)
def parts_of(lexicon: Lexicon | None, text: str) -> tuple[str, ...]:
    """The words of a Chinese term."""
    return tuple(span.of(text) for span in lexicon.words(text)) if lexicon is not None else (text,)
