"""The matcher of a large glossary, made ready once and kept in a private cache.

What is kept is named after the terms and the modules whose rules it follows, so that a changed rule or term is never
answered from an old copy. A copy is written whole or not at all; one that is damaged is made again, and where
the cache cannot be written the matcher is made ready for this run alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from zlib import crc32

from termbank.matching.matcher import Matcher
from termbank.model.errors import TermbankError
from termbank.model.glossary import Glossary
from termbank.services.file_access import write_atomically
from termbank.services.settings import cache_folder

_RULES = ("model", "text", "matching")
"""The packages whose code decides what the copies hold."""
_COPIES = 8
_SUM = 4


def matcher_of(glossary: Glossary, folder: Path | None = None) -> Matcher:
    """The matcher of a glossary; `folder` is the cache's place, the person's own by default."""
    return Matcher.of(glossary, _Folder(folder or cache_folder() / "matcher"))


class _Folder:
    """A folder of copies, the newest few of which stay."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, name: str) -> Path:
        return self._folder / f"{_rules()}-{name}.terms"

    def read(self, name: str) -> bytes | None:
        with suppress(OSError):
            data = self._path(name).read_bytes()
            whole = data[_SUM:]
            if data[:_SUM] == _sum_of(whole):
                return whole
        return None

    def write(self, name: str, data: bytes) -> None:
        with suppress(OSError, TermbankError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomically(self._path(name), _sum_of(data) + data)
            copies = sorted(self._folder.glob("*.terms"), key=lambda path: path.stat().st_mtime)
            for old in copies[:-_COPIES]:
                old.unlink(missing_ok=True)


def _sum_of(data: bytes) -> bytes:
    """What stands before a copy, by which it is known to be whole."""
    return crc32(data).to_bytes(_SUM, "big")


@cache
def _rules() -> str:
    """A hash of every module whose rules the copies follow, so that changed code never reads an old copy."""
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
