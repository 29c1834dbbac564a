"""English terms in a text.

A term is a sequence of words, each of which may inflect, in either spelling, joined by spaces, hyphens or
nothing, with or without an article inside. Text and terms become strings with one character for each word
family; one automaton finds the sequences, and `wording` then verifies what it found word by word, so that a
family never decides alone.

Nothing but spaces, one line end, hyphens, quotation marks and articles may stand between two words of a term
unless the term itself has it there. Places are told in code points of the text as given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from termbank.matching.chunks import group_chunks, split_chunks
from termbank.matching.overlap import Match, PatternHit, TermEntry, closest_entry, resolve_overlaps
from termbank.matching.patterns import CACHED_FROM, PatternCache, PatternSearch, read_or_make
from termbank.matching.phrases_en import OTHER, SILENT, Phrases
from termbank.matching.variants_en import Standing, Wording
from termbank.matching.word_families_en import family_form
from termbank.model.concept import Concept
from termbank.model.language import Language
from termbank.model.span import Span
from termbank.text.normalize import normalize
from termbank.text.tokenizer_en import TERM_TOKEN, TermToken

if TYPE_CHECKING:
    from termbank.matching.batch.matches import FoundPlaces, MatchOwner, OwnerCache
    from termbank.matching.batch.terms_en import LongEnglish

_SPLIT = re.compile(f"({TERM_TOKEN.pattern})")
_HYPHEN = re.compile("-")
_UNEVEN = re.compile("['’‘\"“”《》「」]")
_KEPT = 1 << 17


Owner = tuple[TermEntry, tuple[Concept, ...]]


class _Written(dict[str, str]):
    """The family character of every word as it may be written, told once for each and kept."""

    def __init__(self, families: dict[str, str], keeps_a: bool) -> None:
        super().__init__(dict.fromkeys(SILENT, ""))
        if not keeps_a:
            self["A"] = ""
        self._families = families

    def __missing__(self, word: str) -> str:
        found = self._families.get(family_form(word), OTHER)
        if len(self) < 1 << 18:
            self[word] = found
        return found


def _phrases(entries: list[TermEntry], cache: PatternCache | None) -> Phrases:
    """The sequences of the entries, from the cache where there are many."""
    if cache is None or len(entries) < CACHED_FROM:
        return Phrases(entries)
    return read_or_make(
        cache,
        Phrases.key(entries),
        lambda data: Phrases.from_bytes(entries, bytes(data)),
        lambda: Phrases(entries),
    )


class EnglishTerms:
    """The English terms of a bank, ready to be found."""

    def __init__(self, entries: Iterable[TermEntry], cache: PatternCache | None = None) -> None:
        self._phrases = phrases = _phrases(list(entries), cache)
        self._cache = cache
        self._written = _Written(phrases.families, phrases.keeps_a)
        self._owners: dict[tuple[int, str], Owner] = {}
        self._long_owners: OwnerCache = {}

    @cached_property
    def search(self) -> PatternSearch:
        """The search for the sequences."""
        return PatternSearch(self._phrases.sequences, self._cache, "en")

    @cached_property
    def _long(self) -> LongEnglish:
        from termbank.matching.batch.terms_en import LongEnglish

        return LongEnglish(self)

    def find_long(self, text: str, parts: Sequence[tuple[int, int]], nested: bool = False) -> FoundPlaces:
        """The terms in the parts of a long text, each part searched by itself."""
        from termbank.matching.batch.matches import join_searches, match_maker

        pieces = [
            (low + start, low + end) for low, high in parts for start, end in split_chunks(text[low:high])
        ]
        groups = group_chunks(pieces) if len(self._phrases) else ()
        found = [self._long.find(text, group, nested) for group in groups]

        def find_owner(number: int, written: str) -> MatchOwner:
            entry, also = self._owner(*self._long.standing(number), written)
            return entry.concept, entry.term, Language.EN, also

        return join_searches(found, pieces, match_maker(text, self._long_owners, find_owner))

    # -- what `long_english` asks

    def families(self) -> Mapping[str, str]:
        return self._phrases.spelt

    def family(self, word: str) -> str:
        return self._written[word]

    def is_joined(self, one: str, other: str) -> bool:
        return _is_joined(one, other, self._phrases.solid)

    def simple(self, pattern: int) -> tuple[str, bool] | None:
        return self._phrases.simple(pattern)

    def alike(self, pattern: int) -> Standing:
        return self._phrases.alike(pattern)

    def looks_around(self, pattern: int) -> bool:
        return any(wording.looks_around for wording, _ in self._phrases.alike(pattern))

    def verified(self, pattern: int, here: Sequence[TermToken], text: str) -> Standing:
        """The wordings of a pattern that stand at a place."""
        return [pair for pair in self._phrases.alike(pattern) if pair[0].stands(here, text)]

    def find(self, text: str, nested: bool = False) -> list[Match]:
        """The terms in a text, in its order."""
        if not len(self._phrases):
            return []
        return [
            match._replace(span=match.span.shifted(start)) if start else match
            for start, end in split_chunks(text)
            for match in self._find(text[start:end], nested)
        ]

    def _find(self, text: str, nested: bool) -> Iterator[Match]:
        form = None if text.isascii() else normalize(text, case=False)
        plain = text if form is None else form.text
        line = self._line(plain)
        keys = list(map(self._written.__getitem__, line.words))
        hits = self.search.find("".join(keys))
        if not hits:
            return
        kept = [at for at, key in enumerate(keys) if key]
        places: dict[PatternHit, tuple[Standing, list[int]]] = {}
        for pattern, first, last in hits:
            here = kept[first:last]
            standing = self._standing(pattern, line, here, plain)
            if standing:
                places[PatternHit(first, last, pattern)] = standing, here
        for place, inner in resolve_overlaps(places, _always, nested):
            standing, here = places[place]
            span = _span(standing[0][0], line, here, plain)
            if form is not None:
                span = form.span(*span)
            surface = span.of(text)
            entry, also = self._owner(place.pattern, standing, surface)
            yield Match(entry.concept, entry.term, span, surface, Language.EN, inner, also)

    def _owner(self, pattern: int, standing: Standing, surface: str) -> Owner:
        """Who owns what is written; kept where every wording of the pattern stands."""
        if len(standing) < len(self._phrases.alike(pattern)):
            return closest_entry([entry for _, entries in standing for entry in entries], surface)
        owner = self._owners.get((pattern, surface))
        if owner is None:
            owner = closest_entry([entry for _, entries in standing for entry in entries], surface)
            if len(self._owners) < _KEPT:
                self._owners[pattern, surface] = owner
        return owner

    def _standing(self, pattern: int, line: Line, here: Sequence[int], plain: str) -> Standing:
        """The wordings of a pattern that stand where it was found; what is written just so is not looked at twice."""
        words, alike = line.words, self._phrases.alike(pattern)
        if len(alike) == 1:
            only = alike[0][0]
            begins = line.starts[here[0]]
            if (
                only.is_simple
                and here[-1] - here[0] == len(here) - 1
                and only.texts == tuple([words[at] for at in here])
                and (not begins or plain[begins - 1] != "-")
            ):
                return alike
        found = line.pieces(here)
        return [pair for pair in alike if pair[0].stands(found, plain)]

    def _line(self, plain: str) -> Line:
        """The words and marks of a stretch; a word of the bank's that is written with a hyphen is one word."""
        parts = _SPLIT.split(plain)
        edges = list(accumulate(map(len, parts), initial=0))
        line = Line(parts[1::2], edges[1:-1:2], edges[2::2])
        if self._phrases.solid and "-" in plain:
            for found in _HYPHEN.finditer(plain):
                line.join(found.start(), self._phrases.solid)
        return line


