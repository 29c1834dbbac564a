"""The steps from an empty file to the present schema of a bank, by name and in order.

Each step is SQL and is taken once; the table `migration` lists those taken. A bank with a step unknown here was written by
a newer termbank and is left alone. Steps are only ever added: a published step is never edited. The SQL is plain, so
that another database can take the same steps.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

APPLICATION_ID = 0x54424E4B  # “TBNK”, at byte 68 of the file


@dataclass(frozen=True)
class Migration:
    """One step: a name that is never used again and the statements that take it."""

    name: str
    statements: tuple[str, ...]


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        "2026-11 things and decisions",
        (
            # What the bank holds now: one row, one canonical JSON body.
            """CREATE TABLE thing (
                kind TEXT NOT NULL,
                id TEXT NOT NULL,
                body TEXT NOT NULL,
                decision INTEGER NOT NULL,
                PRIMARY KEY (kind, id)
            )""",
            # Who decided what and when. `seal` is the digest of this decision with its changes and
            # of the seal before it, so that two histories with one seal are one history.
            """CREATE TABLE decision (
                number INTEGER PRIMARY KEY,
                act TEXT NOT NULL,
                who TEXT NOT NULL,
                at TEXT NOT NULL,
                why TEXT,
                undoes INTEGER REFERENCES decision (number),
                seal TEXT NOT NULL
            )""",
            # What each decision left behind; a body of NULL means that the thing was removed.
            """CREATE TABLE change (
                decision INTEGER NOT NULL REFERENCES decision (number),
                kind TEXT NOT NULL,
                id TEXT NOT NULL,
                body TEXT,
                PRIMARY KEY (decision, kind, id)
            )""",
            "CREATE INDEX change_by_thing ON change (kind, id, decision)",
            "CREATE TRIGGER decision_stays BEFORE UPDATE ON decision "
            "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END",
            "CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision "
            "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END",
            "CREATE TRIGGER change_stays BEFORE UPDATE ON change "
            "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END",
            "CREATE TRIGGER change_is_kept BEFORE DELETE ON change "
            "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END",
        ),
    ),
)


def taken(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The names of the steps the bank has taken, in order; none for an empty file."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'")
    if known.fetchone() is None:
        return ()
    return tuple(name for (name,) in connection.execute("SELECT name FROM migration ORDER BY number"))


def newer(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Steps the bank has taken that this termbank does not know."""
    known = {migration.name for migration in MIGRATIONS}
    return tuple(name for name in taken(connection) if name not in known)


def pending(connection: sqlite3.Connection) -> tuple[Migration, ...]:
    """Steps still to take, in order."""
    done = set(taken(connection))
    return tuple(migration for migration in MIGRATIONS if migration.name not in done)


def migrate(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Take every pending step in one transaction; the names of those taken."""
    if not pending(connection):
        return ()
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS migration "
            "(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, taken TEXT NOT NULL)"
        )
        steps = pending(connection)  # another process may have taken them while this one waited
        for step in steps:
            for statement in step.statements:
                connection.execute(statement)
            connection.execute(
                "INSERT INTO migration (name, taken) VALUES (?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
                (step.name,),
            )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return tuple(step.name for step in steps)
