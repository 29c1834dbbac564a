"""The bank's health, and that of what termbank stands on, as remarks; nothing is changed.

Each remark is one sentence with a state: ok, note, warning or error. A bank that cannot be opened
is a remark too. What can be made again (the search index) is never worse than a note.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from termbank.model.errors import TermbankError
from termbank.model.records import read_concept, read_publisher, read_source
from termbank.services import settings
from termbank.store.bank import Bank
from termbank.store.canonical_json import cited
from termbank.store.history import broken_seal, replay
from termbank.store.index import SearchIndex

OK, NOTE, WARNING, ERROR = "ok", "note", "warning", "error"
_SHOWN = 5


@dataclass(frozen=True)
class Remark:
    """One finding on the health of a bank or of the installation."""

    name: str
    state: str
    message: str


def examine(path: Path | None = None) -> tuple[Remark, ...]:
    """Every remark on the bank at `path` (the person's own by default) and on the installation."""
    return (*_installation(), *_bank(settings.bank_path(path).expanduser()))


# -- the installation --------------------------------------------------------------------------


def _installation() -> Iterator[Remark]:
    from termbank import __version__

    yield Remark("termbank", OK, f"version {__version__}")
    yield _sqlite()
    yield _opencc()
    folder = settings.shipped_folder("glossaries")
    packs = len(list(folder.glob("*.toml"))) if folder.is_dir() else 0
    if packs:
        yield Remark("shipped glossaries", OK, f"{packs} packs in {folder}")
    else:
        yield Remark("shipped glossaries", WARNING, f"there are none in {folder}; reinstall termbank.")
    yield Remark("cache", OK, f"{settings.cache_folder()} (may be deleted at any time)")


def _sqlite() -> Remark:
    probe = sqlite3.connect(":memory:")
    try:
        probe.execute("CREATE VIRTUAL TABLE t USING fts5 (x, content='', detail=none, columnsize=0)")
    except sqlite3.Error:
        return Remark("SQLite", ERROR, f"{sqlite3.sqlite_version} lacks FTS5, which lookup needs.")
    finally:
        probe.close()
    return Remark("SQLite", OK, f"{sqlite3.sqlite_version} with FTS5")


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
            "opencc-python-reimplemented is installed and overwrites the same module: uninstall it, then "
            "run pip install --force-reinstall opencc.",
        )
    try:
        from termbank.text.scripts import to_traditional

        sound = to_traditional("头发发展") == "頭髮發展"
        return Remark(
            "OpenCC",
            OK if sound else ERROR,
            version("opencc") if sound else "it converts wrongly; reinstall opencc.",
        )
    except Exception as error:  # a broken binary raises anything; the doctor tells rather than falls
        return Remark("OpenCC", ERROR, f"it does not load: {error}")


# -- the bank ----------------------------------------------------------------------------------


def _bank(path: Path) -> Iterator[Remark]:
    if not path.exists():
        yield Remark("bank", NOTE, f"there is none yet at {path}; the first command creates it.")
        return
    try:
        bank = Bank.open(path)
    except TermbankError as error:
        yield Remark("bank", ERROR, str(error))
        return
    with bank:
        try:
            yield from _opened(bank)
        except TermbankError as error:
            yield Remark("bank", ERROR, str(error))


def _opened(bank: Bank) -> Iterator[Remark]:
    size = bank.path.stat().st_size / 1e6
    access = ", read-only" if bank.read_only else ""
    yield Remark("bank", OK, f"{bank.path} ({size:.1f} MB{access})")
    faults = [row[0] for row in bank.rows("PRAGMA integrity_check(5)") if row[0] != "ok"]
    if faults:
        yield Remark("bank file", ERROR, f"SQLite finds it damaged: {faults[0]}. Restore it from a copy.")
        return
    counts = ", ".join(
        f"{bank.count(kind):,} {kind}s" for kind in ("concept", "source", "document", "candidate")
    )
    yield Remark("contents", OK, f"{counts}; {bank.latest:,} decisions")
    yield _replay(bank)
    yield _records(bank)
    yield _index(bank)
    yield from _unmatchable(bank)


def _replay(bank: Bank) -> Remark:
    broken = broken_seal(bank)
    if broken is not None:
        return Remark(
            "history", ERROR, f"decision {broken} is not as it was taken: the file was changed by hand."
        )
    replayed, now = replay(bank), bank.things()
    if replayed == now:
        return Remark("history", OK, "replaying it gives the bank, byte for byte")
    differing = sorted(key for key in replayed.keys() | now.keys() if replayed.get(key) != now.get(key))
    kind, id = differing[0]
    return Remark(
        "history", ERROR, f"{len(differing)} things differ from what was decided, first the {kind} “{id}”."
    )


def _records(bank: Bank) -> Remark:
    """Whether everything that is kept can be read."""
    faults: list[str] = []
    publishers = {id: read_publisher(record, faults.append) for id, record in bank.bodies("publisher")}
    sources = {id: read_source(record, publishers, faults.append) for id, record in bank.bodies("source")}
    for _, record in bank.bodies("concept"):
        read_concept(record, sources, faults.append)
    for id, record in bank.bodies("document"):
        faults += [
            f"document “{id}”: the source “{s}” is not listed." for s in cited(record) - sources.keys()
        ]
    if not faults:
        return Remark("records", OK, "every concept and source can be read")
    return Remark("records", WARNING, f"{len(faults)} faults: {_first(faults)}")


def _first(things: Iterable[Any]) -> str:
    said = [str(thing) for thing in things]
    rest = f" and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
    return " ".join(said[:_SHOWN]) + rest


def _index(bank: Bank) -> Remark:
    path = settings.index_path(bank.path)
    state = SearchIndex(bank, path).state()
    if state == "current":
        return Remark("search index", OK, f"current ({path})")
    return Remark("search index", NOTE, f"{state}; the next lookup mends it ({path})")


def _unmatchable(bank: Bank) -> Iterator[Remark]:
    """Terms that no text can ever hold, as far as the matcher can tell."""
    from termbank.matching.matcher import unmatchable

    found = unmatchable(bank.glossary())
    if found:
        yield Remark("terms", WARNING, f"{len(found)} can never match: {_first(found)}")
    else:
        yield Remark("terms", OK, "every term can match")
