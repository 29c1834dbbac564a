"""English terms in a text.

A term is a sequence of words, each of which may inflect, in either spelling, joined by spaces, hyphens or
nothing, with or without an article inside. Text and terms become strings with one private character for
each word family; one automaton finds the sequences, and what it finds is then verified word by word, so
that a family never decides alone: an abbreviation keeps its case, a capitalised title its capital.

Nothing but spaces, one line end, hyphens, quotation marks and articles may stand between two words of a term
unless the term itself has it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from termbank.core.concept import Grammar, MatchFlag
from termbank.core.language import Language
from termbank.core.span import Span
from termbank.lang.en import plain
from termbank.lang.fold import folded
from termbank.lang.inflection import forms, noun_forms
from termbank.lang.spelling import american, listed
from termbank.lang.zh import HAN
from termbank.match.owner import Entry, Found, Match, closest, settle

_WORD = rf"[^\W_{HAN}]+(?:['’][^\W\d_{HAN}]+)*"
_PIECE = re.compile(rf"({_WORD})|(\n[^\S\n]*\n|[^\w\s\"'“”‘’`-]|[_{HAN}])")
_ARTICLES = frozenset(("a", "an", "the", "The", "An", "THE", "AN"))
_MARKS = {"+": "plus", "＋": "plus", "&": "and"}
_OTHER = "\ue000"
_FIRST = 0xF0000
_PREFIXES = sorted(
    listed(
        """
        cyber micro macro multi non anti pre post co re inter intra over under super semi sub
        trans ultra bio eco geo socio counter cross bi tri uni hyper mega mid mini neo para pan
        pro self tele e
        """
    )
)
_BOUND = listed(
    """
    non anti pre post sub co re un de ex mid multi semi pro quasi pseudo counter inter intra
    """
)
_TITLES = listed(
    """
    opinion measure provision notice plan guideline outline decision regulation rule report circular
    catalogue list charter act law code order resolution communique declaration statement document
    program action interim
    """
)
_COMMON_CAPS = listed(
    """
    on it us in or as at all may can aid who is am are act art we he so do no be by to if
    """
)


class _Piece(NamedTuple):
    text: str
    start: int
    end: int
    joined: bool


class _Word(NamedTuple):
    """One word of a term: what it is, and the forms it may take there."""

    text: str
    forms: frozenset[str]


class _Pattern(NamedTuple):
    words: tuple[_Word, ...]
    entry: Entry


@lru_cache(maxsize=262144)
def _plain(word: str) -> str:
    return american(plain(_MARKS.get(word, word)))


def _pieces(text: str) -> list[_Piece]:
    """The words and marks of a text that count, in order, without articles."""
    found = []
    for piece in _PIECE.finditer(text):
        word = piece.group()
        if word in _ARTICLES and text[piece.end() : piece.end() + 1] != "-":
            continue
        if word == "," and re.match(r"\s+(?:and|or|&)\b", text[piece.end() : piece.end() + 6]):
            continue
        start = piece.start()
        found.append(_Piece(word, start, piece.end(), start > 0 and text[start - 1] == "-"))
    return found


_ADJECTIVAL = listed(
    """
    developing developed emerging emerged leading led living existing working governing manufacturing
    shipping banking training housing engineering mining farming fishing shared planned fixed limited
    advanced united integrated coordinated balanced targeted trading
    """
)


def _word(text: str, at: int, count: int, entry: Entry) -> _Word:
    """A word of a term with its forms: nouns change their number; verbs change where a verb may be."""
    lower = _plain(text)
    term = entry.term
    if MatchFlag.EXACT in term.flags or not lower.isalpha():
        return _Word(text, frozenset((lower,)))
    if lower in _ADJECTIVAL and term.grammar is not Grammar.VERB_PHRASE:
        return _Word(text, noun_forms(lower))
    if term.grammar is Grammar.VERB_PHRASE or count > 2 or (count == 2 and at == 0 and lower in _VERBS):
        return _Word(text, forms(lower))
    return _Word(text, noun_forms(lower))


_VERBS = listed(
    """
    deepen promote foster strengthen build implement ensure advance accelerate boost improve enhance
    optimize cultivate expand stabilize safeguard uphold adhere advocate establish develop pursue
    achieve realize maintain protect oppose combat eradicate eliminate alleviate tackle address govern
    adopt apply make keep hold carry encourage guide lead stimulate increase reduce cut lower raise
    resolve prevent defuse punish crack streamline delegate upgrade transform modernize revitalize
    consolidate coordinate integrate innovate create serve strive seek respect preserve restore remain
    follow pioneer explore mobilize unleash unlock tap nurture
    """
)


class EnglishTerms:
    """The English terms of a bank, ready to be found."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        import ahocorasick_rs

        self._family: dict[str, str] = {}
        self._written: dict[str, str] = {}
        sequences: list[tuple[tuple[_Word, ...], Entry]] = []
        for entry in entries:
            sequences.extend((words, entry) for words in _sequences(entry))
        self._name_families(sequences)
        patterns: dict[str, list[_Pattern]] = {}
        for words, entry in sequences:
            key = "".join(self._key(word.text) for word in words)
            patterns.setdefault(key, []).append(_Pattern(words, entry))
        self._patterns = list(patterns.values())
        self._automaton: Any = ahocorasick_rs.AhoCorasick(list(patterns)) if patterns else None
        self._keeps_a = any(word.text == "A" for words, _ in sequences for word in words)

    def _name_families(self, sequences: Sequence[tuple[tuple[_Word, ...], Entry]]) -> None:
        """Words that share a form are one family, and each family has its character."""
        parent: dict[str, str] = {}

        def root(form: str) -> str:
            while parent[form] != form:
                parent[form] = parent[parent[form]]
                form = parent[form]
            return form

        for words, _ in sequences:
            for word in words:
                first = root(parent.setdefault(_plain(word.text), _plain(word.text)))
                for form in word.forms:
                    parent[root(parent.setdefault(form, form))] = first
        names: dict[str, str] = {}
        for form in parent:
            top = root(form)
            self._family[form] = names.setdefault(top, chr(_FIRST + len(names)))

    def _key(self, word: str) -> str:
        key = self._written.get(word)
        if key is None:
            key = self._written[word] = self._family.get(_plain(word), _OTHER)
        return key

    def find(self, text: str, nested: bool = False) -> list[Match]:
        """The terms in a text, in its order."""
        if self._automaton is None or not text:
            return []
        form = None if text.isascii() else folded_width(text)
        plain_text = text if form is None else form[0]
        pieces = _pieces(plain_text)
        keys = "".join([self._key(piece.text) for piece in pieces])
        hits = self._automaton.find_matches_as_indexes(keys, overlapping=True)
        verified: dict[Found, list[Entry]] = {}
        for pattern, start, end in hits:
            entries = [
                found.entry
                for found in self._patterns[pattern]
                if _agrees(found, pieces[start:end], plain_text)
                and not _forbidden(found.entry, plain_text, pieces[start].start, pieces[end - 1].end)
            ]
            if entries:
                verified[Found(start, end, pattern)] = entries
        told = settle(verified, lambda place, owner: True, nested)
        matches = []
        for place, inner in told:
            span = _span(plain_text, pieces[place.start : place.end])
            if form is not None:
                span = form[1].span(*span)
            written = span.of(text)
            entry, also = closest(verified[place], written)
            matches.append(Match(entry.concept, entry.term, span, written, Language.EN, inner, also))
        return matches


