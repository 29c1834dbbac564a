"""TMX: translation units read from a file of any version, and written as TMX 1.4, level 1.

The one reader and writer of the format: `files.bitext.tmx` makes pairs of segments of its units,
`files.glossaries.tmx` makes concepts of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from termbank.files.xml import Element, Records, escape, quote_attribute
from termbank.model.errors import UnreadableError
from termbank.model.language import Language
from termbank.model.message import message

TOOL = "termbank"
_WANTED = frozenset(("tu", "header"))


class TmxVariant(NamedTuple):
    """A unit in one language (<tuv>): its tag as given, its <seg>, and the element that holds its properties."""

    tag: str | None
    segment: Element | None
    element: Element


class TmxUnit(NamedTuple):
    """A translation unit (<tu>), numbered from 0 in the file."""

    number: int
    element: Element
    variants: list[TmxVariant]


class TmxReader:
    """Reads the units of a TMX file one at a time, once.

    `header` is known before the first unit. Inline codes (`xml.NATIVE_CODES`) are left in the segments.
    """

    def __init__(self, records: Records) -> None:
        self.records = records
        self.header: Element | None = None

    @classmethod
    def of_data(cls, data: bytes, name: str) -> TmxReader:
        """The reader of a whole file."""
        return cls(Records(data, name, _WANTED))

    @classmethod
    def of_pieces(cls, pieces: Iterable[bytes], name: str) -> TmxReader:
        """The reader of a file given piece by piece, in UTF-8 without a byte order mark."""
        return cls(Records.of_pieces(pieces, name, _WANTED))

    def __iter__(self) -> Iterator[TmxUnit]:
        number = 0
        for element in self.records:
            if element.name == "header":
                self.header = element
                continue
            yield TmxUnit(number, element, _variants(element))
            number += 1
        root = self.records.root
        if root is not None and root.name != "tmx":
            raise UnreadableError(
                message("this XML is not TMX: its outermost element is <{root}>.", root=root.name),
                file=self.records.name,
                remedy=message("Check that it is the right file, or give --format."),
            )

    @property
    def segment_type(self) -> str | None:
        """What the header says the units of a file written by termbank are, “phrase” or “sentence”; else None."""
        if self.header is None or self.header.get("creationtool") != TOOL:
            return None
        return self.header.get("segtype")


def _variants(unit: Element) -> list[TmxVariant]:
    """The variants of a unit; plain loops, since a memory has millions of them."""
    found = []
    for variant in unit.content:
        if isinstance(variant, Element) and variant.name == "tuv":
            segment = None
            for inner in variant.content:
                if isinstance(inner, Element) and inner.name == "seg":
                    segment = inner
                    break
            found.append(TmxVariant(variant.attributes.get("lang") or None, segment, variant))
    return found


def properties(element: Element) -> dict[str, str]:
    """The <prop> values of a unit or variant by type."""
    return {prop.get("type"): prop.text() for prop in element.children("prop")}


def property_tag(kind: str, value: str) -> str:
    """A <prop> of termbank's own, as “x-status”."""
    return f'<prop type="x-{kind}">{escape(value)}</prop>'


def variant_tag(language: Language, text: str, props: str = "") -> str:
    """A <tuv> with its text; `props` are written before it."""
    return f"<tuv xml:lang={quote_attribute(language.value)}>{props}<seg>{escape(text)}</seg></tuv>"


def file_of_units(units: Iterable[str], segment_type: str, source_language: str) -> bytes:
    """A TMX file of these <tu> elements, one a line."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        f' <header creationtool="{TOOL}" creationtoolversion="1" segtype="{segment_type}" o-tmf="{TOOL}"'
        f' adminlang="en" srclang={quote_attribute(source_language)} datatype="plaintext"/>',
        " <body>",
        *(f"  {unit}" for unit in units),
        " </body>",
        "</tmx>",
        "",
    ]
    return "\n".join(lines).encode("utf-8")
