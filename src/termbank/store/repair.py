"""Repair a bank: what can be read of it is copied into a new file, repaired and checked there, and put in its place.

The damaged file is never changed; it is kept under another name. While the bank is repaired nobody else can have it open.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from termbank.model.decision import Decision
from termbank.model.errors import BankError
from termbank.model.message import message
from termbank.store import migrations
from termbank.store.bank_copy import exclusively, put_in_place
from termbank.store.bank_file import as_bank_errors, inspect, read_text, restore_header
from termbank.store.damage import find_damage, rows_of, tables_of, tables_of_new_bank
from termbank.store.opening import create_file, refuse_newer
from termbank.store.private_files import remove_database
from termbank.store.row_repair import RowRepair, repair_rows
from termbank.store.salvage import restore_tables, salvage


@dataclass(frozen=True)
class BankRepair:
    """What a repair did: to the rows, and how many row ids of each table could not be read.

    `kept` is the damaged file, None where the bank was sound and nothing was done.
    """

    rows: RowRepair
    unread: dict[str, int]
    kept: Path | None


def repair_bank(path: Path, beside: Path, kept: Path, decision: Decision) -> BankRepair:
    """Repair a bank.

    Args:
        path: The bank.
        beside: A free name for the new file, in the same folder.
        kept: A free name under which the damaged file is kept.
        decision: Who repairs, and when.

    Raises:
        BankError: The file is no bank, is open elsewhere, or is damaged beyond what can be read; it stays as it was.
    """
    inspect(path, whole=False)
    with exclusively(path) as holder:
        if holder is not None and _has_its_header(path) and _is_sound(path, holder):
            return BankRepair(RowRepair(), {}, None)
        try:
            with as_bank_errors(path):
                rows, unread = _rebuild(path, holder, beside, decision)
            shutil.copymode(path, beside)
            put_in_place(path, beside, kept, holder)
        finally:
            remove_database(beside)
    return BankRepair(rows, unread, kept)


def _has_its_header(path: Path) -> bool:
    try:
        inspect(path)
    except BankError:
        return False
    return True


def _is_sound(path: Path, connection: sqlite3.Connection) -> bool:
    """Whether nothing is wrong with a bank but what an earlier repair could not restore."""
    try:
        refuse_newer(connection, path)
        if migrations.pending(connection):
            return False
        if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            return False
        return find_damage(rows_of(connection)).is_known
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def _has_its_tables(connection: sqlite3.Connection) -> bool:
    """Whether SQLite can read which tables there are, and these are as termbank creates them."""
    try:
        if migrations.pending(connection):
            return True
        return tables_of(rows_of(connection)) == tables_of_new_bank()
    except (sqlite3.DatabaseError, UnicodeError):
        return False


def _salvage_copy(path: Path, beside: Path, target: sqlite3.Connection) -> dict[str, int]:
    """Salvage from a copy in which the statements that create the tables are put right."""
    copy = beside.with_name(f"{beside.name}-copy")
    endings = ("", "-wal")
    try:
        for ending in endings:
            if path.with_name(path.name + ending).exists():
                shutil.copy(path.with_name(path.name + ending), copy.with_name(copy.name + ending))
        restore_header(copy)
        restore_tables(copy)
        with closing(sqlite3.connect(copy, isolation_level=None)) as source:
            source.text_factory = read_text
            return salvage(source, target)
    finally:
        remove_database(copy)


def _rebuild(
    path: Path, holder: sqlite3.Connection | None, beside: Path, decision: Decision
) -> tuple[RowRepair, dict[str, int]]:
    with closing(create_file(beside)) as target:
        target.text_factory = read_text
        if holder is not None and _has_its_tables(holder):
            unread = salvage(holder, target)
        else:
            unread = _salvage_copy(path, beside, target)
        if not target.execute("SELECT 1 FROM thing UNION ALL SELECT 1 FROM change LIMIT 1").fetchone():
            raise _beyond_repair(path)
        rows = repair_rows(target, decision)
        sound = target.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        damage = find_damage(rows_of(target))
        if not sound or not damage.is_known:
            raise _beyond_repair(path)
    return rows, unread


def _beyond_repair(path: Path) -> BankError:
    return BankError(
        message("the bank is damaged beyond what can be repaired; it was left as it is."),
        file=str(path),
        remedy=message("`termbank restore FROM` restores a copy."),
    )
