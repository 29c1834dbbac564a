"""The person's bank: opened, and on first use created and filled with the shipped glossaries.

A new bank is built beside its place and put there whole, so that two processes starting together
end with one bank and a stopped one leaves nothing. The shipped packs enter as one decision by
“termbank”. A person's own changes are never overwritten by a newer pack.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from termbank.model.decision import Change, Decision
from termbank.model.errors import BankError, TermbankError
from termbank.model.message import message, plural
from termbank.model.records import concept_record, publisher_record, source_record
from termbank.services import settings
from termbank.store.bank import Bank
from termbank.store.private_files import make_folder, remove_database, sweep

__all__ = [
    "Bank",
    "FillResult",
    "changes_from_shipped",
    "create",
    "fill",
    "init",
    "open_bank",
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
    """What filling did: how many concepts came in, and how many shipped ones were already there."""

    added: int
    kept: int

    def __str__(self) -> str:
        if not self.added:
            return plural(
                "The bank has the {count} shipped concept already; nothing was changed.",
                "The bank has all {count} shipped concepts already; nothing was changed.",
                self.kept,
            )
        return plural(
            "Added {count} shipped concept; {kept} were in the bank already.",
            "Added {count} shipped concepts; {kept} were in the bank already.",
            self.added,
            kept=self.kept,
        )


def init(path: Path | None = None, *, empty: bool = False) -> str:
    """Create the bank where there is none; bring in the shipped concepts that it lacks; a sentence on what was done.

    What the bank holds already is left as the person has it, a newer pack notwithstanding. An `empty` bank is created
    without the shipped concepts, and one that exists is left as it is.
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
        return str(fill(bank))


def fill(bank: Bank) -> FillResult:
    """Bring in, as one decision, the shipped concepts that the bank lacks, with what they cite."""
    shipped = list(changes_from_shipped())
    total = sum(change.kind == "concept" for change in shipped)
    decision = Decision("import", SHIPPED_BY, settings.now(), "the glossaries that come with termbank")
    taken = bank.decide(decision, lambda: _missing(bank, shipped))
    added = sum(change.kind == "concept" for change in taken.changes)
    return FillResult(added, total - added)


def _missing(bank: Bank, shipped: Iterable[Change]) -> Iterator[Change]:
    known = {(kind, id) for kind in ("publisher", "source", "concept") for id in bank.ids(kind)}
    return (change for change in shipped if (change.kind, change.id) not in known)


def changes_from_shipped() -> Iterator[Change]:
    """Every publisher, source and concept of the shipped packs, as changes to a bank."""
    from termbank.files.glossaries.toml import read_packs

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
    yield from (Change("publisher", one.id, publisher_record(one)) for one in reading.publishers)
    yield from (Change("source", one.id, source_record(one)) for one in reading.sources)
    yield from (Change("concept", one.id, concept_record(one)) for one in reading.glossary)
