"""CSV: one row per term with its concept's id, UTF-8 with a byte order mark, formulas guarded.

Reads also any comma-, semicolon- or tab-separated glossary with a Chinese and an English column.
Keeps everything but attestations (see `rows`).
"""

from __future__ import annotations

from termbank.core.glossary import Glossary
from termbank.formats import Reading, rows
from termbank.syntax.table import read_delimited, write_delimited


def read(data: bytes, name: str) -> Reading:
    return rows.read(read_delimited(data, name, rows.own_delimiter(data)), name)


def write(glossary: Glossary) -> bytes:
    return write_delimited(rows.written(glossary))
