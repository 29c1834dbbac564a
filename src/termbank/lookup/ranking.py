"""How well a term answers a query, whatever key the query is.

A query is one string: hanzi in either script, pinyin, initials, English whole, in part or
misspelt. `Query` reads it every way that it may be meant (see `keys` for what a term is found by);
`judge` says how a term answers, with a score that keeps the order of lookup: exact, then folded
and script, then sound and stem, then part, then near; within each the living term before the
superseded one, then how much of the term is covered, then how well it is attested.

Nothing is searched here: the index brings a short list, and this room ranks it.
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


class How(StrEnum):
    """By which key a term was found."""

    EXACT = "exact"
    FOLDED = "folded"
    SCRIPT = "script"
    PINYIN = "pinyin"
    INITIALS = "initials"
    STEM = "stem"
    PART = "part"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as the index keeps it.

    `key` is plain and simplified; `spelt` its syllables with spaces, and where its characters are read
    otherwise on their own, those after a bar: 卡脖子 is “qia bo zi|ka bo zi”.
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
        return [spelt.split() for spelt in self.spelt.split("|") if spelt]

    @property
    def is_chinese(self) -> bool:
        return self.language != Language.EN


@dataclass(frozen=True)
class Query:
    """A query read every way that it may be meant."""

    text: str
    simplified: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    readings: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def plain(self) -> str:
        return query_keys.normalized(self.text)

    @cached_property
    def key(self) -> str:
        return query_keys.simplify(self.plain, self.simplified)

    @cached_property
    def squeezed(self) -> str:
        return self.key.replace(" ", "")

    @cached_property
    def is_han(self) -> bool:
        return query_keys.has_han(self.key)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(self.key.split())

    @cached_property
    def weighty(self) -> tuple[str, ...]:
        """The words that can find something: all but the small ones, unless it has only those."""
        last = self.words[-1:]
        return tuple(w for w in self.words if w not in query_keys.FUNCTION_WORDS) or last

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(inflection_stem(word) for word in self.words)

    @cached_property
    def sound(self) -> str | None:
        """Its letters if it is pinyin; for hanzi, how they are read one by one."""
        if self.is_han:
            spelt = [
                self.readings.get(unit, unit if unit.isascii() else "") for unit in query_keys.units(self.key)
            ]
            return "".join(spelt) if all(spelt) else None
        return pinyin.typed(self.text)

    @cached_property
    def blurred(self) -> str:
        return pinyin.blurred(self.sound or "")


@dataclass(frozen=True, slots=True)
class Answer:
    """How a term answers, and how well: 1 is the very text, 0 nothing."""

    score: float
    how: How


_DEAD = Status.SUPERSEDED.rank


def judge(query: Query, entry: Entry) -> Answer | None:
    """How a term answers a query, or None."""
    answer = _chinese(query, entry) if entry.is_chinese else _english(query, entry)
    if answer is None:
        return None
    score = answer.score - (0.004 * entry.status if answer.score >= WHOLE else 0.02 * entry.status)
    if entry.status >= _DEAD and answer.score < WHOLE:
        score -= 0.1
    score += 0.02 * min(log2(1 + entry.attested), 5) / 5
    return Answer(round(max(min(score, 1.0), 0.001), 4), answer.how)


# The floor of each tier; what lies between is coverage.
EXACT, FOLDED, WHOLE, PART, NEAR = 0.97, 0.93, 0.80, 0.45, 0.05


def _between(low: float, high: float, coverage: float) -> float:
    return low + (high - low) * min(coverage, 1.0)


def _chinese(query: Query, entry: Entry) -> Answer | None:
    if entry.text == query.text:
        return Answer(EXACT, How.EXACT)
    key = entry.key
    if query.key == key:
        return Answer(FOLDED, How.FOLDED if query.plain == query_keys.normalized(entry.text) else How.SCRIPT)
    if query.is_han:
        return _hanzi(query, key) or _same_sound(query, entry)
    return _spelt(query, entry) or _latin_part(query, key)


def _hanzi(query: Query, key: str) -> Answer | None:
    if query.key in key:
        start = 0.05 if key.startswith(query.key) else 0.0
        return Answer(_between(PART, 0.74, len(query.key) / len(key)) + start, How.PART)
    if key in query.key and len(query_keys.units(key)) > 1:
        return Answer(_between(0.25, 0.5, len(key) / len(query.key)), How.PART)
    if _runs_through(query.key, key):
        return Answer(_between(0.3, 0.6, len(query.key) / len(key)), How.PART)
    return None


def _runs_through(short: str, long: str) -> bool:
    """Whether the characters of one come in order in the other: 双碳 … 碳达峰碳中和 does not, 人大 … 人民代表大会 does."""
    rest = iter(long)
    return len(short) > 1 and all(char in rest for char in short)


def _same_sound(query: Query, entry: Entry) -> Answer | None:
    letters = entry.spelt.partition("|")[0].replace(" ", "")
    if query.sound and query.sound == letters:
        # The shorter a word, the more others sound like it.
        return Answer(_between(0.4, 0.7, (len(query.key) - 1) / 4), How.NEAR)
    return _near(query.key, entry.key, letters, query.sound or "")


def _spelt(query: Query, entry: Entry) -> Answer | None:
    if not query.sound or not entry.spelt:
        return None
    answers = [_spelt_so(query, query.sound, spelt) for spelt in entry.spellings]
    return max((answer for answer in answers if answer), key=lambda answer: answer.score, default=None)


def _spelt_so(query: Query, sound: str, spelt: list[str]) -> Answer | None:
    letters = "".join(spelt)
    if sound == letters:
        return Answer(0.9, How.PINYIN)
    first = pinyin.initials(spelt)
    if sound == first:
        return Answer(0.86, How.INITIALS)
    best = _spelt_part(sound, letters, spelt)
    if len(sound) > 1 and first.startswith(sound):
        by_initials = _between(0.42, 0.72, len(sound) / len(first))
        if best is None or by_initials > best.score:
            best = Answer(by_initials, How.INITIALS)
    if best is not None:
        return best
    blurred = pinyin.blurred(letters)
    if query.blurred == blurred:
        return Answer(0.75, How.PINYIN)
    if blurred.startswith(query.blurred) and len(sound) > 3:
        return Answer(_between(0.4, 0.65, len(query.blurred) / len(blurred)), How.PINYIN)
    if len(sound) > 1 and len(sound) > len(first) / 2 and sound in first:
        return Answer(_between(0.2, 0.5, len(sound) / len(first)), How.INITIALS)
    return _sounds_like(query.blurred, blurred)


def _spelt_part(sound: str, letters: str, spelt: list[str]) -> Answer | None:
    if letters.startswith(sound):
        return Answer(_between(0.48, 0.79, len(sound) / len(letters)), How.PINYIN)
    at = 0
    for syllable in spelt:
        if at and letters.startswith(sound, at):
            return Answer(_between(PART, 0.72, len(sound) / len(letters)), How.PINYIN)
        at += len(syllable)
    return None


def _sounds_like(one: str, other: str) -> Answer | None:
    if len(one) < 5:
        return None
    from rapidfuzz.distance import OSA

    likeness = OSA.normalized_similarity(one, other, score_cutoff=0.7)
    head = OSA.normalized_similarity(one, other[: len(one)], score_cutoff=0.8)
    best = max(likeness, 0.85 * head)
    return Answer(_between(NEAR, 0.62, (best - 0.6) / 0.4), How.NEAR) if best > 0.65 else None


def _latin_part(query: Query, key: str) -> Answer | None:
    """Latin within a Chinese term: G20, AI, +."""
    if not query.key or query.squeezed not in key:
        return None
    return Answer(_between(0.35, 0.6, len(query.squeezed) / len(key)), How.PART)


def _near(key: str, other: str, letters: str, sound: str) -> Answer | None:
    from rapidfuzz.distance import OSA

    if len(key) < 2:
        return None
    likeness = OSA.normalized_similarity(key, other)
    if sound and letters:
        likeness = max(likeness, 0.9 * OSA.normalized_similarity(sound, letters) ** 2)
    return Answer(_between(NEAR, 0.65, likeness), How.NEAR) if likeness >= 0.4 else None


def _english(query: Query, entry: Entry) -> Answer | None:
    if entry.text == query.text:
        return Answer(EXACT, How.EXACT)
    if query.is_han or not query.words:
        return None
    key = entry.key
    if query.key == key or query.squeezed == key.replace(" ", ""):
        return Answer(FOLDED, How.FOLDED)
    words = key.split()
    stems = [inflection_stem(word) for word in words]
    if query.stems == tuple(stems):
        return Answer(0.89, How.STEM)
    coverage = len(query.squeezed) / len(key.replace(" ", ""))
    if f" {query.key}" in f" {key}":
        start = 0.05 if key.startswith(query.key) else 0.0
        return Answer(_between(PART, 0.74, coverage) + start, How.PART)
    if len(query.squeezed) > 2 and key.replace(" ", "").startswith(query.squeezed):
        return Answer(_between(PART, 0.74, coverage), How.PART)
    return (
        _by_stems(query, words, stems, coverage)
        or _by_initials(query, words)
        or _slip(query, words, coverage)
    )


def _by_stems(query: Query, words: list[str], stems: list[str], coverage: float) -> Answer | None:
    """Every weighty word of the query is one of the term's, perhaps unfinished."""
    run = " ".join(query.stems) in " ".join(stems)
    known = set(stems)
    unfinished = 0
    for word in query.weighty:
        if inflection_stem(word) in known:
            continue
        if not any(other.startswith(word) for other in words):
            return None
        unfinished += word is not query.weighty[-1]
    if run:
        return Answer(_between(PART, 0.74, coverage), How.STEM)
    return Answer(
        _between(0.4, 0.68, coverage) - 0.1 * min(unfinished, 2), How.PART if unfinished else How.STEM
    )


def _by_initials(query: Query, words: list[str]) -> Answer | None:
    if len(words) < 2 or len(query.words) > 1 or len(query.squeezed) < 2:
        return None
    return Answer(0.81, How.INITIALS) if query.squeezed in query_keys.abbreviations(words) else None


def _slip(query: Query, words: list[str], coverage: float) -> Answer | None:
    """Word by word, how alike the nearest word of the term is."""
    from rapidfuzz.distance import OSA

    total = weight = 0.0
    for word in query.weighty:
        best = max(OSA.normalized_similarity(word, other) for other in words)
        if word is query.weighty[-1] and len(word) > 3:
            ahead = max(OSA.normalized_similarity(word, other[: len(word)]) for other in words)
            best = max(best, 0.95 * ahead)
        total += len(word) * best
        weight += len(word)
    likeness = total / weight
    whole = OSA.normalized_similarity(query.squeezed, "".join(words))
    likeness = max(likeness * (0.75 + 0.25 * min(coverage, 1.0)), whole)
    return Answer(_between(NEAR, 0.7, (likeness - 0.5) * 2), How.NEAR) if likeness > 0.55 else None
