"""The search indexes in the cache folder: where a bank's lies, and those that nobody has used for long removed."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from termbank.services import settings
from termbank.store.private_files import sweep

_DAY = 24 * 3600
_UNUSED_DAYS = 90


def index_place(bank: Path) -> Path:
    """Where the index of a bank is kept; marks it as used today, and then removes those unused for months.

    An index is named by a hash of its bank's path, so that those of moved and removed banks would stay for ever.
    """
    path = settings.index_path(bank)
    now = time.time()
    with contextlib.suppress(OSError):
        if now - path.stat().st_mtime > _DAY:
            os.utime(path)
            _remove_unused(path.parent, now)
    return path


def _remove_unused(folder: Path, now: float) -> None:
    sweep(folder)
    for index in folder.glob("*.index"):
        with contextlib.suppress(OSError):
            if now - index.stat().st_mtime > _UNUSED_DAYS * _DAY:
                index.unlink()
