"""The tables that are derived from the things: references, external ids and the state of candidates.

They are written with each decision, can be made again from the things at any time, and are what references are checked
against: no thing names a source, publisher or concept that is not in the bank, and an external id belongs to one concept.
What a candidate of the queue names is listed and not enforced, since a candidate outlives what it was found in, and so is
what an origin names, which outlives a concept that was removed here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from termbank.model.errors import ConflictError
from termbank.model.message import message
from termbank.model.records import Record
from termbank.model.references import Reference, references
from termbank.store.rows import Row, record_of

Key = tuple[str, str]
_ENFORCED = ("concept", "source", "document")
"""The kinds whose references must have a target."""


def write_derived(connection: sqlite3.Connection, new: Mapping[Key, Record | None]) -> None:
    """Derive the rows of the changed things, and check what they name.

    Raises:
        ConflictError: A reference has no target, or an external id belongs to another concept.
    """
    rows = derive_rows((key, record) for key, record in new.items() if record is not None)
    _check_targets(connection, new, rows["reference"])
    _remove(connection, new)
    _insert(connection, rows)
    _check_removed(connection, new)


def rebuild_derived(connection: sqlite3.Connection) -> None:
    """Make every derived row again from the things."""
    for table in ("reference", "external_id", "candidate_state"):
        connection.execute(f"DELETE FROM {table}")
    _insert(connection, derive_rows(_readable_things(connection)))


def _readable_things(connection: sqlite3.Connection) -> Iterator[tuple[Key, Record]]:
    for kind, id, body, schema in connection.execute("SELECT kind, id, body, schema FROM thing").fetchall():
        with suppress(ValueError):  # a damaged thing names nothing until it is repaired
            yield (kind, id), record_of(kind, Row(body, schema))


def derive_rows(things: Iterable[tuple[Key, Record]]) -> dict[str, set[tuple[Any, ...]]]:
    """By table, the rows that these things give."""
    found: dict[str, set[tuple[Any, ...]]] = {
        "reference": set(),
        "external_id": set(),
        "candidate_state": set(),
    }
    for (kind, id), record in things:
        found["reference"].update((kind, id, *one) for one in references(kind, record))
        found["external_id"].update(_external_ids(kind, id, record))
        found["candidate_state"].update(_states(kind, id, record))
    return found


def _external_ids(kind: str, id: str, record: Record) -> Iterator[tuple[str, str, str]]:
    if kind == "concept":
        yield from ((str(one["system"]), str(one["id"]), id) for one in record.get("ids", ()))


def _states(kind: str, id: str, record: Record) -> Iterator[tuple[str, str]]:
    if kind == "candidate":
        yield id, str(record.get("state", "waiting"))


def _insert(connection: sqlite3.Connection, rows: Mapping[str, Iterable[tuple[Any, ...]]]) -> None:
    """Insert what `derive_rows` gives."""
    connection.executemany(
        "INSERT INTO reference (kind, id, field, target_kind, target) VALUES (?, ?, ?, ?, ?)",
        sorted(rows["reference"]),
    )
    connection.executemany(
        "INSERT INTO candidate_state (id, state) VALUES (?, ?)", sorted(rows["candidate_state"])
    )
    for system, external, concept in sorted(rows["external_id"]):
        owner = connection.execute(
            "SELECT concept FROM external_id WHERE system = ? AND id = ?", (system, external)
        ).fetchone()
        if owner is not None and owner[0] != concept:
            raise ConflictError(
                message(
                    "the id “{id}” of {system} belongs to the concept “{owner}” already, and cannot be given to “{concept}”.",
                    id=external,
                    system=system,
                    owner=owner[0],
                    concept=concept,
                )
            )
        connection.execute(
            "INSERT INTO external_id (system, id, concept) VALUES (?, ?, ?)", (system, external, concept)
        )


def _remove(connection: sqlite3.Connection, keys: Iterable[Key]) -> None:
    listed = list(keys)
    connection.executemany("DELETE FROM reference WHERE kind = ? AND id = ?", listed)
    concepts = [(id,) for kind, id in listed if kind == "concept"]
    connection.executemany("DELETE FROM external_id WHERE concept = ?", concepts)
    candidates = [(id,) for kind, id in listed if kind == "candidate"]
    connection.executemany("DELETE FROM candidate_state WHERE id = ?", candidates)


# -- checking ----------------------------------------------------------------------------------


def _check_targets(
    connection: sqlite3.Connection,
    new: Mapping[Key, Record | None],
    named: Iterable[tuple[Any, ...]],
) -> None:
    """Check that what the changed things name is there.

    A concept that the thing named before is not asked for: banks of 0.1 hold references to concepts that are not there.
    The rows of before are still in the table.
    """
    known: set[Key] = {key for key, record in new.items() if record is not None}
    for kind, id, *reference in sorted(row for row in named if row[0] in _ENFORCED):
        _, target_kind, target = reference
        if (target_kind, target) in known:
            continue
        if _is_there(connection, target_kind, target):
            known.add((target_kind, target))
        elif target_kind != "concept" or not _was_named(connection, kind, id, target):
            raise _no_target(kind, id, Reference(*reference))


def _is_there(connection: sqlite3.Connection, kind: str, id: str) -> bool:
    found = connection.execute("SELECT 1 FROM thing WHERE kind = ? AND id = ?", (kind, id))
    return found.fetchone() is not None


def _was_named(connection: sqlite3.Connection, kind: str, id: str, concept: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM reference WHERE kind = ? AND id = ? AND target_kind = 'concept' AND target = ?",
        (kind, id, concept),
    )
    return found.fetchone() is not None


def _check_removed(connection: sqlite3.Connection, new: Mapping[Key, Record | None]) -> None:
    """Check that nothing that stays names what is removed."""
    for (kind, id), record in new.items():
        if record is not None:
            continue
        found = connection.execute(
            "SELECT kind, id, field FROM reference WHERE target_kind = ? AND target = ? "
            "AND kind NOT IN ('candidate', 'origin') ORDER BY kind, id LIMIT 1",
            (kind, id),
        ).fetchone()
        if found is not None:
            raise _no_target(found[0], found[1], Reference(found[2], kind, id))


def _no_target(kind: str, id: str, reference: Reference) -> ConflictError:
    return ConflictError(
        message(
            "the {citing} “{wanted}” names the {named} “{id}”, which would not be in the bank.",
            citing=kind,
            wanted=id,
            named=reference.kind,
            id=reference.id,
        )
    )
