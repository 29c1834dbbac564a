"""Copying a bank that may be in use, and putting one in the place of another.

A copy is taken through SQLite's backup API: one moment of the bank, what is still in its log included. A bank is
replaced while nobody else has it open, and the one before is kept, so that a stopped run leaves one or the other.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from termbank.model.errors import BankError
from termbank.model.message import message
from termbank.model.progress import Progress
from termbank.store.bank_file import as_bank_errors, connect, inspect, read_text
from termbank.store.private_files import create_private_file, remove_database, sync_folder

_WAIT_SECONDS = 2.0
_PAGES = 1000
"""Pages copied between two reports of progress."""
_UNREADABLE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


def copy_bank(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy a bank into a new private file: one moment of it, whole, without a log beside it.

    Args:
        source: The bank; others may read and write it meanwhile.
        target: The file to create; it is removed where the copying fails.
        progress: Called with the pages copied and their number.

    Raises:
        BankError: The source cannot be read, or the target cannot be written.
    """
    inspect(source)
    with as_bank_errors(source):
        connection = connect(source, read_only=True)
    try:
        with as_bank_errors(source):
            # A reading transaction fixes the moment, so that writers cannot make the copying start again.
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _copy_pages(connection, target, progress)
    finally:
        connection.close()


def _copy_pages(source: sqlite3.Connection, target: Path, progress: Progress | None) -> None:
    def report(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    try:
        create_private_file(target)
        with as_bank_errors(target), contextlib.closing(sqlite3.connect(target)) as copy:
            source.backup(copy, pages=_PAGES, progress=report)
            copy.execute("PRAGMA journal_mode = DELETE")
    except OSError as error:
        reason = error.strerror or str(error)
        raise BankError(
            message("the copy cannot be written: {reason}.", reason=reason), file=str(target)
        ) from None
    except BaseException:
        remove_database(target)
        raise


def replace_bank(path: Path, new: Path, kept: Path) -> None:
    """Put the closed bank `new` in the place of `path`, which is kept under another name.

    Raises:
        BankError: Another program has the bank open, or a file cannot be renamed; the bank is as it was.
    """
    with exclusively(path) as holder:
        put_in_place(path, new, kept, holder)


def put_in_place(path: Path, new: Path, kept: Path, holder: sqlite3.Connection | None) -> None:
    """The renaming of `replace_bank`, while `holder` holds the bank; None where SQLite cannot read it."""
    try:
        _keep(path, kept)
        if os.name == "nt" and holder is not None:  # there an open file cannot be replaced
            holder.close()
        os.replace(new, path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BankError(
            message("the bank cannot be replaced: {reason}.", reason=reason), file=str(path)
        ) from None
    sync_folder(path.parent)


@contextlib.contextmanager
def exclusively(path: Path) -> Iterator[sqlite3.Connection | None]:
    """Hold a bank that nobody else has open, its log written into it; None where SQLite cannot read it."""
    with as_bank_errors(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT_SECONDS, isolation_level=None
        )
    connection.text_factory = read_text
    holder: sqlite3.Connection | None = connection
    try:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            name = getattr(error, "sqlite_errorname", _UNREADABLE[0])
            if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                connection.close()
                raise BankError(
                    message("another program has the bank open; nothing was changed."),
                    file=str(path),
                    remedy=message("Close it and try again."),
                ) from None
            if not name.startswith(_UNREADABLE):
                with as_bank_errors(path):
                    raise
            connection.close()
            holder = None
        yield holder
    finally:
        connection.close()


def _keep(path: Path, kept: Path) -> None:
    """Give the bank a second name, so that its own is never free; what lies beside it goes with it."""
    for ending in ("-journal", "-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():  # of a damaged bank only; beside another bank it would be read into that
            os.replace(beside, kept.with_name(kept.name + ending))
    try:
        os.link(path, kept)
    except OSError:  # a file system without links
        shutil.copy2(path, kept)
