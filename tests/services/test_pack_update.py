"""A newer pack updates what the house has not touched, and never what it has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from termbank.model.decision import Change, Decision
from termbank.services.pack_update import PackRecord, PackUpdate
from termbank.store.bank import Bank
from termbank.store.bases import base_record
from termbank.store.history import replay, undo

SHIPPED = "termbank"
ID = "community-with-a-shared-future"


def pack(*english: tuple[str, str], subject: str = "foreign affairs", **fields: Any) -> PackRecord:
    terms = [{"language": "zh-Hans", "text": "人类命运共同体", "status": "preferred"}]
    terms += [{"language": "en", "text": text, "status": status} for text, status in english]
    return PackRecord("foreign-affairs", "concept", {"id": ID, "subject": subject, "term": terms, **fields})


FIRST = pack(("community with a shared future for mankind", "preferred"))
SECOND = pack(
    ("community with a shared future for mankind", "admitted"),
    ("community with a shared future for humanity", "preferred"),
)


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    with Bank.create(tmp_path / "terms.bank") as made:
        take(made, FIRST)
        yield made


def take(bank: Bank, *records: PackRecord) -> PackUpdate:
    update = PackUpdate(bank, records, SHIPPED)
    bank.decide(Decision("import", SHIPPED, "2026-01-01T00:00:00Z"), update.changes)
    return update


def edit(bank: Bank, **fields: Any) -> None:
    record = (bank.body("concept", ID) or {}) | fields
    bank.decide(Decision("edit", "lin", "2026-02-01T00:00:00Z", None, (Change("concept", ID, record),)))


def statuses(bank: Bank) -> dict[str, str]:
    return {term.text: term.status.value for term in bank.concept(ID).english}


def test_what_the_house_has_not_touched_follows_the_pack(bank: Bank) -> None:
    update = take(bank, SECOND)
    assert (update.added, update.updated, update.conflicts) == (0, 1, [])
    assert statuses(bank) == {
        "community with a shared future for humanity": "preferred",
        "community with a shared future for mankind": "admitted",
    }
    latest = bank.latest
    assert take(bank, SECOND).unchanged == 1
    assert bank.latest == latest


def test_other_fields_that_the_house_changed_stay(bank: Bank) -> None:
    edit(bank, subject="diplomacy")
    take(bank, SECOND)
    assert bank.concept(ID).subject == "diplomacy"
    assert statuses(bank)["community with a shared future for humanity"] == "preferred"


def test_where_both_changed_one_field_the_house_is_kept_and_counted(bank: Bank) -> None:
    edit(bank, subject="diplomacy")
    update = take(bank, pack(("community with a shared future for mankind", "preferred"), subject="party"))
    assert bank.concept(ID).subject == "diplomacy"
    ((id, conflict),) = update.conflicts
    assert (id, conflict.base, conflict.theirs, conflict.yours) == (
        ID,
        "foreign affairs",
        "diplomacy",
        "party",
    )


def test_two_preferred_terms_never_come_of_it(bank: Bank) -> None:
    record = bank.body("concept", ID) or {}
    ours = {"language": "en", "text": "community of common destiny", "status": "preferred"}
    terms = [*record["term"][:1], record["term"][1] | {"status": "admitted"}, ours]
    edit(bank, term=terms)
    take(bank, SECOND)
    assert statuses(bank)["community of common destiny"] == "preferred"
    assert list(statuses(bank).values()).count("preferred") == 1


def test_what_the_house_removed_stays_removed(bank: Bank) -> None:
    bank.decide(Decision("remove", "lin", "2026-02-01T00:00:00Z", None, (Change("concept", ID, None),)))
    take(bank, SECOND)
    assert bank.body("concept", ID) is None
    assert replay(bank) == bank.things()


def test_the_base_is_what_the_pack_said_also_after_a_merge_and_an_undo(bank: Bank) -> None:
    edit(bank, subject="diplomacy")
    take(bank, SECOND)
    origin = bank.body("origin", ID)
    assert origin is not None
    assert base_record(bank, origin) == SECOND.record
    undo(bank, bank.latest, who="lin", when="2026-03-01T00:00:00Z")
    origin = bank.body("origin", ID)
    assert origin is not None
    assert base_record(bank, origin) == FIRST.record
    take(bank, SECOND)
    assert statuses(bank)["community with a shared future for humanity"] == "preferred"


def test_a_bank_without_origins_uses_what_the_shipped_glossaries_last_wrote(tmp_path: Path) -> None:
    with Bank.create(tmp_path / "old.bank") as bank:
        bank.decide(
            Decision("import", SHIPPED, "2025-01-01T00:00:00Z", None, (Change("concept", ID, FIRST.record),))
        )
        edit(bank, subject="diplomacy")
        assert take(bank, SECOND).updated == 1
        assert bank.concept(ID).subject == "diplomacy"
        assert statuses(bank)["community with a shared future for humanity"] == "preferred"


def test_a_concept_of_the_house_with_the_same_id_is_left_alone(tmp_path: Path) -> None:
    with Bank.create(tmp_path / "own.bank") as bank:
        own = pack(("human community with a shared future", "preferred"), subject="own").record
        bank.decide(Decision("edit", "lin", "2026-01-01T00:00:00Z", None, (Change("concept", ID, own),)))
        update = take(bank, FIRST)
        assert bank.body("concept", ID) == own
        assert len(update.conflicts) == 1
