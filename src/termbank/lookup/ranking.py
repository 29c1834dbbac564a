"""Score how well an indexed term answers a query, whichever key the query is.

A query is one string: hanzi in either script, pinyin, initials, or English whole, in part or misspelt. `Query` derives
every reading of it; `score_term` gives a score that keeps the order of lookup: exact, then folded and script,
then sound and stem, then part, then near. Within each, a valid term comes before a superseded one, then the
term of which the query covers more, then the one with more attestations.

The index proposes the terms (`store.term_search`); nothing is searched here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import log2

from termbank.lookup import query_keys
from termbank.model.concept import Status
from termbank.model.language import Language
from termbank.text import pinyin
from termbank.text.morphology_en import inflection_stem

LONGEST_QUERY = 200


class KeyKind(StrEnum):
    """The kind of key by which a term is found, best first."""

    EXACT = "exact"
    FOLDED = "folded"
    SCRIPT = "script"
    PINYIN = "pinyin"
    INITIALS = "initials"
    STEM = "stem"
    PART = "part"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class IndexedTerm:
    """A term as the search index stores it.

    Attributes:
        concept: the id of its concept.
        text: the term as written.
        language: its language tag.
        status: the rank of its status; 0 is preferred.
        attested: how many attestations it has.
        key: its search key in simplified characters.
        spelt: its pinyin syllables with spaces; where its characters are read differently one by one, that reading
            follows after a bar: 卡脖子 is “qia bo zi|ka bo zi”.
    """

    concept: str
    text: str
    language: str
    status: int
    attested: int
    key: str
    spelt: str

    @property
    def spellings(self) -> list[list[str]]:
        """Its readings, each as a list of syllables."""
        return [spelt.split() for spelt in self.spelt.split("|") if spelt]

    @property
    def is_chinese(self) -> bool:
        return self.language != Language.EN


@dataclass(frozen=True)
class Query:
    """A query, and what it may be read as.

    Args:
        text: the query as typed.
        simplified: traditional characters to simplified ones.
        readings: single characters to their pinyin syllable.
    """

    text: str
    simplified: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    readings: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def unsimplified_key(self) -> str:
        """Its search key, in the script in which it is written."""
        return query_keys.search_key(self.text)

    @cached_property
    def key(self) -> str:
        """Its search key in simplified characters."""
        return query_keys.simplify(self.unsimplified_key, self.simplified)

    @cached_property
    def compact(self) -> str:
        """Its key without spaces."""
        return self.key.replace(" ", "")

    @cached_property
    def is_han(self) -> bool:
        """Whether it contains Chinese characters."""
        return query_keys.has_han(self.key)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of its key."""
        return tuple(self.key.split())

    @cached_property
    def content_words(self) -> tuple[str, ...]:
        """Its words without function words; the last word where it has only those."""
        last = self.words[-1:]
        return tuple(w for w in self.words if w not in query_keys.FUNCTION_WORDS) or last

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The inflectional stems of its words."""
        return tuple(inflection_stem(word) for word in self.words)

    @cached_property
    def sound(self) -> str | None:
        """Its letters if it is pinyin; for hanzi, the syllables of the single characters; None where it has no reading."""
        if self.is_han:
            spelt = [
                self.readings.get(unit, unit if unit.isascii() else "") for unit in query_keys.units(self.key)
            ]
            return "".join(spelt) if all(spelt) else None
        return pinyin.typed(self.text)

    @cached_property
    def fuzzy_sound(self) -> str:
        """Its sound with the distinctions removed that many speakers do not make (zh and z, n and l)."""
        return pinyin.blurred(self.sound or "")


@dataclass(frozen=True, slots=True)
class Relevance:
    """How well a term answers a query, from 0 to 1 for the identical text, and by which key.

    `is_whole` says that the query is the whole term, in its letters, sound, initials or stems: an exact answer.
    """

    score: float
    how: KeyKind
    is_whole: bool = False


_OUT_OF_USE = Status.SUPERSEDED.rank


def score_term(query: Query, term: IndexedTerm) -> Relevance | None:
    """Score a term for a query; None where no key of it answers."""
    relevance = _chinese(query, term) if term.is_chinese else _english(query, term)
    if relevance is None:
        return None
    is_whole = relevance.score >= WHOLE
    score = relevance.score - (0.004 if is_whole else 0.02) * term.status
    if term.status >= _OUT_OF_USE and not is_whole:
        score -= 0.1
    score += 0.02 * min(log2(1 + term.attested), 5) / 5
    return Relevance(round(max(min(score, 1.0), 0.001), 4), relevance.how, is_whole)


# The lowest score of each tier; within a tier, the score grows with the part of the term that the query covers.
EXACT, FOLDED, WHOLE, PART, NEAR = 0.97, 0.93, 0.80, 0.45, 0.05


def _interpolate(low: float, high: float, coverage: float) -> float:
    """The score at a coverage between the lowest and highest of a range."""
    return low + (high - low) * min(coverage, 1.0)


def _chinese(query: Query, term: IndexedTerm) -> Relevance | None:
    if term.text == query.text:
        return Relevance(EXACT, KeyKind.EXACT)
    key = term.key
    if query.key == key:
        return Relevance(
            FOLDED,
            KeyKind.FOLDED if query.unsimplified_key == query_keys.search_key(term.text) else KeyKind.SCRIPT,
        )
    if query.is_han:
        return _by_hanzi(query, key) or _by_sound(query, term)
    return _by_pinyin(query, term) or _by_latin_part(query, key)


def _by_hanzi(query: Query, key: str) -> Relevance | None:
    """The score where the query is in the term, the term in the query, or the query abbreviates the term."""
    if query.key in key:
        start = 0.05 if key.startswith(query.key) else 0.0
        return Relevance(_interpolate(PART, 0.74, len(query.key) / len(key)) + start, KeyKind.PART)
    if key in query.key and len(query_keys.units(key)) > 1:
        return Relevance(_interpolate(0.25, 0.5, len(key) / len(query.key)), KeyKind.PART)
    if _runs_through(query.key, key):
        return Relevance(_interpolate(0.3, 0.6, len(query.key) / len(key)), KeyKind.PART)
    return None


def _runs_through(short: str, long: str) -> bool:
    """Whether the characters of one occur in order in the other: 人大 in 人民代表大会, but not 双碳 in 碳达峰碳中和."""
    rest = iter(long)
    return len(short) > 1 and all(char in rest for char in short)


def _by_sound(query: Query, term: IndexedTerm) -> Relevance | None:
    """The score of a homophone, or of a term with similar characters or sound."""
    letters = term.spelt.partition("|")[0].replace(" ", "")
    if query.sound and query.sound == letters:
        # the shorter a word, the more others sound like it
        return Relevance(_interpolate(0.4, 0.7, (len(query.key) - 1) / 4), KeyKind.NEAR)
    return _by_similarity(query.key, term.key, letters, query.sound or "")


def _by_pinyin(query: Query, term: IndexedTerm) -> Relevance | None:
    """The best score over the readings of a term, where the query is pinyin."""
    if not query.sound or not term.spelt:
        return None
    scores = [_by_reading(query, query.sound, spelt) for spelt in term.spellings]
    return max((one for one in scores if one), key=lambda one: one.score, default=None)


def _by_reading(query: Query, sound: str, spelt: list[str]) -> Relevance | None:
    letters = "".join(spelt)
    if sound == letters:
        return Relevance(0.9, KeyKind.PINYIN)
    first = pinyin.initials(spelt)
    if sound == first:
        return Relevance(0.86, KeyKind.INITIALS)
    best = _by_part_of_reading(sound, letters, spelt)
    if len(sound) > 1 and first.startswith(sound):
        by_initials = _interpolate(0.42, 0.72, len(sound) / len(first))
        if best is None or by_initials > best.score:
            best = Relevance(by_initials, KeyKind.INITIALS)
    if best is not None:
        return best
    blurred = pinyin.blurred(letters)
    if query.fuzzy_sound == blurred:
        return Relevance(0.75, KeyKind.PINYIN)
    if blurred.startswith(query.fuzzy_sound) and len(sound) > 3:
        return Relevance(_interpolate(0.4, 0.65, len(query.fuzzy_sound) / len(blurred)), KeyKind.PINYIN)
    if len(sound) > 1 and len(sound) > len(first) / 2 and sound in first:
        return Relevance(_interpolate(0.2, 0.5, len(sound) / len(first)), KeyKind.INITIALS)
    return _by_similar_sound(query.fuzzy_sound, blurred)


def _by_part_of_reading(sound: str, letters: str, spelt: list[str]) -> Relevance | None:
    if letters.startswith(sound):
        return Relevance(_interpolate(0.48, 0.79, len(sound) / len(letters)), KeyKind.PINYIN)
    at = 0
    for syllable in spelt:
        if at and letters.startswith(sound, at):
            return Relevance(_interpolate(PART, 0.72, len(sound) / len(letters)), KeyKind.PINYIN)
        at += len(syllable)
    return None


def _by_similar_sound(one: str, other: str) -> Relevance | None:
    if len(one) < 5:
        return None
    from rapidfuzz.distance import OSA

    likeness = OSA.normalized_similarity(one, other, score_cutoff=0.7)
    head = OSA.normalized_similarity(one, other[: len(one)], score_cutoff=0.8)
    best = max(likeness, 0.85 * head)
    return Relevance(_interpolate(NEAR, 0.62, (best - 0.6) / 0.4), KeyKind.NEAR) if best > 0.65 else None


def _by_latin_part(query: Query, key: str) -> Relevance | None:
    """The score of Latin text inside a Chinese term: G20, AI, +."""
    if not query.key or query.compact not in key:
        return None
    return Relevance(_interpolate(0.35, 0.6, len(query.compact) / len(key)), KeyKind.PART)


def _by_similarity(key: str, other: str, letters: str, sound: str) -> Relevance | None:
    from rapidfuzz.distance import OSA

    if len(key) < 2:
        return None
    likeness = OSA.normalized_similarity(key, other)
    if sound and letters:
        likeness = max(likeness, 0.9 * OSA.normalized_similarity(sound, letters) ** 2)
    return Relevance(_interpolate(NEAR, 0.65, likeness), KeyKind.NEAR) if likeness >= 0.4 else None


def _english(query: Query, term: IndexedTerm) -> Relevance | None:
    if term.text == query.text:
        return Relevance(EXACT, KeyKind.EXACT)
    if query.is_han or not query.words:
        return None
    key = term.key
    if query.key == key or query.compact == key.replace(" ", ""):
        return Relevance(FOLDED, KeyKind.FOLDED)
    words = key.split()
    stems = [inflection_stem(word) for word in words]
    if query.stems == tuple(stems):
        return Relevance(0.89, KeyKind.STEM)
    coverage = len(query.compact) / len(key.replace(" ", ""))
    if f" {query.key}" in f" {key}":
        start = 0.05 if key.startswith(query.key) else 0.0
        return Relevance(_interpolate(PART, 0.74, coverage) + start, KeyKind.PART)
    if len(query.compact) > 2 and key.replace(" ", "").startswith(query.compact):
        return Relevance(_interpolate(PART, 0.74, coverage), KeyKind.PART)
    return (
        _by_stems(query, words, stems, coverage)
        or _by_initials(query, words)
        or _by_spelling(query, words, coverage)
    )


def _by_stems(query: Query, words: list[str], stems: list[str], coverage: float) -> Relevance | None:
    """The score where every content word of the query is one of the term's words, or begins one."""
    run = " ".join(query.stems) in " ".join(stems)
    known = set(stems)
    unfinished = 0
    for word in query.content_words:
        if inflection_stem(word) in known:
            continue
        if not any(other.startswith(word) for other in words):
            return None
        unfinished += word is not query.content_words[-1]
    if run:
        return Relevance(_interpolate(PART, 0.74, coverage), KeyKind.STEM)
    return Relevance(
        _interpolate(0.4, 0.68, coverage) - 0.1 * min(unfinished, 2),
        KeyKind.PART if unfinished else KeyKind.STEM,
    )


def _by_initials(query: Query, words: list[str]) -> Relevance | None:
    """The score where the query is an abbreviation of the term."""
    if len(words) < 2 or len(query.words) > 1 or len(query.compact) < 2:
        return None
    return Relevance(0.81, KeyKind.INITIALS) if query.compact in query_keys.abbreviations(words) else None


def _by_spelling(query: Query, words: list[str], coverage: float) -> Relevance | None:
    """The score by edit distance (optimal string alignment): each word against the term's nearest word."""
    from rapidfuzz.distance import OSA

    total = weight = 0.0
    for word in query.content_words:
        best = max(OSA.normalized_similarity(word, other) for other in words)
        if word is query.content_words[-1] and len(word) > 3:
            ahead = max(OSA.normalized_similarity(word, other[: len(word)]) for other in words)
            best = max(best, 0.95 * ahead)
        total += len(word) * best
        weight += len(word)
    likeness = total / weight
    whole = OSA.normalized_similarity(query.compact, "".join(words))
    likeness = max(likeness * (0.75 + 0.25 * min(coverage, 1.0)), whole)
    return Relevance(_interpolate(NEAR, 0.7, (likeness - 0.5) * 2), KeyKind.NEAR) if likeness > 0.55 else None
