"""A file cache of the compiled patterns of large glossaries.

A copy is named after the terms and the modules whose rules it follows, so that changed rules or terms never meet an old
copy. It is written whole or not at all, and used as a memory-mapped file. A damaged one is replaced; where the cache cannot
be written the patterns are compiled for this run alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from mmap import ACCESS_READ, mmap
from pathlib import Path
from zlib import crc32

from termbank.matching.matcher import Matcher
from termbank.model.errors import TermbankError
from termbank.model.glossary import Glossary
from termbank.services.file_access import write_atomically
from termbank.services.settings import cache_folder
from termbank.store.private_files import make_folder, sweep

_RULES = ("model", "text", "matching")
"""The packages whose code decides what the copies hold."""
_COPIES = 8
_CHECKSUM = 8
"""Bytes of the checksum before a copy; eight keep the arrays in it aligned."""


def matcher_of(glossary: Glossary, folder: Path | None = None) -> Matcher:
    """The matcher of a glossary; `folder` is that of the cache, the user's own by default."""
    return Matcher(glossary, CopyFolder(folder or cache_folder() / "matcher"))


class CopyFolder:
    """A `PatternCache` in a folder that keeps the newest few copies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, name: str) -> Path:
        return self._folder / f"{_rules()}-{name}.terms"

    def read(self, name: str) -> memoryview | None:
        """A memory-mapped copy; None where there is none, or it is damaged."""
        with suppress(OSError, ValueError), self._path(name).open("rb") as file:
            data = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
            if data[:_CHECKSUM] == _checksum(data[_CHECKSUM:]):
                return data[_CHECKSUM:]
        return None

    def write(self, name: str, data: bytes) -> None:
        """Keep a copy, and remove the oldest ones."""
        with suppress(OSError, TermbankError):
            make_folder(self._folder)
            sweep(self._folder)
            write_atomically(self._path(name), _checksum(data) + data, private=True)
            copies = sorted(self._folder.glob("*.terms"), key=lambda path: path.stat().st_mtime)
            for old in copies[:-_COPIES]:
                old.unlink(missing_ok=True)


def _checksum(data: bytes | memoryview) -> bytes:
    return crc32(data).to_bytes(_CHECKSUM, "big")


@cache
def _rules() -> str:
    """A hash of every module whose rules the copies follow."""
    digest = sha256()
    for package in _RULES:
        folder = files("termbank") / package
        for module in _modules_in(folder):
            digest.update(module.read_bytes())
    return digest.hexdigest()[:16]


def _modules_in(folder: Traversable) -> Iterator[Traversable]:
    """The modules of a package and of the packages in it, in a fixed order."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _modules_in(entry)
        elif entry.name.endswith(".py"):
            yield entry
