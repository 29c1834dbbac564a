"""The steps from an empty file to the present schema of a bank, by name and in order.

Each step is SQL, then perhaps a function that fills new tables, and is taken once; the table `migration` lists those
taken. All of them are one transaction: where one fails, the file stays as it was. Rows of the history are never
rewritten; what older termbanks wrote is upgraded on reading. A migration of a bank that has a history is a decision of
its own. A bank with a step unknown here was written by a newer termbank and is left alone. Steps are only ever added: a
published step is never edited. The SQL is plain, so that another database can take the same steps.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from termbank.model.decision import Decision
from termbank.store.bank_file import APPLICATION_ID
from termbank.store.decision_writer import write_empty_decision
from termbank.store.derived import rebuild_derived
from termbank.store.rows import Row, digest_of


@dataclass(frozen=True)
class Migration:
    """One step: a name that is never used again, the statements that take it and the function that then fills."""

    name: str
    statements: tuple[str, ...]
    fill: Callable[[sqlite3.Connection], None] | None = None


def add_digests(connection: sqlite3.Connection) -> None:
    """Give every thing the digest of its row as it is: termbank 0.1 kept none."""
    rows = connection.execute("SELECT kind, id, body, schema FROM thing").fetchall()
    connection.executemany(
        "UPDATE thing SET digest = ? WHERE kind = ? AND id = ?",
        [(digest_of(kind, id, Row(body, schema)), kind, id) for kind, id, body, schema in rows],
    )


def _fill(connection: sqlite3.Connection) -> None:
    """Give every thing its digest, and derive what the new tables hold."""
    add_digests(connection)
    rebuild_derived(connection)


def _immutable(table: str) -> tuple[str, str]:
    """Triggers that keep the rows of a table as they were written."""
    return (
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END",
        f"CREATE TRIGGER {table}_is_kept BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never removed'); END",
    )


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
    Migration(
        "2026-12 digests, texts and references",
        (
            # The schema of the body and the SHA-256 of the row. Changes of 0.1 have no digest: their seal covers them.
            "ALTER TABLE thing ADD COLUMN schema INTEGER NOT NULL DEFAULT 1",
            "ALTER TABLE thing ADD COLUMN digest BLOB",
            "ALTER TABLE change ADD COLUMN schema INTEGER NOT NULL DEFAULT 1",
            "ALTER TABLE change ADD COLUMN digest BLOB",
            # In which run it was decided; what the clock said where it was behind; how the seal is computed.
            "ALTER TABLE decision ADD COLUMN session TEXT",
            "ALTER TABLE decision ADD COLUMN clock TEXT",
            "ALTER TABLE decision ADD COLUMN seal_version INTEGER NOT NULL DEFAULT 1",
            # Long texts and alignments, each once, under the SHA-256 of its content; documents name them by it.
            """CREATE TABLE text_part (
                hash TEXT NOT NULL,
                part INTEGER NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (hash, part)
            )""",
            "CREATE TABLE alignment (hash TEXT PRIMARY KEY, zh TEXT NOT NULL, en TEXT NOT NULL, pairs INTEGER NOT NULL)",
            """CREATE TABLE pair (
                alignment TEXT NOT NULL REFERENCES alignment (hash),
                number INTEGER NOT NULL,
                zh_start INTEGER NOT NULL,
                zh_end INTEGER NOT NULL,
                en_start INTEGER NOT NULL,
                en_end INTEGER NOT NULL,
                confidence REAL NOT NULL,
                PRIMARY KEY (alignment, number)
            )""",
            *_immutable("text_part"),
            *_immutable("alignment"),
            *_immutable("pair"),
            # Derived from the things: what names what, whose an external id is, and the queue by state.
            """CREATE TABLE reference (
                kind TEXT NOT NULL,
                id TEXT NOT NULL,
                field TEXT NOT NULL,
                target_kind TEXT NOT NULL,
                target TEXT NOT NULL
            )""",
            "CREATE INDEX reference_by_thing ON reference (kind, id)",
            "CREATE INDEX reference_by_target ON reference (target_kind, target)",
            """CREATE TABLE external_id (
                system TEXT NOT NULL,
                id TEXT NOT NULL,
                concept TEXT NOT NULL,
                PRIMARY KEY (system, id)
            )""",
            "CREATE INDEX external_id_by_concept ON external_id (concept)",
            "CREATE TABLE candidate_state (id TEXT PRIMARY KEY, state TEXT NOT NULL)",
            "CREATE INDEX candidate_by_state ON candidate_state (state)",
        ),
        _fill,
    ),
)
MIGRATED_BY = "termbank"


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
    """Take every pending step in one transaction; the names of those taken.

    A bank that has a history gains a decision that says so.
    """
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
            if step.fill is not None:
                step.fill(connection)
            connection.execute(
                "INSERT INTO migration (name, taken) VALUES (?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
                (step.name,),
            )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        if steps and connection.execute("SELECT 1 FROM decision LIMIT 1").fetchone():
            (now,) = connection.execute("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')").fetchone()
            reason = f"from the schema of termbank 0.1: {', '.join(step.name for step in steps)}"
            write_empty_decision(connection, Decision("migrate", MIGRATED_BY, now, reason))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return tuple(step.name for step in steps)
