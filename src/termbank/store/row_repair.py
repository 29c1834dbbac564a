"""Restore the damaged rows of a bank from the sound ones, in one transaction and as one decision.

A thing is restored from the last row of the history on it that is sound, a row of the history from the thing that it led
to. A text is kept once: what is left of a damaged one is removed, so that adding its document again brings it back. What
nothing has stays as it is, left out of what is read, and is named.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from termbank.model.decision import Decision
from termbank.store.damage import Damage, find_damage, rows_of
from termbank.store.decision_writer import write_restored
from termbank.store.derived import rebuild_derived
from termbank.store.rows import Row

_NAMED = 20
Key = tuple[str, str]


@dataclass(frozen=True)
class RowRepair:
    """What a repair did: each a list of (kind, id), of (decision, kind, id) or of hashes.

    Attributes:
        restored: things restored as they were.
        older: things restored from an earlier version, because the last one is damaged.
        lost: things that nothing has.
        history: rows of the history restored.
        history_lost: rows of the history that nothing has.
        decisions: decisions whose own row is damaged or missing.
        texts: texts and alignments whose remains were removed.
        number: the decision that says all this; 0 where nothing was repaired.
    """

    restored: tuple[Key, ...] = ()
    older: tuple[Key, ...] = ()
    lost: tuple[Key, ...] = ()
    history: tuple[tuple[int, str, str], ...] = ()
    history_lost: tuple[tuple[int, str, str], ...] = ()
    decisions: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    number: int = 0


def repair_rows(connection: sqlite3.Connection, decision: Decision) -> RowRepair:
    """Repair the rows of a bank that nobody else uses; `decision` says who and when."""
    damage = find_damage(rows_of(connection))
    if damage.is_known:
        return RowRepair()
    connection.execute("BEGIN IMMEDIATE")
    try:
        done = _repair(connection, damage, decision)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return done


def _repair(connection: sqlite3.Connection, damage: Damage, decision: Decision) -> RowRepair:
    with_history = [one for one in damage.changes if one.restored is not None]
    with _Unlocked(connection, ("change", "text_part", "alignment", "pair", "decision")):
        _restore_history(connection, damage)
        _remove_contents(connection, damage)
        _fill_gaps(connection, decision)
    restorable = [one for one in damage.things if one.restored is not None]
    connection.executemany(
        "DELETE FROM thing WHERE rowid = ?",
        [(rowid,) for one in restorable for rowid in one.rowids] + [(rowid,) for rowid in damage.strays],
    )
    connection.executemany(
        "UPDATE thing SET decision = ? WHERE rowid = ?",
        [(number, rowid) for rowid, number in damage.misdated],
    )
    done = RowRepair(
        restored=tuple(one.key for one in restorable if one.is_last),
        older=tuple(one.key for one in restorable if not one.is_last),
        lost=tuple(one.key for one in damage.things if one.restored is None),
        history=tuple((one.decision, *one.key) for one in with_history),
        history_lost=tuple((one.decision, *one.key) for one in damage.changes if one.restored is None),
        decisions=damage.decisions,
        texts=(*damage.texts, *damage.alignments),
    )
    rows: dict[Key, Row | None] = {one.key: one.restored.row for one in restorable if one.restored}
    numbered = write_restored(connection, replace(decision, why=describe(done)), rows)
    rebuild_derived(connection)
    return replace(done, number=numbered.number)


class _Unlocked:
    """Lifts the triggers that keep rows from being changed, for as long as damaged ones are replaced."""

    def __init__(self, connection: sqlite3.Connection, tables: Iterable[str]) -> None:
        self.connection = connection
        self.tables = tuple(tables)

    def __enter__(self) -> None:
        marks = ", ".join("?" * len(self.tables))
        self.triggers = self.connection.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks}) ORDER BY rowid",
            self.tables,
        ).fetchall()
        for name, _ in self.triggers:
            self.connection.execute(f"DROP TRIGGER {name}")

    def __exit__(self, *_: object) -> None:
        for _, statement in self.triggers:
            self.connection.execute(statement)


def _restore_history(connection: sqlite3.Connection, damage: Damage) -> None:
    for one in damage.changes:
        if one.restored is None:
            continue
        connection.execute("DELETE FROM change WHERE rowid = ?", (one.rowid,))
        thing = one.restored
        connection.execute(
            "INSERT OR REPLACE INTO change (rowid, decision, kind, id, body, schema, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (one.rowid or None, one.decision, thing.kind, thing.id, thing.body, thing.schema, thing.digest),
        )


def _remove_contents(connection: sqlite3.Connection, damage: Damage) -> None:
    for table, column, names in (
        ("text_part", "hash", damage.texts),
        ("pair", "alignment", damage.alignments),
        ("alignment", "hash", damage.alignments),
    ):
        connection.executemany(
            f"DELETE FROM {table} WHERE CAST({column} AS BLOB) = ?",
            [
                (str(name).encode("utf-8", "surrogateescape"),) for name in names
            ],  # the name may be damaged itself
        )


def _fill_gaps(connection: sqlite3.Connection, decision: Decision) -> None:
    """Give the changes of a decision that is gone a row that says so."""
    missing = connection.execute(
        "SELECT DISTINCT decision FROM change WHERE decision NOT IN (SELECT number FROM decision) "
        "AND decision < (SELECT coalesce(max(number), (SELECT count(*) FROM change)) + 1000 FROM decision) "
        "ORDER BY decision"
    ).fetchall()
    for (number,) in missing:
        at = connection.execute("SELECT max(at) FROM decision WHERE number < ?", (number,)).fetchone()[0]
        connection.execute(
            "INSERT INTO decision (number, act, who, at, why, seal, seal_version) VALUES (?, 'lost', ?, ?, ?, '', 2)",
            (number, decision.who, at or decision.when, "this decision was lost when the file was damaged"),
        )


def describe(done: RowRepair) -> str:
    """What a repair did, in English, as the history keeps it."""
    return "; ".join(_parts(done)) or "made again what is derived from the records"


def _parts(done: RowRepair) -> Iterator[str]:
    for what, keys in (
        ("restored", [f"{kind} {id}" for kind, id in done.restored]),
        ("restored from an earlier version", [f"{kind} {id}" for kind, id in done.older]),
        ("nothing has", [f"{kind} {id}" for kind, id in done.lost]),
        (
            "restored in the history",
            [f"{kind} {id} of decision {number}" for number, kind, id in done.history],
        ),
        (
            "lost in the history",
            [f"{kind} {id} of decision {number}" for number, kind, id in done.history_lost],
        ),
        ("damaged decisions", [str(number) for number in done.decisions]),
        ("removed the remains of texts", [name[:12] for name in done.texts]),
    ):
        if keys:
            more = f" and {len(keys) - _NAMED} more" if len(keys) > _NAMED else ""
            named = ", ".join(islice(keys, _NAMED)).encode("utf-8", "replace").decode()
            yield f"{what}: {named}{more}"
