"""A file cache of the compiled patterns of large glossaries.

A copy is named after the terms and the modules whose rules it follows, so that changed rules or terms never meet an old
copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from termbank.matching.matcher import Matcher
from termbank.model.glossary import Glossary
from termbank.services.copy_folder import CopyFolder
from termbank.services.settings import cache_folder

_RULES = ("model", "text", "matching")
"""The packages whose code decides what the copies hold."""
_COPIES = 8


def matcher_of(glossary: Glossary, folder: Path | None = None) -> Matcher:
    """The matcher of a glossary; `folder` is that of the cache, the user's own by default."""
    return Matcher(glossary, CopyFolder(folder or cache_folder() / "matcher", ".terms", _COPIES, _rules))


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
