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
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from termbank.core.language import Language
from termbank.core.span import Span
from termbank.lang.fold import FoldedText, folded
from termbank.lang.zh import HAN
from termbank.match.owner import Entry, Found, Match, closest, settle
from termbank.match.wording import Word, Wording, family_form, wordings

_LETTER = rf"[^\W_{HAN}]"
_PIECE = re.compile(
    rf"(?:[A-Z]\.){{2,}}|{_LETTER}+(?:['’][^\W\d_{HAN}]+)*"
    r"|(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)|--+|(?<=\s)-(?=\s)|,(?!\s+(?:and|or|&)\b)"
    rf"|[^\w\s\"'“”‘’`,-]|[_{HAN}]+"
)
_HYPHENATED = re.compile(r"(?<![\w-])(?!re-)[A-Za-z]+-[A-Za-z]+(?![\w-])")
_REST = re.compile(r"(?<=[.!?;:。！？；])\s|\n[^\S\n]*\n")
_SILENT = ("a", "an", "the", "The", "An", "THE", "AN")
_OTHER = "\0"
_FIRST = 0x100
_STRETCH = 1 << 16


class Piece(NamedTuple):
    """A word or mark of a text, with its place."""

    text: str
    start: int
    end: int


class _Written(dict[str, str]):
    """The family character of every word as it may be written, told once for each and kept."""

    def __init__(self, families: dict[str, str], keeps_a: bool) -> None:
        super().__init__(dict.fromkeys(_SILENT, ""))
        if not keeps_a:
            self["A"] = ""
        self._families = families

    def __missing__(self, word: str) -> str:
        found = self._families.get(family_form(word), _OTHER)
        if len(self) < 1 << 18:
            self[word] = found
        return found


class EnglishTerms:
    """The English terms of a bank, ready to be found."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        import ahocorasick_rs

        known = [found for entry in entries for found in wordings(entry, pieces)]
        own = {word for found in known for word in found.words}
        self._solid = {
            form for word in own if not word.joined for form in word.forms if len(form) > 6 and form.isalpha()
        }
        families = _families(own)
        keeps_a = any(word.text == "A" for found in known for word in found.words)
        self._written = _Written(families, keeps_a)
        patterns: dict[str, list[Wording]] = {}
        for found in known:
            key = "".join([families[word.lower] for word in found.words])
            patterns.setdefault(key, []).append(found)
        self._patterns = list(patterns.values())
        self._automaton: Any = ahocorasick_rs.AhoCorasick(list(patterns)) if patterns else None

    def find(self, text: str, nested: bool = False) -> list[Match]:
        """The terms in a text, in its order."""
        if self._automaton is None or not text:
            return []
        form = None if text.isascii() else folded(text, case=False)
        plain = text if form is None else form.text
        return [
            match
            for start, end in _stretches(plain)
            for match in self._find(text, plain, form, start, end, nested)
        ]

    def _find(
        self, text: str, plain: str, form: FoldedText | None, start: int, end: int, nested: bool
    ) -> Iterator[Match]:
        written = self._written
        kept = [(key, found) for found in self._pieces(plain, start, end) if (key := written[found.group()])]
        hits = self._automaton.find_matches_as_indexes("".join([key for key, _ in kept]), overlapping=True)
        if not hits:
            return
        places: dict[Found, tuple[list[Entry], Span]] = {}
        for pattern, first, last in hits:
            here = [Piece(found.group(), *found.span()) for _, found in kept[first:last]]
            standing = [found for found in self._patterns[pattern] if found.stands(here, plain)]
            if standing:
                entries = [found.entry for found in standing]
                places[Found(first, last, pattern)] = entries, standing[0].span(here, plain)
        for place, inner in settle(places, _always, nested):
            entries, span = places[place]
            if form is not None:
                span = form.span(*span)
            surface = span.of(text)
            entry, also = closest(entries, surface)
            yield Match(entry.concept, entry.term, span, surface, Language.EN, inner, also)

    def _pieces(self, plain: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """The words and marks of a stretch; a word of the bank's that is written with a hyphen is one word."""
        solid = {
            found.start(): found
            for found in _HYPHENATED.finditer(plain, start, end)
            if found.group().replace("-", "").lower() in self._solid
        }
        done = start
        for at, found in sorted(solid.items()):
            if at < done:
                continue
            yield from _PIECE.finditer(plain, done, at)
            yield found
            done = found.end()
        yield from _PIECE.finditer(plain, done, end)


def _always(place: Found, owner: Found | None) -> bool:
    return True


def pieces(text: str) -> list[Piece]:
    """The words and marks of a term that count, in order."""
    return [Piece(found.group(), *found.span()) for found in _PIECE.finditer(text)]


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """A long text in stretches that end where a sentence does, so that no term lies across two."""
    start = 0
    while len(text) - start > _STRETCH:
        rest = _REST.search(text, start + _STRETCH)
        if rest is None:
            break
        yield start, rest.end()
        start = rest.end()
    yield start, len(text)


def _families(words: Iterable[Word]) -> dict[str, str]:
    """Words that share a form are one family, and each family has its character."""
    parent: dict[str, str] = {}

    def root(form: str) -> str:
        while (above := parent[form]) != form:
            parent[form] = parent[above]
            form = above
        return form

    for word in words:
        first = root(parent.setdefault(word.lower, word.lower))
        for form in word.forms:
            if form not in parent:
                parent[form] = first
            else:
                parent[root(form)] = first
    names: dict[str, str] = {}
    return {form: names.setdefault(root(form), _character(len(names))) for form in parent}


def _character(number: int) -> str:
    """The private character of a family; the surrogates are passed over."""
    code = _FIRST + number
    return chr(code if code < 0xD800 else code + 0x800)
