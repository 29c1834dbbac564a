"""Find English terms in a text.

A term is a sequence of words, each of which may inflect, in either spelling, joined by spaces, hyphens or nothing, with
or without an article inside. Texts and terms become strings with one character for each word family; one
search finds the sequences, and `variants_en` verifies each hit word by word, since a family alone decides nothing.

Only spaces, one line end, hyphens, quotation marks and articles may stand between two words of a term, unless the term
itself has something else there. Spans count code points of the original text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from termbank.matching.chunks import find_in_chunks
from termbank.matching.match import Match, TermEntry
from termbank.matching.overlap import PatternHit, closest_entry, resolve_overlaps
from termbank.matching.patterns import CACHED_FROM, PatternSearch, read_or_make
from termbank.matching.phrases_en import OTHER, SILENT, PhrasePatterns
from termbank.matching.variants_en import AcceptedWordings, Wording
from termbank.matching.word_families_en import family_form
from termbank.model.concept import Concept
from termbank.model.language import Language
from termbank.model.resources import CompiledCache
from termbank.model.span import Span
from termbank.text.computed_dict import ComputedDict
from termbank.text.normalize import normalize
from termbank.text.tokenizer_en import TERM_TOKEN, TermToken

if TYPE_CHECKING:
    from termbank.matching.batch.matches import FoundPlaces, MatchOwner, OwnerCache
    from termbank.matching.batch.terms_en import EnglishBatchSearch

_SPLIT = re.compile(f"({TERM_TOKEN.pattern})")
_HYPHEN = re.compile("-")
_UNEVEN = re.compile("['’‘\"“”《》「」]")
_KEPT = 1 << 17


Owner = tuple[TermEntry, tuple[Concept, ...]]


def _phrases(entries: list[TermEntry], cache: CompiledCache | None) -> PhrasePatterns:
    """The sequences of the entries, from the cache where there are many."""
    if cache is None or len(entries) < CACHED_FROM:
        return PhrasePatterns(entries)
    return read_or_make(
        cache,
        PhrasePatterns.key(entries),
        lambda data: PhrasePatterns.from_bytes(entries, bytes(data)),
        lambda: PhrasePatterns(entries),
    )


class EnglishTerms:
    """The English terms of a bank, ready to be found."""

    def __init__(self, entries: Iterable[TermEntry], cache: CompiledCache | None = None) -> None:
        self._phrases = phrases = _phrases(list(entries), cache)
        self._cache = cache
        articles = [word for word in (*SILENT, "A") if word != "A" or not phrases.keeps_a]
        self._characters = ComputedDict(
            lambda word: phrases.families.get(family_form(word), OTHER), dict.fromkeys(articles, "")
        )
        self._owners: dict[tuple[int, str], Owner] = {}
        self._long_owners: OwnerCache = ComputedDict(self._long_owner, most=_KEPT)

    @cached_property
    def search(self) -> PatternSearch:
        """The search for the sequences."""
        return PatternSearch(self._phrases.sequences, self._cache, "en")

    @cached_property
    def _long(self) -> EnglishBatchSearch:
        from termbank.matching.batch.terms_en import EnglishBatchSearch

        return EnglishBatchSearch(self._phrases, self._characters, self.search)

    def find_long(self, text: str, parts: Sequence[tuple[int, int]], nested: bool = False) -> FoundPlaces:
        """The terms in the parts of a long text, each part searched by itself."""
        from termbank.matching.batch.matches import find_in_parts, match_maker

        searched = parts if len(self._phrases) else []
        make = match_maker(text, self._long_owners)
        return find_in_parts(text, searched, partial(self._long.find, nested=nested), make)

    def _long_owner(self, key: tuple[int, str]) -> MatchOwner:
        number, written = key
        entry, also = self._owner(*self._long.wordings_at(number), written)
        return entry.concept, entry.term, Language.EN, also

    def find(self, text: str, nested: bool = False) -> list[Match]:
        """The terms in a text, in its order."""
        return find_in_chunks(text, partial(self._find, nested=nested)) if len(self._phrases) else []

    def _find(self, text: str, nested: bool) -> Iterator[Match]:
        form = None if text.isascii() else normalize(text, case=False)
        plain = text if form is None else form.text
        line = self._line(plain)
        keys = list(map(self._characters.__getitem__, line.words))
        hits = self.search.find("".join(keys))
        if not hits:
            return
        kept = [at for at, key in enumerate(keys) if key]
        places: dict[PatternHit, tuple[AcceptedWordings, list[int]]] = {}
        for pattern, first, last in hits:
            here = kept[first:last]
            accepted = self._accept_wordings(pattern, line, here, plain)
            if accepted:
                places[PatternHit(first, last, pattern)] = accepted, here
        for place, inner in resolve_overlaps(places, _always, nested):
            accepted, here = places[place]
            span = _span(accepted[0][0], line, here, plain)
            if form is not None:
                span = form.span(*span)
            surface = span.of(text)
            entry, also = self._owner(place.pattern, accepted, surface)
            yield Match(entry.concept, entry.term, span, surface, Language.EN, inner, also)

    def _owner(self, pattern: int, accepted: AcceptedWordings, surface: str) -> Owner:
        """The entry closest to what is written; cached where all wordings of the pattern are accepted."""
        is_whole = len(accepted) == len(self._phrases.wordings_of(pattern))
        owner = self._owners.get((pattern, surface)) if is_whole else None
        if owner is None:
            owner = closest_entry([entry for _, entries in accepted for entry in entries], surface)
            if is_whole and len(self._owners) < _KEPT:
                self._owners[pattern, surface] = owner
        return owner

    def _accept_wordings(
        self, pattern: int, line: TokenLine, here: Sequence[int], plain: str
    ) -> AcceptedWordings:
        """The wordings of a pattern that are accepted at a hit; the term's own writing needs no verification."""
        words, alike = line.words, self._phrases.wordings_of(pattern)
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
        return self._phrases.accepted(pattern, line.tokens(here), plain)

    def _line(self, plain: str) -> TokenLine:
        """The tokens of a text; two of them joined by a hyphen are one where the bank writes them as one word."""
        parts = _SPLIT.split(plain)
        edges = list(accumulate(map(len, parts), initial=0))
        line = TokenLine(parts[1::2], edges[1:-1:2], edges[2::2])
        if self._phrases.joined_forms and "-" in plain:
            for found in _HYPHEN.finditer(plain):
                line.join(found.start(), self._phrases.is_joined)
        return line


