"""The files of one document, and whether several documents are meant; light, since every command on documents asks it."""

from __future__ import annotations

from collections.abc import Sequence
from glob import has_magic
from pathlib import Path
from typing import NamedTuple


class DocumentFiles(NamedTuple):
    """One document to work on: its file, or those of its two languages."""

    zh: Path | None = None
    en: Path | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(path for path in self if path is not None)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(map(str, self.paths))

    def __str__(self) -> str:
        return " ↔ ".join(self.names)


def is_several(paths: Sequence[Path]) -> bool:
    """Whether several documents are meant: more than one path, a folder, or a pattern."""
    return len(paths) > 1 or any(path.is_dir() or is_pattern(path) for path in paths)


def is_pattern(path: Path) -> bool:
    """Whether a path is a pattern and no file of that name."""
    return has_magic(str(path)) and not path.exists()
