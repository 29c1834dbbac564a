"""Bilingual files: TMX, XLIFF, SDLXLIFF, PO and tables, read as pairs of segments.

The kind is known by the suffix, and for an XML file by its outermost element. Each pair keeps the place of both texts
in the file as given. A file without Chinese–English pairs is an UnreadableError that names the languages it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Protocol, cast

from termbank.files.archives import unpack
from termbank.files.bitext.units import PairReading, PairStream
from termbank.files.file_kinds import FileKind, kind_of_root, kind_of_suffix, suffix_when_unpacked
from termbank.model.errors import UnreadableError
from termbank.model.message import message

PAIR_KINDS: tuple[FileKind, ...] = (
    FileKind("tmx", (".tmx",), "tmx"),
    FileKind("xliff", (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".txlf"), "xliff"),
    FileKind("po", (".po", ".pot"), "po"),
    FileKind("table", (".tsv", ".tab", ".csv", ".xlsx", ".xls", ".ods"), "tables"),
)
"""Each kind's module has `read(data, name) -> PairReading`."""
_ROOTS = {"tmx": "tmx", "xliff": "xliff"}


class _PairReader(Protocol):
    def read(self, data: bytes, name: str) -> PairReading: ...


def kind_of_pairs(name: str) -> str | None:
    """The kind of a bilingual file by its suffix, before .gz or .zip; None where the suffix is of no such kind."""
    return kind_of_suffix(suffix_when_unpacked(name), PAIR_KINDS)


def read_pairs(data: bytes, name: str, *, kind: str | None = None) -> PairReading:
    """Read the Chinese–English pairs of a bilingual file.

    Raises:
        UnreadableError: The file is empty, damaged, of no known kind, or holds no Chinese–English pair.
    """
    data, name = unpack(data, name)
    if not data.strip():
        raise UnreadableError(
            message("the file is empty."), file=name, remedy=message("Give a file with translated segments.")
        )
    wanted = kind or kind_of_pairs(name)
    if wanted in (None, *_ROOTS):
        wanted = kind_of_root(data, name, _ROOTS, "TMX nor XLIFF")
    module = next(each.module for each in PAIR_KINDS if each.name == wanted)
    return cast(_PairReader, import_module(f"termbank.files.bitext.{module}")).read(data, name)


def stream_pairs(name: str, pieces: Iterable[bytes]) -> PairStream | None:
    """The pairs of a file given piece by piece in UTF-8, or None where its kind cannot be read so."""
    if kind_of_pairs(name) != "tmx" or not name.lower().endswith(".tmx"):
        return None
    from termbank.files.bitext.tmx import stream

    return stream(pieces, name)
