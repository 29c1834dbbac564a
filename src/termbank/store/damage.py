"""Find every row of a bank that is not as it was written, and where a sound copy of it is.

A damaged thing shows by its digest and by the history that leads to it; a row of the history by its digest, which the seal of
its decision covers; a decision by its seal; a text and an alignment by the hash that names them; what is derived by what
it is derived from; the tables themselves by the statements that create them.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from termbank.store import migrations
from termbank.store.derived import derive_rows
from termbank.store.living import Rows, fits
from termbank.store.rows import Row, record_of
from termbank.store.seals import ChangeRow, broken_decisions

Key = tuple[str, str]
REPAIR = "repair"
"""The act of a decision that repairs the bank."""


class ThingRow(NamedTuple):
    """A row of `thing` as it lies in the file."""

    rowid: int
    kind: str
    id: str
    body: str
    schema: int
    digest: bytes | None
    decision: int

    @property
    def key(self) -> Key:
        return self.kind, self.id

    @property
    def row(self) -> Row:
        return Row(self.body, self.schema)


class HistoryRow(NamedTuple):
    """A row of `change` as it lies in the file."""

    rowid: int
    decision: int
    kind: str
    id: str
    body: str | None
    schema: int
    digest: bytes | None

    @property
    def key(self) -> Key:
        return self.kind, self.id

    @property
    def row(self) -> Row | None:
        return None if self.body is None else Row(self.body, self.schema)

    @property
    def change(self) -> ChangeRow:
        return ChangeRow(self.kind, self.id, self.body, self.schema, self.digest)


@dataclass(frozen=True)
class DamagedThing:
    """A thing that is damaged or missing.

    Attributes:
        key: its kind and id.
        rowids: the rows to remove before it is restored.
        restored: the last sound row of the history on it; None where nothing has it.
        is_last: whether that row is the last one on it, so that nothing is lost.
    """

    key: Key
    rowids: tuple[int, ...]
    restored: HistoryRow | None
    is_last: bool = True


@dataclass(frozen=True)
class DamagedChange:
    """A row of the history that is damaged (or missing: rowid 0), and the thing that has the same content, if any."""

    rowid: int
    decision: int
    key: Key
    restored: ThingRow | None


@dataclass(frozen=True)
class Damage:
    """All that is wrong with the rows of a bank.

    Attributes:
        things: things that are damaged or missing.
        strays: rows of `thing` that are damaged copies of things that are sound or restored.
        misdated: rows of `thing` that name another decision than their last: (rowid, the right number).
        changes: rows of the history.
        decisions: numbers of decisions whose seal does not fit, or that are missing.
        texts: hashes of texts that are damaged or missing.
        alignments: hashes of alignments that are damaged or missing.
        derived: whether the derived tables differ from the things.
        tables: whether the tables themselves are not as termbank creates them.
        repaired: the number of the last repair; what was damaged before it and cannot be restored is known.
    """

    things: tuple[DamagedThing, ...] = ()
    strays: tuple[int, ...] = ()
    misdated: tuple[tuple[int, int], ...] = ()
    changes: tuple[DamagedChange, ...] = ()
    decisions: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    alignments: tuple[str, ...] = ()
    derived: bool = False
    tables: bool = False
    repaired: int = 0

    @property
    def is_known(self) -> bool:
        """Whether nothing is damaged but what a repair has named already and could not restore."""
        return self == Damage(repaired=self.repaired) or not (
            any(one.restored for one in self.things)
            or any(one.restored or one.decision >= self.repaired for one in self.changes)
            or any(number >= self.repaired for number in self.decisions)
            or self.strays
            or self.misdated
            or self.derived
            or self.tables
            or (not self.repaired and (self.things or self.texts or self.alignments))
        )


def rows_of(connection: sqlite3.Connection) -> Rows:
    """What runs a reading statement on a connection."""
    return lambda sql, values=(): connection.execute(sql, values).fetchall()


def find_damage(rows: Rows) -> Damage:
    """Read every row of a bank and compare; `rows` runs a reading statement."""
    things = [
        ThingRow(*row)
        for row in rows("SELECT rowid, kind, id, body, schema, digest, decision FROM thing NOT INDEXED")
    ]
    history = [
        HistoryRow(*row)
        for row in rows(
            "SELECT rowid, decision, kind, id, body, schema, digest FROM change NOT INDEXED ORDER BY decision, rowid"
        )
    ]
    broken = broken_decisions(rows, ((one.decision, one.change) for one in history))
    sound_things = {one.key: one for one in things if fits(one.kind, one.id, one.row, one.digest)}
    sound_history = {one.rowid for one in history if _is_sound(one, sound_things, broken)}
    damage = _compare(things, history, sound_things, sound_history)
    texts, alignments = _find_damaged_contents(rows, sound_things.values())
    (repaired,) = rows("SELECT max(number) FROM decision NOT INDEXED WHERE act = ?", (REPAIR,))[0]
    return replace(
        damage,
        changes=tuple(_find_damaged_changes(history, sound_things, sound_history)),
        decisions=tuple(sorted(broken)),
        texts=texts,
        alignments=alignments,
        derived=_is_derived_wrong(rows, things),
        tables=tables_of(rows) != tables_of_new_bank(),
        repaired=repaired or 0,
    )


# -- the history -------------------------------------------------------------------------------


def _is_sound(one: HistoryRow, things: dict[Key, ThingRow], broken: set[int]) -> bool:
    if one.digest is not None:
        return fits(one.kind, one.id, one.row, one.digest)
    if one.decision not in broken:  # a row of 0.1: the seal of its decision covers it
        return True
    thing = things.get(one.key)
    return thing is not None and thing.row == one.row


def _find_damaged_changes(
    history: Iterable[HistoryRow],
    sound_things: dict[Key, ThingRow],
    sound: set[int],
) -> Iterator[DamagedChange]:
    by_digest = {one.digest: one for one in sound_things.values()}
    by_place = {(one.decision, one.key): one for one in sound_things.values()}
    places: set[tuple[int, Key]] = set()
    last: dict[Key, HistoryRow] = {}
    for one in history:
        place = (one.decision, one.key)
        last[one.key] = one
        if one.rowid not in sound:
            same = by_digest.get(one.digest) if one.digest is not None else None
            found = same or by_place.get(place)
            if found is not None and found.decision == one.decision:
                place = (one.decision, found.key)
                yield DamagedChange(one.rowid, one.decision, found.key, found)
            else:
                yield DamagedChange(one.rowid, one.decision, one.key, None)
        places.add(place)
    for number, key in sorted(set(by_place) - places):
        before, thing = last.get(key), by_place[number, key]
        if before is None or (before.decision < number and before.row != thing.row):  # the row is gone
            yield DamagedChange(0, number, key, thing)


# -- the things --------------------------------------------------------------------------------


# Long: every case that a thing and its history can be in.
def _compare(
    things: list[ThingRow], history: list[HistoryRow], sound_things: dict[Key, ThingRow], sound: set[int]
) -> Damage:
    """The things against the history that leads to them."""
    last: dict[Key, HistoryRow] = {}
    last_sound: dict[Key, HistoryRow] = {}
    for one in history:
        last[one.key] = one
        if one.rowid in sound:
            last_sound[one.key] = one
    unsound: dict[Key, list[int]] = defaultdict(list)
    for one_thing in things:
        if sound_things.get(one_thing.key) != one_thing:
            unsound[one_thing.key].append(one_thing.rowid)
    damaged: list[DamagedThing] = []
    strays: list[int] = []
    digests = {one.digest for one in last_sound.values()}
    copies = {one.rowid for one in things if one.digest in digests}
    for key in sorted({*unsound, *sound_things, *last_sound}, key=str):
        thing, known = sound_things.get(key), last_sound.get(key)
        rowids = tuple(unsound.get(key, ()))
        is_last = known is not None and known.rowid == last[key].rowid
        if thing is not None:
            strays += rowids
            if known is None or not is_last or thing.decision > known.decision:
                pass  # the history is damaged, not the thing
            elif known.row is None:
                strays.append(thing.rowid)
            elif known.row != thing.row:
                damaged.append(DamagedThing(key, (thing.rowid,), known))
        elif known is None:  # nothing has it, unless it is another thing whose key is damaged
            strays += [rowid for rowid in rowids if rowid in copies]
            if not copies.issuperset(rowids):
                damaged.append(DamagedThing(key, rowids, None, is_last=False))
        elif known.row is None:
            strays += rowids
        else:
            damaged.append(DamagedThing(key, rowids, known, is_last))
    misdated = [
        (one.rowid, last_sound[one.key].decision)
        for one in sound_things.values()
        if one.key in last_sound
        and last_sound[one.key].row == one.row
        and last_sound[one.key].rowid == last[one.key].rowid
        and last_sound[one.key].decision != one.decision
    ]
    return Damage(tuple(damaged), tuple(strays), tuple(misdated))


# -- texts, derived tables, tables -------------------------------------------------------------


def _find_damaged_contents(rows: Rows, things: Iterable[ThingRow]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts and alignments that do not fit their hashes, or that a thing names and that are missing."""
    from termbank.store.contents import alignment_hash, text_digest

    texts: set[str] = set()
    alignments: set[str] = set()
    known = {name for (name,) in rows("SELECT DISTINCT hash FROM text_part NOT INDEXED")}
    for name in known:
        parts = rows("SELECT part, body FROM text_part NOT INDEXED WHERE hash = ? ORDER BY part", (name,))
        in_order = [part for part, _ in parts] == list(range(len(parts)))
        if not in_order or text_digest(body for _, body in parts) != name:
            texts.add(name)
    places: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for name, number, *place in rows(
        "SELECT alignment, number, zh_start, zh_end, en_start, en_end, confidence FROM pair NOT INDEXED ORDER BY alignment, number"
    ):
        if number != len(places[name]):
            alignments.add(name)
        places[name].append(tuple(place))
    sides = {
        name: (zh, en, pairs)
        for name, zh, en, pairs in rows("SELECT hash, zh, en, pairs FROM alignment NOT INDEXED")
    }
    for name in {*sides, *places}:
        zh, en, pairs = sides.get(name, ("", "", 0))
        try:
            fitting = alignment_hash(zh, en, places[name]) == name and pairs == len(places[name])
        except ValueError:
            fitting = False
        if not fitting:
            alignments.add(name)
    named_texts, named_alignments = _find_named_contents(things)
    return (
        tuple(sorted(texts | (named_texts - known), key=str)),
        tuple(sorted(alignments | (named_alignments - sides.keys()), key=str)),
    )


