"""Chinese terms in a text.

Terms and text are compared in their comparison form. All patterns are sought at once; `boundaries_zh` decides for each place
found whether the term is a word there. Spans are in characters of the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from termbank.matching.boundaries_zh import is_word
from termbank.matching.character_classes import is_alphanumeric
from termbank.matching.chunks import find_in_chunks
from termbank.matching.comparison_form import ComparisonText, comparison_form, comparison_forms
from termbank.matching.match import Match, TermEntry
from termbank.matching.overlap import PatternHit, closest_entry, resolve_overlaps
from termbank.matching.patterns import (
    CACHED_FROM,
    PatternSearch,
    TermPatterns,
    cache_name,
    read_or_make,
)
from termbank.matching.quotes import is_quote, pair_quotes
from termbank.model.concept import MatchFlag
from termbank.model.language import Language
from termbank.model.resources import CompiledCache
from termbank.model.span import Span
from termbank.text.computed_dict import ComputedDict
from termbank.text.normalize import NormalizedText
from termbank.text.scripts import is_simplified, proposed_regional_forms, script_of

if TYPE_CHECKING:
    from termbank.matching.batch.matches import FoundPlaces, MatchOwner, OwnerCache
    from termbank.matching.batch.terms_zh import LongChinese

# words of Taiwan in characters of both scripts, by which a text may be from there
_TAIWAN = re.compile(
    "智慧|社群|最佳化|元件|程式|品質|品质|晶片|影片|光碟|解析度|相容|伺服|行動|位元|巨集|列印|部落"
)
_MOST_OWNERS = 1 << 17


class Conditions(NamedTuple):
    """What the entries of a pattern require: title marks belong to it, are required, any boundary, forbidden strings."""

    title: bool
    short_title: bool
    any_boundary: bool
    never_inside: bool

    @property
    def any(self) -> bool:
        """Whether places of the pattern need more than a word boundary."""
        return self.title or self.any_boundary or self.never_inside


class ChineseTerms:
    """The Chinese terms of a bank, ready to be found.

    Args:
        entries: The terms with their concepts.
        cache: Where the compiled patterns of many terms are kept.
    """

    def __init__(self, entries: Sequence[TermEntry], cache: CompiledCache | None = None) -> None:
        texts = [entry.term.text for entry in entries]
        self._entries, self._cache = entries, cache if len(texts) >= CACHED_FROM else None
        name = "" if self._cache is None else cache_name("zh", texts)
        self._patterns = read_or_make(
            self._cache,
            name,
            lambda data: TermPatterns.from_bytes(bytes(data), len(texts)),
            lambda: TermPatterns.of(comparison_forms(texts)),
        )
        self._own = len(self._patterns)
        self.conditions: ComputedDict[int, Conditions] = ComputedDict(
            lambda pattern: _conditions(self._entries_of(pattern))
        )
        """What the entries of a pattern require of a place."""
        self._owners: OwnerCache = ComputedDict(lambda key: self._owner(*key), most=_MOST_OWNERS)

    @cached_property
    def search(self) -> PatternSearch:
        """The search for the terms as the bank writes them."""
        return PatternSearch(self._patterns.texts[: self._own], self._cache, "zh")

    @cached_property
    def regional_search(self) -> PatternSearch:
        """The search for the terms and for the proposed Taiwan forms of the mainland ones; made for traditional texts."""
        mainland = [
            number for number, entry in enumerate(self._entries) if entry.term.language is Language.ZH_HANS
        ]
        texts = [self._entries[number].term.text for number in mainland]
        forms = [form.text for form in proposed_regional_forms(texts, Language.ZH_TW)]
        for pattern, number in zip(comparison_forms(forms), mainland, strict=True):
            known = self._patterns.number(pattern)
            if known is None or known >= self._own:
                self._patterns.add(pattern, number)
        return PatternSearch(self._patterns.texts, self._cache, "zh")

    def _entries_of(self, pattern: int) -> list[TermEntry]:
        return [self._entries[number] for number in self._patterns.terms(pattern)]

    def is_term(self, word: str) -> bool:
        """Whether a string in comparison form is a term as the bank writes it."""
        number = self._patterns.number(word)
        return number is not None and number < self._own

    def is_regional_term(self, word: str) -> bool:
        """Whether a string in comparison form is a term, or the proposed Taiwan form of one."""
        return self._patterns.number(word) is not None

    def may_be_regional(self, text: str, simplified: bool) -> bool:
        """Whether a text may have terms in their Taiwan forms: it is traditional, or in characters of both scripts."""
        return not simplified or (_TAIWAN.search(text) is not None and script_of(text) is None)

    @cached_property
    def _long(self) -> LongChinese:
        from termbank.matching.batch.terms_zh import LongChinese

        return LongChinese(self)

    def find_long(self, text: str, parts: Sequence[tuple[int, int]], nested: bool = False) -> FoundPlaces:
        """The terms in the parts of a long text, each part searched by itself."""
        from termbank.matching.batch.matches import find_in_parts, match_maker

        make = match_maker(text, self._owners)
        return find_in_parts(text, parts if self._own else [], partial(self._long.find, nested=nested), make)

    def find(self, text: str, nested: bool = False) -> list[Match]:
        """The terms in a text, in its order."""
        return find_in_chunks(text, partial(self._find, nested=nested)) if self._own else []

    def _find(self, text: str, nested: bool) -> list[Match]:
        form, simplified = comparison_form(text)
        regional = self.may_be_regional(form.text, simplified)
        search = self.regional_search if regional else self.search
        is_term = self.is_regional_term if regional else self.is_term
        hits = [PatternHit(start, end, pattern) for pattern, start, end in search.find(form.text)]
        found = resolve_overlaps(
            hits,
            lambda hit, owner, alone: self.accepts(form, text, hit, owner, None if alone else is_term),
            nested,
        )
        return [self._match(form, text, hit, inner) for hit, inner in found]

    def _match(self, form: NormalizedText, text: str, hit: PatternHit, nested: bool) -> Match:
        span = self.span_in_text(form, text, hit)
        assert span is not None
        written = span.of(text)
        concept, term, language, also = self._owners[hit.pattern, written]
        return Match(concept, term, span, written, language, nested, also)

    def _owner(self, pattern: int, written: str) -> MatchOwner:
        """The concept and term that own a pattern where it is written so, and the language it is in."""
        entry, also = closest_entry(self._entries_of(pattern), written)
        return entry.concept, entry.term, _language(entry, written, pattern >= self._own), also

    def span_in_text(self, form: ComparisonText, text: str, hit: PatternHit) -> Span | None:
        """The span in the given text, with both marks of each pair of quotes; None where one has no partner beside it."""
        if form.has_same_offsets:
            return Span(hit.start, hit.end)
        span = form.span(hit.start, hit.end)
        if self.conditions[hit.pattern].title and _is_titled(text, span):
            return Span(span.start - 1, span.end + 1)
        return pair_quotes(text, span) if form.has_gap(hit.start, hit.end) else span

    def accepts(
        self,
        form: ComparisonText,
        text: str,
        hit: PatternHit,
        owner: PatternHit | None,
        is_term: Callable[[str], bool] | None,
    ) -> bool:
        """Whether a hit is a term at its place.

        Args:
            form: The comparison form of the text.
            text: The text as given.
            hit: The place and its pattern.
            owner: The accepted hit it lies in, if any.
            is_term: Which strings are terms; None where no other hit crosses this one.
        """
        start, end, pattern = hit
        chars = form.text
        if start and is_alphanumeric(chars[start]) and is_alphanumeric(chars[start - 1]):
            return False
        if end < len(chars) and is_alphanumeric(chars[end - 1]) and is_alphanumeric(chars[end]):
            return False
        span = self.span_in_text(form, text, hit)
        if span is None or not form.is_whole(start, end):
            return False
        conditions = self.conditions[pattern]
        if conditions.short_title and not _is_titled(text, span):
            return False
        if conditions.any_boundary:
            return True
        limits = _limits(form, text, hit, span, owner)
        if not is_word(chars, start, end, is_term=is_term, limits=limits):
            return False
        return not conditions.never_inside or not _is_forbidden(chars, hit, self._entries_of(pattern))


def _conditions(entries: list[TermEntry]) -> Conditions:
    return Conditions(
        any(entry.term.text[:1] == "《" for entry in entries),
        all(_is_short_title(entry.term.text) for entry in entries),
        any(MatchFlag.ALWAYS in entry.term.flags for entry in entries),
        all(entry.term.never_inside for entry in entries),
    )


def _limits(
    form: ComparisonText, text: str, hit: PatternHit, span: Span, owner: PatternHit | None
) -> tuple[int, int]:
    """The positions that no word crosses: the ends of the owner, and quotation marks right beside the place."""
    low, high = (owner.start, owner.end) if owner else (0, len(form.text))
    start, end = hit.start, hit.end
    if not form.has_same_offsets:
        if start and form.has_gap(start - 1, start + 1) and is_quote(text, span.start - 1):
            low = start
        if end < len(form.text) and form.has_gap(end - 1, end + 1) and is_quote(text, span.end):
            high = end
    return low, high


def _language(entry: TermEntry, written: str, regional: bool) -> Language:
    """The language in which a term is written: its own, unless the characters are of the other script."""
    if regional:
        return Language.ZH_TW
    language = entry.term.language
    if entry.term.text == written or (language is Language.ZH_HANS and is_simplified(written)):
        return language
    script = script_of(written)
    if script is Language.ZH_HANS or (script and language is Language.ZH_HANS):
        return script
    return language


def _is_short_title(term: str) -> bool:
    """Whether a term is a title of two characters, which without its marks is a common word: 《意见》."""
    return len(term) <= 4 and term[:1] == "《" and term[-1:] == "》"


def _is_titled(text: str, span: Span) -> bool:
    """Whether title marks are around a span or at its ends."""
    around = text[max(0, span.start - 1) : span.start + 1], text[span.end - 1 : span.end + 1]
    return "《" in around[0] and "》" in around[1]


def _is_forbidden(text: str, hit: PatternHit, entries: list[TermEntry]) -> bool:
    """Whether every entry forbids a longer string in which the place lies."""
    return all(
        any(_is_inside(text, hit, comparison_form(longer).text) for longer in entry.term.never_inside)
        for entry in entries
    )


def _is_inside(text: str, hit: PatternHit, longer: str) -> bool:
    low = max(0, hit.end - len(longer))
    at = text.find(longer, low, hit.start + len(longer))
    while at >= 0:
        if at <= hit.start and hit.end <= at + len(longer):
            return True
        at = text.find(longer, at + 1, hit.start + len(longer))
    return False
