"""Opening a bank's file without ever harming one that is not a bank.

What the file is, is read from its first hundred bytes before SQLite opens it, so that a foreign, truncated or empty file
is left untouched. Every error of the disk or of SQLite becomes a `BankError`.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from termbank.model.errors import BankError
from termbank.model.message import message

APPLICATION_ID = 0x54424E4B  # “TBNK”, at byte 68 of the file
WAIT_SECONDS = 30.0
ELSEWHERE = message("Check the permissions, or give another --bank.")
RESTORE = message(
    "`termbank restore FROM` restores a copy; `termbank doctor --repair` saves what can be read of it."
)
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_PAGE_BYTES = 4096
_FEW_BITS = 8


def inspect(path: Path, *, whole: bool = True) -> None:
    """Refuse a file that is not a bank, or not a `whole` one; SQLite has not touched it yet."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
        size = path.stat().st_size
    except FileNotFoundError:
        raise BankError(
            message("there is no bank here."), file=str(path), remedy=message("`termbank init` creates one.")
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise BankError(
            message("the bank cannot be read: {reason}.", reason=reason), file=str(path), remedy=ELSEWHERE
        ) from None
    if not header:
        raise BankError(
            message("the file is empty, not a bank."),
            file=str(path),
            remedy=message("Move it away, or give another --bank."),
        )
    if not whole and is_nearly_a_bank(header):
        return
    if not header.startswith(_MAGIC) or len(header) < _HEADER_BYTES:
        raise BankError(message("this is not a termbank bank; it was left as it is."), file=str(path))
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise BankError(
            message("this is a database of another program, not a termbank bank; it was left as it is."),
            file=str(path),
        )
    if whole and size < _size_in_header(header) and not _has_wal(path):
        raise BankError(
            message("the bank is shorter than it says: the file is truncated; it was left as it is."),
            file=str(path),
            remedy=RESTORE,
        )


def is_nearly_a_bank(header: bytes) -> bool:
    """Whether a header is that of a bank but for a few flipped bits."""
    expected = _MAGIC + APPLICATION_ID.to_bytes(4, "big")
    found = header[:16] + header[68:72]
    wrong = sum((a ^ b).bit_count() for a, b in zip(expected, found, strict=False))
    return len(header) == _HEADER_BYTES and wrong <= _FEW_BITS


def restore_header(path: Path) -> None:
    """Write into the header of a damaged file what is the same in every bank; its size is taken from the file."""
    with path.open("r+b") as file:
        header = bytearray(file.read(_HEADER_BYTES))
        size = int.from_bytes(header[16:18], "big")
        if size != 1 and (size < 512 or size & (size - 1)):
            header[16:18] = _PAGE_BYTES.to_bytes(2, "big")
        header[:16] = _MAGIC
        header[18:20] = b"\1\1" if max(header[18:20]) > 2 else header[18:20]
        header[20:24] = bytes((0, 64, 32, 32))
        header[44:48] = (4).to_bytes(4, "big")  # the schema format
        header[56:60] = (1).to_bytes(4, "big")  # UTF-8
        header[68:72] = APPLICATION_ID.to_bytes(4, "big")
        header[92:96] = bytes(4)  # the size in the header is not to be believed
        file.seek(0)
        file.write(header)


def _size_in_header(header: bytes) -> int:
    """Page size times page count, where the header's count is to be believed (its two change counters agree)."""
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    count = int.from_bytes(header[28:32], "big")
    return page * count if header[24:28] == header[92:96] else 0


def _has_wal(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def is_writable(path: Path) -> bool:
    """Whether the file and its folder may be written (SQLite keeps its log beside the file)."""
    effective = os.access in os.supports_effective_ids
    return all(os.access(place, os.W_OK, effective_ids=effective) for place in (path, path.parent))


def connect(path: Path, *, read_only: bool = False, wait_seconds: float = WAIT_SECONDS) -> sqlite3.Connection:
    """A connection in autocommit mode; transactions are begun by name.

    Read-only, a bank whose folder cannot hold SQLite's shared-memory file is opened as immutable,
    unless a log lies beside it that only another opening could read.
    """
    uri = path.absolute().as_uri()
    options = ["?mode=ro", "?mode=ro&immutable=1"] if read_only else ["?mode=rw"]
    for option in options:
        connection = sqlite3.connect(
            uri + option, uri=True, timeout=wait_seconds, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA schema_version").fetchone()
        except sqlite3.OperationalError:
            connection.close()
            if option == options[-1] or _has_wal(path):
                raise
            continue
        connection.text_factory = read_text
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        return connection
    raise AssertionError("unreachable")


read_text = partial(str, encoding="utf-8", errors="surrogateescape")
"""What makes a text of the bytes in a row. Damaged bytes stay in it, and its digest does not fit; the other rows are read."""


def begin_log(connection: sqlite3.Connection) -> None:
    """Turn SQLite's write-ahead log on, unless it is on or another program is using the bank now."""
    if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
        return
    with contextlib.suppress(sqlite3.OperationalError):  # in use: the next opening will do
        connection.execute("PRAGMA journal_mode = WAL")


_AGAIN = message("Try again in a moment.")
_BUSY = message("another program is writing to the bank and did not finish.")
_DAMAGED = message("the bank is damaged; nothing was written.")
_SENTENCES: dict[str, tuple[str, str | None]] = {
    "SQLITE_BUSY": (_BUSY, _AGAIN),
    "SQLITE_LOCKED": (_BUSY, _AGAIN),
    "SQLITE_FULL": (
        message("the disk is full; nothing was written."),
        message("Free some space and try again."),
    ),
    "SQLITE_READONLY": (
        message("the bank is read-only; nothing was written."),
        message("Give a --bank that can be written."),
    ),
    "SQLITE_CANTOPEN": (
        message("the bank cannot be opened in this folder."),
        message("Check that the folder may be read and written."),
    ),
    "SQLITE_PERM": (message("the bank may not be opened."), message("Check who may read and write it.")),
    "SQLITE_CORRUPT": (
        _DAMAGED,
        RESTORE,
    ),
    "SQLITE_NOTADB": (message("this is not a termbank bank; it was left as it is."), None),
    "SQLITE_IOERR": (message("the disk failed while the bank was in use; nothing was written."), None),
    "SQLITE_TOOBIG": (message("a text is too long to be kept in the bank; nothing was written."), None),
    "SQLITE_NOMEM": (message("there is not enough memory to use the bank."), None),
}


@contextlib.contextmanager
def as_bank_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into one sentence about the bank at `path`."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        primary = "_".join(name.split("_")[:2])
        other = message("the bank could not be used: {error}.", error=str(error))
        sentence, remedy = _SENTENCES.get(primary, (other, None))
        raise BankError(sentence, file=str(path), remedy=remedy) from error
    except UnicodeDecodeError as error:  # what SQLite says of a damaged file names damaged names
        raise BankError(_DAMAGED, file=str(path), remedy=RESTORE) from error
    except UnicodeEncodeError as error:
        raise BankError(
            message(
                "a text holds half a character (a lone surrogate) and cannot be kept; nothing was written."
            ),
            file=str(path),
        ) from error
