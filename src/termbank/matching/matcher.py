"""Every term of a glossary at once, in Chinese and in English.

A glossary comes in; a matcher goes out that finds its terms in any text. The longest owner wins each
place, word edges are respected, and places are told in code points of the text as given. Each
language's automaton is built when it is first asked for, and nothing heavy is loaded before.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from termbank.matching.overlap import Entry, Match
from termbank.matching.patterns import Shelf
from termbank.matching.terms_en import EnglishTerms
from termbank.matching.terms_zh import ChineseTerms
from termbank.model.concept import Concept, Term
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.text.characters_zh import has_han, looks_chinese
from termbank.text.normalize import fold

if TYPE_CHECKING:
    from termbank.matching.batch.matches import Places

LONG = 1 << 16
MANY = 1 << 12
OFTEN = 1 << 19
"""Short texts are worth the columns from `MANY` characters on, once a matcher has searched so many of them."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Many small things are made and all are kept: looking for garbage among them takes half the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Matcher:
    """Finds a glossary's terms in text; every span has one owner."""

    def __init__(self, glossary: Glossary, shelf: Shelf | None = None) -> None:
        self.glossary = glossary
        self._shelf = shelf
        self._searched = 0

    @classmethod
    def of(cls, glossary: Glossary, shelf: Shelf | None = None) -> Matcher:
        """The matcher of a glossary; the automata wait until a text comes, those of a large one on a shelf."""
        return cls(glossary, shelf)

    @cached_property
    def _chinese(self) -> ChineseTerms:
        with _uncollected():
            return ChineseTerms(self._entries(is_english=False), self._shelf)

    @cached_property
    def _english(self) -> EnglishTerms:
        with _uncollected():
            return EnglishTerms(self._entries(is_english=True), self._shelf)

    def _entries(self, is_english: bool) -> list[Entry]:
        english = Language.EN
        return [
            Entry(concept, term)
            for concept in self.glossary
            for term in concept.terms
            if (term.language is english) is is_english
        ]

    def chinese(self, text: str, nested: bool = False) -> Sequence[Match]:
        """The Chinese terms in a text, in its order; with `nested`, those inside others too, so marked."""
        if _is_long(text):
            return _made(self._chinese.find_long(text, [(0, len(text))], nested))
        return self._chinese.find(text, nested)

    def english(self, text: str, nested: bool = False) -> Sequence[Match]:
        """The English terms in a text, in its order; with `nested`, those inside others too, so marked."""
        if _is_long(text):
            return _made(self._english.find_long(text, [(0, len(text))], nested))
        return self._english.find(text, nested)

    def chinese_all(self, texts: Sequence[str], nested: bool = False) -> list[list[Match]]:
        """What `chinese` finds in each of many texts; searched together, short ones take a fraction of the time."""
        return self._in_each(self._chinese, texts, nested)

    def english_all(self, texts: Sequence[str], nested: bool = False) -> list[list[Match]]:
        """What `english` finds in each of many texts; searched together, short ones take a fraction of the time."""
        return self._in_each(self._english, texts, nested)

    def _in_each(
        self, terms: ChineseTerms | EnglishTerms, texts: Sequence[str], nested: bool
    ) -> list[list[Match]]:
        size = sum(map(len, texts))
        self._searched += size
        if size < LONG and (size < MANY or self._searched < OFTEN):
            return [terms.find(text, nested) for text in texts]
        from termbank.matching.batch.matches import in_each

        return in_each(texts, lambda text, parts: terms.find_long(text, parts, nested))

    def find(self, text: str, nested: bool = False, *, chinese: bool | None = None) -> Sequence[Match]:
        """The terms in a text of either language, in its order.

        A Chinese text is searched for Chinese terms first, and for English ones where no Chinese term stands; an
        English text the other way round. `chinese` says which it is where the caller knows better.
        """
        if _is_long(text):
            return self.find_in(text, [(0, len(text))], nested, chinese=chinese)
        if chinese is None:
            chinese = looks_chinese(text)
        first = self._chinese.find(text, nested) if has_han(text) else []
        second = self._english.find(text, nested) if _LATIN.search(text) else []
        return _together(first, second) if chinese else _together(second, first)

    def find_in(
        self,
        text: str,
        parts: Sequence[tuple[int, int]],
        nested: bool = False,
        *,
        chinese: bool | None = None,
    ) -> Sequence[Match]:
        """The terms in the parts of a text, each searched by itself, told by their places in the whole text.

        In a long text places take a few bytes each, and a match is made when it is looked at.
        """
        if not _is_long(text):
            return [
                match._replace(span=match.span.shifted(start))
                for start, end in parts
                for match in self.find(text[start:end], nested, chinese=chinese)
            ]
        han = [part for part in parts if has_han(text[slice(*part)])]
        latin = [part for part in parts if _LATIN.search(text, *part)]
        found = [self._chinese.find_long(text, han, nested)] if han else []
        found += [self._english.find_long(text, latin, nested)] if latin else []
        return _made(*found, is_first=lambda: looks_chinese(text) if chinese is None else chinese)


def _is_long(text: str) -> bool:
    """Whether a text is worth the columns: they take a tenth of a second to lay out and are many times faster."""
    return len(text) >= LONG


def _made(*found: Places, is_first: Callable[[], bool] = lambda: True) -> Sequence[Match]:
    from termbank.matching.batch.matches import Matches

    return Matches(found, is_first)


def unmatchable(glossary: Glossary) -> list[str]:
    """One sentence for each term of a glossary that no text can ever match, saying why."""
    return [
        f"“{term.text}” ({term.language}) of {concept.id}: {why}"
        for concept in glossary
        for term in concept.terms
        if (why := why_unmatchable(term)) is not None
    ]


_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
_PATTERN = re.compile(r"\.[*+]|\\[wdsbWDSB]|\[[^\]]+-[^\]]+\]|\(\?[:=!]|^/.+/$|\^.+\$$")


def why_unmatchable(term: Term) -> str | None:
    """Why no text can ever match a term, or None where one can.

    >>> from termbank.model.concept import Term
    >>> from termbank.model.language import Language
    >>> why_unmatchable(Term("……", Language.ZH_HANS))
    'it has no letter or figure.'
    """
    if not any(char.isalnum() for char in term.text):
        return "it has no letter or figure."
    if _PATTERN.search(term.text):
        return "it is written as a regular expression, and terms are matched as text."
    alone = Matcher.of(Glossary.of([Concept("alone", (term,))]))
    for text in (term.text, f"《{term.text}》" if term.language.is_chinese else f"The {term.text} is"):
        if any(match.span.end - match.span.start >= len(term.text) // 2 for match in alone.find(text)):
            return None
    if any(
        fold(term.text) in fold(longer) or fold(longer) in fold(term.text) for longer in term.never_inside
    ):
        return "its own text stands among the strings it is never inside of."
    return "it is not found even in its own text."


def _together(first: list[Match], second: list[Match]) -> list[Match]:
    """Two lists of matches as one in which every place has one owner; at a tie the first list's."""
    if not first or not second:
        return first or second
    both = sorted(first + second, key=lambda match: (match.span.start, -match.span.end))
    end = 0
    for match in both:
        if not match.nested:
            if match.span.start < end:
                return _sifted(first, second)
            end = match.span.end
    return both


def _sifted(first: list[Match], second: list[Match]) -> list[Match]:
    """The owners of both lists, the longer before the shorter, with the nested ones that lie in an owner."""
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
