"""The history tells what was decided, cannot be rewritten, and gives back what was."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from termbank.model.concept import Concept
from termbank.model.decision import Change
from termbank.model.errors import ConflictError, NotFoundError
from termbank.store.bank import Bank
from termbank.store.history import decision_numbered, decisions, replay, undo

from .conftest import FORCES, ROAD, decision, put


def test_the_history_tells_who_when_what_and_why(bank: Bank) -> None:
    taken = bank.decide(
        decision("edit", put(replace(FORCES, subject="2023")), why="first used in Heilongjiang")
    )
    assert [d.number for d in decisions(bank, "new-quality-productive-forces")] == [1, 2]
    assert decisions(bank, "belt-and-road")[-1].number == 1
    found = decision_numbered(bank, taken.number)
    assert (found.act, found.who, found.why) == ("edit", "lin", "first used in Heilongjiang")
    assert found.changes == taken.changes
    with pytest.raises(NotFoundError):
        decision_numbered(bank, 99)


def test_the_history_cannot_be_rewritten(bank: Bank) -> None:
    connection = sqlite3.connect(bank.path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("DELETE FROM change")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("UPDATE decision SET who = 'nobody'")
    connection.close()


def test_undo_puts_back_what_was(bank: Bank) -> None:
    before = bank.things()
    bank.decide(decision("edit", put(replace(FORCES, subject="x")), Change("concept", ROAD.id, None)))
    undone = undo(bank, 2, who="wang", when="2026-03-06T08:00:00Z")
    assert bank.things() == before
    assert (undone.number, undone.undoes) == (3, 2)
    undo(bank, 3, who="wang", when="2026-03-06T08:01:00Z")
    assert bank.concept(FORCES.id).subject == "x"


def test_undo_refuses_what_was_changed_again_since(bank: Bank) -> None:
    bank.decide(decision("edit", put(replace(FORCES, subject="one"))))
    bank.decide(decision("edit", put(replace(FORCES, subject="two"))))
    with pytest.raises(ConflictError, match="changed again by decision 3"):
        undo(bank, 2, who="wang", when="2026-03-06T08:00:00Z")
    assert bank.concept(FORCES.id).subject == "two"


def test_undoing_twice_says_by_whom_it_was_undone(bank: Bank) -> None:
    bank.decide(decision("edit", put(replace(FORCES, subject="one"))))
    undo(bank, 2, who="wang", when="2026-03-06T08:00:00Z")
    with pytest.raises(ConflictError, match="undone already, by decision 3"):
        undo(bank, 2, who="wang", when="2026-03-06T08:00:00Z")


def test_concepts_without_terms_in_common_are_replayed_as_of_any_decision(bank: Bank) -> None:
    bank.decide(decision("remove", Change("concept", ROAD.id, None)))
    assert ("concept", ROAD.id) in replay(bank, 1)
    assert ("concept", ROAD.id) not in replay(bank, 2)
    assert isinstance(bank.glossary().concepts[0], Concept)