class TokenLine(NamedTuple):
    """The tokens of a text, with their starts and ends."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    def tokens(self, here: Sequence[int]) -> list[TermToken]:
        """The tokens with these numbers."""
        return [TermToken(self.words[at], self.starts[at], self.ends[at]) for at in here]

    def join(self, hyphen: int, is_joined: Callable[[str, str], bool]) -> None:
        """Make one token of the two beside a hyphen where the bank writes them as one word."""
        after = bisect_left(self.starts, hyphen)
        if not 0 < after < len(self.words):
            return
        one, other = self.words[after - 1], self.words[after]
        beside = self.ends[after - 1] == hyphen and self.starts[after] == hyphen + 1
        if beside and is_joined(one, other):
            self.words[after - 1] = f"{one}-{other}"
            self.ends[after - 1] = self.ends[after]
            self.words[after] = "the"


def _span(wording: Wording, line: TokenLine, here: Sequence[int], plain: str) -> Span:
    """The span of an accepted place in the normalised text."""
    start, end = line.starts[here[0]], line.ends[here[-1]]
    if wording.is_simple and _UNEVEN.search(plain, start, end) is None:
        return Span(start, end)
    return wording.span(line.tokens(here), plain)


def _always(place: PatternHit, owner: PatternHit | None, alone: bool) -> bool:
    return True
