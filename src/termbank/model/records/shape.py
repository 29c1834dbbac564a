"""The fields of every kind of record, in the order in which they are written.

A field that holds records of its own names their kind. Readers of files refuse a field that is not listed here, and a
test holds `model.references` to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Record = dict[str, Any]

SCHEMA = 2
"""The number of today's shape; 1 is what termbank 0.1 wrote (see `model.upgrades`)."""


def _fields(*names: str, **inner: str) -> Mapping[str, str | None]:
    return {name: inner.get(name) for name in names}


SHAPE: Mapping[str, Mapping[str, str | None]] = {
    "publisher": _fields("id", "name", "kind", "language", "aliases"),
    "source": _fields("id", "title", "publisher", "kind", "date", "language", "url", "described"),
    "concept": _fields(
        "id", "type", "subject", "definitions", "notes", "contexts", "relations", "ids", "members",
        "body", "law", "first_use", "term",
        definitions="description", notes="description", contexts="context", relations="relation",
        ids="external id", members="member", body="body", law="law", first_use="first use", term="term",
    ),
    "description": _fields("language", "text", "source"),
    "context": _fields("zh", "en", "source"),
    "relation": _fields("type", "concept"),
    "external id": _fields("system", "id"),
    "member": _fields("zh", "en", "concept"),
    "body": _fields("founded", "renamed", "predecessors", "successors"),
    "law": _fields("adopted", "amended", "in_force", "short_title", short_title="short title"),
    "short title": _fields("zh", "en"),
    "first use": _fields("source", "date", "quote"),
    "term": _fields(
        "language", "text", "status", "by_hand", "type", "abbreviation_of", "form", "grammar", "profiles",
        "since", "until", "fixed_by", "note", "match", "never_inside", "attestations",
        attestations="attestation",
    ),
    "attestation": _fields(
        "source", "date", "alongside", "copy", "inferred", "quote", "start", "end", "text", "pair"
    ),
    "document": _fields("id", "title", "zh", "en", "alignment", zh="document text", en="document text"),
    "document text": _fields("source", "text"),
    "origin": _fields("id", "pack", "base"),
}  # fmt: skip

DATES = frozenset({"date", "since", "until", "founded", "renamed", "adopted", "amended", "in_force"})
"""The fields that hold a date or a list of dates."""


def without_empty(*pairs: tuple[str, Any]) -> Record:
    """A record of these fields; one that holds nothing is left out."""
    return {key: value for key, value in pairs if value not in (None, "", (), [], {}, False)}