def folded_width(text: str) -> tuple[str, Any]:
    """The text with unseen characters and full width folded but its case kept, and the way back."""
    form = folded(text, case=False)
    return form.text, form


def _sequences(entry: Entry) -> Iterable[tuple[_Word, ...]]:
    """The word sequences a term may be written as: hyphenated words apart and joined."""
    text = str(folded(entry.term.text, case=False).text)
    pieces = _pieces(text)
    if not pieces:
        return
    texts = [piece.text for piece in pieces]
    yield _words(texts, entry)
    for at in range(1, len(pieces)):
        if texts[at].isalpha() and texts[at - 1].isalpha() and (pieces[at].joined or len(pieces) == 2):
            yield _words([*texts[: at - 1], texts[at - 1] + texts[at], *texts[at + 1 :]], entry)
    for at, word in enumerate(texts):
        for prefix in _PREFIXES:
            rest = word[len(prefix) :]
            if word.lower().startswith(prefix) and len(rest) > 3 and rest.isalpha():
                yield _words([*texts[:at], word[: len(prefix)], rest, *texts[at + 1 :]], entry)


def _words(texts: Sequence[str], entry: Entry) -> tuple[_Word, ...]:
    return tuple(_word(text, at, len(texts), entry) for at, text in enumerate(texts))


