"""`termbank pull`: take what a published pack has new into the bank, as one decision that keeps the bank's own changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from termbank.files.glossaries import GlossaryReading
from termbank.model.decision import Change
from termbank.model.errors import Fault, UnreadableError
from termbank.model.message import message
from termbank.model.record_merge import FieldConflict
from termbank.model.records import concept_record, publisher_record, source_record
from termbank.services import settings
from termbank.services.glossary_file import read_glossary
from termbank.services.pack_update import PackRecord, PackUpdate
from termbank.store.bank import Bank

_NOBODY = ""
"""Whose last version is the base of a record without an origin: nobody’s, so that the bank's own values stay."""


@dataclass(frozen=True)
class PullResult:
    """What a pull did, or would do, in numbers of concepts; fields that both changed, where the bank's value stays.

    `decision` is its number in the history; 0 where nothing changed or it was a dry run.
    """

    added: int
    updated: int
    unchanged: int
    conflicts: tuple[tuple[str, FieldConflict], ...] = ()
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()
    decision: int = 0


def pull(bank: Bank, path: Path, *, dry_run: bool = False, why: str | None = None) -> PullResult:
    """Take what a pack, or a folder of packs, has new. Concepts that it no longer has stay in the bank.

    Args:
        bank: The bank that takes it.
        path: A pack of termbank's own (TOML or JSON), or a folder of packs.
        dry_run: Only say what it would do.
        why: A reason, kept in the history.

    Raises:
        UnreadableError: It cannot be read, or is no pack of termbank's own: such a file has no ids to follow.
    """
    reading = _read_pack(path)
    records = tuple(_records(reading, path.stem))
    updates: list[PackUpdate] = []

    def changes() -> Iterator[Change]:
        updates.append(PackUpdate(bank, records, _NOBODY))
        return updates[-1].changes()

    number = 0
    if dry_run:
        for _ in changes():
            pass
    else:
        number = bank.decide(settings.decision("import", why or f"pull {path.name}"), changes).number
    update = updates[-1]
    return PullResult(
        update.added, update.updated, update.unchanged, tuple(update.conflicts), reading.faults, reading.remarks, number
    )  # fmt: skip


def _read_pack(path: Path) -> GlossaryReading:
    reading, chosen = read_glossary(path)
    if chosen.name != "toml" and not reading.packs:
        raise UnreadableError(
            message("this is no pack of termbank's own."),
            file=str(path),
            remedy=message("Bring it in with `termbank import`."),
        )
    return reading


def _records(reading: GlossaryReading, name: str) -> Iterator[PackRecord]:
    yield from (PackRecord("", "publisher", publisher_record(one)) for one in reading.publishers)
    yield from (PackRecord("", "source", source_record(one)) for one in reading.sources)
    for concept in reading.glossary:
        yield PackRecord(reading.packs.get(concept.id, name), "concept", concept_record(concept))
