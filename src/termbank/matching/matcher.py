"""The matcher: every term of a glossary found at once, in Chinese and in English.

The longest term keeps its place, word boundaries are respected, and spans are in characters of the text as given. What a
language needs is compiled when its first text comes, and nothing heavy is loaded before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from termbank.matching.match import Match, TermEntry
from termbank.matching.terms_en import EnglishTerms
from termbank.matching.terms_zh import ChineseTerms
from termbank.model.collector_pause import no_garbage_collection
from termbank.model.concept import Concept, Term
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.message import message
from termbank.model.resources import CompiledCache
from termbank.text.characters_zh import has_han, looks_chinese
from termbank.text.normalize import fold

if TYPE_CHECKING:
    from termbank.matching.batch.matches import FoundPlaces

LONG = 1 << 16
"""A text of so many characters is searched with arrays: they take a tenth of a second to set up and are many times faster."""
MANY = 1 << 12
OFTEN = 1 << 19
"""Short texts together of `MANY` characters are, too, once a matcher has searched so many of them."""


class Matcher:
    """Finds the terms of a glossary in texts.

    A term is found in every form in which it is written: simplified or traditional, inflected, in British or American spelling,
    with or without quotation marks. It is not found inside other words: 中国 is not in 发展中国家. Where terms overlap the longest
    one keeps the place.

    Args:
        glossary: The terms.
        cache: Where the compiled patterns of a large glossary are kept; None compiles them for each matcher.

    >>> from termbank.model.language import Language
    >>> concept = Concept("developing-country", (Term("发展中国家", Language.ZH_HANS), Term("developing country", Language.EN)))
    >>> matcher = Matcher(Glossary.of([concept]))
    >>> [match.text for match in matcher.find("支持發展中國家")], [match.text for match in matcher.find("All developing countries")]
    (['發展中國家'], ['developing countries'])
    """

    def __init__(self, glossary: Glossary, cache: CompiledCache | None = None) -> None:
        self.glossary = glossary
        self._cache = cache
        self._searched = 0

    @classmethod
    def of(cls, glossary: Glossary) -> Matcher:
        """The matcher of a glossary, compiled for this process alone."""
        return cls(glossary)

    @cached_property
    def _chinese(self) -> ChineseTerms:
        with no_garbage_collection():
            return ChineseTerms(self._entries(is_english=False), self._cache)

    @cached_property
    def _english(self) -> EnglishTerms:
        with no_garbage_collection():
            return EnglishTerms(self._entries(is_english=True), self._cache)

    def _entries(self, is_english: bool) -> list[TermEntry]:
        english = Language.EN
        return [
            TermEntry(concept, term)
            for concept in self.glossary
            for term in concept.terms
            if (term.language is english) is is_english
        ]

    def chinese(self, text: str, nested: bool = False) -> Sequence[Match]:
        """Find the Chinese terms in a text.

        Args:
            text: Any text.
            nested: Whether to give the terms inside others as well, marked as nested.

        Returns:
            The matches in order of the text.
        """
        return _find(self._chinese, text, nested)

    def english(self, text: str, nested: bool = False) -> Sequence[Match]:
        """Find the English terms in a text; otherwise as `chinese`."""
        return _find(self._english, text, nested)

    def chinese_all(self, texts: Sequence[str], nested: bool = False) -> list[list[Match]]:
        """What `chinese` finds in each of many texts; short ones searched together take a fraction of the time."""
        return self._find_in_each(self._chinese, texts, nested)

    def english_all(self, texts: Sequence[str], nested: bool = False) -> list[list[Match]]:
        """What `english` finds in each of many texts; short ones searched together take a fraction of the time."""
        return self._find_in_each(self._english, texts, nested)

    def _find_in_each(
        self, terms: ChineseTerms | EnglishTerms, texts: Sequence[str], nested: bool
    ) -> list[list[Match]]:
        size = sum(map(len, texts))
        self._searched += size
        if size < LONG and (size < MANY or self._searched < OFTEN):
            return [terms.find(text, nested) for text in texts]
        from termbank.matching.batch.matches import find_in_each

        return find_in_each(texts, lambda text, parts: terms.find_long(text, parts, nested))

    def find(self, text: str, nested: bool = False, *, chinese: bool | None = None) -> Sequence[Match]:
        """Find the terms of either language in a text.

        In a Chinese text a Chinese term wins a tie with an English one, in an English text the other way round.

        Args:
            text: Any text.
            nested: Whether to give the terms inside others as well, marked as nested.
            chinese: Whether the text is Chinese; by default its characters decide.

        Returns:
            The matches in order of the text. Those of a long text are made as they are looked at.
        """
        if len(text) >= LONG:
            return self.find_in(text, [(0, len(text))], nested, chinese=chinese)
        if chinese is None:
            chinese = looks_chinese(text)
        first = self._chinese.find(text, nested) if has_han(text) else []
        second = self._english.find(text, nested) if _LATIN.search(text) else []
        return _merge(first, second) if chinese else _merge(second, first)

    def find_in(
        self,
        text: str,
        parts: Sequence[tuple[int, int]],
        nested: bool = False,
        *,
        chinese: bool | None = None,
    ) -> Sequence[Match]:
        """Find the terms in parts of a text, each searched by itself; otherwise as `find`.

        Args:
            text: The whole text, in which the spans of the matches are counted.
            parts: Start and end of each part, in order.
            nested: Whether to give the terms inside others as well, marked as nested.
            chinese: Whether the text is Chinese; by default its characters decide.
        """
        if len(text) < LONG:
            return [
                match._replace(span=match.span.shifted(start))
                for start, end in parts
                for match in self.find(text[start:end], nested, chinese=chinese)
            ]
        han = [part for part in parts if has_han(text[slice(*part)])]
        latin = [part for part in parts if _LATIN.search(text, *part)]
        found = [self._chinese.find_long(text, han, nested)] if han else []
        found += [self._english.find_long(text, latin, nested)] if latin else []
        return _matches(*found, is_first=lambda: looks_chinese(text) if chinese is None else chinese)


def _find(terms: ChineseTerms | EnglishTerms, text: str, nested: bool) -> Sequence[Match]:
    if len(text) < LONG:
        return terms.find(text, nested)
    return _matches(terms.find_long(text, [(0, len(text))], nested))


def _matches(*found: FoundPlaces, is_first: Callable[[], bool] = lambda: True) -> Sequence[Match]:
    from termbank.matching.batch.matches import Matches

    return Matches(found, is_first)


def unmatchable(glossary: Glossary) -> list[str]:
    """One sentence for each term of a glossary that no text can match, with the reason."""
    return [
        message(
            "“{term}” ({language}) of {concept}: {why}",
            term=term.text,
            language=term.language,
            concept=concept.id,
            why=why,
        )
        for concept in glossary
        for term in concept.terms
        if (why := why_unmatchable(term)) is not None
    ]


_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
_PATTERN = re.compile(r"\.[*+]|\\[wdsbWDSB]|\[[^\]]+-[^\]]+\]|\(\?[:=!]|^/.+/$|\^.+\$$")


def why_unmatchable(term: Term) -> str | None:
    """Why no text can match a term; None where one can.

    >>> from termbank.model.concept import Term
    >>> from termbank.model.language import Language
    >>> why_unmatchable(Term("……", Language.ZH_HANS))
    'it has no letter or digit.'
    """
    if not any(char.isalnum() for char in term.text):
        return message("it has no letter or digit.")
    if _PATTERN.search(term.text):
        return message("it is written as a regular expression, and terms are matched as text.")
    alone = Matcher(Glossary.of([Concept("alone", (term,))]))
    find = alone.chinese if term.language.is_chinese else alone.english  # GDP may be Chinese
    for text in (term.text, f"《{term.text}》" if term.language.is_chinese else f"The {term.text} is"):
        if any(match.span.end - match.span.start >= len(term.text) // 2 for match in find(text)):
            return None
    if any(
        fold(term.text) in fold(longer) or fold(longer) in fold(term.text) for longer in term.never_inside
    ):
        return message("its own text is one of its “never inside” strings.")
    return message("it is not found even in its own text.")


def _merge(first: list[Match], second: list[Match]) -> list[Match]:
    """Merge two lists of matches so that no two owners overlap; at a tie the first list wins."""
    if not first or not second:
        return first or second
    both = sorted(first + second, key=lambda match: (match.span.start, -match.span.end))
    end = 0
    for match in both:
        if not match.nested:
            if match.span.start < end:
                return _resolve(first, second)
            end = match.span.end
    return both


def _resolve(first: list[Match], second: list[Match]) -> list[Match]:
    """The owners of both lists, longest first, with the nested matches that lie in an owner."""
    ranked = sorted(
        ((match, rank) for rank, found in enumerate((first, second)) for match in found if not match.nested),
        key=lambda pair: (pair[0].span.start - pair[0].span.end, pair[1], pair[0].span.start),
    )
    taken: set[int] = set()
    kept = []
    for match, _ in ranked:
        if taken.isdisjoint(range(*match.span)):
            taken.update(range(*match.span))
            kept.append(match)
    kept += [match for match in first + second if match.nested and taken.issuperset(range(*match.span))]
    return sorted(kept, key=lambda match: (match.span.start, -match.span.end))
