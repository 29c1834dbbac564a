"""The search index: made from the concepts, kept in a file of its own, never part of the truth.

The index is a reader of the bank's history: it remembers the decision, and that decision's seal,
up to which it has read. Behind, it reads on; missing, damaged, of another version or of another
history, it is rebuilt beside its place and renamed. Nothing in the bank changes.

Terms are found through B-tree keys (whole, spelt, initials, id) and through FTS5 tables of our
own tokens. Those are contentless, with `detail=none`: they answer which terms hold these tokens,
in the order of row ids, and nothing else. (bm25 is not to be had from such a table: it gives
-0.0 for every row.) Row ids are given out so that short, living, well-attested terms come first,
so that the first few hundred rows are the ones worth judging.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from termbank.lookup import ranking
from termbank.model.errors import BankError
from termbank.model.progress import Progress
from termbank.model.records import Record
from termbank.store.bank import Bank
from termbank.store.documents import document_pairs
from termbank.store.index_rows import Writer, characters, create
from termbank.store.private_files import create_private_file, make_folder, remove_database, sweep

T = TypeVar("T")

VERSION = "8"
_BATCH = 2000
_MANY = 5000


class SearchIndex:
    """The index of one bank. May be shared between threads; safe beside other processes."""

    def __init__(self, bank: Bank, path: Path | None, progress: Progress | None = None) -> None:
        """`path` is the index's file; None keeps it in memory. `progress` is called with the concepts read and their number."""
        self.bank = bank
        self.path = path
        self.progress = progress
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None
        self._read: tuple[int, str] = (-1, "")
        self.simplified: dict[str, str] = {}
        self.readings: dict[str, str] = {}
        self._asked: set[str] = set()

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None
            self._read = (-1, "")

    # -- being current ---------------------------------------------------------------------

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        """All rows of a reading statement on the index as it is."""
        with self._lock:
            assert self._connection is not None, "ask `current` first"
            return self._connection.execute(sql, tuple(values)).fetchall()

    def current(self) -> None:
        """Bring the index up to the bank's last decision; whatever is wrong with it is mended."""
        with self._lock:
            latest = self.bank.latest
            if self._connection is not None and self._read[0] == latest and self._read[1] == self.bank.seal():
                return
            try:
                self._open()
                self._catch_up()
            except (sqlite3.Error, ValueError):
                self.rebuild()

    def ask_with_repair(self, ask: Callable[[], T]) -> T:
        """The answer of a reading of the index, current; asked once more where the index proves damaged."""
        self.current()
        try:
            return ask()
        except sqlite3.DatabaseError:
            self.rebuild()
            return ask()

    def state(self) -> str:
        """One word: missing, damaged, stale or current. Nothing is changed by asking."""
        if self.path is None or not self.path.exists():
            return "missing"
        try:
            connection = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True)
            try:
                if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                    return "damaged"
                about = dict(connection.execute("SELECT key, value FROM about").fetchall())
            finally:
                connection.close()
        except sqlite3.Error:
            return "damaged"
        sound = about.get("version") == VERSION and about.get("seal") == self.bank.seal()
        return "current" if sound else "stale"

    def _open(self) -> None:
        if self.path is None or not self.path.exists():
            raise ValueError("no index")
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._connection = _connect(str(self.path))
        about = dict(self.rows("SELECT key, value FROM about"))
        number, seal = int(about["number"]) if "number" in about else -1, about.get("seal", "")
        if about.get("version") != VERSION or number < 0 or self.bank.seal(number) != seal:
            raise ValueError("the index is of another version or another history")
        self._read = (number, seal)

    def _catch_up(self) -> None:
        latest = self.bank.latest
        if self._read[0] == latest:
            return
        changed = self.bank.rows(
            "SELECT DISTINCT kind, id FROM change WHERE kind IN ('concept', 'document') "
            "AND decision > ? AND decision <= ?",
            (self._read[0], latest),
        )
        concepts = [id for kind, id in changed if kind == "concept"]
        documents = [id for kind, id in changed if kind == "document"]
        if len(concepts) > 1000 and len(concepts) * 3 > self.bank.count("concept"):
            raise ValueError("rebuilding is quicker")
        assert self._connection is not None
        writer = Writer(self._connection, self.learn, self.readings)
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            for id in concepts:
                writer.remove(id)
            for _, record in self.bank.bodies("concept", concepts):
                writer.add(record)
            for id in documents:
                writer.remove_document(id)
            for _, record in self.bank.bodies("document", documents):
                writer.add_document(record, self._pairs(record))
            writer.flush()
            writer.flush_words()
            writer.stamp(VERSION, latest, self.bank.seal(latest))
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._read = (latest, self.bank.seal(latest))

    def rebuild(self) -> None:
        """Rebuild the index beside its place and rename it; keep it in memory where it cannot be written."""
        with self._lock:
            self.close()
            beside = self._beside()
            if beside is not None and self.path is not None:
                try:
                    connection, self._read = self._build(str(beside))
                    connection.close()
                    # A journal of an index that is about to be no more.
                    self.path.with_name(f"{self.path.name}-journal").unlink(missing_ok=True)
                    os.replace(beside, self.path)
                    self._connection = _connect(str(self.path))
                    return
                except (sqlite3.Error, OSError):
                    self._read = (-1, "")
                finally:
                    remove_database(beside)
            self._connection, self._read = self._build(":memory:")

    def _beside(self) -> Path | None:
        if self.path is None:
            return None
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        try:
            make_folder(self.path.parent)
            sweep(self.path.parent)
            remove_database(beside)
            create_private_file(beside)
        except OSError:  # a cache that cannot be written: an index in memory serves this once
            return None
        return beside

    def _build(self, place: str) -> tuple[sqlite3.Connection, tuple[int, str]]:
        """A whole index in a new file, and up to which decision it has read."""
        connection = _connect(place)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            latest = self.bank.latest
            stamp = (latest, self.bank.seal(latest))
            self._write_all(connection, stamp)
        except BaseException:
            connection.close()
            raise
        return connection, stamp

    def _write_all(self, connection: sqlite3.Connection, stamp: tuple[int, str]) -> None:
        known = characters()
        create(connection, known)
        simplified = {char: to for char, (to, _) in known.items()}
        readings = {char: reading for char, (_, reading) in known.items()}
        writer = Writer(connection, lambda _text: simplified, readings)
        total = self.bank.count("concept")
        if total > _MANY:
            writer.expect_many()
        for done, (_, record) in enumerate(self.bank.bodies("concept")):
            writer.add(record)
            if done % _BATCH == 0:
                writer.flush()
                if self.progress is not None:
                    self.progress(done, total)
        for _, record in self.bank.bodies("document"):
            writer.add_document(record, self._pairs(record))
        writer.flush()
        writer.flush_words()
        writer.merge()
        writer.stamp(VERSION, *stamp)
        connection.execute("CREATE INDEX term_by_concept ON term (concept)")
        connection.execute("COMMIT")
        if self.progress is not None:
            self.progress(total, total)

    def _pairs(self, record: Record) -> list[tuple[str, str]]:
        """The pairs of a document; none of one whose text is damaged, which the bank then names."""
        try:
            return list(document_pairs(self.bank, record))
        except BankError as error:
            self.bank.damaged["document", str(record["id"])] = error.fault.message
            return []

    # -- reading ---------------------------------------------------------------------------

    def learn(self, text: str) -> Mapping[str, str]:
        """See to it that `simplified` and `readings` know the characters of a text; gives `simplified`."""
        new = [char for char in set(text) - self._asked if char > "\u2e7f"]
        if new:
            with self._lock:
                for start in range(0, len(new), 500):
                    part = new[start : start + 500]
                    marks = ",".join("?" * len(part))
                    for char, simplified, reading in self.rows(
                        f"SELECT character, simplified, reading FROM character WHERE character IN ({marks})",
                        part,
                    ):
                        self.simplified[char] = simplified
                        self.readings[char] = reading
                self._asked.update(new)
        return self.simplified

    def entries(self, ids: Iterable[int]) -> list[ranking.IndexedTerm]:
        """The terms of these row ids."""
        wanted = list(ids)
        found: list[ranking.IndexedTerm] = []
        for start in range(0, len(wanted), 900):
            part = wanted[start : start + 900]
            rows = self.rows(
                "SELECT concept, text, language, status, attested, key, spelt FROM term "
                f"WHERE id IN ({','.join(map(str, part))})"
            )
            found.extend(ranking.IndexedTerm(*row) for row in rows)
        return found


def _connect(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, isolation_level=None, check_same_thread=False, timeout=30.0)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -64000")
    return connection
