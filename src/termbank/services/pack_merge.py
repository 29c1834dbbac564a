"""Merging two changes of one pack: by concept and by field, as a merge driver of git does it by line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from termbank.files.glossaries.pack_records import (
    PackRecords,
    RecordKey,
    read_pack_records,
    sort_like,
    write_pack_records,
)
from termbank.model.message import message
from termbank.model.record_merge import FieldConflict, find_preferred_rivals, merge_records
from termbank.model.records import Record
from termbank.services.file_access import read_bytes


@dataclass(frozen=True)
class PackConflict:
    """A field of a record that both sides changed differently, or two renderings that both sides prefer."""

    kind: str
    id: str
    field: FieldConflict


@dataclass(frozen=True)
class PackMerge:
    """A merged pack, ready to be written, with our value at each conflict."""

    data: bytes
    conflicts: tuple[PackConflict, ...]


def merge_packs(base: Path, ours: Path, theirs: Path) -> PackMerge:
    """Merge two packs that grew from one.

    Args:
        base: The pack that both began with; an empty file where there was none.
        ours: The pack as it is here.
        theirs: The pack as it is there.

    Raises:
        UnreadableError: One of them is no pack.
    """
    old, here, there = (read_pack_records(read_bytes(path), str(path)) for path in (base, ours, theirs))
    records: dict[RecordKey, Record] = {}
    conflicts: list[PackConflict] = []
    for key in sorted({*old.records, *here.records, *there.records}):
        sides = (old.records.get(key), here.records.get(key), there.records.get(key))
        merged, faults = merge_records(*sides)
        if merged is None:
            conflicts += (PackConflict(*key, fault) for fault in faults)
            continue
        if merged not in sides:
            merged = sort_like(merged, *sides[1:])
            merged, rivals = _one_preferred(merged, sides[1])
            faults += rivals
        records[key] = merged
        conflicts += (PackConflict(*key, fault) for fault in faults)
    head = (_newer(old.pack, here.pack, there.pack), _newer(old.title, here.title, there.title))
    return PackMerge(write_pack_records(PackRecords(records, *head)), tuple(conflicts))


def _newer(base: str | None, ours: str | None, theirs: str | None) -> str | None:
    return theirs if ours == base else ours


def _one_preferred(merged: Record, ours: Record | None) -> tuple[Record, tuple[FieldConflict, ...]]:
    """The record with one preferred term in each language and profile: ours. The others are admitted, as a conflict."""
    preferred = {
        (term["language"], term["text"])
        for term in (ours or {}).get("term", ())
        if term.get("status") == "preferred"
    }
    conflicts = []
    for (language, _), texts in find_preferred_rivals(merged).items():
        kept = next((text for text in texts if (language, text) in preferred), texts[0])
        terms = [
            term | {"status": "admitted"}
            if term["language"] == language and term["text"] in texts and term["text"] != kept
            else term
            for term in merged["term"]
        ]
        merged = merged | {"term": terms}
        other = next(text for text in texts if text != kept)
        conflicts.append(
            FieldConflict(str(message("preferred term in {language}", language=language)), None, kept, other)
        )
    return merged, tuple(conflicts)
