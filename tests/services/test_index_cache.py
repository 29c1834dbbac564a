"""Indexes that nobody uses are removed; those in use stay."""

from __future__ import annotations

import os
import time

from termbank.services import settings
from termbank.services.bank_setup import Bank
from termbank.services.index_cache import index_place

DAY = 24 * 3600


def test_an_index_unused_for_months_is_removed_and_one_in_use_stays(bank: Bank) -> None:
    now = time.time()
    own = settings.index_path(bank.path)
    folder = own.parent
    for path, age in ((own, 100), (folder / "gone.index", 91), (folder / "rare.index", 80)):
        path.touch()
        os.utime(path, (now - age * DAY,) * 2)
    assert index_place(bank.path) == own
    assert sorted(path.name for path in folder.glob("*.index")) == sorted([own.name, "rare.index"])
    assert now - own.stat().st_mtime < DAY


def test_a_bank_without_an_index_is_no_fault(bank: Bank) -> None:
    settings.index_path(bank.path).unlink()
    assert index_place(bank.path) == settings.index_path(bank.path)
