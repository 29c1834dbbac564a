"""Which sources, publishers and concepts a record names, and in which field.

It works on plain records of today's schema, sound or not, so that the bank and a folder of packs can check references
without reading concepts. Most concepts name little, so a field is looked at only where it is present.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple


class Reference(NamedTuple):
    """A field that names another thing: “relations.concept” names the concept of this id."""

    field: str
    kind: str
    id: str


_CITING = ("definitions", "notes", "contexts")
_RARE = frozenset((*_CITING, "relations", "members", "body", "first_use"))


def references(kind: str, record: Mapping[str, Any]) -> Iterator[Reference]:
    """Every reference of a record, in the order of its fields; nothing for a kind that names nothing.

    Args:
        kind: concept, source, document, candidate or origin; any other kind names nothing.
        record: The record, of today's schema.
    """
    if kind == "concept":
        return _concept_references(record)
    if kind == "source":
        return _reference_in(record, "publisher", "publisher", "publisher")
    if kind == "document":
        return _document_references(record)
    if kind == "candidate":
        return _candidate_references(record)
    if kind == "origin":
        return _reference_in(record, "id", "id", "concept")
    return iter(())


def _reference_in(record: Any, key: str, field: str, kind: str) -> Iterator[Reference]:
    """The reference in one field, where it holds a text."""
    if isinstance(record, Mapping):
        id = record.get(key)
        if id and isinstance(id, str):
            yield Reference(field, kind, id)


def _items(record: Mapping[str, Any], key: str) -> Iterable[Any]:
    value = record.get(key)
    return value if isinstance(value, list | tuple) else ()


def _concept_references(record: Mapping[str, Any]) -> Iterator[Reference]:
    if not _RARE.isdisjoint(record):
        yield from _fact_references(record)
    for term in _items(record, "term"):
        if not isinstance(term, Mapping):
            continue
        if "fixed_by" in term:
            yield from _reference_in(term, "fixed_by", "term.fixed_by", "source")
        if "attestations" in term:
            for attestation in _items(term, "attestations"):
                yield from _reference_in(attestation, "source", "term.attestations.source", "source")


def _fact_references(record: Mapping[str, Any]) -> Iterator[Reference]:
    for key in _CITING:
        for item in _items(record, key):
            yield from _reference_in(item, "source", f"{key}.source", "source")
    for key in ("relations", "members"):
        for item in _items(record, key):
            yield from _reference_in(item, "concept", f"{key}.concept", "concept")
    body = record.get("body")
    if isinstance(body, Mapping):
        for key in ("predecessors", "successors"):
            for id in _items(body, key):
                if isinstance(id, str):
                    yield Reference(f"body.{key}", "concept", id)
    yield from _reference_in(record.get("first_use"), "source", "first_use.source", "source")


def _document_references(record: Mapping[str, Any]) -> Iterator[Reference]:
    for side in ("zh", "en"):
        yield from _reference_in(record.get(side), "source", f"{side}.source", "source")


def _candidate_references(record: Mapping[str, Any]) -> Iterator[Reference]:
    yield from _reference_in(record, "target", "target", "concept")
    for item in _items(record, "evidence"):
        yield from _reference_in(item, "source", "evidence.source", "source")
