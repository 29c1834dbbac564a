"""Tab-separated text: one row per term, otherwise as CSV.

Reads also the two- and three-column glossaries of translation tools (OmegaT's .txt, .tab and
.utf8, UTX), whose lines beginning with # are remarks, and text that labels its terms line by line.
"""

from __future__ import annotations

from termbank.files.encoding import decode
from termbank.files.glossaries import labelled_text, term_rows
from termbank.files.glossaries.format import GlossaryReading
from termbank.files.tables import read_delimited, write_delimited
from termbank.model.glossary import Glossary


def read(data: bytes, name: str) -> GlossaryReading:
    if b"\t" not in data and labelled_text.is_labelled(text := decode(data, name).text):
        return labelled_text.read(text, name)
    return term_rows.read(read_delimited(data, name, term_rows.own_delimiter(data)), name)


def write(glossary: Glossary) -> bytes:
    return write_delimited(term_rows.rows_of(glossary), "\t")
