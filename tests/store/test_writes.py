"""What a decision refuses and merges, what a row is verified by, and where long texts are kept."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from termbank.model.decision import Change, Decision
from termbank.model.errors import BankError, ConflictError
from termbank.model.records import concept_record
from termbank.store.bank import Bank
from termbank.store.contents import alignment_places, keep_alignment, keep_text, text_of, text_parts
from termbank.store.damage import find_damage
from termbank.store.history import broken_seal, decision_numbered, decisions, replay
from termbank.store.queries import concept_of_external_id

from .conftest import FORCES, REPORT, concept, decision, put


def edited(**fields: Any) -> dict[str, Any]:
    return concept_record(FORCES) | fields


def test_changes_to_different_fields_since_reading_are_merged(bank: Bank) -> None:
    read = bank.last_touch("concept", FORCES.id)
    bank.decide(decision("edit", Change("concept", FORCES.id, edited(subject="economy"))))
    term = concept_record(FORCES)
    term["term"][1]["status"] = "admitted"
    bank.decide(decision("edit", Change("concept", FORCES.id, term, read=read), who="wang"))
    now = bank.concept(FORCES.id)
    assert (now.subject, now.english[0].status.value) == ("economy", "admitted")


def test_a_change_of_the_same_field_since_reading_is_refused_with_all_three(bank: Bank) -> None:
    read = bank.last_touch("concept", FORCES.id)
    bank.decide(decision("edit", Change("concept", FORCES.id, edited(subject="economy"))))
    with pytest.raises(ConflictError) as caught:
        bank.decide(decision("edit", Change("concept", FORCES.id, edited(subject="industry"), read=read)))
    (conflict,) = caught.value.conflicts
    assert (conflict.base, conflict.theirs, conflict.yours) == (None, "economy", "industry")
    assert bank.concept(FORCES.id).subject == "economy"


def test_a_removed_thing_keeps_the_number_that_a_writer_must_have_read(bank: Bank) -> None:
    read = bank.last_touch("concept", FORCES.id)
    removal = bank.decide(decision("remove", Change("concept", FORCES.id, None)))
    assert bank.last_touch("concept", FORCES.id) == removal.number
    with pytest.raises(ConflictError):
        bank.decide(decision("edit", Change("concept", FORCES.id, edited(subject="economy"), read=read)))
    bank.decide(decision("edit", Change("concept", FORCES.id, edited(), read=removal.number)))
    assert bank.concept(FORCES.id) == FORCES


def test_two_writers_that_create_one_thing_do_not_overwrite_each_other(bank: Bank) -> None:
    new = concept("eco-civilization", "生态文明", "ecological civilization")
    bank.decide(decision("edit", Change("concept", new.id, concept_record(new), read=0)))
    other = concept_record(new) | {"subject": "environment"}
    bank.decide(decision("edit", Change("concept", new.id, other, read=0)))
    assert bank.concept(new.id).subject == "environment"
    with pytest.raises(ConflictError):
        bank.decide(decision("edit", Change("concept", new.id, other | {"subject": "party"}, read=0)))


def test_the_time_never_goes_back_and_a_clock_behind_is_kept(bank: Bank) -> None:
    bank.decide(
        replace(decision("edit", put(replace(FORCES, subject="economy"))), when="2026-05-01T00:00:00Z")
    )
    late = bank.decide(
        replace(decision("edit", put(replace(FORCES, subject="industry"))), when="2026-04-01T00:00:00Z")
    )
    assert (late.when, late.clock) == ("2026-05-01T00:00:00Z", "2026-04-01T00:00:00Z")
    assert decision_numbered(bank, late.number).clock == "2026-04-01T00:00:00Z"
    assert broken_seal(bank) is None
    assert [one.when for one in decisions(bank)] == sorted(one.when for one in decisions(bank))


def test_a_reference_without_a_target_is_refused(bank: Bank) -> None:
    wrong = concept_record(FORCES)
    wrong["term"][1]["attestations"] = [{"source": "gwr-1999"}]
    with pytest.raises(ConflictError, match="gwr-1999"):
        bank.decide(decision("edit", Change("concept", FORCES.id, wrong)))
    related = edited(relations=[{"type": "related", "concept": "nowhere"}])
    with pytest.raises(ConflictError, match="nowhere"):
        bank.decide(decision("edit", Change("concept", FORCES.id, related)))
    with pytest.raises(ConflictError, match=REPORT.id):
        bank.decide(decision("remove", Change("source", REPORT.id, None)))
    assert ("belt-and-road", "source") in bank.rows(
        "SELECT id, target_kind FROM reference WHERE target = ?", (REPORT.id,)
    )
    assert bank.latest == 1


def test_a_concept_that_others_name_is_not_removed(bank: Bank) -> None:
    relations = [{"type": "related", "concept": "belt-and-road"}]
    bank.decide(decision("edit", Change("concept", FORCES.id, edited(relations=relations))))
    with pytest.raises(ConflictError, match="belt-and-road"):
        bank.decide(decision("remove", Change("concept", "belt-and-road", None)))


def test_an_external_id_belongs_to_one_concept(bank: Bank) -> None:
    ids = [{"system": "wikidata", "id": "Q1"}]
    bank.decide(decision("edit", Change("concept", FORCES.id, edited(ids=ids))))
    assert concept_of_external_id(bank, "wikidata", "Q1") == FORCES.id
    other = concept_record(bank.concept("belt-and-road")) | {"ids": ids}
    with pytest.raises(ConflictError, match="Q1"):
        bank.decide(decision("edit", Change("concept", "belt-and-road", other)))
    bank.decide(
        decision("edit", Change("concept", FORCES.id, edited()), Change("concept", "belt-and-road", other))
    )
    assert concept_of_external_id(bank, "wikidata", "Q1") == "belt-and-road"


@pytest.mark.parametrize("column", ["body", "schema", "id"])
def test_a_row_that_is_not_as_written_is_left_out_and_named(bank: Bank, path: Path, column: str) -> None:
    new = {"body": "replace(body, 'quality', 'qualitx')", "schema": "schema + 1", "id": "'forces'"}[column]
    connection = sqlite3.connect(path)
    connection.execute(f"UPDATE thing SET {column} = {new} WHERE id = ?", (FORCES.id,))
    connection.commit()
    connection.close()
    found = [id for id, _ in bank.bodies("concept")]
    assert found == ["belt-and-road", "community-with-a-shared-future"]
    renamed = {("concept", "forces"): "its digest does not fit"} if column == "id" else {}
    reason = "it is missing" if column == "id" else "its digest does not fit"
    assert bank.damaged == renamed | {("concept", FORCES.id): reason}
    assert len(bank.glossary()) == 2


def test_a_damaged_source_leaves_its_attestations_in_place(bank: Bank, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE thing SET body = replace(body, 'Report', 'Deport') WHERE kind = 'source'")
    connection.commit()
    connection.close()
    glossary = bank.glossary()
    assert [a.source.id for a in glossary.by_id["belt-and-road"].english[0].attestations] == [REPORT.id]
    assert ("source", REPORT.id) in bank.damaged


def test_a_damaged_change_is_found_and_does_not_break_the_seals_after_it(bank: Bank, path: Path) -> None:
    bank.decide(decision("edit", put(replace(FORCES, subject="economy"))))
    connection = sqlite3.connect(path)
    connection.executescript(
        "DROP TRIGGER change_stays; UPDATE change SET body = replace(body, 'quality', 'qualitx') WHERE decision = 1;"
    )
    connection.close()
    assert broken_seal(bank) is None
    assert [(one.decision, *one.key) for one in find_damage(bank.rows).changes] == [(1, "concept", FORCES.id)]


def test_long_texts_and_alignments_are_kept_once_and_in_parts(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("termbank.store.contents.PART", 10)
    text = "新质生产力是高质量发展的重要着力点。" * 3
    names: list[str] = []

    def changes() -> list[Change]:
        names.append(keep_text(bank, text))
        names.append(keep_text(bank, ""))
        names.append(keep_alignment(bank, names[0], names[1], [(0, 5, 0, 0, 0.5)]))
        body = {
            "id": "a",
            "title": "a",
            "zh": {"text": names[0]},
            "en": {"text": names[1]},
            "alignment": names[2],
        }
        return [Change("document", "a", body)]

    bank.decide(decision("corpus"), changes)
    rows = bank.rows("SELECT count(*) FROM text_part")
    bank.decide(decision("corpus", Change("document", "a", None)))
    bank.decide(decision("corpus"), changes)
    assert bank.rows("SELECT count(*) FROM text_part") == rows
    assert (text_of(bank, names[0]), text_of(bank, names[1])) == (text, "")
    assert max(len(part) for part in text_parts(bank, names[0])) == 10
    assert alignment_places(bank, names[2]) == [(0, 5, 0, 0, 0.5)]


def test_a_damaged_text_is_named(bank: Bank, path: Path) -> None:
    names: list[str] = []
    bank.decide(
        decision("corpus"),
        lambda: (names.append(keep_text(bank, "治理能力")), [put(replace(FORCES, subject="x"))])[1],
    )
    connection = sqlite3.connect(path)
    connection.executescript("DROP TRIGGER text_part_stays; UPDATE text_part SET body = '治理体系';")
    connection.close()
    with pytest.raises(BankError, match="damaged"):
        text_of(bank, names[0])
    with pytest.raises(BankError, match="damaged"):
        text_of(bank, "0" * 64)


def test_contents_are_written_by_decisions_alone(bank: Bank) -> None:
    with pytest.raises(RuntimeError):
        keep_text(bank, "治理")


def test_the_session_is_kept_and_sealed(bank: Bank) -> None:
    bank.decide(
        Decision(
            "edit", "lin", "2026-06-01T00:00:00Z", None, (put(replace(FORCES, subject="x")),), session="a1"
        )
    )
    assert decision_numbered(bank, 2).session == "a1"
    assert replay(bank) == bank.things()
