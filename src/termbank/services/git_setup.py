"""`termbank init --git`: git merges packs with `termbank merge`.

Two things are needed (gitattributes(5), “Defining a custom merge driver”): a line in `.gitattributes`, which is committed and
so reaches everybody, and the driver's command in the configuration of each clone.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from termbank.model.errors import TermbankError
from termbank.model.message import Message, message
from termbank.services.file_access import write_atomically

_DRIVER = "merge.termbank"
_HEAD = 4096
_PACK = re.compile(rb"^(?:schema|pack) = |^\[\[(?:concept|source|publisher|refused)\]\]", re.MULTILINE)


def set_up_git(folder: Path) -> Iterator[Message]:
    """Name the merge driver in the configuration of the folder's repository, and the packs in its `.gitattributes`.

    Args:
        folder: A folder in the working tree of a repository.

    Yields:
        What was done, a sentence each.

    Raises:
        TermbankError: There is no git, no repository, or no pack.
    """
    _git(folder, "rev-parse", "--show-toplevel")
    patterns = sorted({_pattern(folder, path) for path in _packs(folder)})
    if not patterns:
        raise TermbankError(
            message("there is no pack in this folder or below it."),
            file=str(folder),
            remedy=message("Write one with `termbank export glossaries/house.toml`."),
        )
    command = f'"{Path(sys.executable).as_posix()}" -m termbank merge %O %A %B'
    _git(folder, "config", f"{_DRIVER}.name", "termbank packs, by concept and field")
    _git(folder, "config", f"{_DRIVER}.driver", command)
    yield message(
        "git merges packs with termbank in this repository. Run `termbank init --git` in each clone."
    )
    attributes = folder / ".gitattributes"
    known = attributes.read_text("utf-8") if attributes.exists() else ""
    lines = [line for pattern in patterns if (line := f"{pattern} merge=termbank") not in known.splitlines()]
    if not lines:
        yield message("{file} names the packs already.", file=".gitattributes")
        return
    head = known if not known or known.endswith("\n") else known + "\n"
    write_atomically(attributes, (head + "".join(f"{line}\n" for line in lines)).encode())
    yield message("Added to {file}: {lines}. Commit it.", file=".gitattributes", lines="; ".join(lines))


def _packs(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*.toml"):
        if ".git" in path.parts or path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            if _PACK.search(file.read(_HEAD)):
                yield path


def _pattern(folder: Path, pack: Path) -> str:
    """The pattern of the packs in one folder; a pack beside other TOML files of the top folder is named by itself."""
    parent = pack.relative_to(folder).parent.as_posix()
    pattern = pack.name if parent == "." else f"{parent}/*.toml"
    return f'"{pattern}"' if re.search(r"\s", pattern) else pattern


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise TermbankError(
            message("git cannot be run: {error}.", error=str(error)), remedy=message("Install git.")
        ) from None
    if done.returncode:
        raise TermbankError(
            message("git says: {error}", error=done.stderr.strip()[:200] or "nothing"),
            file=str(folder),
            remedy=message("Go to a folder of a git repository."),
        )
    return done.stdout.strip()
