"""Repair the bank, and say in sentences what was restored, what nothing has, and where the damaged file is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from termbank.model.message import message, plural
from termbank.services import settings
from termbank.services.backup import free_name, stamp
from termbank.services.bank_setup import open_bank, update_index
from termbank.services.short_list import list_names
from termbank.store.index import SearchIndex
from termbank.store.private_files import sweep
from termbank.store.repair import BankRepair, repair_bank

REPAIR = "repair"


@dataclass(frozen=True)
class RepairReport:
    """What a repair did, a sentence each; `kept` is the damaged file, None where the bank was sound."""

    sentences: tuple[str, ...]
    kept: Path | None


def repair(path: Path | None = None) -> RepairReport:
    """Repair a bank (the person's own by default) and rebuild its search index.

    Raises:
        BankError: There is no bank, it is open elsewhere, or it is damaged beyond repair; the file stays as it was.
    """
    place = settings.bank_path(path).expanduser()
    sweep(place.parent, place.name)
    beside = place.with_name(f".{place.name}.{os.getpid()}.new")
    kept = free_name(place.parent, f"{place.stem}-damaged-{stamp()}", place.suffix)
    done = repair_bank(place, beside, kept, settings.decision(REPAIR))
    index = settings.index_path(place)
    sweep(index.parent)
    index.unlink(missing_ok=True)
    with open_bank(place) as bank:
        update_index(bank)
        assert isinstance(bank.search_index, SearchIndex)
    return RepairReport(tuple(_sentences(done)), done.kept)


# Long: a table.
def _sentences(done: BankRepair) -> Iterator[str]:
    if done.kept is None:
        yield message("The bank is sound. The search index was rebuilt.")
        return
    rows = done.rows
    for count, one, more, names in (
        (
            len(rows.restored),
            message("{count} record was restored: {names}"),
            message("{count} records were restored: {names}"),
            [f"{kind} “{id}”" for kind, id in rows.restored],
        ),
        (
            len(rows.older),
            message("{count} record was restored from an earlier version, since its last one is damaged too: {names}"),
            message("{count} records were restored from earlier versions, since their last ones are damaged too: {names}"),
            [f"{kind} “{id}”" for kind, id in rows.older],
        ),
        (
            len(rows.lost),
            message("{count} record is damaged and nothing has it; import it again or restore a copy: {names}"),
            message("{count} records are damaged and nothing has them; import them again or restore a copy: {names}"),
            [f"{kind} “{id}”" for kind, id in rows.lost],
        ),
        (
            len(rows.history),
            message("{count} row of the history was restored: {names}"),
            message("{count} rows of the history were restored: {names}"),
            [f"{kind} “{id}” ({number})" for number, kind, id in rows.history],
        ),
        (
            len(rows.history_lost),
            message("{count} row of the history is damaged and nothing has it; what the bank holds now is not touched by it: {names}"),
            message("{count} rows of the history are damaged and nothing has them; what the bank holds now is not touched by them: {names}"),
            [f"{kind} “{id}” ({number})" for number, kind, id in rows.history_lost],
        ),
        (
            len(rows.decisions),
            message("{count} decision no longer fits its seal: {names}"),
            message("{count} decisions no longer fit their seals: {names}"),
            [str(number) for number in rows.decisions],
        ),
        (
            len(rows.texts),
            message("{count} text or alignment of the corpus was damaged and is removed; add its document again: {names}"),
            message("{count} texts or alignments of the corpus were damaged and are removed; add their documents again: {names}"),
            [name[:12] for name in rows.texts],
        ),
    ):  # fmt: skip
        if count:
            yield plural(one, more, count, names=list_names(names))
    unread = sorted(table for table, count in done.unread.items() if count)
    if unread:
        yield message(
            "Parts of the tables {tables} could not be read; what lay only there is lost.",
            tables=", ".join(unread),
        )
    yield message("What is derived from the records was made again.")
    yield message("The damaged file is kept as {file}.", file=done.kept)
