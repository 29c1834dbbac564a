"""Reading the history: decisions, versions of a thing, the bank as it was, and whether the history is whole.

Undoing is itself a decision. It reverts the fields that a decision changed, and is refused only where one of these was
changed again since. The history is only ever added to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from termbank.model.decision import Change, Decision
from termbank.model.errors import BankError, ConflictError, NotFoundError
from termbank.model.message import message
from termbank.model.record_merge import diff_fields, merge_records
from termbank.model.records import Record
from termbank.store.bank import Bank
from termbank.store.canonical_json import change_of
from termbank.store.living import fits
from termbank.store.rows import Row
from termbank.store.seals import ChangeRow, broken_decisions, in_order

_COLUMNS = "d.act, d.who, d.at, d.why, d.number, d.undoes, d.session, d.clock"


def decisions(
    bank: Bank,
    concept: str | None = None,
    *,
    who: str | None = None,
    session: str | None = None,
    until: str | None = None,
) -> tuple[Decision, ...]:
    """Decisions in order, without their changes.

    Args:
        bank: An open bank.
        concept: Only those that touched this concept.
        who: Only this person's.
        session: Only those of this session.
        until: Only those up to this time, UTC.
    """
    wanted = {
        "EXISTS (SELECT 1 FROM change c WHERE c.decision = d.number AND c.kind = 'concept' AND c.id = ?)": concept,
        "d.who = ?": who,
        "d.session = ?": session,
        "d.at <= ?": until,
    }
    asked = {condition: value for condition, value in wanted.items() if value is not None}
    where = f"WHERE {' AND '.join(asked)} " if asked else ""
    return tuple(
        _decision(row)
        for row in bank.rows(f"SELECT {_COLUMNS} FROM decision d {where}ORDER BY d.number", asked.values())
    )


def _decision(row: tuple[Any, ...], changes: tuple[Change, ...] = ()) -> Decision:
    act, who, at, why, number, undoes, session, clock = row
    return Decision(act, who, at, why, changes, number, undoes, session, clock)


def decision_numbered(bank: Bank, number: int) -> Decision:
    """One decision with its changes; NotFoundError where there is none."""
    found = bank.rows(f"SELECT {_COLUMNS} FROM decision d WHERE d.number = ?", (number,))
    if not found:
        raise NotFoundError(
            message("there is no decision {number}.", number=number),
            remedy=message("`termbank history` lists them."),
        )
    changes = (
        change_of(row.kind, row.id, row.body, row.schema, row.digest) for row in change_rows(bank, number)
    )
    return _decision(found[0], tuple(changes))


def change_rows(bank: Bank, number: int) -> tuple[ChangeRow, ...]:
    """The changes of a decision as they are kept, in the order in which its seal covers them."""
    found = bank.rows("SELECT kind, id, body, schema, digest FROM change WHERE decision = ?", (number,))
    return tuple(in_order(ChangeRow(*row) for row in found))


def count_kinds(bank: Bank, number: int) -> dict[str, int]:
    """How many things of each kind a decision changed."""
    return dict(
        bank.rows(
            "SELECT kind, count(*) FROM change WHERE decision = ? GROUP BY kind ORDER BY kind", (number,)
        )
    )


def versions(bank: Bank, kind: str, id: str) -> tuple[tuple[int, Record | None], ...]:
    """(decision, record) each time the thing changed, in order; None where it was removed. Damaged ones are left out."""
    found = bank.rows(
        "SELECT decision, body, schema, digest FROM change WHERE kind = ? AND id = ? ORDER BY decision",
        (kind, id),
    )
    sound: list[tuple[int, Record | None]] = []
    for number, *row in found:
        with suppress(BankError):
            body = change_of(kind, id, *row).body
            sound.append((number, None if body is None else dict(body)))
    return tuple(sound)


def version_before(bank: Bank, kind: str, id: str, number: int) -> Record | None:
    """What a thing was before a decision; None where there was none."""
    found = bank.rows(
        "SELECT body, schema, digest FROM change WHERE kind = ? AND id = ? AND decision < ? "
        "ORDER BY decision DESC LIMIT 1",
        (kind, id, number),
    )
    return _only_record(kind, id, found)


def last_version_by(bank: Bank, kind: str, id: str, who: str) -> Record | None:
    """What a thing was after the last decision of a person that touched it; None where there is none."""
    found = bank.rows(
        "SELECT c.body, c.schema, c.digest FROM change c JOIN decision d ON d.number = c.decision "
        "WHERE c.kind = ? AND c.id = ? AND d.who = ? ORDER BY c.decision DESC LIMIT 1",
        (kind, id, who),
    )
    return _only_record(kind, id, found)


def _only_record(kind: str, id: str, found: list[Any]) -> Record | None:
    """The record of the one row found, or None."""
    body = change_of(kind, id, *found[0]).body if found else None
    return None if body is None else dict(body)


# -- undoing -----------------------------------------------------------------------------------


def undo(
    bank: Bank,
    number: int,
    *,
    who: str,
    when: str,
    why: str | None = None,
    session: str | None = None,
    act: str = "undo",
) -> Decision:
    """A new decision that takes back what decision `number` changed, field by field.

    Args:
        bank: An open bank.
        number: The decision to take back; one that takes back another gives that one again.
        who: Who takes it back.
        when: The time, UTC.
        why: A reason.
        session: The run in which it is taken back.
        act: What to call it: undo or redo.

    Raises:
        ConflictError: It was taken back already, or a field that it changed was changed again since.
    """
    undone = decision_numbered(bank, number)
    again = undone_by(bank, number)
    if again is not None:
        raise ConflictError(
            message(
                "decision {number} has been undone already, by decision {again}.", number=number, again=again
            ),
            remedy=message("Undo decision {again} to have it back.", again=again),
        )
    return bank.decide(
        Decision(act, who, when, why, undoes=number, session=session), lambda: _reverting(bank, undone)
    )


def undone_by(bank: Bank, number: int) -> int | None:
    """The decision that took this one back and was not taken back itself, or None."""
    found = bank.rows("SELECT number FROM decision WHERE undoes = ? ORDER BY number DESC LIMIT 1", (number,))
    if not found or undone_by(bank, found[0][0]) is not None:
        return None
    return int(found[0][0])


def can_be_undone(bank: Bank, number: int) -> bool:
    """Whether undoing a decision would change something, or is refused for a conflict; not what was reverted by hand."""
    try:
        return any(
            (None if change.body is None else dict(change.body)) != bank.body(change.kind, change.id)
            for change in _reverting(bank, decision_numbered(bank, number))
        )
    except ConflictError:
        return True


def _reverting(bank: Bank, undone: Decision) -> Iterator[Change]:
    for change in undone.changes:
        left = None if change.body is None else dict(change.body)
        now = bank.body(change.kind, change.id)
        before = version_before(bank, change.kind, change.id, undone.number)
        merged, conflicts = merge_records(left, now, before)
        if conflicts:
            later = _last_change(bank, undone, change, before)
            raise ConflictError(
                message(
                    "decision {number} cannot be undone: the {kind} “{id}” was changed again by decision {later}.",
                    number=undone.number,
                    kind=change.kind,
                    id=change.id,
                    later=later,
                ),
                remedy=message("Undo decision {later} first.", later=later),
                conflicts=conflicts,
            )
        yield Change(change.kind, change.id, merged)


def _last_change(bank: Bank, undone: Decision, change: Change, before: Record | None) -> int:
    """The last decision that changed again a field that the undone one had changed."""
    left = None if change.body is None else dict(change.body)
    wanted = set(diff_fields(before, left))
    last, previous = undone.number, left
    for number, record in versions(bank, change.kind, change.id):
        if number > undone.number:
            if record is None or previous is None or wanted & set(diff_fields(previous, record)):
                last = number
            previous = record
    return last if last != undone.number else bank.last_touch(change.kind, change.id)


# -- replaying and verifying -------------------------------------------------------------------


def replay(bank: Bank, until: int | None = None) -> dict[tuple[str, str], Row]:
    """The things that the history leads to, as canonical text: all of it, or up to a decision.

    Where the last row on a thing is damaged, the thing is left out and named in `Bank.damaged`.
    """
    last = bank.latest if until is None else until
    things: dict[tuple[str, str], Row] = {}
    damaged: dict[tuple[str, str], str] = {}
    for number, kind, id, body, schema, digest in bank.rows(
        "SELECT decision, kind, id, body, schema, digest FROM change WHERE decision <= ? ORDER BY decision",
        (last,),
    ):
        row = None if body is None else Row(body, schema)
        things.pop((kind, id), None)
        damaged.pop((kind, id), None)
        if bank.verifies and digest is not None and not fits(kind, id, row, digest):
            damaged[kind, id] = message("its record of decision {number} is damaged", number=number)
        elif row is not None:
            things[kind, id] = row
    if bank.verifies:
        damaged |= {("decision", str(number)): _NO_SEAL for number in _broken_of_0_1(bank, last)}
    bank.damaged |= damaged
    return things


_NO_SEAL = message("it does not fit its seal")


def _broken_of_0_1(bank: Bank, last: int) -> list[int]:
    """The decisions of termbank 0.1, whose rows have only its seal, that do not fit it."""
    rows = bank.rows("SELECT number FROM decision WHERE seal_version = 1 AND number <= ?", (last,))
    old = {number for (number,) in rows}
    if not old:
        return []
    return [number for number in broken_seals(bank) if number in old]


def last_until(bank: Bank, time: str) -> int:
    """The number of the last decision up to a time, UTC; 0 where there is none."""
    number: int | None = bank.rows("SELECT max(number) FROM decision WHERE at <= ?", (time,))[0][0]
    return number or 0


def broken_seals(bank: Bank) -> tuple[int, ...]:
    """The decisions that are missing, or whose seal does not fit what is kept of them."""
    rows = bank.rows("SELECT decision, kind, id, body, schema, digest FROM change")
    return tuple(sorted(broken_decisions(bank.rows, ((number, ChangeRow(*row)) for number, *row in rows))))


def broken_seal(bank: Bank) -> int | None:
    """The first decision whose seal does not fit what is kept of it, or None."""
    return next(iter(broken_seals(bank)), None)
