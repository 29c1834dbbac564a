"""What changed since a day: documents and periods by their dates, statuses by the decisions of the bank."""

from __future__ import annotations

import json

import pytest

from termbank.model.concept import Status
from termbank.model.errors import TermbankError
from termbank.reports import write
from termbank.services import settings
from termbank.services.bank_setup import Bank
from termbank.services.concept_edit import set_status
from termbank.services.recent_changes import changes_since

FORCES = "new-quality-productive-forces"


def test_documents_count_from_the_day_on(bank: Bank) -> None:
    (one,) = changes_since(bank, "2023-09").concepts
    assert (one.concept, [use.source.id for _, use in one.attestations]) == (FORCES, ["xinhua-2023-09"])
    assert [term.text for term in one.renderings] == ["new quality productive forces"]
    assert changes_since(bank, "2023-09-02").concepts == (), "the month may mean its first day"


def test_a_status_counts_by_its_decision(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "now", lambda: "2099-05-01T08:00:00Z")
    taken = set_status(bank, "xiaokang", "moderately prosperous society", Status.ADMITTED)
    found = changes_since(bank, "2099")
    (one,) = found.concepts
    (change,) = one.statuses
    assert (change.text, change.before, change.after) == (
        "moderately prosperous society",
        "preferred",
        "admitted",
    )
    assert change.decision.number == taken.number
    assert changes_since(bank, "2099-05-02").concepts == ()
    assert changes_since(bank, "2099", FORCES).concepts == ()
    assert "preferred became admitted" in write("changes", "text", found)
    (record,) = json.loads(write("changes", "json", found))["concepts"]
    assert record["statuses"][0]["after"] == "admitted"


def test_a_publisher_limits_the_answer_to_documents(bank: Bank) -> None:
    (one,) = changes_since(bank, "2023", by="Xinhua").concepts
    assert one.attestations
    assert one.renderings == ()
    assert changes_since(bank, "2023", kind="official").concepts == ()


def test_nothing_new_is_said_so(bank: Bank) -> None:
    assert write("changes", "text", changes_since(bank, "2098")) == "Nothing changed since 2098.\n"
    with pytest.raises(TermbankError, match="not a date"):
        changes_since(bank, "soon")
