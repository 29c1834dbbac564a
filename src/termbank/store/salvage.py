"""Reading what can be read of a damaged bank into a new one.

A table is read in ranges of row ids. Where SQLite calls a range malformed it is halved, down to the single rows that
cannot be read; all others are kept. Nothing is judged here: `row_repair` does that with the new file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path
from typing import Any

from termbank.store import migrations
from termbank.store.damage import tables_of_new_bank

TABLES = ("decision", "change", "thing", "text_part", "alignment", "pair")
"""The tables whose rows are kept; the others are derived from them, or are the same in each bank."""
_SMALLEST_ROW = 16


def salvage(source: sqlite3.Connection, target: sqlite3.Connection) -> dict[str, int]:
    """Copy every readable row into an empty bank; returns by table how many row ids could not be read."""
    target.execute("PRAGMA foreign_keys = OFF")
    target.execute("BEGIN IMMEDIATE")
    lost = {table: _copy(source, target, table) for table in TABLES}
    target.execute("COMMIT")
    return lost


def restore_tables(path: Path) -> None:
    """Write the statements that create a bank's tables into a damaged file, in place of those that are nearly the same.

    What SQLite then cannot read stays unread.
    """
    columns = "type, name, tbl_name, sql"
    expected = sorted(tables_of_new_bank(), key=str)
    with (
        suppress(sqlite3.DatabaseError, UnicodeDecodeError),
        closing(sqlite3.connect(path, isolation_level=None)) as connection,
    ):
        connection.text_factory = partial(str, encoding="utf-8", errors="replace")
        connection.execute("PRAGMA writable_schema = ON")
        found = connection.execute(f"SELECT {columns}, rowid FROM sqlite_master").fetchall()
        present = {row[:4] for row in found}
        absent = [row for row in expected if row not in present]
        for *row, rowid in found:
            if tuple(row) in expected or not absent:
                continue
            near = max(absent, key=lambda one: SequenceMatcher(None, str(one), str(tuple(row))).ratio())
            absent.remove(near)
            connection.execute(
                "UPDATE sqlite_master SET type = ?, name = ?, tbl_name = ?, sql = ? WHERE rowid = ?",
                (*near, rowid),
            )


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> int:
    columns = _common_columns(source, target, table)
    if not columns:
        return 0
    names = ", ".join(columns)
    unread: list[int] = []
    for rows in _ranges(
        source, f"SELECT rowid, {names} FROM {table} NOT INDEXED", _last(source, table), unread
    ):
        _insert(target, f"INSERT OR IGNORE INTO {table} (rowid, {names})", rows)
    if table == "thing" and "digest" not in columns:  # of termbank 0.1, which kept none
        migrations.add_digests(target)
    return len(unread)


def _insert(target: sqlite3.Connection, insert: str, rows: list[tuple[Any, ...]]) -> None:
    if not rows:
        return
    try:
        target.executemany(f"{insert} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    except UnicodeEncodeError:  # damaged bytes are no text to Python; they are kept as they are
        for row in rows:
            damaged = [isinstance(value, str) and not _is_text(value) for value in row]
            marks = ", ".join("CAST(? AS TEXT)" if one else "?" for one in damaged)
            values = [
                value.encode("utf-8", "surrogateescape") if one else value
                for value, one in zip(row, damaged, strict=True)
            ]
            target.execute(f"{insert} VALUES ({marks})", values)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _common_columns(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> list[str]:
    """The columns that both have; those of the new bank where the old one's cannot be read."""
    try:
        old = {name for _, name, *_ in source.execute(f"PRAGMA table_info({table})")}
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return []
    return [name for _, name, *_ in target.execute(f"PRAGMA table_info({table})") if name in old]


def _last(source: sqlite3.Connection, table: str) -> int:
    """The last row id, or the most that the file can hold."""
    try:
        found: int | None = source.execute(f"SELECT max(rowid) FROM {table} NOT INDEXED").fetchone()[0]
        return found or 0
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        (pages,) = source.execute("PRAGMA page_count").fetchone()
        (size,) = source.execute("PRAGMA page_size").fetchone()
        return int(pages) * int(size) // _SMALLEST_ROW


def _ranges(
    source: sqlite3.Connection, select: str, last: int, unread: list[int]
) -> Iterator[list[tuple[Any, ...]]]:
    waiting = [(0, last)]
    while waiting:
        first, end = waiting.pop()
        try:
            yield source.execute(
                f"{select} WHERE rowid BETWEEN ? AND ? ORDER BY rowid", (first, end)
            ).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            if first == end:
                unread.append(first)
                continue
            middle = (first + end) // 2
            waiting += [(middle + 1, end), (first, middle)]
