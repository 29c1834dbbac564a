"""Glossary formats: concepts to bytes and back.

`FORMATS` is the list of them; a new format is a line there and a module here (see `format.Format`). Reading back what
was written gives everything the format keeps: one law, tested for every format. `losses` says what it does not keep.
"""

from __future__ import annotations

from termbank.files.glossaries.format import EVERYTHING, Field, Format, GlossaryReading

__all__ = ["EVERYTHING", "FORMATS", "Field", "Format", "GlossaryReading", "format_named", "format_of"]

_PAIRS = frozenset({Field.ID, Field.SUBJECT, Field.STATUS, Field.TYPE, Field.ENGLISH})
_CITED = frozenset({Field.ATTESTATIONS, Field.CITATIONS, Field.FIXED_BY, Field.FIRST_USE, Field.CONTEXTS})
_TABLE = EVERYTHING - _CITED - {Field.MEMBERS, Field.FACTS}
_SHEET = _TABLE - {Field.CONTROLS}
_TBX = frozenset(
    {
        Field.ID, Field.SUBJECT, Field.DEFINITION, Field.NOTE, Field.RELATED, Field.IDS, Field.STATUS,
        Field.TYPE, Field.GRAMMAR, Field.TERM_NOTE, Field.REJECTED, Field.ONE_SIDED, Field.ENGLISH,
    }
)  # fmt: skip
_WORDS = frozenset({Field.REJECTED})

FORMATS: tuple[Format, ...] = (
    Format("toml", (".toml",), EVERYTHING, "toml", "TOML pack, the native format"),
    Format("json", (".json",), EVERYTHING, "json", "JSON, the same records as the native format"),
    Format("csv", (".csv",), _TABLE, "csv", "CSV, one row per term"),
    Format("tsv", (".tsv", ".tab", ".txt", ".utf8"), _TABLE, "tsv", "tab-separated, one row per term"),
    Format("xlsx", (".xlsx", ".xlsm", ".xls", ".ods"), _SHEET, "xlsx", "spreadsheet, one row per term"),
    Format("tbx", (".tbx",), _TBX, "tbx", "TBX-Basic (ISO 30042:2019, DCA)"),
    Format("tmx", (".tmx",), _PAIRS, "tmx", "TMX 1.4, pairs of terms"),
    Format("jieba", (), _WORDS, "jieba", "user dictionary for jieba, a Chinese word a line", write_only=True),
)


def format_named(name: str) -> Format | None:
    """The format of this name, in any case, or None."""
    return next((each for each in FORMATS if each.name == name.lower()), None)


def format_of(suffix: str) -> Format | None:
    """The format that files with this suffix (“.tbx”) are in, or None."""
    return next((each for each in FORMATS if suffix.lower() in each.suffixes), None)
