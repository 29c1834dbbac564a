"""Plain records (of TOML or JSON) as a glossary, every fault with its place.

Records of an older schema are upgraded. Publishers are read first, then sources, then concepts, over all files given, so that a file may cite what another
lists. An entry with a fault is left out whole. An unknown field is a fault too, so that nothing is dropped unnoticed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

from termbank.files.glossaries.format import GlossaryReading
from termbank.files.glossaries.pack_references import Complain, check_references, remark_on_outside
from termbank.model.concept import Concept
from termbank.model.document import Publisher, Source
from termbank.model.errors import Fault
from termbank.model.glossary import Glossary
from termbank.model.message import Message, message
from termbank.model.records import SCHEMA, SHAPE, read_concept, read_publisher, read_source
from termbank.model.records.shape import DATES
from termbank.model.upgrades import upgrade

Locate = Callable[[str, int, str], int | None]
"""(array, index in it, message) → the 1-based line of the fault, or None."""

_FILE_KEYS = ("schema", "pack", "title", "publisher", "source", "concept", "refused")
_Entry = TypeVar("_Entry", Publisher, Source, Concept)


@dataclass(frozen=True)
class Parts:
    """One file's records: the arrays as found, and how to find a line in it."""

    name: str
    body: Mapping[str, Any]
    locate: Locate = lambda array, index, message: None

    @property
    def schema(self) -> Any:
        """The number of the schema it was written in, as it stands in the file."""
        return self.body.get("schema", 1)


@dataclass
class _RecordFaults:
    """What has been read so far."""

    faults: list[Fault]
    refused: int = 0


def read_parts(files: Iterable[Parts]) -> GlossaryReading:
    """Everything sound in the files, as one glossary."""
    parts = tuple(files)
    collector = _RecordFaults([])
    for part in parts:
        _check_file(part, collector)
    publishers = _entries(parts, "publisher", read_publisher, collector)
    sources = _entries(parts, "source", lambda r, c: read_source(r, publishers, c), collector)
    concepts = _entries(parts, "concept", lambda r, c: read_concept(r, sources, c), collector)
    remarks, name, title = [], None, None
    known = _concept_ids(parts)
    if len(parts) > 1:
        concepts = check_references(concepts, known, _complain_at_concept(parts, collector))
    elif parts:
        remarks = remark_on_outside(concepts.values(), known, parts[0].name)
        name, title = (_word(parts[0].body.get(key)) for key in ("pack", "title"))
    return GlossaryReading(
        Glossary.of(concepts.values(), name, title),
        tuple(collector.faults),
        tuple(remarks),
        tuple(sources[key] for key in sorted(sources)),
        tuple(publishers[key] for key in sorted(publishers)),
        collector.refused,
        packs=_packs(parts),
    )


def _packs(parts: Iterable[Parts]) -> dict[str, str]:
    """By the id of a concept, the name of the pack that holds it."""
    return {
        id: pack for part in parts if (pack := _word(part.body.get("pack"))) for id in _concept_ids((part,))
    }


def _concept_ids(parts: Iterable[Parts]) -> set[str]:
    """The ids of all concepts in the files, with those that have faults."""
    arrays = (part.body.get("concept") for part in parts)
    records = (record for array in arrays if isinstance(array, list) for record in array)
    return {str(record.get("id")) for record in records if isinstance(record, Mapping)}


def _complain_at_concept(parts: tuple[Parts, ...], collector: _RecordFaults) -> Complain:
    """What adds a fault of a concept, with the file and the line of the concept."""

    def complain(id: str, fault: Message, remedy: Message) -> None:
        for part in parts:
            for index, record in enumerate(part.body.get("concept", ())):
                if record.get("id") == id:
                    line = part.locate("concept", index, fault)
                    collector.faults.append(Fault(fault, part.name, line, remedy=remedy))
                    return

    return complain


