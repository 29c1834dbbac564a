"""What differs between two glossaries, in words: packs, folders of packs, other glossary files, banks, a bank at two days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from termbank.files.glossaries.pack_records import read_pack_records
from termbank.model.errors import TermbankError, UnreadableError
from termbank.model.message import Message, message
from termbank.model.record_merge import describe_path, fields_by_name, show_value
from termbank.model.records import Record, concept_record
from termbank.services import history, settings
from termbank.services.file_access import read_bytes
from termbank.services.glossary_file import read_glossary
from termbank.store.bank import Bank

_SQLITE = b"SQLite format 3\x00"
_AT = re.compile(r"(?P<path>.*)@(?P<date>[0-9-]+)")


@dataclass(frozen=True)
class ConceptDifference:
    """One concept that differs: whether it was added, removed or changed, and what changed, a line each."""

    concept: str
    headword: str
    kind: str
    lines: tuple[Message, ...] = ()


def diff_glossaries(before: str, after: str, *, bank: Path | None = None) -> list[ConceptDifference]:
    """What differs between two glossaries, by the id of their concepts, sorted by id.

    Args:
        before: A glossary file, a folder of packs, a bank, or one of these with `@DATE` behind it: a bank as it was at the
            end of that day. `@DATE` alone means the bank that `bank` names.
        after: The same.
        bank: The bank that `@DATE` means; by default the person's own.

    Raises:
        TermbankError: One of them cannot be read, or is no date.
    """
    old, new = (_read(name, bank) for name in (before, after))
    return [
        difference
        for id in sorted({*old, *new})
        if (difference := _difference(id, old.get(id), new.get(id))) is not None
    ]


def difference_record(difference: ConceptDifference) -> dict[str, Any]:
    """The difference in the form that `diff --json` writes."""
    return {
        "concept": difference.concept,
        "headword": difference.headword,
        "kind": difference.kind,
        "changes": [str(line) for line in difference.lines],
    }


def _difference(id: str, old: Record | None, new: Record | None) -> ConceptDifference | None:
    if old == new:
        return None
    if old is None or new is None:
        record = new or old or {}
        terms = tuple(
            message(
                "{language} “{text}”, {status}",
                **{name: term.get(name, "") for name in ("language", "text", "status")},
            )
            for term in record.get("term", ())
        )
        return ConceptDifference(id, _headword(record), "added" if old is None else "removed", terms)
    lines = tuple(_lines(fields_by_name(old), fields_by_name(new)))
    return ConceptDifference(id, _headword(new), "changed", lines) if lines else None


def _lines(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[Message]:
    """What changed, field by field; of an item that is new or gone the outermost alone."""
    for path in {**old, **new}:
        if path in old and path in new:
            if old[path] != new[path]:
                yield message(
                    "{field}: {before} → {after}",
                    field=describe_path(path), before=show_value(old[path]), after=show_value(new[path]),
                )  # fmt: skip
            continue
        fields, here = (old, "removed") if path in old else (new, "added")
        if any(
            path[:end] in fields and (path[:end] in old) != (path[:end] in new) for end in range(1, len(path))
        ):
            continue
        text = describe_path(path)
        if fields[path] is not None:
            text = f"{text}: {show_value(fields[path])}"
        yield message("added {what}", what=text) if here == "added" else message("removed {what}", what=text)


def _headword(record: Record) -> str:
    return next((str(term["text"]) for term in record.get("term", ())), "")


def _read(name: str, bank: Path | None) -> dict[str, Record]:
    """The concepts of a glossary as records, by id."""
    path = Path(name)
    if path.exists():
        return _read_path(path)
    at = _AT.fullmatch(name)
    if at is None:
        raise UnreadableError(
            message("there is no such file, folder or bank."),
            file=name,
            remedy=message("Write @2026-01-31 for the bank as it was on a day."),
        )
    place = Path(at["path"]) if at["path"] else settings.bank_path(bank)
    with Bank.open(place.expanduser(), read_only=True) as opened:
        return _records(history.as_of(opened, at["date"]))


def _read_path(path: Path) -> dict[str, Record]:
    packs = sorted(path.glob("*.toml")) if path.is_dir() else [path] if path.suffix.lower() == ".toml" else []
    if path.is_dir() and not packs:
        raise TermbankError(
            message("there is no .toml pack in this folder."), file=str(path), remedy=message("Give a file.")
        )
    if packs:
        return {
            id: record
            for pack in packs
            for (array, id), record in read_pack_records(read_bytes(pack), str(pack)).records.items()
            if array == "concept"
        }
    with path.open("rb") as file:
        is_bank = file.read(len(_SQLITE)) == _SQLITE
    if is_bank:
        with Bank.open(path, read_only=True) as opened:
            return dict(opened.bodies("concept"))
    reading, _ = read_glossary(path)
    return _records(reading.glossary)


def _records(concepts: Any) -> dict[str, Record]:
    return {concept.id: concept_record(concept) for concept in concepts}
