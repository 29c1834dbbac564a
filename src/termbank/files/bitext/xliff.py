"""XLIFF 1.2 (SDLXLIFF, memoQ's and Phrase's too) and 2.x: one pair per segment.

A unit cut into segments (<mrk mtype="seg">) gives one pair for each; suggestions in <alt-trans>
are no translation. Inline codes are no text. Units that are not to be translated are counted in a
remark.
"""

from __future__ import annotations

from collections.abc import Iterator

from termbank.files.bitext.units import PairReading, Unit, UnitSide, orient_units, side_of
from termbank.files.remarks import remark_on
from termbank.files.xml import Element, Records, TextPiece
from termbank.model.errors import UnreadableError
from termbank.model.message import message, plural


def read(data: bytes, name: str) -> PairReading:
    records = Records(data, name, {"trans-unit", "unit"})
    kept: list[Unit] = []
    untranslatable = 0
    for number, unit in enumerate(records):
        if unit.nearest_attribute("translate") == "no":
            untranslatable += 1
        elif unit.name == "unit":
            kept.extend(_of_version_2(unit, records, number))
        else:
            kept.extend(_of_version_1(unit, records, number))
    remarks = list(records.remarks)
    if untranslatable:
        text = plural(
            "Ignored {count} unit marked as not to be translated.",
            "Ignored {count} units marked as not to be translated.",
            untranslatable,
        )
        remarks.append(remark_on(name, text))
    if not kept and untranslatable:
        raise UnreadableError(
            message("all its units are marked as not to be translated."),
            file=name,
            remedy=message("Give another file."),
        )
    return orient_units(kept, name, remarks)


def _of_version_1(unit: Element, records: Records, number: int) -> Iterator[Unit]:
    source, target = unit.child("source"), unit.child("target")
    if source is None:
        return
    source_tag = source.get("lang") or unit.nearest_attribute("source-language")
    target_tag = (target.get("lang") if target is not None else "") or unit.nearest_attribute(
        "target-language"
    )
    cut = _segments(unit.child("seg-source") or source)
    done = _segments(target) if target is not None else {}
    if cut and (done or target is None):
        for mid, segment in cut.items():
            yield Unit(
                side_of(segment, source_tag, records), _side(done.get(mid), target_tag, records), number
            )
    else:
        yield Unit(side_of(source, source_tag, records), _side(target, target_tag, records), number)


def _segments(element: Element) -> dict[str, Element]:
    """The segments that a text was cut into, by their number."""
    return {
        each.get("mid"): each
        for each in element.descendants()
        if each.name == "mrk" and each.get("mtype") == "seg"
    }


def _of_version_2(unit: Element, records: Records, number: int) -> Iterator[Unit]:
    source_tag, target_tag = unit.nearest_attribute("srcLang"), unit.nearest_attribute("trgLang")
    for segment in unit.children("segment"):
        source, target = segment.child("source"), segment.child("target")
        if source is None:
            continue
        for code in (*source.descendants(), *(target.descendants() if target is not None else ())):
            if code.name == "cp":
                _write_out(code)
        yield Unit(side_of(source, source_tag, records), _side(target, target_tag, records), number)


def _write_out(code: Element) -> None:
    """A control character that XML cannot hold, as <cp hex="001A"/> gives it."""
    try:
        code.content.append(TextPiece(chr(int(code.get("hex"), 16)), code.byte))
    except (ValueError, OverflowError):
        return


def _side(element: Element | None, tag: str | None, records: Records) -> UnitSide:
    return UnitSide("", tag) if element is None else side_of(element, tag, records)