def authorities(
    glossary: Glossary, sources: Iterable[Source], publishers: Iterable[Publisher]
) -> tuple[tuple[Source, ...], tuple[Publisher, ...]]:
    """What a glossary cites together with more sources and publishers, each once, sorted by id."""
    listed = {source.id: source for source in (*sources, *glossary.sources)}
    houses = {publisher.id: publisher for publisher in publishers}
    houses |= {s.publisher.id: s.publisher for s in listed.values() if s.publisher is not None}
    return tuple(listed[key] for key in sorted(listed)), tuple(houses[key] for key in sorted(houses))


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _check_file(part: Parts, collector: _RecordFaults) -> None:
    if part.schema not in range(1, SCHEMA + 1):
        collector.faults.append(
            Fault(
                message("the schema is {schema!r}; this version reads schemas 1 and 2.", schema=part.schema),
                part.name,
                remedy=message("Use a newer termbank."),
            )
        )
    for fault in _unknown_keys(part.body, "file"):
        collector.faults.append(Fault(fault, part.name, part.locate("file", 0, fault)))


def _entries(
    parts: tuple[Parts, ...],
    array: str,
    read: Callable[[Mapping[str, Any], Callable[[str], None]], _Entry],
    collector: _RecordFaults,
) -> dict[str, _Entry]:
    found: dict[str, _Entry] = {}
    places: dict[str, str] = {}
    for part in parts:
        for index, record in enumerate(_tables(part, array, collector)):
            faults: list[str] = []
            record = _with_text_dates(record)
            if part.schema == 1:
                record = upgrade(array, record, 1)
            entry = read(record, faults.append)
            faults.extend(_all_unknown_keys(record, array))
            if entry.id in found:
                faults.append(
                    message(
                        "the {array} id “{id}” is used twice; it is already in {place}.",
                        array=array,
                        id=entry.id,
                        place=places[entry.id],
                    )
                )
            line = part.locate(array, index, "")
            where = message("{array} {number}", array=array, number=index + 1)
            collector.faults += [
                Fault(fault, part.name, part.locate(array, index, fault), place=where) for fault in faults
            ]
            if faults:
                collector.refused += 1
            else:
                found[entry.id] = entry
                places[entry.id] = f"{part.name}:{line}" if line else part.name
    return found


def _tables(part: Parts, array: str, collector: _RecordFaults) -> list[Mapping[str, Any]]:
    value = part.body.get(array, [])
    if isinstance(value, list) and all(isinstance(item, Mapping) for item in value):
        return value
    fault = message("“{key}” must be a list of tables.", key=array)
    collector.faults.append(
        Fault(
            fault,
            part.name,
            part.locate("file", 0, fault),
            remedy=message("Write [[{array}]].", array=array),
        )
    )
    return []


def _with_text_dates(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record with dates written as TOML dates or bare years turned to text, as people write them."""
    fixed: dict[str, Any] = {}
    for key, value in record.items():
        if key in DATES:
            fixed[key] = (
                [_text_date(item) for item in value] if isinstance(value, list) else _text_date(value)
            )
        elif isinstance(value, Mapping):
            fixed[key] = _with_text_dates(value)
        elif isinstance(value, list):
            fixed[key] = [_with_text_dates(item) if isinstance(item, Mapping) else item for item in value]
        else:
            fixed[key] = value
    return fixed


def _text_date(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _unknown_keys(record: Mapping[str, Any], kind: str) -> Iterator[Message]:
    known = _FILE_KEYS if kind == "file" else tuple(SHAPE[kind])
    for key in record:
        if key in known:
            continue
        near = get_close_matches(str(key), known, 1)
        if near:
            yield message("unknown field “{key}”; did you mean “{near}”?", key=key, near=near[0])
        else:
            names = ", ".join(known)
            yield message("unknown field “{key}”. Use one of: {names}.", key=key, names=names)


def _all_unknown_keys(record: Mapping[str, Any], kind: str) -> Iterator[Message]:
    """A fault for each unknown field of a record and of the records inside it, as `model.records` words them."""
    faults: list[Message] = list(_unknown_keys(record, kind))
    for key, inner in SHAPE[kind].items():
        items = record.get(key) if inner is not None else None
        for item in items if isinstance(items, list) else (items,):
            if inner is not None and isinstance(item, Mapping):
                faults.extend(_all_unknown_keys(item, inner))
    for fault in faults:
        if kind == "concept":
            yield message("concept “{name}”: {fault}", name=record.get("id"), fault=fault)
        elif kind == "term":
            yield message("“{text}”: {fault}", text=record.get("text"), fault=fault)
        else:
            yield fault
