"""The bank on disk: what it holds now, and every decision that led there.

One SQLite file. `thing` holds concepts, sources, publishers, candidates and documents whole, as canonical JSON;
`decision` and `change` are the append-only history. A decision and its effect are one transaction, and replaying the
changes gives the things again, byte for byte. Writers wait for one another. `decision_writer` writes decisions,
`history` reads them, `contents` keeps long texts and alignments. Each record is verified as it is read: one that is
damaged is left out and named in `Bank.damaged`, and the rest stays usable.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, Self

from termbank.model.concept import Concept
from termbank.model.decision import Change, Decision
from termbank.model.document import Publisher, Source
from termbank.model.errors import BankError, NotFoundError
from termbank.model.glossary import Glossary
from termbank.model.message import message
from termbank.model.records import Record, read_concept, read_publisher, read_source
from termbank.model.references import references
from termbank.store.bank_file import WAIT_SECONDS, as_bank_errors, begin_log
from termbank.store.canonical_json import KINDS, ignore
from termbank.store.decision_writer import last_touch, write_decision
from termbank.store.living import LivingThings, fits
from termbank.store.opening import create_file, open_file
from termbank.store.rows import Row, record_of

_KEPT = 4000  # concepts read one by one that are remembered until the next decision


class Bank:
    """An open bank. Close it, or use it as a context manager. May be shared between threads."""

    def __init__(self, path: Path, connection: sqlite3.Connection, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._connection = connection
        self._lock = RLock()
        self._concepts: tuple[int, dict[str, Concept]] = (-1, {})
        self._sources: tuple[int, dict[str, Source | None]] = (-1, {})
        self._glossary: tuple[int, Glossary] | None = None
        self.followers: list[Callable[[], None]] = []
        self.verifies = True
        self.damaged: dict[tuple[str, str], str] = {}
        self._living = LivingThings(self.rows)
        # The last decision that was taken while the clock was behind the one before.
        self.clock_behind: Decision | None = None
        self.search_index: object | None = None

    # -- opening ---------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path) -> Self:
        """An empty bank in a new file; BankError where something is already there."""
        return cls(path, create_file(path), read_only=False)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, wait_seconds: float = WAIT_SECONDS) -> Self:
        """The bank at `path`, read-only where it cannot be written.

        BankError, and the file as it was, where it is missing, foreign, truncated or newer.
        """
        connection, read_only = open_file(path, read_only=read_only, wait_seconds=wait_seconds)
        return cls(path, connection, read_only)

    def begin_log(self) -> None:
        """From now on readers and writers do not wait for one another (SQLite's write-ahead log).

        A new bank is written without it, so that its one file holds everything or the writing fails.
        """
        with self._lock, as_bank_errors(self.path):
            begin_log(self._connection)

    def close(self) -> None:
        with self._lock, as_bank_errors(self.path):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- reading ---------------------------------------------------------------------------

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        """All rows of a reading statement."""
        with self._lock, as_bank_errors(self.path):
            return self._connection.execute(sql, tuple(values)).fetchall()

    @property
    def latest(self) -> int:
        """The number of the last decision; 0 for an empty bank."""
        number: int | None = self.rows("SELECT max(number) FROM decision")[0][0]
        return number or 0

    def seal(self, number: int | None = None) -> str:
        """The digest of the history up to a decision (the last by default)."""
        found = self.rows(
            "SELECT seal FROM decision WHERE number = ?", (self.latest if number is None else number,)
        )
        return found[0][0] if found else ""

    def body(self, kind: str, id: str) -> Record | None:
        """What a thing is now, as a record; None where there is none or it is damaged."""
        return next((record for _, record in self.bodies(kind, (id,))), None)

    def bodies(self, kind: str, ids: Iterable[str] | None = None) -> Iterator[tuple[str, Record]]:
        """(id, record) of all things of a kind, or of those named, sorted by id; damaged ones are left out."""
        columns = "SELECT id, body, schema, digest FROM thing"
        if ids is None:  # a damaged index may lack a row without a word
            found = self.rows(f"{columns} NOT INDEXED WHERE kind = ?", (kind,))
            found.sort(key=lambda row: str(row[0]))
        else:
            found = []
            wanted = sorted(set(ids))
            for start in range(0, len(wanted), 500):
                part = wanted[start : start + 500]
                marks = ",".join("?" * len(part))
                found += self.rows(
                    f"{columns} WHERE kind = ? AND id IN ({marks}) ORDER BY id",
                    (kind, *part),
                )
        read = {row[0] for row in found}
        found.reverse()
        while found:  # each row is let go as it is read: all of them take as much memory as their records
            id, body, schema, digest = found.pop()
            record = self._verify(kind, id, Row(body, schema), digest)
            if record is not None:
                yield id, record
        if ids is None and self.verifies:
            self._note_missing(kind, read)

    def _note_missing(self, kind: str, found: set[str]) -> None:
        """Name the things of a kind that the history leads to and that are not in the bank."""
        with self._lock:
            for id in self._living.ids(kind, self.latest) - found:
                if self._living.is_sound(kind, id):
                    self.damaged[kind, id] = message("it is missing")

    def _verify(self, kind: str, id: str, row: Row, digest: bytes | None) -> Record | None:
        """The record of a row; None, and a line in `damaged`, where it is not as it was written."""
        try:
            if not self.verifies or fits(kind, id, row, digest):
                return record_of(kind, row)
            reason = message("its digest does not fit")
        except (ValueError, TypeError, AttributeError):
            reason = message("it cannot be read")
        self.damaged[kind, id] = reason
        return None

    def things(self, kinds: Iterable[str] = KINDS) -> dict[tuple[str, str], Row]:
        """What the bank holds now, as canonical text; equal to the history replayed in a sound bank."""
        wanted = tuple(kinds)
        marks = ",".join("?" * len(wanted))
        rows = self.rows(f"SELECT kind, id, body, schema FROM thing WHERE kind IN ({marks})", wanted)
        return {(kind, id): Row(body, schema) for kind, id, body, schema in rows}

    def ids(self, kind: str) -> list[str]:
        """The ids of all things of a kind, sorted."""
        return [id for (id,) in self.rows("SELECT id FROM thing WHERE kind = ? ORDER BY id", (kind,))]

    def last_touch(self, kind: str, id: str) -> int:
        """The number of the decision that last touched a thing, kept or removed; 0 where none did."""
        with self._lock, as_bank_errors(self.path):
            return last_touch(self._connection, kind, id)

    def count(self, kind: str) -> int:
        number: int = self.rows("SELECT count(*) FROM thing WHERE kind = ?", (kind,))[0][0]
        return number

    def concept(self, id: str) -> Concept:
        """The concept of this id; NotFoundError where there is none."""
        found = self.concepts([id])
        if id not in found:
            raise NotFoundError(
                message("there is no concept “{id}” in the bank.", id=id),
                remedy=message("Look it up by its term."),
            )
        return found[id]

    def concepts(self, ids: Iterable[str]) -> dict[str, Concept]:
        """The concepts of these ids, those that exist, sorted by id; nothing else is read."""
        wanted = set(ids)
        with self._lock:
            latest = self.latest
            if self._concepts[0] != latest or len(self._concepts[1]) > _KEPT:
                self._concepts = (latest, {})
            kept = self._concepts[1]
            records = dict(self.bodies("concept", wanted - kept.keys()))
            cited = (references("concept", record) for record in records.values())
            sources = self._load_sources({one.id for each in cited for one in each if one.kind == "source"})
            for id, record in records.items():
                kept[id] = read_concept(record, sources, ignore)
            return {id: kept[id] for id in sorted(wanted & kept.keys())}

    def concept_of(self, record: Record) -> Concept:
        """The concept that a record describes, with the sources that the bank has now."""
        named = {one.id for one in references("concept", record) if one.kind == "source"}
        return read_concept(record, self._load_sources(named), ignore)

    def glossary(self) -> Glossary:
        """Every concept. Kept until the next decision, so that asking twice costs nothing."""
        with self._lock:
            latest = self.latest
            if self._glossary is None or self._glossary[0] != latest:
                self._glossary = (latest, self._read_glossary())
            return self._glossary[1]

    def _read_glossary(self) -> Glossary:
        sources = self.sources()
        concepts = (read_concept(record, sources, ignore) for _, record in self.bodies("concept"))
        return Glossary.of(concepts, self.path.stem)

    def source(self, id: str) -> Source | None:
        return self._load_sources({id}).get(id)

    def sources(self) -> dict[str, Source]:
        """Every source, cited or not, sorted by id; of a damaged one, only the id."""
        publishers = self.publishers()
        found = {id: read_source(record, publishers, ignore) for id, record in self.bodies("source")}
        return found | {id: Source(id, id) for kind, id in self.damaged if kind == "source"}

    def publishers(self) -> dict[str, Publisher]:
        """Every publisher, sorted by id."""
        return {id: read_publisher(record, ignore) for id, record in self.bodies("publisher")}

    def _load_sources(self, ids: set[str]) -> dict[str, Source]:
        with self._lock:
            latest = self.latest
            if self._sources[0] != latest:
                self._sources = (latest, {})
            kept = self._sources[1]
            missing = ids - kept.keys()
            if missing:
                records = dict(self.bodies("source", missing))
                named = {str(r["publisher"]) for r in records.values() if r.get("publisher")}
                publishers = {id: read_publisher(r, ignore) for id, r in self.bodies("publisher", named)}
                for id in missing:
                    record = records.get(id)
                    if record:
                        kept[id] = read_source(record, publishers, ignore)
                    else:  # of a damaged source, the id is known
                        kept[id] = Source(id, id) if ("source", id) in self.damaged else None
            return {id: source for id in ids if (source := kept.get(id)) is not None}

    # -- deciding --------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self.read_only:
            raise BankError(
                message("the bank is read-only; nothing was written."),
                file=str(self.path),
                remedy=message("Give a --bank that can be written."),
            )
        with self._lock, as_bank_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @property
    def is_deciding(self) -> bool:
        """Whether a decision is being taken, within which alone the bank is written; a dry run takes none."""
        return self._connection.in_transaction

    def write(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run a writing statement for each row, within the decision that is being taken."""
        with self._lock, as_bank_errors(self.path):
            if not self._connection.in_transaction:
                raise RuntimeError("only a decision writes")
            self._connection.executemany(sql, rows)

    def decide(self, decision: Decision, changes: Callable[[], Iterable[Change]] | None = None) -> Decision:
        """Take a decision: its changes and its place in the history, or nothing at all.

        `changes`, where given, is called within the transaction, so that what it reads of the bank
        is what it changes, whoever else is writing; it adds to the decision's own. Changes that leave
        a thing as it is are dropped. A decision that changes nothing is not kept: its number is 0.

        Raises:
            ConflictError: A reference would have no target, or a field was changed since it was read.
        """
        with self._writing() as connection:
            wanted = (*decision.changes, *(changes() if changes is not None else ()))
            taken = write_decision(connection, decision, wanted)
        if taken.number:
            if taken.clock is not None:
                self.clock_behind = taken
            for change in taken.changes:
                self.damaged.pop((change.kind, change.id), None)
            for follow in self.followers:
                follow()
        return taken
