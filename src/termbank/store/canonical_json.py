"""The canonical text of a thing, and the glossary that rows hold.

One thing always gives the same bytes, so that a history can be replayed, compared and sealed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from termbank.model.decision import Change
from termbank.model.errors import BankError
from termbank.model.glossary import Glossary
from termbank.model.message import message
from termbank.model.records import Record, read_concept, read_publisher, read_source
from termbank.store.living import fits
from termbank.store.rows import Row, record_of

KINDS = ("publisher", "source", "concept", "candidate", "document", "origin")


def canonical(body: Mapping[str, Any]) -> str:
    """The one way a body is written: sorted keys, no spaces, nothing escaped that need not be."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def glossary_of(things: Mapping[tuple[str, str], Row], name: str | None = None) -> Glossary:
    """The concepts among rows, with the sources they cite."""

    def records(wanted: str) -> Iterator[tuple[str, Record]]:
        return ((id, record_of(kind, row)) for (kind, id), row in things.items() if kind == wanted)

    publishers = {id: read_publisher(record, ignore) for id, record in records("publisher")}
    sources = {id: read_source(record, publishers, ignore) for id, record in records("source")}
    concepts = (read_concept(record, sources, ignore) for _, record in records("concept"))
    return Glossary.of(concepts, name)


def change_of(kind: str, id: str, body: str | None, schema: int, digest: bytes | None) -> Change:
    """A row of the history as a change, in today's shape.

    Raises:
        BankError: The row is not as it was written.
    """
    row = None if body is None else Row(body, schema)
    try:
        if digest is None or fits(kind, id, row, digest):
            return Change(kind, id, None if row is None else record_of(kind, row))
    except (ValueError, TypeError, AttributeError):  # of termbank 0.1, which kept no digest
        pass
    raise BankError(
        message("what the history has of the {kind} “{id}” is damaged.", kind=kind, id=id),
        remedy=message("`termbank doctor --repair` restores it where something has it."),
    )


def ignore(_fault: str) -> None:
    """A fault in what the bank already holds is `termbank doctor`'s to report, not a reader's."""
