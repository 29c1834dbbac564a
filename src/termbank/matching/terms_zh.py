"""Chinese terms in a text.

Terms and text are compared in one dense form: folded, simplified character by character, without quotation
marks, and without spaces or a line end where Chinese is written on either side. Every pattern is found by
one automaton; where a term's edges are open, `edges` judges them in context. Places are told in code
points of the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from termbank.matching.boundaries_zh import stands
from termbank.matching.character_classes import is_hand
from termbank.matching.chunks import grouped, stretches
from termbank.matching.comparison_form import Dense, Form, dense, dense_forms
from termbank.matching.overlap import Entry, Found, Match, closest, settle
from termbank.matching.patterns import MANY, Patterns, Shelf, from_shelf, named
from termbank.matching.quotes import is_quote, paired
from termbank.model.concept import MatchFlag
from termbank.model.language import Language
from termbank.model.span import Span
from termbank.text.scripts import convert, is_plain, script_of

if TYPE_CHECKING:
    from termbank.matching.batch.matches import Places, Told
    from termbank.matching.batch.terms_zh import LongChinese

_TAIWAN = re.compile(
    "智慧|社群|最佳化|元件|程式|品質|品质|晶片|影片|光碟|解析度|相容|伺服|行動|位元|巨集|列印|部落"
)
_KEPT = 1 << 17


class ChineseTerms:
    """The Chinese terms of a bank, ready to be found."""

    def __init__(self, entries: Sequence[Entry], shelf: Shelf | None = None) -> None:
        self._terms = entries
        self._patterns = _patterns([entry.term.text for entry in entries], shelf)
        self._own = len(self._patterns)
        self._is_regional = False
        self._asked: dict[int, _Wishes] = {}
        self._owners: dict[tuple[int, str], Told] = {}

    def _entries(self, pattern: int) -> list[Entry]:
        return [self._terms[number] for number in self._patterns.holders(pattern)]

    # -- what `long_chinese` asks

    def own_patterns(self) -> list[str]:
        return self._patterns.texts[: self._own]

    def regional_patterns(self) -> list[str]:
        self._word_for_taiwan()
        return self._patterns.texts

    def is_special(self, pattern: int) -> bool:
        wishes = self._wishes(pattern)
        return wishes.title or wishes.always or wishes.never_inside

    def is_known(self, word: str) -> bool:
        number = self._patterns.number(word)
        return number is not None and number < self._own

    def is_known_anywhere(self, word: str) -> bool:
        return self._patterns.number(word) is not None

    def may_be_regional(self, text: str, simplified: bool) -> bool:
        return _may_be_regional(text, simplified)

    @cached_property
    def _automaton(self) -> Any:
        """The patterns as the bank writes them."""
        import ahocorasick_rs

        return ahocorasick_rs.AhoCorasick(self.own_patterns())

    @cached_property
    def _regional(self) -> Any:
        """The patterns, and what Taiwan calls the mainland terms among them; made when a traditional text comes."""
        import ahocorasick_rs

        return ahocorasick_rs.AhoCorasick(self.regional_patterns())

    def _word_for_taiwan(self) -> None:
        """Make what Taiwan calls the mainland terms known, once."""
        if self._is_regional:
            return
        self._is_regional = True
        mainland = [
            number for number, entry in enumerate(self._terms) if entry.term.language is Language.ZH_HANS
        ]
        texts = "\n".join([self._terms[number].term.text for number in mainland])
        images = convert(texts, "s2twp").split("\n") if mainland else []
        for pattern, number in zip(dense_forms(images), mainland, strict=True):
            known = self._patterns.number(pattern)
            if known is None or known >= self._own:
                self._patterns.keep(pattern, number)

    @cached_property
    def _long(self) -> LongChinese:
        from termbank.matching.batch.terms_zh import LongChinese

        return LongChinese(self)

    def find_long(self, text: str, parts: Sequence[tuple[int, int]], nested: bool = False) -> Places:
        """The terms in the parts of a long text, each part searched by itself."""
        from termbank.matching.batch.matches import making, places

        pieces = [(low + start, low + end) for low, high in parts for start, end in stretches(text[low:high])]
        groups = grouped(pieces) if self._own else ()
        found = [self._long.find(text, group, nested) for group in groups]
        return places(found, pieces, making(text, self._owners, self._owner))

    def find(self, text: str, nested: bool = False) -> list[Match]:
        """The terms in a text, in its order."""
        if not self._own:
            return []
        return [
            match._replace(span=match.span.shifted(start)) if start else match
            for start, end in stretches(text)
            for match in self._find(text[start:end], nested)
        ]

    def _find(self, text: str, nested: bool) -> list[Match]:
        form = dense(text)
        regional = _may_be_regional(form.text, form.simplified)
        automaton = self._regional if regional else self._automaton
        known = self.is_known_anywhere if regional else self.is_known
        hits = automaton.find_matches_as_indexes(form.text, overlapping=True)
        places = [Found(start, end, pattern) for pattern, start, end in hits]
        told = settle(
            places,
            lambda place, owner, alone: self.stands(form, text, place, owner, None if alone else known),
            nested,
        )
        return [self._match(form, text, place, inner) for place, inner in told]

    def _match(self, form: Dense, text: str, place: Found, nested: bool) -> Match:
        span = self.place_in(form, text, place)
        assert span is not None
        written = span.of(text)
        owner = self._owners.get((place.pattern, written))
        if owner is None:
            owner = self._owner(place.pattern, written)
            if len(self._owners) < _KEPT:
                self._owners[place.pattern, written] = owner
        concept, term, language, also = owner
        return Match(concept, term, span, written, language, nested, also)

    def _owner(self, pattern: int, written: str) -> Told:
        """Whose what is written is, and in what language it is."""
        entry, also = closest(self._entries(pattern), written)
        return entry.concept, entry.term, _language(entry, written, pattern >= self._own), also

    def place_in(self, form: Form, text: str, place: Found) -> Span | None:
        """The place in the given text, quotation marks paired; None where a mark inside has no partner beside it."""
        if form.is_given:
            return Span(place.start, place.end)
        span = form.span(place.start, place.end)
        if self._wishes(place.pattern).title and _titled(text, span):
            return Span(span.start - 1, span.end + 1)
        if not form.gaps(place.start, place.end):
            return span
        return paired(text, span)

    def _wishes(self, pattern: int) -> _Wishes:
        """What the entries of a pattern ask of its place; told once for each."""
        found = self._asked.get(pattern)
        if found is None:
            found = self._asked[pattern] = _wishes(self._entries(pattern))
        return found

    def stands(
        self, form: Form, text: str, place: Found, owner: Found | None, known: Callable[[str], bool] | None
    ) -> bool:
        """Whether a place may be told; `known` tells the bank's terms where others of them cross it."""
        start, end, pattern = place
        letters = form.text
        if start and is_hand(letters[start]) and is_hand(letters[start - 1]):
            return False
        if end < len(letters) and is_hand(letters[end - 1]) and is_hand(letters[end]):
            return False
        span = self.place_in(form, text, place)
        if span is None or not form.is_whole(start, end):
            return False
        wishes = self._wishes(pattern)
        if wishes.short_title and not _titled(text, span):
            return False
        if wishes.always:
            return True
        walls = _walls(form, text, place, span, owner)
        if not stands(letters, start, end, known=known, walls=walls):
            return False
        return not wishes.never_inside or not self._inside(letters, place, self._entries(pattern))

    def _inside(self, text: str, place: Found, entries: list[Entry]) -> bool:
        """Whether the place lies in a string that every entry forbids."""
        return all(
            any(_covers(text, place, dense(longer).text) for longer in entry.term.never_inside)
            for entry in entries
        )


