"""Records of older schemas in today's shape."""

from __future__ import annotations

from termbank.model.records import Record


def upgrade(kind: str, record: Record, schema: int) -> Record:
    """The record as the present schema has it."""
    return record
