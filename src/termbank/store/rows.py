"""A row of the bank: the canonical text of a thing, the schema it was written in, and its digest.

The digest covers the kind, the id, the schema and the text, so that a flipped bit in any of them is found wherever the
row is read. Rows are never rewritten when the schema grows: an old record is upgraded on reading.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import NamedTuple

from termbank.model.records import Record
from termbank.model.upgrades import upgrade

SCHEMA = 2
"""The schema of the records that this termbank writes; 1 is what 0.1 wrote."""


class Row(NamedTuple):
    """What a thing is, as it is kept: canonical text and the number of its schema."""

    body: str
    schema: int = SCHEMA


def digest_of(kind: str, id: str, row: Row | None) -> bytes:
    """The SHA-256 of a row of a thing or of a change; None says that the thing was removed."""
    text = f"{kind}\0{id}\0" if row is None else f"{kind}\0{id}\0{row.schema}\0{row.body}"
    return sha256(text.encode()).digest()


def record_of(kind: str, row: Row) -> Record:
    """The record that a row holds, in today's shape.

    Raises:
        ValueError: The text is no JSON object.
    """
    record = json.loads(row.body)
    if not isinstance(record, dict):
        raise ValueError("the body is no JSON object")
    return record if row.schema == SCHEMA else upgrade(kind, record, row.schema)
