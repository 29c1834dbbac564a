"""Opening, measuring, reading and writing files.

Only this module and the store open files. A file that cannot be opened or written is a TermbankError. A file is written
beside its place and then renamed, so that a full disk or an interruption leaves the old file as it was.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Literal

from termbank.files.documents import read
from termbank.model.document import Document
from termbank.model.errors import TermbankError, UnreadableError
from termbank.model.message import message
from termbank.model.segment import SegmentPair
from termbank.store.private_files import PRIVATE_FILE, sweep
from termbank.text.characters_zh import share_of_han

LARGEST = 512 * 1024 * 1024
SAMPLE = 100_000
"""How many characters decide the language of a document."""


def read_bytes(path: Path | str) -> bytes:
    """All of a file, or of standard input for “-”."""
    if str(path) == "-":
        if sys.stdin is None:
            raise UnreadableError(message("standard input is closed."), remedy=message("Give a file."))
        return sys.stdin.buffer.read()
    name = str(path)
    try:
        size = os.stat(path).st_size
        if size > LARGEST:
            raise UnreadableError(
                message(
                    "the file is {size} MB; at most {most} MB are read.",
                    size=size // 1024 // 1024,
                    most=LARGEST // 1024 // 1024,
                ),
                file=name,
                remedy=message("Split it first."),
            )
        return Path(path).read_bytes()
    except OSError as error:
        raise UnreadableError(_why(error, path, "read"), file=name, remedy=_remedy(error)) from None
    except ValueError:  # a name with a NUL in it
        raise UnreadableError(
            message("this is not a file name."), file=name, remedy=message("Check the spelling.")
        ) from None


def read_document(path: Path | str) -> Document:
    """The document in a file, under the name the person gave; raises UnreadableError.

    An encoding other than UTF-8 is remarked, for it was guessed or the person may not know of it.
    """
    document = read(read_bytes(path), str(path))
    if document.encoding.lower().startswith("utf-8"):
        return document
    encoding = message("{file}: read as {encoding}.", file=document.name, encoding=document.encoding.upper())
    return replace(document, remarks=(encoding, *document.remarks))


def is_chinese(document: Document) -> bool:
    """Whether a document is Chinese, by its first letters: names in English text do not make it so."""
    return share_of_han(document.text[:SAMPLE]) > 0.3


def is_bilingual(path: Path | str) -> bool:
    """Whether a file's name says that it holds both languages (TMX, XLIFF, PO, tables)."""
    from termbank.files.bitext import kind_of_pairs

    return kind_of_pairs(str(path)) is not None


def read_pairs_and_remarks(path: Path | str) -> tuple[tuple[SegmentPair, ...], tuple[str, ...]]:
    """The segment pairs of a bilingual file, and remarks on what could not be read in it."""
    from termbank.files.bitext import read_pairs

    reading = read_pairs(read_bytes(path), str(path))
    return reading.pairs, reading.remarks


def write_atomically(path: Path | str, data: bytes, *, private: bool = False) -> None:
    """Write all of `data` or leave the file as it was.

    An existing file keeps its mode; a private one is for the owner alone, any other follows the umask.
    """
    target = Path(path)
    if target.is_symlink():
        target = target.resolve()
    name = str(path)
    if target.is_dir():
        raise TermbankError(
            message("this is a folder, not a file."), file=name, remedy=message("Give a file name.")
        )
    beside: str | None = None
    try:
        if target.exists() and not target.is_file():  # a terminal or a pipe
            target.write_bytes(data)
            return
        sweep(target.parent, target.name[:80])
        prefix = f".{target.name[:80]}.{os.getpid()}."
        handle, beside = tempfile.mkstemp(prefix=prefix, suffix=".new", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, PRIVATE_FILE if private else _mode(target))
        os.replace(beside, target)
    except BaseException as error:  # an interrupt too leaves nothing beside
        if beside is not None:
            with contextlib.suppress(OSError):
                os.unlink(beside)
        if isinstance(error, OSError):
            raise TermbankError(_why(error, path, "write"), file=name, remedy=_remedy(error)) from None
        raise


def _mode(target: Path) -> int:
    """The mode of the file that is there, or what the person's umask gives a new one."""
    try:
        return os.stat(target).st_mode & 0o7777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


_NO_PERMISSION = {
    "read": message("you have no permission to read it."),
    "write": message("you have no permission to write it."),
}
_REASONS = {
    errno.ENOENT: (message("there is no such file."), message("Check the spelling.")),
    errno.EISDIR: (message("this is a folder, not a file."), message("Give a file name.")),
    errno.ENOTDIR: (message("part of this path is a file, not a folder."), message("Check the path.")),
    errno.EACCES: (None, message("Check the permissions of the file and its folder.")),
    errno.EPERM: (None, message("Check the permissions of the file and its folder.")),
    errno.EROFS: (message("the disk is read-only."), message("Choose another place.")),
    errno.ENOSPC: (
        message("the disk is full; nothing was changed."),
        message("Make room or choose another place."),
    ),
    errno.EDQUOT: (
        message("your disk quota is used up; nothing was changed."),
        message("Make room or choose another place."),
    ),
    errno.ENAMETOOLONG: (message("the file name is too long."), message("Choose a shorter one.")),
    errno.ELOOP: (message("the symbolic links go in a circle."), message("Check the path.")),
}
"""What a system error means, and its remedy; None where it is a lack of permission."""


def _why(error: OSError, path: Path | str, doing: Literal["read", "write"]) -> str:
    if error.errno == errno.ENOENT and doing == "write":
        return message("the folder “{folder}” is missing.", folder=Path(path).parent)
    if error.errno in _REASONS:
        return _REASONS[error.errno][0] or _NO_PERMISSION[doing]
    reason = error.strerror or str(error)
    if doing == "read":
        return message("it cannot be read: {reason}.", reason=reason)
    return message("it cannot be written: {reason}.", reason=reason)


def _remedy(error: OSError) -> str | None:
    reason = _REASONS.get(error.errno or 0)
    return reason[1] if reason else None
