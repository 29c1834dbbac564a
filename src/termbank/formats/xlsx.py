"""A spreadsheet: one row per term with its concept's id, every cell text, the header frozen.

Reads also XLSX, XLS and ODS glossaries with a Chinese and an English column. Keeps everything but
attestations (see `rows`) and the characters that XML cannot hold.
"""

from __future__ import annotations

from termbank.core.glossary import Glossary
from termbank.formats import Reading, rows
from termbank.syntax.table import read_spreadsheet, write_spreadsheet


def read(data: bytes, name: str) -> Reading:
    return rows.read(read_spreadsheet(data, name), name)


def write(glossary: Glossary) -> bytes:
    return write_spreadsheet(rows.written(glossary), "terms", rows.WIDTHS)
