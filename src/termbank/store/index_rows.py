"""Concepts and documents as rows of the search index: the keys each is found by, and how its rows are removed.

The token tables keep no text of their own, so a row is removed by giving its tokens once more: everything here depends
on the record alone, and a change here needs a new version of the index.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any

from termbank.lookup import query_keys
from termbank.model.concept import Status
from termbank.model.language import Language
from termbank.text import pinyin
from termbank.text.morphology_en import inflection_stem
from termbank.text.normalize import fold

KEY, SOUND, INITIALS, ID = range(4)
START, END = "‹", "›"  # the edges of a word, as letters of its grams
_ENGLISH = Language.EN.value
_RANK = {status.value: status.rank for status in Status}
_PROPOSED, _SUPERSEDED = Status.PROPOSED.rank, Status.SUPERSEDED.rank
_SEQUENCE_BITS = 36
_BATCH = 2000
_USUAL = {"automerge": 4, "hashsize": 1 << 20}
"""FTS5's own settings."""
_FOR_MANY = {"automerge": 0, "hashsize": 16 << 20}
"""While many rows are added, more of them are gathered in memory, and all are merged once, at the end."""

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
CREATE TABLE document (id TEXT PRIMARY KEY, title TEXT NOT NULL, zh_source TEXT, en_source TEXT) WITHOUT ROWID;
CREATE TABLE pair (id INTEGER PRIMARY KEY, document TEXT NOT NULL, number INTEGER NOT NULL,
    zh TEXT NOT NULL, en TEXT NOT NULL);
