"""Checks of an open bank: its file, its history and its records. The doctor shows them; a copy must pass them.

Each result is a remark with a state. An error means that the bank holds something that nobody decided, or lacks
something that was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from termbank.model.errors import BankError, Fault
from termbank.model.message import message, plural
from termbank.model.records import read_concept, read_publisher, read_source
from termbank.model.references import references
from termbank.store.bank import Bank
from termbank.store.history import broken_seals, damaged_changes, replay

OK, NOTE, WARNING, ERROR = "ok", "note", "warning", "error"
_SHOWN = 5


@dataclass(frozen=True)
class Remark:
    """One result of the checks; `state` is ok, note, warning or error."""

    name: str
    state: str
    message: str


def check_bank(bank: Bank) -> Iterator[Remark]:
    """Check the file, then the history and the records where the file can be read."""
    faults = [row[0] for row in bank.rows("PRAGMA integrity_check(5)") if row[0] != "ok"]
    if faults:
        yield Remark(
            message("bank file"),
            ERROR,
            message(
                "SQLite finds it damaged: {fault}. Restore it from a copy with `termbank restore FROM`.",
                fault=faults[0],
            ),
        )
        return
    yield Remark(message("contents"), OK, describe_contents(bank))
    yield _check_history(bank)
    yield _check_records(bank)


def require_sound(bank: Bank, what: str, file: str, remedy: str) -> None:
    """Raise BankError where a bank does not pass the checks: `what` of `file`, with every fault found."""
    faults = tuple(
        Fault(remark.message, place=remark.name) for remark in check_bank(bank) if remark.state == ERROR
    )
    if faults:
        raise BankError(what, file=file, remedy=remedy, faults=faults)


def describe_contents(bank: Bank) -> str:
    """How many things of each kind a bank holds."""
    return message(
        "{concepts}, {sources}, {documents}, {candidates}; {decisions}",
        concepts=plural("{count:,} concept", "{count:,} concepts", bank.count("concept")),
        sources=plural("{count:,} source", "{count:,} sources", bank.count("source")),
        documents=plural("{count:,} document", "{count:,} documents", bank.count("document")),
        candidates=plural("{count:,} candidate", "{count:,} candidates", bank.count("candidate")),
        decisions=plural("{count:,} decision", "{count:,} decisions", bank.latest),
    )


def _check_history(bank: Bank) -> Remark:
    """Check that no decision was altered, and that replaying the history gives the bank."""
    name = message("history")
    broken = min([*broken_seals(bank)[:1], *(number for number, _, _ in damaged_changes(bank))], default=None)
    if broken is not None:
        return Remark(
            name,
            ERROR,
            message(
                "decision {number} was altered: the file is damaged or was changed by hand. "
                "Restore it from a copy with `termbank restore FROM`.",
                number=broken,
            ),
        )
    replayed, now = replay(bank), bank.things()
    if replayed == now:
        return Remark(name, OK, message("replaying it gives the bank, byte for byte"))
    differing = sorted(key for key in replayed.keys() | now.keys() if replayed.get(key) != now.get(key))
    kind, id = differing[0]
    return Remark(
        name,
        ERROR,
        plural(
            "{count} record differs from what was decided: {kind} “{id}”.",
            "{count} records differ from what was decided, the first is {kind} “{id}”.",
            len(differing),
            kind=kind,
            id=id,
        ),
    )


def _check_records(bank: Bank) -> Remark:
    """Check that every record can be read."""
    name = message("records")
    faults: list[str] = []
    publishers = {id: read_publisher(record, faults.append) for id, record in bank.bodies("publisher")}
    sources = {id: read_source(record, publishers, faults.append) for id, record in bank.bodies("source")}
    for _, record in bank.bodies("concept"):
        read_concept(record, sources, faults.append)
    for id, record in bank.bodies("document"):
        faults += [
            message("document “{id}”: the source “{source}” is not listed.", id=id, source=source)
            for source in sorted({one.id for one in references("document", record)} - sources.keys())
        ]
    if not faults:
        return Remark(name, OK, message("every concept and source can be read"))
    return Remark(
        name,
        WARNING,
        plural("{count} fault: {faults}", "{count} faults: {faults}", len(faults), faults=list_first(faults)),
    )


def list_first(things: Iterable[Any]) -> str:
    """The first few, and how many more there are."""
    texts = [str(thing) for thing in things]
    shown = " ".join(texts[:_SHOWN])
    if len(texts) <= _SHOWN:
        return shown
    return message("{shown} and {count} more", shown=shown, count=len(texts) - _SHOWN)
