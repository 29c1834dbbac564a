"""CSV: one row per term with its concept's id, UTF-8 with a byte order mark, formulas guarded.

Reads also any comma-, semicolon- or tab-separated glossary with a Chinese and an English column.
Keeps everything but attestations (see `term_rows`).
"""

from __future__ import annotations

from termbank.files.glossaries import term_rows
from termbank.files.glossaries.format import GlossaryReading
from termbank.files.tables import read_delimited, write_delimited
from termbank.model.glossary import Glossary


def read(data: bytes, name: str) -> GlossaryReading:
    return term_rows.read(read_delimited(data, name, term_rows.own_delimiter(data)), name)


def write(glossary: Glossary) -> bytes:
    return write_delimited(term_rows.rows_of(glossary))
