"""The canonical text of a thing, what it cites, and the seal of a history.

One thing always gives the same bytes, so that a history can be replayed, compared and sealed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from termbank.model.decision import Change, Decision
from termbank.model.glossary import Glossary
from termbank.model.records import Record, read_concept, read_publisher, read_source

KINDS = ("publisher", "source", "concept", "candidate", "document")


def canonical(body: Mapping[str, Any]) -> str:
    """The one way a body is written: sorted keys, no spaces, nothing escaped that need not be."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def glossary_of(things: Mapping[tuple[str, str], str], name: str | None = None) -> Glossary:
    """The concepts among things kept as canonical text, with the sources they cite."""

    def records(wanted: str) -> Iterator[tuple[str, Record]]:
        return ((id, json.loads(body)) for (kind, id), body in things.items() if kind == wanted)

    publishers = {id: read_publisher(record, ignore) for id, record in records("publisher")}
    sources = {id: read_source(record, publishers, ignore) for id, record in records("source")}
    concepts = (read_concept(record, sources, ignore) for _, record in records("concept"))
    return Glossary.of(concepts, name)


def citations(record: Mapping[str, Any]) -> set[str]:
    """The ids of the sources a concept or a document cites, or of the publisher a source names."""
    if record.get("publisher"):
        return {str(record["publisher"])}
    sides = (record.get(side) for side in ("zh", "en"))
    found = {str(side["source"]) for side in sides if isinstance(side, Mapping) and side.get("source")}
    for term in record.get("term", ()):
        found |= {str(a["source"]) for a in term.get("attestations", ()) if a.get("source")}
    return found


def change_of(kind: str, id: str, body: str | None) -> Change:
    return Change(kind, id, None if body is None else json.loads(body))


def seal_of(before: str, number: int, decision: Decision, new: Mapping[tuple[str, str], str | None]) -> str:
    digest = sha256(before.encode())
    head = [number, decision.act, decision.who, decision.when, decision.why, decision.undoes]
    digest.update(json.dumps(head, ensure_ascii=False).encode())
    for (kind, id), body in new.items():
        digest.update(f"\0{kind}\0{id}\0{'' if body is None else body}".encode())
    return digest.hexdigest()


def ignore(_fault: str) -> None:
    """A fault in what the bank already holds is `termbank doctor`'s to report, not a reader's."""
