"""Reading the history: decisions, versions of a thing, the bank as it was, and whether the history is whole.

Undoing is itself a decision, and is refused where something has been changed again since. The history is only ever added
to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from termbank.model.decision import Change, Decision
from termbank.model.errors import ConflictError, NotFoundError
from termbank.model.message import message
from termbank.model.records import Record
from termbank.store.bank import Bank
from termbank.store.canonical_json import canonical, change_of, seal_of


def decisions(bank: Bank, concept: str | None = None) -> tuple[Decision, ...]:
    """Decisions in order, without their changes; those that touched one concept, where named."""
    columns = "d.number, d.act, d.who, d.at, d.why, d.undoes"
    if concept is None:
        found = bank.rows(f"SELECT {columns} FROM decision d ORDER BY d.number")
    else:
        found = bank.rows(
            f"SELECT {columns} FROM decision d JOIN change c ON c.decision = d.number "
            "WHERE c.kind = 'concept' AND c.id = ? ORDER BY d.number",
            (concept,),
        )
    return tuple(
        Decision(act, who, at, why, number=number, undoes=undoes)
        for number, act, who, at, why, undoes in found
    )


def decision_numbered(bank: Bank, number: int) -> Decision:
    """One decision with its changes; NotFoundError where there is none."""
    found = bank.rows("SELECT act, who, at, why, undoes FROM decision WHERE number = ?", (number,))
    if not found:
        raise NotFoundError(
            message("there is no decision {number}.", number=number),
            remedy=message("`termbank history` lists them."),
        )
    act, who, at, why, undoes = found[0]
    return Decision(act, who, at, why, _changes(bank, number), number, undoes)


def _changes(bank: Bank, number: int) -> tuple[Change, ...]:
    found = bank.rows("SELECT kind, id, body FROM change WHERE decision = ? ORDER BY rowid", (number,))
    return tuple(change_of(*row) for row in found)


def versions(bank: Bank, kind: str, id: str) -> tuple[tuple[int, Record | None], ...]:
    """(decision, record) each time the thing changed, in order."""
    found = bank.rows(
        "SELECT decision, body FROM change WHERE kind = ? AND id = ? ORDER BY decision", (kind, id)
    )
    return tuple((number, None if body is None else json.loads(body)) for number, body in found)


def undo(bank: Bank, number: int, *, who: str, when: str, why: str | None = None) -> Decision:
    """A new decision that puts back what decision `number` changed.

    ConflictError, naming the later decision, where something it changed is no longer as it left it.
    """
    undone = decision_numbered(bank, number)
    again = bank.rows("SELECT max(number) FROM decision WHERE undoes = ?", (number,))[0][0]
    if again and not bank.rows("SELECT 1 FROM decision WHERE undoes = ?", (again,)):
        raise ConflictError(
            message(
                "decision {number} has been undone already, by decision {again}.", number=number, again=again
            ),
            remedy=message("Undo decision {again} to have it back.", again=again),
        )
    taken = Decision("undo", who, when, why, undoes=number)
    return bank.decide(taken, lambda: _before(bank, undone))


def _before(bank: Bank, undone: Decision) -> Iterator[Change]:
    for change in undone.changes:
        left = None if change.body is None else canonical(change.body)
        now = bank.rows("SELECT body FROM thing WHERE kind = ? AND id = ?", (change.kind, change.id))
        if (now[0][0] if now else None) != left:
            later = versions(bank, change.kind, change.id)[-1][0]
            raise ConflictError(
                message(
                    "decision {number} cannot be undone: the {kind} “{id}” was changed again by decision {later}.",
                    number=undone.number,
                    kind=change.kind,
                    id=change.id,
                    later=later,
                ),
                remedy=message("Undo decision {later} first.", later=later),
            )
        before = bank.rows(
            "SELECT body FROM change WHERE kind = ? AND id = ? AND decision < ? ORDER BY decision DESC LIMIT 1",
            (change.kind, change.id, undone.number),
        )
        yield change_of(change.kind, change.id, before[0][0] if before else None)


def replay(bank: Bank, until: int | None = None) -> dict[tuple[str, str], str]:
    """The things that the history leads to, as canonical text: all of it, or up to a decision."""
    last = bank.latest if until is None else until
    things: dict[tuple[str, str], str] = {}
    for kind, id, body in bank.rows(
        "SELECT kind, id, body FROM change WHERE decision <= ? ORDER BY decision", (last,)
    ):
        if body is None:
            things.pop((kind, id), None)
        else:
            things[kind, id] = body
    return things


def broken_seal(bank: Bank) -> int | None:
    """The first decision whose seal does not fit what is kept of it, or None."""
    before = ""
    for number, act, who, at, why, undoes, seal in bank.rows(
        "SELECT number, act, who, at, why, undoes, seal FROM decision ORDER BY number"
    ):
        new = {
            (kind, id): body
            for kind, id, body in bank.rows(
                "SELECT kind, id, body FROM change WHERE decision = ? ORDER BY rowid", (number,)
            )
        }
        if seal_of(before, number, Decision(act, who, at, why, undoes=undoes), new) != seal:
            return int(number)
        before = seal
    return None
