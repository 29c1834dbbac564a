"""The person's bank: opened, and on first use created and filled with the shipped glossaries.

A new bank is built beside its place and put there whole, so that two processes starting together
end with one bank and a stopped one leaves nothing. The shipped packs enter as one decision by
“termbank”. A person's own changes are never overwritten by a newer pack.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from termbank.model.decision import Decision
from termbank.model.errors import BankError, TermbankError
from termbank.model.message import Message, message, plural
from termbank.model.records import concept_record, publisher_record, source_record
from termbank.services import settings
from termbank.store.bank import Bank
from termbank.store.private_files import make_folder, remove_database, sweep

if TYPE_CHECKING:
    from termbank.services.pack_update import PackRecord

__all__ = [
    "Bank",
    "FillResult",
    "create",
    "fill",
    "init",
    "open_bank",
    "read_shipped",
    "update_index",
]

SHIPPED_BY = "termbank"


def open_bank(path: Path | None = None, *, read_only: bool = False, filled: bool = True) -> Bank:
    """The bank at `path` (TERMBANK_BANK, or the person's own, by default), created where missing.

    A new bank is `filled` with the shipped glossaries, or empty.

    Raises BankError in one sentence where that cannot be.
    """
    place = settings.bank_path(path).expanduser()
    new = not place.exists()
    if new:
        _make_room(place, own=path is None and not os.environ.get("TERMBANK_BANK"))
        create(place, filled=filled)
    bank = Bank.open(place, read_only=read_only)
    if new:
        update_index(bank)
    bank.followers.append(lambda: update_index(bank))
    return bank


def update_index(bank: Bank) -> None:
    """Bring the search index up to the last decision, so that the next lookup need not.

    The index can always be made again: where it cannot be written, the next lookup sees to it.
    """
    import sqlite3

    from termbank.services.lookup import index_of

    with contextlib.suppress(sqlite3.Error, OSError, TermbankError):
        index_of(bank).current()


def _make_room(place: Path, own: bool) -> None:
    if place.parent.is_dir():
        return
    if not own:
        raise BankError(
            message("there is no folder {parent} to keep a bank in.", parent=str(place.parent)),
            remedy=message("Create it, or give another --bank."),
        )
    try:
        make_folder(place.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BankError(
            message("the folder for the bank cannot be created: {reason}.", reason=reason),
            file=str(place.parent),
            remedy=message("Give a --bank that can be written, or set TERMBANK_HOME."),
        ) from None


def create(place: Path, *, filled: bool = True) -> None:
    """Build a bank beside its place and put it there whole; a bank already there stays."""
    beside = place.with_name(f".{place.name}.{os.getpid()}.new")
    try:
        sweep(place.parent, place.name)
        remove_database(beside)
        with Bank.create(beside) as bank:
            if filled:
                fill(bank)
            bank.begin_log()
        _put(beside, place)
    except BankError as error:
        raise BankError(error.fault.message, file=str(place), remedy=error.fault.remedy) from None
    finally:
        remove_database(beside)


def _put(beside: Path, place: Path) -> None:
    """Give the file its name unless another process was first."""
    try:
        os.link(beside, place)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        if not place.exists():
            os.replace(beside, place)


@dataclass(frozen=True)
class FillResult:
    """What filling did, in numbers of shipped concepts: added, updated, as they were; and fields where both had changed.

    In such a field the bank's value stays.
    """

    added: int
    updated: int
    kept: int
    conflicts: int = 0

    def __str__(self) -> str:
        return str(self.text)

    @property
    def text(self) -> Message:
        """What was done, for people."""
        total = self.added + self.updated + self.kept
        if not self.added and not self.updated:
            done = plural(
                "The bank has the {count} shipped concept already; nothing was changed.",
                "The bank has all {count} shipped concepts already; nothing was changed.",
                total,
            )
        elif self.updated:
            done = plural(
                "Added {count} shipped concept, updated {updated}; {kept} were in the bank already.",
                "Added {count} shipped concepts, updated {updated}; {kept} were in the bank already.",
                self.added,
                updated=self.updated,
                kept=self.kept,
            )
        else:
            done = plural(
                "Added {count} shipped concept; {kept} were in the bank already.",
                "Added {count} shipped concepts; {kept} were in the bank already.",
                self.added,
                kept=self.kept,
            )
        if not self.conflicts:
            return done
        yours = plural(
            "In {count} field that was changed here and in the shipped glossaries, yours was kept.",
            "In {count} fields that were changed here and in the shipped glossaries, yours was kept.",
            self.conflicts,
        )
        return message("{done} {yours}", done=done, yours=yours)


def init(path: Path | None = None, *, empty: bool = False) -> str:
    """Create the bank where there is none; bring in what the shipped glossaries have new; a sentence on what was done.

    What was changed in the bank stays as it is (see `services.pack_update`). An `empty` bank is created without the
    shipped concepts, and one that exists is left as it is.
    """
    place = settings.bank_path(path).expanduser()
    new = not place.exists()
    with open_bank(path, filled=not empty) as bank:
        if empty and new:
            return message("Created {place}, an empty bank.", place=place)
        if empty:
            return message("There is a bank at {place} already; nothing was changed.", place=place)
        if new:
            return plural(
                "Created {place} with {count} concept from the shipped glossaries.",
                "Created {place} with {count} concepts from the shipped glossaries.",
                bank.count("concept"),
                place=place,
            )
        return fill(bank).text


def fill(bank: Bank) -> FillResult:
    """Bring in, as one decision, what the shipped glossaries have new, with what it cites."""
    from termbank.services.pack_update import PackUpdate

    update = PackUpdate(bank, tuple(read_shipped()), SHIPPED_BY)
    decision = Decision("import", SHIPPED_BY, settings.now(), "the glossaries that come with termbank")
    bank.decide(decision, update.changes)
    return FillResult(update.added, update.updated, update.unchanged, len(update.conflicts))


def read_shipped() -> Iterator[PackRecord]:
    """Every publisher, source and concept of the shipped packs."""
    from termbank.files.glossaries.toml import read_packs
    from termbank.services.pack_update import PackRecord

    folder = settings.shipped_folder("glossaries")
    try:
        packs = [(str(file), file.read_bytes()) for file in sorted(folder.glob("*.toml"))]
    except OSError as error:
        raise TermbankError(
            message("the shipped glossaries cannot be read: {error}.", error=str(error))
        ) from None
    reading = read_packs(packs)
    if reading.faults:
        count = len(reading.faults)
        raise TermbankError(
            plural(
                "the shipped glossaries have {count} fault.",
                "the shipped glossaries have {count} faults.",
                count,
            ),
            remedy=message("Reinstall termbank."),
            faults=reading.faults,
        )
    yield from (PackRecord("", "publisher", publisher_record(one)) for one in reading.publishers)
    yield from (PackRecord("", "source", source_record(one)) for one in reading.sources)
    yield from (
        PackRecord(reading.packs.get(one.id, ""), "concept", concept_record(one)) for one in reading.glossary
    )
