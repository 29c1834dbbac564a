"""Every place of a word in the sentence pairs of the corpus, in either language.

Finds the pairs of the corpus that hold a query, with its spans, in the order of the corpus. The index gives the pairs that
hold all units of the query; each is then read character by character, so that every place shown is one: hanzi in either
script, with at most a line end or quotation marks inside; English word by word, in any inflection. A query that is a Chinese
term of the bank is found where the matcher takes it for a word, so 国企 is not found in 各国企业.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from termbank.lookup import query_keys, ranking
from termbank.matching import Matcher
from termbank.model.span import Span
from termbank.store.index import SearchIndex
from termbank.store.term_search import all_of
from termbank.text.normalize import NormalizedText, normalize

_BETWEEN = r"[\s\"'《》〈〉「」『』]*"


@dataclass(frozen=True, slots=True)
class ConcordancePair:
    """A pair that holds the query: `spans` are its places in the Chinese or the English, as the query is."""

    document: str
    number: int
    zh: str
    en: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class ConcordanceQuery:
    """A concordance query, read as Chinese or as English."""

    text: str
    is_chinese: bool
    units: tuple[str, ...]
    term: Matcher | None = None
    """Finds the concepts that have the query as a term; None where there are none, and any string is searched for."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The units in order, with nothing but spaces and quotation marks between them."""
        return re.compile(_BETWEEN.join(map(re.escape, self.units)))


def parse_query(index: SearchIndex, text: str) -> ConcordanceQuery:
    """The query as the index can be asked; its units are empty where it says nothing."""
    text = text.strip()[: ranking.LONGEST_QUERY]
    if query_keys.has_han(text):
        key = query_keys.chinese_search_key(text)
        key = query_keys.simplify(key, index.learn(key))
        return ConcordanceQuery(text, True, query_keys.units(key.replace(" ", "")))
    return ConcordanceQuery(text, False, tuple(word.stem for word in query_keys.english_words(text)))


def find_pairs(index: SearchIndex, query: ConcordanceQuery, limit: int) -> tuple[list[ConcordancePair], bool]:
    """The first `limit` pairs that hold the query, and whether there are more."""
    if not query.units:
        return [], False
    found: list[ConcordancePair] = []
    after, step = 0, limit + 1
    while True:
        rows = index.rows(
            "SELECT id, document, number, zh, en FROM pair WHERE id IN "
            f"(SELECT rowid FROM {_table(query)} WHERE {_table(query)} MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?) "
            "ORDER BY id",
            (all_of(_tokens(query)), after, step),
        )
        for id, document, number, zh, en in rows:
            spans = find_spans(query, SearchableText(index, zh if query.is_chinese else en))
            if spans:
                if len(found) == limit:
                    return found, True
                found.append(ConcordancePair(document, number, zh, en, spans))
            after = id
        if len(rows) < step:
            return found, False


def count_pairs(index: SearchIndex, query: ConcordanceQuery) -> int:
    """How many pairs hold all neighbours of the query: those that hold it, and few others."""
    if not query.units:
        return 0
    table = _table(query)
    rows = index.rows(f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (all_of(_tokens(query)),))
    number: int = rows[0][0]
    return number


def _table(query: ConcordanceQuery) -> str:
    return "pair_zh" if query.is_chinese else "pair_en"


def _tokens(query: ConcordanceQuery) -> Sequence[str]:
    """Neighbouring units, joined; taken without regard to marks, so a word broken by quotation marks has them too."""
    neighbours = pairwise(query.units)
    if query.is_chinese:
        return tuple(one + other for one, other in neighbours) or query.units
    return tuple(map(query_keys.pair_token, neighbours)) or query.units


class SearchableText:
    """A text read for finding queries in it; read once, however many are looked for."""

    def __init__(self, index: SearchIndex, text: str) -> None:
        self._index = index
        self._text = text

    @cached_property
    def given(self) -> NormalizedText:
        return normalize(self._text)

    def places_of(self, term: Matcher) -> list[Span]:
        """Where the Chinese terms of a matcher are words of the text."""
        return [match.span for match in term.chinese(self._text, nested=True)]

    @cached_property
    def simplified(self) -> str:
        return query_keys.simplify(self.given.text, self._index.learn(self.given.text))

    @cached_property
    def words(self) -> list[query_keys.IndexedWord]:
        return query_keys.english_words(self._text)

    @cached_property
    def stems(self) -> list[str]:
        return [word.stem for word in self.words]


def find_spans(query: ConcordanceQuery, text: SearchableText) -> tuple[Span, ...]:
    """Where the query stands in a text, left to right, without overlaps."""
    if not query.units:
        return ()
    if query.is_chinese:
        spans = [text.given.span(*found.span()) for found in query.pattern.finditer(text.simplified)]
        if query.term is None or not spans:
            return tuple(spans)
        words = text.places_of(query.term)
        return tuple(span for span in spans if any(word.overlaps(span) for word in words))
    found: list[Span] = []
    first, *rest = query.units
    at, size = 0, len(query.units)
    while True:
        try:
            at = text.stems.index(first, at)
        except ValueError:
            return tuple(found)
        if text.stems[at + 1 : at + size] == rest:
            found.append(Span(text.words[at].span.start, text.words[at + size - 1].span.end))
            at += size
        else:
            at += 1
