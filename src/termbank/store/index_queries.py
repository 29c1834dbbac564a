"""What the search index answers beside searches: lists of concepts and documents, and terms that share an edge."""

from __future__ import annotations

from typing import NamedTuple

from termbank.store.index import SearchIndex


class IndexedConcept(NamedTuple):
    """A concept as a list shows it: its headword, its rendering (perhaps empty) and that one's status."""

    id: str
    chinese: str
    english: str
    status: str


class IndexedDocument(NamedTuple):
    """A document of the corpus as a list shows it; the ids of its sources are None where they are unknown."""

    id: str
    title: str
    zh_source: str | None
    en_source: str | None
    pairs: int


def all_concepts(index: SearchIndex) -> list[IndexedConcept]:
    """Every concept, by id."""
    rows = index.rows("SELECT id, chinese, english, status FROM concept ORDER BY id")
    return [IndexedConcept(*row) for row in rows]


def all_documents(index: SearchIndex) -> list[IndexedDocument]:
    """Every document with its number of pairs, by id."""
    rows = index.rows(
        "SELECT d.id, d.title, d.zh_source, d.en_source, count(p.id) FROM document d "
        "LEFT JOIN pair p ON p.document = d.id GROUP BY d.id, d.title, d.zh_source, d.en_source ORDER BY d.id"
    )
    return [IndexedDocument(*row) for row in rows]


def document_named(index: SearchIndex, id: str) -> IndexedDocument | None:
    """A document without the number of its pairs, or None."""
    rows = index.rows("SELECT id, title, zh_source, en_source, 0 FROM document WHERE id = ?", (id,))
    return IndexedDocument(*rows[0]) if rows else None


def documents_of_source(index: SearchIndex, source: str) -> list[IndexedDocument]:
    """The documents one side of which is of this source, by id, without the numbers of their pairs."""
    rows = index.rows(
        "SELECT id, title, zh_source, en_source, 0 FROM document WHERE zh_source = ? OR en_source = ? ORDER BY id",
        (source, source),
    )
    return [IndexedDocument(*row) for row in rows]


def terms_sharing_an_edge(index: SearchIndex, key: str, slack: int) -> list[tuple[str, str]]:
    """(concept, text) of the Chinese terms that begin or end like a key and are at most `slack` longer or shorter."""
    rows = index.rows(
        "SELECT concept, text FROM term WHERE language <> 'en' AND length(key) BETWEEN ? AND ? "
        "AND (substr(key, 1, 2) = ? OR substr(key, -2) = ?)",
        (len(key) - slack, len(key) + slack, key[:2], key[-2:]),
    )
    return [(concept, text) for concept, text in rows]
