"""Which sources, publishers and concepts a record names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Reference(NamedTuple):
    """A field of a record that names another thing, of kind `kind` with the id `id`."""

    field: str
    kind: str
    id: str


def references(kind: str, record: Mapping[str, Any]) -> Iterator[Reference]:
    """Every reference of a record."""
    if kind == "source" and record.get("publisher"):
        yield Reference("publisher", "publisher", str(record["publisher"]))
    if kind == "document":
        for side in ("zh", "en"):
            if record.get(side, {}).get("source"):
                yield Reference(side, "source", str(record[side]["source"]))
    if kind == "concept":
        for term in record.get("term", ()):
            for attestation in term.get("attestations", ()):
                if attestation.get("source"):
                    yield Reference("attestations", "source", str(attestation["source"]))
        for relation in record.get("relations", ()):
            yield Reference("relations", "concept", str(relation["concept"]))
