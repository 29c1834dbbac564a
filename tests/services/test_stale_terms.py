"""Preferred renderings that no document attests since a day are listed, the undated ones after the dated."""

from __future__ import annotations

from pathlib import Path

import pytest

from termbank.model.errors import TermbankError
from termbank.services.bank_setup import Bank, open_bank
from termbank.services.stale_terms import find_stale_terms


def listed(bank: Bank, date: str) -> list[tuple[str, str | None, int]]:
    return [(one.concept, one.last, one.documents) for one in find_stale_terms(bank, date)]


def test_the_last_day_that_a_date_may_mean_decides(bank: Bank) -> None:
    forces, unattested = ("new-quality-productive-forces", "2023-09", 1), ("xiaokang", None, 0)
    assert listed(bank, "2023-10") == [forces, unattested]
    assert listed(bank, "2023-09-30") == [unattested]
    assert listed(bank, "2023-09") == [unattested]


def test_an_undated_document_is_counted(shipped: Path) -> None:
    documents = shipped / "documents.toml"
    documents.write_text(documents.read_text("utf-8").replace('date = "2023-09"\n', ""), "utf-8")
    with open_bank() as bank:
        assert ("new-quality-productive-forces", None, 1) in listed(bank, "2020")


def test_what_is_no_date_is_refused(bank: Bank) -> None:
    with pytest.raises(TermbankError, match="not a date"):
        find_stale_terms(bank, "last year")
