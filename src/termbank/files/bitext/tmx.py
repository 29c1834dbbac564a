"""TMX as pairs of segments: one for each Chinese variant of a unit that has English.

Variants in other languages are passed over. What <bpt>, <ept>, <ph>, <it> and <ut> hold is no text; what is between
them is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termbank.files.bitext.units import (
    PairReading,
    PairStream,
    Unit,
    UnitSide,
    is_chinese,
    orient_units,
    side_of,
)
from termbank.files.tmx import TmxReader, file_of_units, property_tag, variant_tag
from termbank.files.xml import escape
from termbank.model.language import Language
from termbank.model.segment import SegmentPair


def read(data: bytes, name: str) -> PairReading:
    """The pairs of a memory."""
    reader = TmxReader.of_data(data, name)
    return orient_units(_units(reader), name, reader.records.remarks)


def stream(pieces: Iterable[bytes], name: str) -> PairStream:
    """The pairs of a memory given piece by piece, in UTF-8 without a byte order mark."""
    reader = TmxReader.of_pieces(pieces, name)
    return PairStream(_units(reader), name, reader.records.remarks)


def _units(reader: TmxReader) -> Iterator[Unit]:
    records = reader.records
    for unit in reader:
        sides = [
            side_of(variant.segment, variant.tag, records)
            for variant in unit.variants
            if variant.segment is not None
        ]
        chinese = [side for side in sides if is_chinese(side.tag)]
        english = [side for side in sides if is_chinese(side.tag) is False]
        if chinese and english:
            for zh in chinese:
                yield Unit(zh, english[0], unit.number)
        elif len(sides) == 1:
            yield Unit(sides[0], UnitSide("", None), unit.number)
        elif len(sides) > 1:
            yield Unit(sides[0], sides[1], unit.number)


def write(pairs: Iterable[SegmentPair], chinese: Language = Language.ZH_HANS) -> bytes:
    """Write aligned segments as a memory, in their order; pairs without a counterpart are left out."""
    full = (pair for pair in pairs if escape(pair.zh).strip() and escape(pair.en).strip())
    return file_of_units((_unit_tag(pair, chinese) for pair in full), "sentence", chinese.value)


def _unit_tag(pair: SegmentPair, chinese: Language) -> str:
    props = property_tag("confidence", f"{pair.confidence:.3f}") if pair.aligned else ""
    return f"<tu>{props}{variant_tag(chinese, pair.zh)}{variant_tag(Language.EN, pair.en)}</tu>"
