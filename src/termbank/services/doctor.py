"""Check the bank and the installation, and return what was found as remarks; nothing is changed.

Each remark is one sentence with a state: ok, note, warning or error. A bank that cannot be opened is a remark too. What
termbank can make again (the search index) is never worse than a note.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from termbank.model.errors import TermbankError
from termbank.model.message import message, plural
from termbank.services import settings
from termbank.services.bank_checks import ERROR, NOTE, OK, WARNING, Remark, check_bank
from termbank.services.short_list import list_first
from termbank.store.bank import Bank
from termbank.store.index import SearchIndex

_INDEX_STATES = {"missing": message("missing"), "damaged": message("damaged"), "stale": message("stale")}


def examine(path: Path | None = None) -> tuple[Remark, ...]:
    """Check the installation and the bank at `path` (by default the person's own)."""
    return (*_installation(), *_bank(settings.bank_path(path).expanduser()))


# -- the installation --------------------------------------------------------------------------


def _installation() -> Iterator[Remark]:
    from termbank import __version__

    yield Remark("termbank", OK, message("version {version}", version=__version__))
    yield _sqlite()
    yield _opencc()
    folder = settings.shipped_folder("glossaries")
    packs = len(list(folder.glob("*.toml"))) if folder.is_dir() else 0
    if packs:
        yield Remark(
            message("shipped glossaries"),
            OK,
            plural("{count} pack in {folder}", "{count} packs in {folder}", packs, folder=folder),
        )
    else:
        yield Remark(
            message("shipped glossaries"),
            WARNING,
            message("there are none in {folder}; reinstall termbank.", folder=folder),
        )
    yield Remark(
        message("cache"), OK, message("{folder} (may be deleted at any time)", folder=settings.cache_folder())
    )


def _sqlite() -> Remark:
    probe = sqlite3.connect(":memory:")
    try:
        probe.execute("CREATE VIRTUAL TABLE t USING fts5 (x, content='', detail=none, columnsize=0)")
    except sqlite3.Error:
        return Remark(
            "SQLite",
            ERROR,
            message("{version} lacks FTS5, which lookup needs.", version=sqlite3.sqlite_version),
        )
    finally:
        probe.close()
    return Remark("SQLite", OK, message("{version} with FTS5", version=sqlite3.sqlite_version))


def _opencc() -> Remark:
    """Two packages install a module `opencc`; only one of them converts phrases rightly."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        version("opencc-python-reimplemented")
    except PackageNotFoundError:
        pass
    else:
        return Remark(
            "OpenCC",
            ERROR,
            message(
                "opencc-python-reimplemented is installed and overwrites the same module: uninstall it, then "
                "run pip install --force-reinstall opencc."
            ),
        )
    try:
        from termbank.text.scripts import to_traditional

        sound = to_traditional("头发发展") == "頭髮發展"
        return Remark(
            "OpenCC",
            OK if sound else ERROR,
            version("opencc") if sound else message("it converts wrongly; reinstall opencc."),
        )
    except Exception as error:  # a broken binary raises anything; reported rather than raised
        return Remark("OpenCC", ERROR, message("it does not load: {error}", error=error))


# -- the bank ----------------------------------------------------------------------------------


def _bank(path: Path) -> Iterator[Remark]:
    if not path.exists():
        yield Remark(
            message("bank"),
            NOTE,
            message("there is none yet at {path}; the first command creates it.", path=path),
        )
        return
    try:
        bank = Bank.open(path)
    except TermbankError as error:
        yield _failure(error)
        return
    with bank:
        try:
            yield from _contents(bank)
        except TermbankError as error:
            yield _failure(error)


def _failure(error: TermbankError) -> Remark:
    return Remark(message("bank"), ERROR, str(error))


def _contents(bank: Bank) -> Iterator[Remark]:
    """Check an open bank: the file, the history, the records, the index and the terms."""
    size = f"{bank.path.stat().st_size / 1e6:.1f}"
    if bank.read_only:
        text = message("{path} ({size} MB, read-only)", path=bank.path, size=size)
    else:
        text = message("{path} ({size} MB)", path=bank.path, size=size)
    yield Remark(message("bank"), OK, text)
    if os.name == "posix" and bank.path.stat().st_mode & 0o077:
        yield Remark(
            message("permissions"),
            NOTE,
            message("others may read or write the bank. For you alone: chmod 600 {path}", path=bank.path),
        )
    for remark in check_bank(bank):
        yield remark
        if remark.name == "bank file":
            return
    yield _check_index(bank)
    yield _check_terms(bank)


def _check_index(bank: Bank) -> Remark:
    name = message("search index")
    path = settings.index_path(bank.path)
    state = SearchIndex(bank, path).state()
    if state == "current":
        return Remark(name, OK, message("current ({path})", path=path))
    return Remark(
        name,
        NOTE,
        message(
            "{state}; the next lookup rebuilds it ({path})", state=_INDEX_STATES.get(state, state), path=path
        ),
    )


def _check_terms(bank: Bank) -> Remark:
    """Check that every term can match some text."""
    name = message("terms")
    from termbank.matching.matcher import unmatchable

    found = unmatchable(bank.glossary())
    if found:
        return Remark(
            name,
            WARNING,
            plural(
                "{count} can never match: {terms}",
                "{count} can never match: {terms}",
                len(found),
                terms=list_first(found),
            ),
        )
    return Remark(name, OK, message("every term can match"))