CREATE INDEX pair_by_document ON pair (document);
CREATE TABLE character (character TEXT PRIMARY KEY, simplified TEXT NOT NULL, reading TEXT NOT NULL) WITHOUT ROWID;
"""
TOKENS = ("hanzi", "english", "sound", "slip", "pair_zh", "pair_en")
_TOKENIZER = "tokenize = \"ascii tokenchars '+'\""


def create(connection: sqlite3.Connection, known: Mapping[str, tuple[str, str]]) -> None:
    """The empty tables, and the characters; leaves a transaction open."""
    connection.executescript(_SCHEMA)
    connection.execute("BEGIN")
    for name in TOKENS:
        connection.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5 (tokens, content='', detail=none, columnsize=0, {_TOKENIZER})"
        )
    rows = [(char, simplified, reading) for char, (simplified, reading) in known.items()]
    connection.executemany("INSERT INTO character VALUES (?, ?, ?)", rows)


@lru_cache(maxsize=1)
def characters() -> Mapping[str, tuple[str, str]]:
    """Every common character, and every one that has another simplified form, with that form and its reading."""
    from pypinyin.constants import PINYIN_DICT

    from termbank.text.scripts import simplified_characters

    simplified = simplified_characters()
    found = {}
    for char in sorted({chr(code) for code in range(0x4E00, 0xA000)} | simplified.keys()):
        plain = simplified.get(char, char)
        reading = pinyin.typed(PINYIN_DICT.get(ord(plain), "").partition(",")[0]) or ""
        found[char] = (plain, reading)
    return found


class Writer:
    """Puts concepts into an index, and takes them out."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        simplified: Callable[[str], Mapping[str, str]],
        readings: Mapping[str, str],
    ) -> None:
        """`simplified` gives, for a text, a mapping that knows its characters; `readings` then knows them too."""
        self.connection = connection
        self.simplified = simplified
        self.readings = readings
        found = connection.execute("SELECT value FROM about WHERE key = 'sequence'").fetchone()
        self.sequence = int(found[0]) if found else 0
        self.terms: list[tuple[Any, ...]] = []
        self.keys: list[tuple[int, str, int]] = []
        self.tokens: dict[str, list[tuple[int, str]]] = {name: [] for name in TOKENS}
        self.words: Counter[str] = Counter()
        self.constant: Mapping[str, str] = {}
        self.concepts: list[tuple[str, str, str, str]] = []

    def expect_many(self) -> None:
        """Make ready what is worth making for thousands of terms, and what the rows of tokens are gathered in."""
        self.constant = pinyin.constant_readings()
        for name in TOKENS:
            for option, value in _FOR_MANY.items():
                self._configure(name, option, value)

    def add(self, record: Mapping[str, Any]) -> None:
        """Add a concept; plain loops and tuples, since a bank has hundreds of thousands of terms."""
        concept = str(record["id"])
        terms = record.get("term", ())
        attested = sum(len(term.get("attestations", ())) for term in terms)
        earlier = 20 - (8 + 2 * min(attested, 6) if attested else 0)
        first = None
        for term in terms:
            text, language = str(term["text"]), str(term["language"])
            is_chinese = language != _ENGLISH
            key, spelt = self._key_and_spelling(text, is_chinese)
            status = _RANK.get(term.get("status", "proposed"), _PROPOSED)
            self.sequence += 1
            bucket = min(len(key) * (3 if is_chinese else 1), 200) + earlier + 60 * (status >= _SUPERSEDED)
            row = (bucket << _SEQUENCE_BITS) | self.sequence
            first = row if first is None else min(first, row)
            self.terms.append((row, concept, text, language, status, attested, key, spelt))
            keys, tokens = _chinese_rows(key, spelt) if is_chinese else _english_rows(key)
            self.keys += [(kind, found, row) for kind, found in keys]
            for name, found in tokens:
                self.tokens[name].append((row, found))
            if not is_chinese:
                self.words.update(set(key.split()))
        if first is not None:
            self.keys.append((ID, concept, first))
        self.concepts.append((concept, *_shown(terms)))

    def _key_and_spelling(self, text: str, is_chinese: bool) -> tuple[str, str]:
        key = query_keys.search_key(text) or fold(text)
        if not is_chinese:
            return key, ""
        key = query_keys.simplify(key, self.simplified(key))
        return key, self._spelt(key)

    def _spelt(self, key: str) -> str:
        """How the key is read in context and, after a bar, character by character where that differs."""
        with suppress(KeyError):
            return " ".join(map(self.constant.__getitem__, key))
        spelt = " ".join(pinyin.syllables(key))
        plainly = " ".join(
            self.readings.get(unit, unit if unit.isalnum() else "") for unit in query_keys.units(key)
        )
        plainly = " ".join(plainly.split())
        return spelt if plainly == spelt or not plainly.isascii() else f"{spelt}|{plainly}"

    def flush(self) -> None:
        run = self.connection.executemany
        run("INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self.terms)
        run("INSERT OR IGNORE INTO key VALUES (?, ?, ?)", sorted(self.keys))
        for name, rows in self.tokens.items():
            run(f"INSERT INTO {name} (rowid, tokens) VALUES (?, ?)", sorted(rows))
        run("INSERT INTO concept VALUES (?, ?, ?, ?)", self.concepts)
        self.terms, self.keys, self.concepts = [], [], []
        self.tokens = {name: [] for name in TOKENS}

    def flush_words(self) -> None:
        """Write the counts of the words of all terms added; once, since most words are in many of them."""
        for word, terms in sorted(self.words.items()):
            changed = self.connection.execute(
                "UPDATE word SET terms = terms + ? WHERE word = ?", (terms, word)
            )
            if changed.rowcount:
                continue
            row = self.connection.execute(
                "INSERT INTO word (word, stem, terms) VALUES (?, ?, ?)", (word, inflection_stem(word), terms)
            ).lastrowid
            spelt = " ".join(query_keys.grams(START + word + END))
            self.connection.execute("INSERT INTO slip (rowid, tokens) VALUES (?, ?)", (row, spelt))
        self.words = Counter()

    def merge(self) -> None:
        """Put every token's rows in one place, once many have been added: queries read less."""
        for name in TOKENS:
            self.connection.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
            for option, value in _USUAL.items():
                self._configure(name, option, value)

    def _configure(self, table: str, option: str, value: int) -> None:
        self.connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", (option, value))

    def remove(self, concept: str) -> None:
        rows = self.connection.execute(
            "SELECT id, language, key, spelt FROM term WHERE concept = ?", (concept,)
        ).fetchall()
        for row, language, key, spelt in rows:
            keys, tokens = _english_rows(key) if language == _ENGLISH else _chinese_rows(key, spelt)
            for name, found in tokens:
                self.connection.execute(
                    f"INSERT INTO {name} ({name}, rowid, tokens) VALUES ('delete', ?, ?)", (row, found)
                )
            self.connection.executemany(
                "DELETE FROM key WHERE kind = ? AND key = ? AND term = ?",
                [(kind, found, row) for kind, found in (*keys, (ID, concept))],
            )
        self.connection.execute("DELETE FROM term WHERE concept = ?", (concept,))
        self.connection.execute("DELETE FROM concept WHERE id = ?", (concept,))

    # -- documents -------------------------------------------------------------------------

    def add_document(self, record: Mapping[str, Any], pairs: Iterable[tuple[str, str]]) -> None:
        id = str(record["id"])
        sources = [record.get(side, {}).get("source") for side in ("zh", "en")]
        self.connection.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?)", (id, str(record.get("title", "")), *sources)
        )
        found = self.connection.execute("SELECT max(id) FROM pair").fetchone()[0] or 0
        rows = ((found + 1 + number, id, number, zh, en) for number, (zh, en) in enumerate(pairs))
        while part := list(islice(rows, _BATCH)):
            self.connection.executemany("INSERT INTO pair VALUES (?, ?, ?, ?, ?)", part)
            for name, column in (("pair_zh", 3), ("pair_en", 4)):
                tokens = _zh_tokens if name == "pair_zh" else _en_tokens
                self.connection.executemany(
                    f"INSERT INTO {name} (rowid, tokens) VALUES (?, ?)",
                    [(row[0], tokens(str(row[column]), self.simplified)) for row in part],
                )

    def remove_document(self, id: str) -> None:
        rows = self.connection.execute("SELECT id, zh, en FROM pair WHERE document = ?", (id,)).fetchall()
        for name, column, tokens in (("pair_zh", 1, _zh_tokens), ("pair_en", 2, _en_tokens)):
            self.connection.executemany(
                f"INSERT INTO {name} ({name}, rowid, tokens) VALUES ('delete', ?, ?)",
                [(row[0], tokens(row[column], self.simplified)) for row in rows],
            )
        self.connection.execute("DELETE FROM pair WHERE document = ?", (id,))
        self.connection.execute("DELETE FROM document WHERE id = ?", (id,))

    def stamp(self, version: str, number: int, seal: str) -> None:
        """Say up to which decision the index has read."""
        values = {"version": version, "number": str(number), "seal": seal, "sequence": str(self.sequence)}
        self.connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", values.items())