def _agrees(pattern: _Pattern, pieces: Sequence[_Piece], text: str) -> bool:
    """Whether every word is a form that its word of the term may take, cased as the term asks."""
    flags = pattern.entry.term.flags
    for word, piece in zip(pattern.words, pieces, strict=True):
        if piece.text == word.text:
            if len(word.text) == 2 and _shouted(word.text, pieces, text):
                return False
            continue
        if _plain(piece.text) not in word.forms:
            return False
        cased = _abbreviation(word.text) or MatchFlag.CASE in flags
        if cased and not _same_case(word.text, piece.text):
            return False
    if len(pieces) == 1 and not _capital(pattern, pieces[0], text):
        return False
    return not _bound(pieces, text)


def _abbreviation(word: str) -> bool:
    return sum(char.isupper() for char in word) > 1 and (word.isupper() or word[:-1].isupper())


def _shouted(word: str, pieces: Sequence[_Piece], text: str) -> bool:
    """Whether a short abbreviation is only a common word in a line set in capitals."""
    if word.lower() not in _COMMON_CAPS or not word.isupper():
        return False
    around = text[max(0, pieces[0].start - 30) : pieces[-1].end + 30]
    return sum(len(other) > 3 and other.isupper() for other in re.findall(r"[A-Za-z]+", around)) > 1


def _same_case(term: str, written: str) -> bool:
    shared = 0
    for one, other in zip(term, written, strict=False):
        if one.lower() != other.lower():
            break
        if one != other:
            return False
        shared += 1
    rest = written[shared:]
    return shared > 0 and (not _abbreviation(term) or rest in ("", "s", "es", "'s", "’s", "s'", "s’"))


def _capital(pattern: _Pattern, piece: _Piece, text: str) -> bool:
    """Whether a term of one capitalised word is written so, and not only because a sentence begins."""
    word = pattern.words[0].text
    if len(pattern.words) != 1 or not word[0].isupper() or not word[1:].islower():
        return True
    if piece.start and text[piece.start - 1] in "“‘\"'《「":
        return True
    if not piece.text[0].isupper():
        return False
    if not noun_forms(_plain(word)) & _TITLES:
        return True
    return (
        not _begins(text, piece.start)
        or re.match(r"\s+(?:of|on|for|concerning|regarding)\b|\s+[A-Z]", text[piece.end : piece.end + 14])
        is not None
    )


def _begins(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip(" \t\"“'‘(")
    return not before or before[-1] in ".!?\n:;。！？"


def _bound(pieces: Sequence[_Piece], text: str) -> bool:
    """Whether a prefix with its hyphen stands before the place and makes another word of it."""
    start = pieces[0].start
    if not start or text[start - 1] != "-":
        return False
    before = re.search(r"([A-Za-z]+)-$", text[max(0, start - 12) : start])
    return before is not None and before.group(1).lower() in _BOUND


def _forbidden(entry: Entry, text: str, start: int, end: int) -> bool:
    for longer in entry.term.never_inside:
        around = text[max(0, start - len(longer)) : end + len(longer)].lower()
        if longer.lower() in around:
            return True
    return False


def _span(text: str, pieces: Sequence[_Piece]) -> Span:
    start, end = pieces[0].start, pieces[-1].end
    last = pieces[-1].text
    if last.lower().endswith(("'s", "’s")):
        end -= 2
    return Span(start, end)
