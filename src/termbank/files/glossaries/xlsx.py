"""A spreadsheet: one row per term with its concept's id, every cell text, the header frozen.

Reads also XLSX, XLS and ODS glossaries with a Chinese and an English column. Keeps everything but
attestations (see `rows`) and the characters that XML cannot hold.
"""

from __future__ import annotations

from termbank.files.glossaries import term_rows
from termbank.files.glossaries.format import GlossaryReading
from termbank.files.tables import read_spreadsheet, write_spreadsheet
from termbank.model.glossary import Glossary


def read(data: bytes, name: str) -> GlossaryReading:
    return term_rows.read(read_spreadsheet(data, name), name)


def write(glossary: Glossary) -> bytes:
    return write_spreadsheet(term_rows.rows_of(glossary), "terms", term_rows.WIDTHS)
