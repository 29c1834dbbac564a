"""Files and folders that only their owner may read, and what killed runs leave beside them.

A file is written under a name beside its place, `NAME.PID.new`, and then renamed. A run that is killed leaves that name
behind; it is removed once its process is gone and it is some minutes old, or when it is a day old.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_IN_USE_SECONDS = 600
"""A younger file may be written by a process of another machine, whose number is unknown here."""
_OLD_SECONDS = 24 * 3600


def make_folder(folder: Path) -> None:
    """Create a folder with its parents, for the owner alone whatever the umask; those that exist stay as they are."""
    missing = [folder]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for place in reversed(missing):
        try:
            place.mkdir(mode=PRIVATE_FOLDER)
        except FileExistsError:
            if not place.is_dir():
                raise
        else:
            place.chmod(PRIVATE_FOLDER)


def create_private_file(path: Path) -> None:
    """Create an empty file for the owner alone, whatever the umask; FileExistsError where there is one."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
    path.chmod(PRIVATE_FILE)


def remove_database(path: Path) -> None:
    """Remove a database with its journals, those that exist."""
    for ending in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Let a renaming survive a loss of power; where a folder cannot be opened (Windows) nothing is done."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path, name: str | None = None) -> None:
    """Remove what killed runs left in a folder.

    Args:
        folder: Where to look.
        name: Only what was to become the file of this name; by default everything that termbank names so.
    """
    left = re.compile(
        rf"\.?({'.+' if name is None else re.escape(name)})\.(?P<process>\d+)(\.\w{{8}})?\.new"
        r"(-journal|-wal|-shm)?"
    )
    now = time.time()
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = left.fullmatch(entry.name)
            if found is None:
                continue
            with contextlib.suppress(OSError):
                age = now - entry.stat(follow_symlinks=False).st_mtime
                if age > _OLD_SECONDS or (age > _IN_USE_SECONDS and not _is_running(int(found["process"]))):
                    os.unlink(entry.path)


def _is_running(process: int) -> bool:
    """Whether a process of this number runs on this machine; True where that cannot be known."""
    if os.name != "posix":  # elsewhere signal 0 is not a question
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
