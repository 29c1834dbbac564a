"""Files that hold both languages: TMX, XLIFF, SDLXLIFF, PO and tables, as pairs of segments.

The kind is found by the suffix, and by the outermost element of an XML file. Each pair keeps the
place of both texts in the file as given. A file without Chinese–English pairs is an
UnreadableError that says what languages it has instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from termbank.files.archives import unpacked
from termbank.files.bitext.units import PairReading, PairStream
from termbank.files.documents import suffix_of
from termbank.model.errors import UnreadableError


class PairKind(NamedTuple):
    """One kind of bilingual file; its module has `read(data, name) -> PairReading`."""

    name: str
    suffixes: tuple[str, ...]
    module: str


PAIR_KINDS: tuple[PairKind, ...] = (
    PairKind("tmx", (".tmx",), "tmx"),
    PairKind("xliff", (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".txlf"), "xliff"),
    PairKind("po", (".po", ".pot"), "po"),
    PairKind("table", (".tsv", ".tab", ".csv", ".xlsx", ".xls", ".ods"), "tables"),
)
_ROOTS = {"tmx": "tmx", "xliff": "xliff"}


class _PairReader(Protocol):
    def read(self, data: bytes, name: str) -> PairReading: ...


def kind_of_pairs(name: str) -> str | None:
    """The kind of bilingual file its suffix tells, packed in .gz or .zip or not; None where it tells none."""
    lower = name.lower()
    for packed in (".gz", ".zip"):
        lower = lower.removesuffix(packed)
    suffix = suffix_of(lower)
    return next((kind.name for kind in PAIR_KINDS if suffix in kind.suffixes), None)


def read_pairs(name: str, data: bytes, *, kind: str | None = None) -> PairReading:
    """The Chinese–English pairs of a bilingual file."""
    data, name = unpacked(data, name)
    if not data.strip():
        raise UnreadableError("the file is empty.", file=name, remedy="Give a file with translated segments.")
    wanted = kind or kind_of_pairs(name)
    if wanted in (None, *_ROOTS):
        from termbank.files.xml import kind_by_root

        wanted = kind_by_root(data, name, _ROOTS, "TMX nor XLIFF")
    module = next(each.module for each in PAIR_KINDS if each.name == wanted)
    return cast(_PairReader, import_module(f"termbank.files.bitext.{module}")).read(data, name)


def stream_pairs(name: str, pieces: Iterable[bytes]) -> PairStream | None:
    """The pairs of a file given piece by piece in UTF-8, where its kind can be read so; else None."""
    if kind_of_pairs(name) != "tmx" or not name.lower().endswith(".tmx"):
        return None
    from termbank.files.bitext.tmx import stream

    return stream(pieces, name)
