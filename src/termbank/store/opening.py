"""Creating and opening the file of a bank: of the present schema, migrated to it, or refused and left as it is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from termbank.model.errors import BankError
from termbank.model.message import message
from termbank.store import migrations
from termbank.store.bank_file import ELSEWHERE, as_bank_errors, begin_log, connect, inspect, is_writable
from termbank.store.private_files import create_private_file


def create_file(path: Path) -> sqlite3.Connection:
    """An empty bank in a new file.

    Raises:
        BankError: Something is already there, or the file cannot be written.
    """
    with as_bank_errors(path):
        try:
            create_private_file(path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise BankError(
                message("the bank cannot be created: {reason}.", reason=reason),
                file=str(path),
                remedy=ELSEWHERE,
            ) from None
        connection = connect(path)
        migrations.migrate(connection)
        return connection


def open_file(path: Path, *, read_only: bool, wait_seconds: float) -> tuple[sqlite3.Connection, bool]:
    """A connection to the bank at `path`, migrated where that is needed, and whether it is read-only.

    Raises:
        BankError: The file is missing, foreign, truncated, newer, or old and read-only; it stays as it was.
    """
    inspect(path)
    read_only = read_only or not is_writable(path)
    with as_bank_errors(path):
        connection = connect(path, read_only=read_only, wait_seconds=wait_seconds)
        try:
            _migrate(connection, path, read_only)
            if not read_only:
                begin_log(connection)
        except BaseException:
            connection.close()
            raise
        return connection, read_only


def refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    """Raise BankError for a bank that a newer termbank has written."""
    if newer := migrations.newer(connection):
        raise BankError(
            message("the bank was written by a newer termbank (it has “{newer}”).", newer=newer[0]),
            file=str(path),
            remedy=message("Update termbank to open it."),
        )


def _migrate(connection: sqlite3.Connection, path: Path, read_only: bool) -> None:
    refuse_newer(connection, path)
    if migrations.pending(connection):
        if read_only:
            raise BankError(
                message("the bank is of an older termbank and is read-only here."),
                file=str(path),
                remedy=message("Open it once where it can be written."),
            )
        migrations.migrate(connection)
