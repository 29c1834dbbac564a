"""TMX, any version: one pair for each Chinese variant of a unit that has English.

The native codes that <bpt>, <ept>, <ph>, <it> and <ut> carry are no text; what stands between
them is. Variants in other languages are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termbank.files.bitext.units import (
    PairReading,
    PairStream,
    TextPlace,
    Unit,
    UnitSide,
    is_chinese,
    orient_units,
)
from termbank.files.xml import NATIVE_CODES, Element, Records, TextPiece


def read(data: bytes, name: str) -> PairReading:
    records = Records(data, name, {"tu"})
    return orient_units(_units(records), name, records.remarks)


def stream(pieces: Iterable[bytes], name: str) -> PairStream:
    """The pairs of a file given piece by piece, in UTF-8 without a mark, one at a time."""
    records = Records.of_pieces(pieces, name, {"tu"})
    return PairStream(_units(records), name, records.remarks)


def _units(records: Records) -> Iterator[Unit]:
    for number, unit in enumerate(records):
        sides = [
            side
            for variant in unit.content
            if isinstance(variant, Element) and variant.name == "tuv"
            if (side := _side(variant, records)) is not None
        ]
        chinese = [side for side in sides if is_chinese(side.tag)]
        english = [side for side in sides if is_chinese(side.tag) is False]
        if chinese and english:
            for zh in chinese:
                yield Unit(zh, english[0], number)
        elif len(sides) == 1:
            yield Unit(sides[0], UnitSide("", None), number)
        elif len(sides) > 1:
            yield Unit(sides[0], sides[1], number)


def _side(variant: Element, records: Records) -> UnitSide | None:
    for segment in variant.content:
        if isinstance(segment, Element) and segment.name == "seg":
            return side_of(segment, variant.get("lang") or None, records)
    return None


def side_of(element: Element, tag: str | None, records: Records) -> UnitSide:
    """The text of an element, at the place of its first character that is not space."""
    first = element.content[0] if len(element.content) == 1 else None
    pieces = [first] if isinstance(first, TextPiece) else list(element.texts(skip=NATIVE_CODES))
    text = "".join(piece.characters for piece in pieces)
    body = text.strip()
    for piece in pieces:
        stripped = piece.characters.lstrip()
        if stripped:
            lead = piece.characters[: len(piece.characters) - len(stripped)]
            return UnitSide(body, tag, TextPlace(*records.place(piece.byte + len(lead.encode()))))
    return UnitSide(body, tag, TextPlace(*records.place(element.byte)))
