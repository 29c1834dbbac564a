"""Writing a decision: its row in the history, the changes it makes, the things as they are after it, and what is derived.

A decision that changes nothing is not written. One that would leave a reference without its target is refused, as is one
that would overwrite a field that was changed since it was read. The bank begins and ends the transaction; the number and
the seal are given within it, under its lock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from termbank.model.decision import Change, Decision
from termbank.model.errors import ConflictError
from termbank.model.message import message
from termbank.model.record_merge import FieldConflict, find_preferred_rivals, merge_records
from termbank.model.records import Record
from termbank.store.canonical_json import KINDS, canonical, change_of
from termbank.store.derived import write_derived
from termbank.store.rows import SCHEMA, Row, digest_of, record_of
from termbank.store.seals import SEAL_VERSION, ChangeRow, seal_of

Key = tuple[str, str]


def write_decision(connection: sqlite3.Connection, decision: Decision, wanted: Iterable[Change]) -> Decision:
    """Write a decision with those of the wanted changes that change something; its number is 0 for none.

    Raises:
        ConflictError: A field was changed by others since it was read, or a reference would have no target.
    """
    new = _select_changes(connection, wanted)
    if not new:
        return replace(decision, changes=(), number=0)
    numbered = _write_rows(connection, decision, {key: row for key, (_, row) in new.items()})
    records = {key: record for key, (record, _) in new.items()}
    write_derived(connection, records)
    return replace(numbered, changes=tuple(Change(*key, record) for key, record in records.items()))


def write_restored(
    connection: sqlite3.Connection, decision: Decision, rows: Mapping[Key, Row | None]
) -> Decision:
    """Write a decision that restores rows as they were; what they name is not asked for, since it may be damaged too."""
    return _write_rows(connection, decision, rows)


def write_empty_decision(connection: sqlite3.Connection, decision: Decision) -> Decision:
    """Write a decision that changes no thing: that the bank itself was migrated."""
    return _write_rows(connection, decision, {})


def _write_rows(
    connection: sqlite3.Connection, decision: Decision, rows: Mapping[Key, Row | None]
) -> Decision:
    """Write the decision, its changes and the things after it; returns it with its number."""
    changes = [
        ChangeRow(kind, id, row and row.body, row.schema if row else SCHEMA, digest_of(kind, id, row))
        for (kind, id), row in rows.items()
    ]
    numbered = _write_history(connection, decision, changes)
    _write_things(connection, numbered.number, changes)
    return numbered


def _write_history(
    connection: sqlite3.Connection, decision: Decision, changes: Sequence[ChangeRow]
) -> Decision:
    """The decision with its number; dated like the one before where the clock is behind it."""
    last = connection.execute(
        "SELECT number, seal, at FROM decision ORDER BY number DESC LIMIT 1"
    ).fetchone() or (0, "", "")
    numbered = replace(decision, number=last[0] + 1)
    if decision.when < last[2]:
        numbered = replace(numbered, when=last[2], clock=decision.when)
    connection.execute(
        "INSERT INTO decision (number, act, who, at, why, undoes, seal, session, clock, seal_version) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            numbered.number,
            numbered.act,
            numbered.who,
            numbered.when,
            numbered.why,
            numbered.undoes,
            seal_of(SEAL_VERSION, last[1], numbered, changes),
            numbered.session,
            numbered.clock,
            SEAL_VERSION,
        ),
    )
    connection.executemany(
        "INSERT INTO change (decision, kind, id, body, schema, digest) VALUES (?, ?, ?, ?, ?, ?)",
        [(numbered.number, c.kind, c.id, c.body, c.schema, c.digest) for c in changes],
    )
    return numbered


def _write_things(connection: sqlite3.Connection, number: int, changes: Sequence[ChangeRow]) -> None:
    connection.executemany(
        "INSERT INTO thing (kind, id, body, decision, schema, digest) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body, decision = excluded.decision, "
        "schema = excluded.schema, digest = excluded.digest",
        [(c.kind, c.id, c.body, number, c.schema, c.digest) for c in changes if c.body is not None],
    )
    connection.executemany(
        "DELETE FROM thing WHERE kind = ? AND id = ?", [(c.kind, c.id) for c in changes if c.body is None]
    )


# -- what changes ------------------------------------------------------------------------------


def _select_changes(
    connection: sqlite3.Connection, wanted: Iterable[Change]
) -> dict[Key, tuple[Record | None, Row | None]]:
    """What really changes, in the order of kinds and ids: each thing as a record and as a row."""
    last: dict[Key, Change] = {}
    for change in wanted:
        if change.kind not in KINDS:
            raise ValueError(f"the bank holds no things of kind {change.kind!r}")
        if change.body is not None and change.kind != "candidate" and change.body.get("id") != change.id:
            raise ValueError(f"the body of {change.kind} {change.id!r} carries another id")
        last[change.kind, change.id] = change
    kept: dict[Key, tuple[Record | None, Row | None]] = {}
    for key in sorted(last, key=lambda key: (KINDS.index(key[0]), key[1])):
        now, number = _current(connection, *key)
        new = _merge_change(connection, last[key], now, number)
        row = None if new is None else Row(canonical(new))
        if row != _in_todays_schema(key[0], now):
            kept[key] = (new, row)
    return kept


def _current(connection: sqlite3.Connection, kind: str, id: str) -> tuple[Row | None, int]:
    """What a thing is now and the number of the decision that last touched it; -1 for a thing that is not there."""
    found = connection.execute(
        "SELECT body, schema, decision FROM thing WHERE kind = ? AND id = ?", (kind, id)
    ).fetchone()
    return (None, -1) if found is None else (Row(found[0], found[1]), found[2])


def _in_todays_schema(kind: str, row: Row | None) -> Row | None:
    return row if row is None or row.schema == SCHEMA else Row(canonical(_readable(kind, row)))


def _readable(kind: str, row: Row) -> Record:
    """The record of a row; an empty one of a damaged row, which is replaced whatever it says."""
    try:
        return record_of(kind, row)
    except ValueError:
        return {}


def last_touch(connection: sqlite3.Connection, kind: str, id: str) -> int:
    """The number of the decision that last touched a thing, kept or removed; 0 where none did."""
    found = connection.execute("SELECT max(decision) FROM change WHERE kind = ? AND id = ?", (kind, id))
    number: int | None = found.fetchone()[0]
    return number or 0


def _merge_change(
    connection: sqlite3.Connection, change: Change, now: Row | None, number: int
) -> Record | None:
    """What is to be written: the change's body, merged with what others have changed since it was read."""
    yours = None if change.body is None else dict(change.body)
    if change.read is None:
        return yours
    touched = number if number >= 0 else last_touch(connection, change.kind, change.id)
    if touched == change.read:
        return yours
    base = _as_read(connection, change)
    theirs = now and _readable(change.kind, now)
    merged, conflicts = merge_records(base, theirs, yours)
    if merged is not None and change.kind == "concept":
        conflicts += tuple(
            FieldConflict(f"preferred term in {language}", None, texts[0], texts[1])
            for (language, _), texts in find_preferred_rivals(merged).items()
        )
    if conflicts:
        raise ConflictError(
            message(
                "the {kind} “{id}” was changed by decision {number} since it was read.",
                kind=change.kind,
                id=change.id,
                number=touched,
            ),
            remedy=message("Read it again, and write what should hold."),
            conflicts=conflicts,
        )
    return merged


def _as_read(connection: sqlite3.Connection, change: Change) -> Record | None:
    found = connection.execute(
        "SELECT body, schema, digest FROM change WHERE kind = ? AND id = ? AND decision <= ? "
        "ORDER BY decision DESC LIMIT 1",
        (change.kind, change.id, change.read),
    ).fetchone()
    body = change_of(change.kind, change.id, *found).body if found else None
    return None if body is None else dict(body)