def _patterns(texts: list[str], shelf: Shelf | None) -> Patterns:
    """The terms in their dense forms, from the shelf where there are many."""

    def made() -> Patterns:
        return Patterns.of(dense_forms(texts))

    if shelf is None or len(texts) < MANY:
        return made()
    return from_shelf(shelf, named("zh", texts), lambda data: Patterns.from_bytes(data, len(texts)), made)


class _Wishes(NamedTuple):
    """What a pattern's entries ask: marks about a title, any edge, never inside."""

    title: bool
    short_title: bool
    always: bool
    never_inside: bool


def _wishes(entries: list[Entry]) -> _Wishes:
    return _Wishes(
        any(entry.term.text[:1] == "《" for entry in entries),
        all(_short_title(entry.term.text) for entry in entries),
        any(MatchFlag.ALWAYS in entry.term.flags for entry in entries),
        all(entry.term.never_inside for entry in entries),
    )


def _walls(form: Form, text: str, place: Found, span: Span, owner: Found | None) -> tuple[int, int]:
    """What no word crosses: the owner's ends, and quotation marks right beside the place."""
    low, high = (owner.start, owner.end) if owner else (0, len(form.text))
    if not form.is_given:
        if place.start and form.gaps(place.start - 1, place.start + 1) and is_quote(text, span.start - 1):
            low = place.start
        if (
            place.end < len(form.text)
            and form.gaps(place.end - 1, place.end + 1)
            and is_quote(text, span.end)
        ):
            high = place.end
    return low, high


def _language(entry: Entry, written: str, regional: bool) -> Language:
    """How a term is written: its own language, unless the characters tell of the other script."""
    if regional:
        return Language.ZH_TW
    language = entry.term.language
    if entry.term.text == written or (language is Language.ZH_HANS and is_plain(written)):
        return language
    script = script_of(written)
    if script is Language.ZH_HANS or (script and language is Language.ZH_HANS):
        return script
    return language


def _may_be_regional(text: str, simplified: bool) -> bool:
    """Whether a text may hold terms as Taiwan words them: it is traditional, or in characters that do not tell."""
    return not simplified or (_TAIWAN.search(text) is not None and script_of(text) is None)


def _short_title(term: str) -> bool:
    """Whether a term is a title of two characters, which without its marks is a common word: 《意见》."""
    return len(term) <= 4 and term[:1] == "《" and term[-1:] == "》"


def _titled(text: str, span: Span) -> bool:
    """Whether title marks stand around a place or at its ends."""
    around = text[max(0, span.start - 1) : span.start + 1], text[span.end - 1 : span.end + 1]
    return "《" in around[0] and "》" in around[1]


def _covers(text: str, place: Found, longer: str) -> bool:
    low = max(0, place.end - len(longer))
    at = text.find(longer, low, place.start + len(longer))
    while at >= 0:
        if at <= place.start and place.end <= at + len(longer):
            return True
        at = text.find(longer, at + 1, place.start + len(longer))
    return False
