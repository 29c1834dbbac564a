"""Checks of an open bank: its file, its history and its records. The doctor shows them; a copy must pass them.

Each result is a remark with a state. An error means that the bank holds something that nobody decided, or lacks
something that was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from termbank.model.errors import BankError, Fault
from termbank.model.message import message, plural
from termbank.model.records import read_concept, read_publisher, read_source
from termbank.model.references import references
from termbank.services.short_list import list_first, list_names
from termbank.store.bank import Bank
from termbank.store.damage import Damage, DamagedChange, find_damage

OK, NOTE, WARNING, ERROR = "ok", "note", "warning", "error"


@dataclass(frozen=True)
class Remark:
    """One result of the checks; `state` is ok, note, warning or error."""

    name: str
    state: str
    message: str


def check_bank(bank: Bank) -> Iterator[Remark]:
    """Check the file, then its rows where the file can be read."""
    fault = _fault_of_file(bank)
    if fault is not None:
        yield Remark(
            message("bank file"),
            ERROR,
            message(
                "SQLite finds it damaged: {fault}. Repair it with `termbank doctor --repair`, or restore a copy with "
                "`termbank restore FROM`.",
                fault=fault,
            ),
        )
        return
    yield Remark(message("contents"), OK, describe_contents(bank))
    damage = find_damage(bank.rows)
    yield from _history_remarks(damage)
    yield from _thing_remarks(damage)
    yield from _text_remarks(damage)
    yield from _table_remarks(damage)
    if not damage.things:
        yield _check_records(bank)


def _fault_of_file(bank: Bank) -> str | None:
    try:
        found = [str(row[0]) for row in bank.rows("PRAGMA integrity_check(5)") if row[0] != "ok"]
    except BankError as error:
        return error.fault.message.rstrip(".")
    return " ".join(found[0].split()) if found else None


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


def _history_remarks(damage: Damage) -> Iterator[Remark]:
    """Check that no decision was altered, and that replaying the history gives the bank."""
    name = message("history")
    restorable = [one for one in damage.changes if one.restored]
    lost = [one for one in damage.changes if not one.restored]
    if restorable:
        text = plural(
            "{count} row of the history is damaged and can be restored: {names}. `termbank doctor --repair` does it.",
            "{count} rows of the history are damaged and can be restored: {names}. `termbank doctor --repair` does it.",
            len(restorable),
            names=list_names(_name_change(one) for one in restorable),
        )
        yield Remark(name, ERROR, text)
    if lost:
        text = plural(
            "{count} row of the history is damaged and nothing in the bank has it: {names}. `termbank restore FROM` "
            "restores a copy; `termbank doctor --repair` goes on without it.",
            "{count} rows of the history are damaged and nothing in the bank has them: {names}. `termbank restore FROM` "
            "restores a copy; `termbank doctor --repair` goes on without them.",
            len(lost),
            names=list_names(_name_change(one) for one in lost),
        )
        yield Remark(name, _state(damage, (one.decision for one in lost)), text)
    if damage.decisions:
        text = plural(
            "decision {names} was altered or is damaged: it does not fit its seal. `termbank restore FROM` restores a "
            "copy; `termbank doctor --repair` goes on with it as it is.",
            "decisions {names} were altered or are damaged: they do not fit their seals. `termbank restore FROM` restores "
            "a copy; `termbank doctor --repair` goes on with them as they are.",
            len(damage.decisions),
            names=list_names(str(number) for number in damage.decisions),
        )
        yield Remark(name, _state(damage, damage.decisions), text)
    if not damage.changes and not damage.decisions and not damage.things and not damage.strays:
        yield Remark(name, OK, message("replaying it gives the bank, byte for byte"))


def _state(damage: Damage, decisions: Iterable[int]) -> str:
    """A note for decisions before the last repair, which named them and goes on without them; else an error."""
    return ERROR if any(number >= damage.repaired for number in decisions) else NOTE


def _name_change(one: DamagedChange) -> str:
    return message(
        "{kind} “{id}” of decision {number}",
        kind=_readable(one.key[0]),
        id=_readable(one.key[1]),
        number=one.decision,
    )


def _readable(text: object) -> str:
    """A text that may hold damaged bytes, as it can be printed."""
    return str(text).encode("utf-8", "replace").decode()


def _thing_remarks(damage: Damage) -> Iterator[Remark]:
    name = message("records")
    restorable = [one for one in damage.things if one.restored]
    lost = [one for one in damage.things if not one.restored]
    if restorable or damage.strays or damage.misdated:
        names = [f"{_readable(kind)} “{_readable(id)}”" for kind, id in (one.key for one in restorable)]
        yield Remark(
            name,
            ERROR,
            plural(
                "{count} record differs from what was decided: {names}. `termbank doctor --repair` restores it from the history.",
                "{count} records differ from what was decided: {names}. `termbank doctor --repair` restores them from the "
                "history.",
                len(restorable) + len(damage.strays) + len(damage.misdated),
                names=list_names(names) if names else message("rows that the history does not know"),
            ),
        )
    if lost:
        names = [f"{_readable(kind)} “{_readable(id)}”" for kind, id in (one.key for one in lost)]
        yield Remark(
            name,
            WARNING if damage.repaired else ERROR,
            plural(
                "{count} record is damaged and nothing in the bank has it: {names}. Import it again, or restore a copy with "
                "`termbank restore FROM`.",
                "{count} records are damaged and nothing in the bank has them: {names}. Import them again, or restore a copy "
                "with `termbank restore FROM`.",
                len(lost),
                names=list_names(names),
            ),
        )


def _text_remarks(damage: Damage) -> Iterator[Remark]:
    texts = [_readable(text)[:12] for text in (*damage.texts, *damage.alignments)]
    if not texts:
        return
    if damage.repaired:
        text = plural(
            "{count} text or alignment is missing ({names}). Add its document again with `termbank corpus add`.",
            "{count} texts or alignments are missing ({names}). Add their documents again with `termbank corpus add`.",
            len(texts),
            names=list_names(texts),
        )
    else:
        text = plural(
            "{count} text or alignment is damaged or missing ({names}). `termbank doctor --repair` removes what is left of "
            "it; then add its document again with `termbank corpus add`.",
            "{count} texts or alignments are damaged or missing ({names}). `termbank doctor --repair` removes what is left "
            "of them; then add their documents again with `termbank corpus add`.",
            len(texts),
            names=list_names(texts),
        )
    yield Remark(message("corpus"), WARNING if damage.repaired else ERROR, text)


def _table_remarks(damage: Damage) -> Iterator[Remark]:
    remedy = message("`termbank doctor --repair` makes them again.")
    if damage.tables:
        text = message("the tables of the bank are not as termbank creates them. {remedy}", remedy=remedy)
        yield Remark(message("tables"), ERROR, text)
    if damage.derived:
        text = message("the lists of references and states do not fit the records. {remedy}", remedy=remedy)
        yield Remark(message("derived tables"), ERROR, text)


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