def _find_named_contents(things: Iterable[ThingRow]) -> tuple[set[str], set[str]]:
    """The hashes that documents and origins name."""
    texts: set[str] = set()
    alignments: set[str] = set()
    for one in things:
        if one.kind not in ("document", "origin"):
            continue
        record = record_of(one.kind, one.row)
        if one.kind == "origin" and "text" in record:
            texts.add(str(record["text"]))
        if one.kind == "document" and "alignment" in record:
            alignments.add(str(record["alignment"]))
            texts |= {str(record[side]["text"]) for side in ("zh", "en")}
    return texts, alignments


def _is_derived_wrong(rows: Rows, things: Iterable[ThingRow]) -> bool:
    read: list[tuple[Key, Any]] = []
    for one in things:
        try:
            read.append((one.key, record_of(one.kind, one.row)))
        except (ValueError, TypeError, AttributeError):  # a damaged thing names nothing
            continue
    try:
        expected = derive_rows(read)
    except (ValueError, TypeError, AttributeError, KeyError):
        return True
    columns = {
        "reference": "kind, id, field, target_kind, target",
        "external_id": "system, id, concept",
        "candidate_state": "id, state",
    }
    return any(
        sorted(map(repr, rows(f"SELECT {names} FROM {table} NOT INDEXED")))
        != sorted(map(repr, expected[table]))
        for table, names in columns.items()
    )


def tables_of(rows: Rows) -> set[tuple[Any, ...]]:
    """The tables, indexes and triggers of a bank, with the statements that create them."""
    return {tuple(row) for row in rows("SELECT type, name, tbl_name, sql FROM sqlite_master")}


@cache
def tables_of_new_bank() -> frozenset[tuple[Any, ...]]:
    """The tables, indexes and triggers of a bank of this termbank."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.migrate(connection)
        return frozenset(tables_of(rows_of(connection)))
