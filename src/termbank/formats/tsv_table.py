"""Tab-separated text: one row per term, otherwise as CSV.

Reads also the two- and three-column glossaries of translation tools (OmegaT's .txt, .tab and
.utf8, UTX), whose lines beginning with # are remarks, and text that labels its terms line by line.
"""

from __future__ import annotations

from termbank.core.glossary import Glossary
from termbank.formats import Reading, labelled, rows
from termbank.syntax.encoding import decode
from termbank.syntax.table import read_delimited, write_delimited


def read(data: bytes, name: str) -> Reading:
    if b"\t" not in data and labelled.is_labelled(text := decode(data, name).text):
        return labelled.read(text, name)
    return rows.read(read_delimited(data, name, rows.own_delimiter(data)), name)


def write(glossary: Glossary) -> bytes:
    return write_delimited(rows.written(glossary), "\t")
