"""The history read for a person: what is taken back, who brought a term, what stood on a day."""

from __future__ import annotations

import pytest

from termbank.model.concept import Status
from termbank.model.errors import NotFoundError, TermbankError
from termbank.services.bank_setup import Bank
from termbank.services.concept_edit import set_status
from termbank.services.history import as_of, blame, history
from termbank.services.undo import undo


def test_undo_without_a_number_walks_back_through_ones_own_decisions(bank: Bank) -> None:
    set_status(bank, "xiaokang", "moderately prosperous society", Status.ADMITTED)
    set_status(bank, "xiaokang", "moderately prosperous society", Status.SUPERSEDED)
    assert undo(bank).undoes == 3
    assert undo(bank).undoes == 2
    with pytest.raises(NotFoundError, match="nothing of your own to undo"):
        undo(bank)
    assert bank.concept("xiaokang").english[0].status is Status.PREFERRED


def test_a_term_tells_who_brought_it_and_who_changed_it(bank: Bank) -> None:
    set_status(bank, "xiaokang", "moderately prosperous society", Status.SUPERSEDED)
    told = {one.text: (one.first.who, one.last.who, one.last.act) for one in blame(bank, "xiaokang")}
    assert told == {
        "小康社会": ("termbank", "termbank", "import"),
        "moderately prosperous society": ("termbank", "lin", "supersede"),
    }


def test_the_history_of_a_concept_is_found_by_its_term(bank: Bank) -> None:
    set_status(bank, "xiaokang", "moderately prosperous society", Status.SUPERSEDED)
    assert [d.act for d in history(bank, "小康社會")] == ["import", "supersede"]
    with pytest.raises(NotFoundError, match="no concept “大同”"):
        history(bank, "大同")


def test_the_bank_is_seen_as_it_was_on_a_day(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termbank.services.settings.now", lambda: "2031-05-01T09:00:00Z")
    set_status(bank, "xiaokang", "moderately prosperous society", Status.SUPERSEDED)
    assert as_of(bank, "2031-04").by_id["xiaokang"].english[0].status is Status.PREFERRED
    assert as_of(bank, "2031-05-01").by_id["xiaokang"].english[0].status is Status.SUPERSEDED
    assert len(as_of(bank, "1999")) == 0
    with pytest.raises(TermbankError, match="not a date"):
        as_of(bank, "last week")