def _shown(terms: Iterable[Mapping[str, Any]]) -> tuple[str, str, str]:
    """The headword, the rendering and its status, as a list of concepts shows them (see `core.concept`)."""
    chinese = english = status = ""
    for term in terms:  # records keep the terms' fixed order
        living = _RANK.get(term.get("status", "proposed"), 0) <= _PROPOSED
        if term["language"] != _ENGLISH:
            chinese = chinese or str(term["text"])
        elif not english and living:
            english, status = str(term["text"]), str(term.get("status", "proposed"))
    return chinese or english, english, status


Rows = tuple[list[tuple[int, str]], list[tuple[str, str]]]
"""What a term is found by: (kind, key) when it is given whole, (table, tokens) in part."""


def _chinese_rows(key: str, spelt: str) -> Rows:
    units = query_keys.units(key)
    keys = [(KEY, key.replace(" ", ""))]
    tokens = [("hanzi", " ".join(dict.fromkeys((*units, *map(str.__add__, units, units[1:])))))]
    grams: list[str] = []
    for spelling in spelt.split("|"):
        if spelling:
            syllables = spelling.split()
            letters = "".join(syllables)
            blurred = pinyin.blurred(letters)
            keys += ((SOUND, letters), (SOUND, blurred), (INITIALS, pinyin.initials(syllables)))
            grams += query_keys.grams(blurred)
    if grams:
        tokens.append(("sound", " ".join(dict.fromkeys(grams))))
    return keys, tokens


def _english_rows(key: str) -> Rows:
    words = key.split()
    keys = [(KEY, key.replace(" ", ""))]
    if len(words) > 1:
        keys += [(INITIALS, first) for first in query_keys.abbreviations(words)]
    return keys, [("english", " ".join(dict.fromkeys(map(inflection_stem, words))))]


def _zh_tokens(text: str, simplified: Callable[[str], Mapping[str, str]]) -> str:
    folded = fold(text)
    units = query_keys.chinese_units(folded, simplified(folded))
    return " ".join({*units, *map(str.__add__, units, units[1:])})


def _en_tokens(text: str, _known: object) -> str:
    stems = query_keys.english_stems(text)
    return " ".join({*stems, *map(query_keys.pair_token, pairwise(stems))})
