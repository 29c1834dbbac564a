"""The search index: made from the concepts, kept in a file of its own, never part of the truth.

The index is a reader of the bank's history: it remembers the decision, and that decision's seal,
up to which it has read. Behind, it reads on; missing, damaged, of another version or of another
history, it is built anew beside its place and put there whole. Nothing in the bank changes.

Terms are found through B-tree keys (whole, spelt, initials, id) and through FTS5 tables of our
own tokens. Those are contentless, with `detail=none`: they answer which terms hold these tokens,
in the order of row ids, and nothing else. (bm25 is not to be had from such a table: it gives
-0.0 for every row.) Row ids are given out so that short, living, well-attested terms come first,
so that the first few hundred rows are the ones worth judging.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from threading import RLock
from typing import Any

from termbank.core.concept import Status
from termbank.core.language import Language
from termbank.lang import pinyin
from termbank.lang.fold import fold
from termbank.match import search
from termbank.store.bank import Bank

Progress = Callable[[int, int], None]

VERSION = "1"
KEY, SOUND, INITIALS, ID = range(4)
START, END = "‹", "›"  # the edges of a word, as letters of its grams
_RANK = {status.value: status.rank for status in Status}
_SEQUENCE_BITS = 36
_BATCH = 2000

_SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE term (
    id INTEGER PRIMARY KEY, concept TEXT NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL,
    status INTEGER NOT NULL, attested INTEGER NOT NULL, key TEXT NOT NULL, spelt TEXT NOT NULL
);
CREATE TABLE key (kind INTEGER NOT NULL, key TEXT NOT NULL, term INTEGER NOT NULL,
    PRIMARY KEY (kind, key, term)) WITHOUT ROWID;
CREATE TABLE concept (id TEXT PRIMARY KEY, chinese TEXT NOT NULL, english TEXT NOT NULL, status TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, stem TEXT NOT NULL, terms INTEGER NOT NULL);
CREATE TABLE character (character TEXT PRIMARY KEY, simplified TEXT NOT NULL, reading TEXT NOT NULL) WITHOUT ROWID;
"""
_TOKENS = ("hanzi", "english", "sound", "slip")
_TOKENIZER = "tokenize = \"ascii tokenchars '+'\""


class SearchIndex:
    """The index of one bank. May be shared between threads; safe beside other processes."""

    def __init__(self, bank: Bank, path: Path | None, progress: Progress | None = None) -> None:
        """`path` is the index's file; None keeps it in memory. `progress` is told of concepts read, of how many."""
        self.bank = bank
        self.path = path
        self.progress = progress
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None
        self._read: tuple[int, str] = (-1, "")
        self._characters: dict[str, tuple[str, str]] = {}

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
            "SELECT DISTINCT id FROM change WHERE kind = 'concept' AND decision > ? AND decision <= ?",
            (self._read[0], latest),
        )
        if len(changed) > 1000 and len(changed) * 3 > self.bank.count("concept"):
            raise ValueError("building anew is quicker")
        assert self._connection is not None
        writer = _Writer(self._connection, self.characters)
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            ids = [id for (id,) in changed]
            for id in ids:
                writer.remove(id)
            for _, record in self.bank.bodies("concept", ids):
                writer.add(record)
            writer.flush()
            writer.stamp(latest, self.bank.seal(latest))
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._read = (latest, self.bank.seal(latest))

    def rebuild(self) -> None:
        """Build the index anew, beside its place, and put it there whole."""
        with self._lock:
            self.close()
            beside = self._beside()
            connection = _connect(str(beside) if beside else ":memory:")
            try:
                latest = self.bank.latest
                seal = self.bank.seal(latest)
                self._build(connection, latest, seal)
            except BaseException:
                connection.close()
                if beside:
                    _remove(beside)
                raise
            self._read = (latest, seal)
            if beside is None or self.path is None:
                self._connection = connection
                return
            connection.execute("PRAGMA journal_mode = WAL")
            connection.close()
            _remove(self.path, logs_only=True)
            os.replace(beside, self.path)
            _remove(beside)
            self._connection = _connect(str(self.path))

    def _beside(self) -> Path | None:
        if self.path is None:
            return None
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _remove(beside)
            beside.open("xb").close()
        except OSError:  # a cache that cannot be written: an index in memory serves this once
            return None
        return beside

    def _build(self, connection: sqlite3.Connection, latest: int, seal: str) -> None:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        for name in _TOKENS:
            connection.execute(
                f"CREATE VIRTUAL TABLE {name} USING fts5 (tokens, content='', detail=none, columnsize=0, {_TOKENIZER})"
            )
        characters = dict(_characters())
        connection.executemany(
            "INSERT INTO character VALUES (?, ?, ?)", [(c, s, r) for c, (s, r) in characters.items()]
        )
        writer = _Writer(connection, lambda text: {c: characters[c] for c in text if c in characters})
        total = self.bank.count("concept")
        for done, (_, record) in enumerate(self.bank.bodies("concept")):
            writer.add(record)
            if done % _BATCH == 0:
                writer.flush()
                if self.progress is not None:
                    self.progress(done, total)
        writer.flush()
        writer.stamp(latest, seal)
        connection.execute("CREATE INDEX term_by_concept ON term (concept)")
        connection.execute("COMMIT")
        if self.progress is not None:
            self.progress(total, total)

    # -- reading ---------------------------------------------------------------------------

    def characters(self, text: str) -> Mapping[str, tuple[str, str]]:
        """(simplified, reading) of the Han characters of a text, as the index knows them."""
        with self._lock:
            new = [char for char in set(text) if char > "\u2e7f" and char not in self._characters]
            for start in range(0, len(new), 500):
                part = new[start : start + 500]
                marks = ",".join("?" * len(part))
                for char, simplified, reading in self.rows(
                    f"SELECT character, simplified, reading FROM character WHERE character IN ({marks})", part
                ):
                    self._characters[char] = (simplified, reading)
            return self._characters

    def entries(self, ids: Iterable[int]) -> list[search.Entry]:
        """The terms of these row ids."""
        wanted = list(ids)
        found: list[search.Entry] = []
        for start in range(0, len(wanted), 900):
            part = wanted[start : start + 900]
            rows = self.rows(
                "SELECT concept, text, language, status, attested, key, spelt FROM term "
                f"WHERE id IN ({','.join(map(str, part))})"
            )
            found.extend(search.Entry(*row) for row in rows)
        return found


