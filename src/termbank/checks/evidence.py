"""What the rest of a pair says about a term that no known rendering answers.

Every English content word is asked which Chinese word may have caused it: one inside the term, one
outside, or none that the lexicon knows. A term of which no part is to be seen, beside English words
that nothing explains, was rendered by those words; a term whose parts stand together in other
words was rendered freely; a term without either is missing. The competition of words is that of
Melamed (2000) in its plainest form: what another term owns is not evidence for this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from termbank.checks.desk import Reading, approved
from termbank.core.concept import Concept
from termbank.core.span import Span
from termbank.lang import en as english
from termbank.lang.lexicon import Lexicon, is_stop_word
from termbank.match.owner import Match

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
    """`rendered` is the best share of an approved rendering's words to be seen, `seen` the share of the
    term's Chinese words that have a counterpart, `span` where it is rendered as far as that can be told,
    and `alien` whether words stand there that nothing else explains.
    """

    rendered: float
    seen: float
    span: Span | None
    alien: bool
    stray: str | None = None


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A crude stem, by which “socialist” and “socialism” meet.

    >>> stem("socialism") == stem("socialist"), stem("productivity") == stem("productive")
    (True, True)
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


_ENDINGS = (
    "ization", "ational", "ations", "ation", "ities", "ivity", "ment", "ments", "ness", "ally", "ical", "ions",
    "ists", "isms", "ance", "ence", "ship", "ing", "ion", "ist", "ism", "ity", "ive", "ize", "ied", "ies", "ers",
    "ors", "ant", "ent", "ary", "ory", "ous", "ful", "ial", "ed", "er", "or", "al", "ic", "ly", "es", "s", "e", "y",
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
        self.words = tuple(self._words())
        self._causes: dict[Span, frozenset[str]] = {}
        self.units = lexicon.words(reading.pair.zh) if lexicon is not None else []

    def _words(self) -> Iterator[Word]:
        reading = self.reading
        owned: dict[int, str] = {}
        stray: dict[int, str] = {}
        for match in reading.en_all:
            wanted = match.concept.id in reading.asked
            for at in range(match.span.start, match.span.end):
                if wanted:
                    owned.setdefault(at, match.concept.id)
                elif not match.nested:
                    stray.setdefault(at, match.concept.id)
        for token in reading.words:
            if is_stop_word(token.lower) or not any(c.isalpha() for c in token.text):
                continue
            lemma = english.lemma(token.text)
            at = token.span.start
            yield Word(
                token.span, lemma, stem(lemma), owned.get(at), stray.get(at) if at not in owned else None
            )

    def causes(self, unit: Span) -> frozenset[str]:
        """The stems that a stretch of Chinese may have become, by the lexicon."""
        if unit not in self._causes:
            self._causes[unit] = frozenset(stems_of(self.lexicon, unit.of(self.reading.pair.zh)))
        return self._causes[unit]

    def explained_outside(self, word: Word, spans: Sequence[Span]) -> bool:
        """Whether a Chinese word outside the term's places may have caused the English one."""
        return any(
            word.stem in self.causes(unit)
            for unit in self.units
            if not any(unit.overlaps(span) for span in spans)
        )

    def evidence(self, concept: Concept, matches: Sequence[Match]) -> Evidence:
        """What the pair says about a concept that the Chinese names at these places."""
        spans = [match.span for match in matches]
        free = [word for word in self.words if word.owner is None or word.owner == concept.id]
        renderings = [content(term.text) for term in approved(concept)]
        own_stems = {stem(lemma) for rendering in renderings for lemma in rendering}
        parts = self._parts(matches[0].text)
        caused = {s for part in parts for s in stems_of(self.lexicon, part)}
        own = [word for word in free if word.stem in own_stems]
        seen = [word for word in free if word.stem in caused or word.stem in own_stems]
        have = {word.stem for word in own}
        rendered = max((_share(rendering, have) for rendering in renderings), default=0.0)
        stems = {word.stem for word in seen}
        counted = [part for part in parts if stems_of(self.lexicon, part) or len(parts) == 1]
        covered = sum(bool(stems & stems_of(self.lexicon, part)) for part in counted)
        alone = [word for word in free if word not in seen and not self.explained_outside(word, spans)]
        span, alien, stray = self._place(seen, alone)
        return Evidence(rendered, covered / len(counted) if counted else 0.0, span, alien, stray)

    def _parts(self, text: str) -> list[str]:
        if self.lexicon is None:
            return [text]
        return [span.of(text) for span in self.lexicon.words(text)]

    def _place(self, seen: list[Word], alone: list[Word]) -> tuple[Span | None, bool, str | None]:
        """The stretch of English that answers the term: its own words with the unexplained beside them."""
        strays = [word for word in alone if word.stray is not None]
        if strays and not seen:
            run = [word for word in strays if word.stray == strays[0].stray]
            return Span(run[0].span.start, run[-1].span.end), True, strays[0].stray
        best: list[Word] = []
        for group in self._groups(sorted({*seen, *alone}, key=lambda word: word.span)):
            if _weight(group, seen) > _weight(best, seen):
                best = group
        if not best:
            return None, False, None
        aliens = [word for word in best if word not in seen]
        return Span(best[0].span.start, best[-1].span.end), bool(aliens), None

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


def _share(rendering: tuple[str, ...], have: set[str]) -> float:
    return sum(stem(lemma) in have for lemma in rendering) / len(rendering) if rendering else 0.0


def _weight(group: list[Word], seen: Iterable[Word]) -> tuple[int, int]:
    wanted = set(seen)
    return (len({word.stem for word in group if word in wanted}), min(len(group), 6))


_NOTHING: frozenset[str] = frozenset()


@lru_cache(maxsize=65536)
def stems_of(lexicon: Lexicon | None, word: str) -> frozenset[str]:
    """The stems of the English that a Chinese word may become; its characters' where it is not known."""
    if lexicon is None:
        return _NOTHING
    found = {
        stem(lemma)
        for lemma, weight in lexicon.translations(word)
        if weight >= LEAST and not is_stop_word(lemma)
    }
    if not found and len(word) > 1:
        for start in range(len(word) - 1):
            found |= stems_of(lexicon, word[start : start + 2]) if len(word) > 2 else _NOTHING
    return frozenset(found)
