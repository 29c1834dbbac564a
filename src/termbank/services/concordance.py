"""Concordance: a word in its sentences, with the sentences that translate them.

Each line has both texts, the places of the query on its own side and of its known renderings on the other, and who
published it when.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from termbank.matching import Matcher
from termbank.model.document import Source
from termbank.model.glossary import Glossary
from termbank.model.progress import Progress
from termbank.model.span import Span
from termbank.services.lookup import index_of
from termbank.store.bank import Bank
from termbank.store.concordance import count_pairs, find_pairs, parse_query
from termbank.store.index import SearchIndex
from termbank.store.index_queries import document_named
from termbank.store.term_search import ids_with_term

DEFAULT_LIMIT = 50


@dataclass(frozen=True)
class ConcordanceLine:
    """One pair of the corpus; spans are places in `zh` and `en`. `source` is that of the English, or the Chinese."""

    document: str
    number: int
    zh: str
    en: str
    zh_spans: tuple[Span, ...]
    en_spans: tuple[Span, ...]
    title: str
    source: Source | None = None

    @property
    def publisher(self) -> str | None:
        return self.source.publisher_name if self.source is not None else None

    @property
    def date(self) -> str | None:
        return self.source.date if self.source is not None else None


@dataclass(frozen=True)
class Concordance:
    """The lines for a query; `total` counts the pairs that hold it, exactly unless `more` lines exist."""

    query: str
    is_chinese: bool
    lines: tuple[ConcordanceLine, ...]
    total: int
    more: bool


def concordance(
    bank: Bank, query: str, limit: int = DEFAULT_LIMIT, *, progress: Progress | None = None
) -> Concordance:
    """The places of a query in the corpus, in the corpus's order."""
    index = index_of(bank, progress)
    return index.ask_with_repair(
        lambda: _concordance(bank, index, query.encode("utf-8", "ignore").decode(), limit)
    )


def _concordance(bank: Bank, index: SearchIndex, query: str, limit: int) -> Concordance:
    question = parse_query(index, query)
    named = Glossary.of(bank.concepts(ids_with_term(index, question.text)).values())
    matcher = Matcher.of(named)
    if question.is_chinese and len(named):
        question = replace(question, term=matcher)
    found, more = find_pairs(index, question, limit)
    known: dict[str, tuple[str, Source | None]] = {}
    shown = []
    for line in found:
        title, source = known.setdefault(line.document, _about(bank, index, line.document))
        matches = matcher.english(line.en) if question.is_chinese else matcher.chinese(line.zh)
        other = tuple(match.span for match in matches)
        zh, en = (line.spans, other) if question.is_chinese else (other, line.spans)
        shown.append(ConcordanceLine(line.document, line.number, line.zh, line.en, zh, en, title, source))
    total = count_pairs(index, question) if more else len(shown)
    return Concordance(query, question.is_chinese, tuple(shown), total, more)


def _about(bank: Bank, index: SearchIndex, document: str) -> tuple[str, Source | None]:
    found = document_named(index, document)
    source = found and (found.en_source or found.zh_source)
    return found.title if found else "", bank.source(source) if source else None


def concordance_record(found: Concordance) -> dict[str, Any]:
    """The answer as `concordance --json` writes it."""
    return {
        "schema": 1,
        "query": found.query,
        "language": "zh" if found.is_chinese else "en",
        "total": found.total,
        "lines": [
            {
                "document": line.document,
                "number": line.number,
                "zh": line.zh,
                "en": line.en,
                "zh_spans": [list(span) for span in line.zh_spans],
                "en_spans": [list(span) for span in line.en_spans],
                "title": line.title,
                "publisher": line.publisher,
                "date": line.date,
            }
            for line in found.lines
        ],
    }
