"""Every place of a word in the sentence pairs of the corpus, in either language.

A query comes in, pairs with the spans of the query go out, in the order of the corpus. The index
brings pairs that hold all its units; each is read again character by character, so that what is
shown stands there: hanzi in either script, with a line end or quotation marks inside them at
most; English word by word, whatever their inflection.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from termbank.core.span import Span
from termbank.lang.fold import folded
from termbank.match import search
from termbank.store.find import every
from termbank.store.index import SearchIndex

_BETWEEN = r"[\s\"'《》〈〉「」『』]*"


@dataclass(frozen=True, slots=True)
class Line:
    """A pair that holds the query: `spans` are its places in the Chinese or the English, as asked."""

    document: str
    number: int
    zh: str
    en: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Asked:
    """A concordance query, read as Chinese or as English."""

    text: str
    is_chinese: bool
    units: tuple[str, ...]


def asked(index: SearchIndex, text: str) -> Asked:
    """The query as the index can be asked; its units are empty where it says nothing."""
    text = text.strip()[: search.LONGEST_QUERY]
    if search.has_han(text):
        key = search.simplify(search.plain_chinese(text), _simplified(index, text))
        return Asked(text, True, search.units(key.replace(" ", "")))
    return Asked(text, False, tuple(word.stem for word in search.english_words(text)))


def _simplified(index: SearchIndex, text: str) -> dict[str, str]:
    return {char: simplified for char, (simplified, _) in index.characters(text).items()}


def lines(index: SearchIndex, query: Asked, limit: int) -> tuple[list[Line], bool]:
    """The first `limit` pairs that hold the query, and whether there may be more."""
    if not query.units:
        return [], False
    table, tokens = ("pair_zh", _pairs(query.units)) if query.is_chinese else ("pair_en", query.units)
    found: list[Line] = []
    after, step = 0, max(limit, 50)
    while True:
        rows = index.rows(
            "SELECT id, document, number, zh, en FROM pair WHERE id IN "
            f"(SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?) ORDER BY id",
            (every(tokens), after, step),
        )
        for id, document, number, zh, en in rows:
            spans = places(index, query, zh if query.is_chinese else en)
            if spans:
                if len(found) == limit:
                    return found, True
                found.append(Line(document, number, zh, en, spans))
            after = id
        if len(rows) < step:
            return found, False


def count(index: SearchIndex, query: Asked) -> int:
    """How many pairs hold all units of the query; no fewer than those that hold it."""
    if not query.units:
        return 0
    table, tokens = ("pair_zh", _pairs(query.units)) if query.is_chinese else ("pair_en", query.units)
    rows = index.rows(f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (every(tokens),))
    number: int = rows[0][0]
    return number


def _pairs(units: Sequence[str]) -> Sequence[str]:
    """Neighbours are taken on the key, which has no marks: a word broken by quotation marks has them too."""
    return tuple(one + other for one, other in pairwise(units)) or units


def places(index: SearchIndex, query: Asked, text: str) -> tuple[Span, ...]:
    """Where the query stands in a text, left to right, without overlaps."""
    if not query.units:
        return ()
    if query.is_chinese:
        given = folded(text)
        key = search.simplify(given.text, _simplified(index, given.text))
        pattern = _pattern(query.units)
        return tuple(given.span(*found.span()) for found in pattern.finditer(key))
    words = search.english_words(text)
    found: list[Span] = []
    size, at = len(query.units), 0
    while at + size <= len(words):
        if all(words[at + i].stem == unit for i, unit in enumerate(query.units)):
            found.append(Span(words[at].span.start, words[at + size - 1].span.end))
            at += size
        else:
            at += 1
    return tuple(found)


def _pattern(units: Sequence[str]) -> re.Pattern[str]:
    return re.compile(_BETWEEN.join(map(re.escape, units)))
