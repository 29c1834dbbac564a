"""Where things are kept, who signs decisions, and the time.

`TERMBANK_HOME` moves all of a person's files into one folder, `TERMBANK_BANK` names the bank, `TERMBANK_WHO` the name
that decisions are signed with and `TERMBANK_SESSION` the session. Nothing is created by asking.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from termbank.model.decision import Decision

BANK_NAME = "termbank.bank"


def data_folder() -> Path:
    """The folder of the person's bank."""
    if home := os.environ.get("TERMBANK_HOME"):
        return Path(home)
    from platformdirs import user_data_path

    return user_data_path("termbank", appauthor=False)


def cache_folder() -> Path:
    """The folder of what can be made again: search indexes, compiled dictionaries."""
    if home := os.environ.get("TERMBANK_HOME"):
        return Path(home) / "cache"
    from platformdirs import user_cache_path

    return user_cache_path("termbank", appauthor=False)


def bank_path(given: Path | None = None) -> Path:
    """The bank to use: the one given, else TERMBANK_BANK, else the person's own."""
    if given is not None:
        return given
    if named := os.environ.get("TERMBANK_BANK"):
        return Path(named)
    return data_folder() / BANK_NAME


def index_path(bank: Path) -> Path:
    """Where the search index of a bank is kept: in the cache, so that a read-only bank has one too."""
    name = sha256(str(bank.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return cache_folder() / "search" / f"{name}.index"


def shipped_folder(name: str) -> Path:
    """The folder of files that come with termbank: “glossaries” or “corpus”.

    In the wheel they lie inside the package; in a source checkout, beside `src`.
    """
    package = Path(__file__).resolve().parent.parent
    installed = package / "shipped" / name
    if installed.is_dir():
        return installed
    return package.parent.parent / name


def who() -> str:
    """The name decisions are signed with."""
    if name := os.environ.get("TERMBANK_WHO"):
        return name
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in a container
        return "unknown"


def session() -> str:
    """What names this run of termbank in the decisions it takes: TERMBANK_SESSION, else an id of this process."""
    return os.environ.get("TERMBANK_SESSION") or _process_session()


@cache
def _process_session() -> str:
    return os.urandom(6).hex()


def now() -> str:
    """The time, UTC, ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def decision(act: str, why: str | None = None) -> Decision:
    """A decision of the person's, made now and in this session; the bank numbers it when it is taken."""
    return Decision(act, who(), now(), why, session=session())
