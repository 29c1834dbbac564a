"""Folders of the cache with copies of what takes long to make, and the one of compiled resources.

A copy is written whole or not at all, and used as a memory-mapped file, so that two processes that start together both end
with a whole one. A damaged copy is made again; where the cache cannot be written, things are made for this run alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from mmap import ACCESS_READ, mmap
from pathlib import Path
from zlib import crc32

from termbank.model.errors import TermbankError
from termbank.model.resources import CompiledCache

_CHECKSUM = 8
"""Bytes of the checksum before a copy; eight keep the arrays in it aligned."""


class CopyFolder(CompiledCache):
    """A folder that keeps the newest few copies.

    Args:
        folder: The folder, made where it is missing.
        ending: What the names of its files end with.
        most: How many copies are kept.
        mark: Begins the name of each file: what all copies depend on.
    """

    def __init__(self, folder: Path, ending: str, most: int, mark: Callable[[], str] | None = None) -> None:
        self._folder, self._ending, self._most, self._mark = folder, ending, most, mark

    def _path(self, name: str) -> Path:
        mark = "" if self._mark is None else f"{self._mark()}-"
        return self._folder / f"{mark}{name}{self._ending}"

    def read(self, name: str) -> memoryview | None:
        """A memory-mapped copy; None where there is none, or it is damaged."""
        with suppress(OSError, ValueError), self._path(name).open("rb") as file:
            data = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
            if data[:_CHECKSUM] == _checksum(data[_CHECKSUM:]):
                return data[_CHECKSUM:]
        return None

    def write(self, name: str, data: bytes) -> None:
        """Keep a copy, and remove the oldest ones."""
        from termbank.services.file_access import write_atomically
        from termbank.store.private_files import make_folder, sweep

        with suppress(OSError, TermbankError):
            make_folder(self._folder)
            sweep(self._folder)
            write_atomically(self._path(name), _checksum(data) + data, private=True)
            copies = sorted(self._folder.glob(f"*{self._ending}"), key=lambda path: path.stat().st_mtime)
            for old in copies[: -self._most]:
                old.unlink(missing_ok=True)


@cache
def mark_of(*packages: str) -> str:
    """A hash of every module of some packages of termbank, by which copies made with other code are told."""
    digest = sha256()
    for package in packages:
        for module in _modules_in(files("termbank") / package):
            digest.update(module.read_bytes())
    return digest.hexdigest()[:16]


def _modules_in(folder: Traversable) -> Iterator[Traversable]:
    """The modules of a package and of the packages in it, in a fixed order."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _modules_in(entry)
        elif entry.name.endswith(".py"):
            yield entry


class ResourceCache(CompiledCache):
    """The person's cache of compiled resources, wherever `TERMBANK_HOME` says at the time."""

    def read(self, name: str) -> memoryview | None:
        return _resources().read(name)

    def write(self, name: str, data: bytes) -> None:
        _resources().write(name, data)


def _resources() -> CopyFolder:
    from termbank.services.settings import cache_folder

    return CopyFolder(cache_folder() / "words", ".table", most=8)


def _checksum(data: bytes | memoryview) -> bytes:
    return crc32(data).to_bytes(_CHECKSUM, "big")
