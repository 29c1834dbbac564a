"""Undoing one's own decisions, and redoing what was undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from termbank.model.concept import Status
from termbank.model.decision import Decision
from termbank.model.errors import ConflictError, NotFoundError
from termbank.services import settings
from termbank.services.bank_setup import Bank
from termbank.services.concept_edit import set_status
from termbank.services.history import history
from termbank.services.importing import import_file
from termbank.services.undo import BULK, carry_out, plan_redo, plan_undo, redo, undo

ENGLISH = "moderately prosperous society"


def decide(bank: Bank, status: Status, who: str = "lin", session: str = "one") -> Decision:
    """Set the status of a term, as a person in a session."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERMBANK_WHO", who)
        patch.setenv("TERMBANK_SESSION", session)
        return set_status(bank, "xiaokang", ENGLISH, status)


def import_list(bank: Bank, folder: Path, count: int) -> Decision:
    """Import a list of so many concepts as wang."""
    lines = [
        "zh-Hans,en",
        *(f"第{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n}号试点,pilot zone {n}" for n in range(count)),
    ]
    path = folder / "other.csv"
    path.write_text("\n".join(lines), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERMBANK_WHO", "wang")
        imported = import_file(bank, path, format="csv")
    assert len(imported.new) == count
    return history(bank)[-1]


def status(bank: Bank) -> Status:
    return bank.concept("xiaokang").english[0].status


def test_a_decision_is_signed_with_the_person_and_the_session(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TERMBANK_SESSION", raising=False)
    own = settings.session()
    assert own == settings.session()
    assert len(own) == 12
    taken = set_status(bank, "xiaokang", ENGLISH, Status.ADMITTED)
    assert (taken.who, taken.session) == ("lin", own)
    assert decide(bank, Status.PROPOSED, session="desk").session == "desk"
    assert history(bank)[-1].session == "desk"


def test_undo_takes_ones_own_and_leaves_a_later_import_of_another(bank: Bank, tmp_path: Path) -> None:
    mine = decide(bank, Status.SUPERSEDED)
    theirs = import_list(bank, tmp_path, 30)
    assert undo(bank).undoes == mine.number
    assert status(bank) is Status.PREFERRED
    assert bank.count("concept") == 32, "the import is as it was"
    with pytest.raises(NotFoundError, match="nothing of your own"):
        undo(bank)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERMBANK_WHO", "wang")
        assert undo(bank).undoes == theirs.number, "and is not in the way of its author either"


def test_a_plan_says_what_would_be_undone_and_asks_for_a_bulk_or_anothers(bank: Bank, tmp_path: Path) -> None:
    few = decide(bank, Status.SUPERSEDED)
    many = import_list(bank, tmp_path, BULK + 1)
    plan = plan_undo(bank)
    assert (plan.decision.number, plan.must_ask, plan.own) == (few.number, False, True)
    plan = plan_undo(bank, many.number)
    assert (plan.must_ask, plan.own, plan.is_bulk) == (True, False, True)
    assert plan.after == f"Undid decision {many.number}: import of other.csv, {BULK + 1} concepts."
    assert plan.before.startswith(f"Undoing decision {many.number} by wang, 2")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERMBANK_WHO", "wang")
        plan = plan_undo(bank)
        assert (plan.must_ask, plan.own) == (True, True), "a bulk of one's own is asked for too"
        carry_out(bank, plan)
        assert not plan_redo(bank).must_ask, "and comes back unasked"


def test_as_many_things_as_the_limit_are_no_bulk(bank: Bank, tmp_path: Path) -> None:
    many = import_list(bank, tmp_path, 3)
    kinds = plan_undo(bank, many.number).kinds
    assert sum(kinds.values()) <= BULK
    assert not plan_undo(bank, many.number).is_bulk


def test_redo_walks_forward_again_until_the_next_decision(bank: Bank) -> None:
    decide(bank, Status.ADMITTED)
    decide(bank, Status.SUPERSEDED)
    undo(bank)
    undo(bank)
    assert status(bank) is Status.PREFERRED
    redo(bank)
    assert status(bank) is Status.ADMITTED
    redo(bank)
    assert status(bank) is Status.SUPERSEDED
    with pytest.raises(NotFoundError, match="nothing to redo"):
        redo(bank)
    assert undo(bank).act == "undo", "what was redone can be undone once more"
    assert status(bank) is Status.ADMITTED
    decide(bank, Status.PROPOSED)
    with pytest.raises(NotFoundError, match="nothing to redo"):
        redo(bank)
    assert replayed(bank)


def replayed(bank: Bank) -> bool:
    from termbank.store.history import replay

    return replay(bank) == bank.things()


def test_redo_by_number_takes_the_decision_or_what_undid_it(bank: Bank) -> None:
    first = decide(bank, Status.ADMITTED)
    undoing = undo(bank)
    with pytest.raises(ConflictError, match="has not been undone"):
        redo(bank, first.number - 1)
    plan = plan_redo(bank, first.number)
    assert (plan.number, plan.decision.number) == (undoing.number, first.number)
    assert plan == plan_redo(bank, undoing.number)
    taken = redo(bank, first.number)
    assert (taken.act, taken.undoes) == ("redo", undoing.number)
    assert plan.after.startswith(f"Redid decision {first.number}: admit")


def test_in_the_interface_ones_own_are_those_of_the_session(bank: Bank) -> None:
    here = decide(bank, Status.ADMITTED, session="here")
    decide(bank, Status.SUPERSEDED, session="elsewhere")
    plan = plan_undo(bank, session="here")
    assert (plan.decision.number, plan.own) == (here.number, True)
    assert not plan_undo(bank, here.number + 1, session="here").own
    with pytest.raises(NotFoundError, match="nothing left to undo in this session"):
        plan_undo(bank, session="a third")
    with pytest.raises(NotFoundError, match="nothing to redo"):
        plan_redo(bank, session="here")


def test_what_blocks_an_undo_is_named_with_all_three_values(bank: Bank) -> None:
    mine = decide(bank, Status.ADMITTED)
    later = decide(bank, Status.SUPERSEDED, who="wang")
    with pytest.raises(ConflictError, match=f"changed again by decision {later.number}") as caught:
        undo(bank)
    (line,) = caught.value.faults
    assert str(line) == (
        f"term “en, {ENGLISH}” status: decision {mine.number} wrote “admitted”, a later one “superseded”; "
        "before, it was “preferred”."
    )
    assert status(bank) is Status.SUPERSEDED


def test_changes_to_other_fields_do_not_block_an_undo(bank: Bank) -> None:
    decide(bank, Status.ADMITTED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERMBANK_WHO", "wang")
        set_status(bank, "xiaokang", "小康社会", Status.SUPERSEDED)
    undo(bank)
    assert status(bank) is Status.PREFERRED
    assert bank.concept("xiaokang").chinese[0].status is Status.SUPERSEDED


def test_what_was_reverted_by_hand_is_passed_over(bank: Bank) -> None:
    first = decide(bank, Status.ADMITTED)
    decide(bank, Status.SUPERSEDED)
    decide(bank, Status.ADMITTED, who="wang")
    assert plan_undo(bank).decision.number == first.number, "undoing the second would change nothing"


def test_the_first_filling_is_undone_by_number_only(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERMBANK_WHO", "termbank")
    bank.decide(settings.decision("migrate", "to a new schema"))
    with pytest.raises(NotFoundError, match="nothing of your own"):
        plan_undo(bank)
    assert plan_undo(bank, 1).decision.act == "import"