def _connect(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, isolation_level=None, check_same_thread=False, timeout=30.0)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -16000")
    return connection


def _remove(path: Path, *, logs_only: bool = False) -> None:
    for suffix in ("-wal", "-shm") if logs_only else ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _characters() -> Iterator[tuple[str, tuple[str, str]]]:
    """Every common character, and every one that has another simplified form, with that form and its reading."""
    from pypinyin.constants import PINYIN_DICT

    from termbank.lang.script import simplified_map

    simplified = simplified_map()
    for char in {chr(code) for code in range(0x4E00, 0xA000)} | simplified.keys():
        plain = simplified.get(char, char)
        reading = pinyin.typed(PINYIN_DICT.get(ord(plain), "").partition(",")[0]) or ""
        yield char, (plain, reading)


class _Writer:
    """Puts concepts into an index, and takes them out."""

    def __init__(
        self, connection: sqlite3.Connection, characters: Callable[[str], Mapping[str, tuple[str, str]]]
    ) -> None:
        self.connection = connection
        self.characters = characters
        found = connection.execute("SELECT value FROM about WHERE key = 'sequence'").fetchone()
        self.sequence = int(found[0]) if found else 0
        self.terms: list[tuple[Any, ...]] = []
        self.keys: list[tuple[int, str, int]] = []
        self.tokens: dict[str, list[tuple[int, str]]] = {name: [] for name in _TOKENS}
        self.words: Counter[str] = Counter()
        self.concepts: list[tuple[str, str, str, str]] = []

    def add(self, record: Mapping[str, Any]) -> None:
        concept = str(record["id"])
        terms = record.get("term", ())
        attested = sum(len(term.get("attestations", ())) for term in terms)
        first = None
        for term in terms:
            entry = self._entry(concept, term, attested)
            row = self._row_id(entry)
            first = row if first is None else min(first, row)
            self.terms.append((row, *_fields(entry)))
            self.keys.extend((kind, key, row) for kind, key in _keys(entry))
            for name, tokens in _tokens(entry):
                self.tokens[name].append((row, tokens))
            if not entry.is_chinese:
                self.words.update(set(entry.key.split()))
        if first is not None:
            self.keys.append((ID, concept, first))
        self.concepts.append((concept, *_shown(terms)))

    def _entry(self, concept: str, term: Mapping[str, Any], attested: int) -> search.Entry:
        text, language = str(term["text"]), str(term["language"])
        key = search.plain(text) or fold(text)
        spelt = ""
        if language != Language.EN:
            known = self.characters(key)
            key = "".join(known[char][0] if char in known else char for char in key)
            spelt = " ".join(pinyin.syllables(key))
        status = _RANK.get(str(term.get("status", "proposed")), Status.PROPOSED.rank)
        return search.Entry(concept, text, language, status, attested, key, spelt)

    def _row_id(self, entry: search.Entry) -> int:
        length = len(entry.key) * (3 if entry.is_chinese else 1)
        bucket = min(length, 200) + 60 * (entry.status >= Status.SUPERSEDED.rank)
        bucket += 20 - (8 + 2 * min(entry.attested, 6) if entry.attested else 0)
        self.sequence += 1
        return (max(bucket, 0) << _SEQUENCE_BITS) | self.sequence

    def flush(self) -> None:
        run = self.connection.executemany
        run("INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self.terms)
        run("INSERT OR IGNORE INTO key VALUES (?, ?, ?)", sorted(self.keys))
        for name, rows in self.tokens.items():
            run(f"INSERT INTO {name} (rowid, tokens) VALUES (?, ?)", sorted(rows))
        self._flush_words()
        run("INSERT INTO concept VALUES (?, ?, ?, ?)", self.concepts)
        self.terms, self.keys, self.concepts = [], [], []
        self.tokens = {name: [] for name in _TOKENS}

    def _flush_words(self) -> None:
        for word, terms in sorted(self.words.items()):
            changed = self.connection.execute(
                "UPDATE word SET terms = terms + ? WHERE word = ?", (terms, word)
            )
            if changed.rowcount:
                continue
            row = self.connection.execute(
                "INSERT INTO word (word, stem, terms) VALUES (?, ?, ?)", (word, search.stem(word), terms)
            ).lastrowid
            spelt = " ".join(search.grams(START + word + END))
            self.connection.execute("INSERT INTO slip (rowid, tokens) VALUES (?, ?)", (row, spelt))
        self.words = Counter()

    def remove(self, concept: str) -> None:
        rows = self.connection.execute(
            "SELECT id, concept, text, language, status, attested, key, spelt FROM term WHERE concept = ?",
            (concept,),
        ).fetchall()
        for row, *fields in rows:
            entry = search.Entry(*fields)
            for name, tokens in _tokens(entry):
                self.connection.execute(
                    f"INSERT INTO {name} ({name}, rowid, tokens) VALUES ('delete', ?, ?)", (row, tokens)
                )
            self.connection.executemany(
                "DELETE FROM key WHERE kind = ? AND key = ? AND term = ?",
                [(kind, key, row) for kind, key in (*_keys(entry), (ID, concept))],
            )
        self.connection.execute("DELETE FROM term WHERE concept = ?", (concept,))
        self.connection.execute("DELETE FROM concept WHERE id = ?", (concept,))

    def stamp(self, number: int, seal: str) -> None:
        """Say up to which decision the index has read."""
        values = {"version": VERSION, "number": str(number), "seal": seal, "sequence": str(self.sequence)}
        self.connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", values.items())


def _shown(terms: Iterable[Mapping[str, Any]]) -> tuple[str, str, str]:
    """The headword, the rendering and its status, as a list of concepts shows them (see `core.concept`)."""
    chinese = english = status = ""
    for term in terms:  # records keep the terms' fixed order
        living = _RANK.get(str(term.get("status", "proposed")), 0) <= Status.PROPOSED.rank
        if term["language"] != Language.EN:
            chinese = chinese or str(term["text"])
        elif not english and living:
            english, status = str(term["text"]), str(term.get("status", "proposed"))
    return chinese or english, english, status


def _fields(entry: search.Entry) -> tuple[Any, ...]:
    return (
        entry.concept,
        entry.text,
        entry.language,
        entry.status,
        entry.attested,
        entry.key,
        entry.spelt,
    )


def _keys(entry: search.Entry) -> Iterator[tuple[int, str]]:
    """Everything a term is found by when it is given whole."""
    yield KEY, entry.key.replace(" ", "")
    if entry.is_chinese:
        spelt = tuple(entry.spelt.split())
        if spelt:
            yield SOUND, "".join(spelt)
            yield SOUND, pinyin.blurred("".join(spelt))
            yield INITIALS, pinyin.initials(spelt)
    else:
        words = entry.key.split()
        if len(words) > 1:
            for first in search.first_letters(words):
                yield INITIALS, first


def _tokens(entry: search.Entry) -> Iterator[tuple[str, str]]:
    """(table, tokens) by which a term is found in part."""
    if entry.is_chinese:
        yield "hanzi", " ".join(dict.fromkeys((*search.units(entry.key), *search.pairs(entry.key))))
        letters = pinyin.blurred(entry.spelt.replace(" ", ""))
        if len(letters) > 2:
            yield "sound", " ".join(search.grams(letters))
    else:
        yield "english", " ".join(dict.fromkeys(search.stem(word) for word in entry.key.split()))