class Line(NamedTuple):
    """A stretch of text as words and marks, with where each begins and ends."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    def pieces(self, here: Sequence[int]) -> list[TermToken]:
        return [TermToken(self.words[at], self.starts[at], self.ends[at]) for at in here]

    def join(self, hyphen: int, solid: Set[str]) -> None:
        """Make one word of the two beside a hyphen where the bank has them as one."""
        after = bisect_left(self.starts, hyphen)
        if not 0 < after < len(self.words):
            return
        one, other = self.words[after - 1], self.words[after]
        beside = self.ends[after - 1] == hyphen and self.starts[after] == hyphen + 1
        if beside and _is_joined(one, other, solid):
            self.words[after - 1] = f"{one}-{other}"
            self.ends[after - 1] = self.ends[after]
            self.words[after] = "the"


def _is_joined(one: str, other: str, solid: Set[str]) -> bool:
    return one != "re" and (one + other).lower() in solid


def _span(wording: Wording, line: Line, here: Sequence[int], plain: str) -> Span:
    start, end = line.starts[here[0]], line.ends[here[-1]]
    if wording.is_simple and _UNEVEN.search(plain, start, end) is None:
        return Span(start, end)
    return wording.span(line.pieces(here), plain)


def _always(place: PatternHit, owner: PatternHit | None, alone: bool) -> bool:
    return True
