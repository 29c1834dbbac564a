"""The bank keeps what was decided, whole and in order, whoever else is writing."""

from __future__ import annotations

import multiprocessing
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from termbank.model.concept import Status
from termbank.model.decision import Change
from termbank.model.errors import BankError, ConflictError, NotFoundError
from termbank.model.records import concept_record
from termbank.review import with_status
from termbank.store.bank import Bank
from termbank.store.canonical_json import canonical
from termbank.store.history import broken_seal, decisions, replay

from .conftest import FORCES, FUTURE, REPORT, ROAD, decision, first_changes, put


def test_a_concept_comes_back_as_it_was_put(bank: Bank) -> None:
    assert bank.concept("belt-and-road") == ROAD
    assert bank.glossary().concepts == (ROAD, FUTURE, FORCES)
    assert bank.glossary().sources == (REPORT,)


def test_the_same_concept_is_always_the_same_bytes(bank: Bank) -> None:
    scrambled = dict(reversed(concept_record(FORCES).items()))
    assert canonical(scrambled) == canonical(concept_record(FORCES))
    assert bank.decide(decision("edit", Change("concept", FORCES.id, scrambled))).number == 0


def test_a_decision_that_changes_nothing_is_not_kept(bank: Bank) -> None:
    assert bank.decide(decision("edit", put(FORCES))).number == 0
    assert len(decisions(bank)) == 1


def test_a_decision_is_taken_whole_or_not_at_all(bank: Bank) -> None:
    before = bank.things()
    broken = concept_record(FUTURE)
    broken["term"][1]["attestations"][0]["source"] = "no-such-report"
    with pytest.raises(ConflictError, match="no-such-report"):
        bank.decide(
            decision("edit", put(replace(FORCES, subject="ours")), Change("concept", FUTURE.id, broken))
        )
    assert bank.things() == before
    assert bank.latest == 1


def test_a_source_in_use_is_not_removed(bank: Bank) -> None:
    with pytest.raises(ConflictError, match="names the source “gwr-2024”"):
        bank.decide(decision("remove", Change("source", REPORT.id, None)))


def test_two_openings_of_one_bank_see_one_another(bank: Bank, path: Path) -> None:
    with Bank.open(path) as other:
        assert other.glossary().by_id[FORCES.id].subject is None
        bank.decide(decision("edit", put(replace(FORCES, subject="seen"))))
        assert other.concept(FORCES.id).subject == "seen"
        assert other.glossary().by_id[FORCES.id].subject == "seen"


def _add_notes(path: Path, worker: int, times: int) -> None:
    with Bank.open(path) as bank:
        for number in range(times):

            def longer() -> list[Change]:
                now = bank.concept(FORCES.id)
                return [put(replace(now, subject=f"{now.subject or ''}{worker}:{number} "))]  # noqa: B023

            bank.decide(decision("edit", who=f"worker {worker}"), longer)


def test_processes_writing_at_once_wait_for_one_another_and_lose_nothing(bank: Bank, path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_add_notes, args=(path, worker, 8)) for worker in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    notes = (bank.concept(FORCES.id).subject or "").split()
    assert len(notes) == len(set(notes)) == 24
    assert [d.number for d in decisions(bank)] == list(range(1, 26))
    assert replay(bank) == bank.things()
    assert broken_seal(bank) is None


def test_waiting_in_vain_is_said_in_a_sentence(bank: Bank, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        Bank.open(path, wait_seconds=0.05) as waiting,
        pytest.raises(BankError, match="another program is writing"),
    ):
        waiting.decide(decision("edit", put(replace(FORCES, subject="x"))))
    other.execute("ROLLBACK")
    other.close()


def test_a_full_disk_loses_nothing(bank: Bank) -> None:
    before = bank.things()
    pages = bank.rows("PRAGMA page_count")[0][0]
    bank.rows(f"PRAGMA max_page_count = {pages}")
    big = tuple(put(replace(FORCES, id=f"many-{n}", subject="长" * 3000)) for n in range(50))
    with pytest.raises(BankError, match="the disk is full; nothing was written"):
        bank.decide(decision("import", *big))
    assert bank.things() == before
    bank.rows("PRAGMA max_page_count = 1073741823")
    assert bank.decide(decision("import", *big)).number == 2


def test_half_a_character_is_refused_in_a_sentence(bank: Bank) -> None:
    with pytest.raises(BankError, match="half a character"):
        bank.decide(decision("edit", put(replace(FORCES, subject="\ud83d"))))
    assert bank.latest == 1


def test_setting_a_status_keeps_one_preferred_term(bank: Bank) -> None:
    after = with_status(ROAD, "One Belt, One Road", Status.PREFERRED)
    assert [(t.text, t.status) for t in after.english] == [
        ("One Belt, One Road", Status.PREFERRED),
        ("Belt and Road", Status.ADMITTED),
    ]


# -- files that are not to be opened -----------------------------------------------------------


def unchanged(path: Path, *, sentence: str) -> None:
    """Opening is refused in one sentence and leaves every byte and no new file."""
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(BankError, match=sentence) as refused:
        Bank.open(path)
    assert "\n" not in str(refused.value)
    assert str(path) in str(refused.value)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty, not a bank"),
        ("新质生产力\tnew quality productive forces\n".encode() * 9, "not a termbank bank"),
        (b"SQLite format 3\0", "not a termbank bank"),
        (bytes(range(256)) * 40, "not a termbank bank"),
    ],
)
def test_a_file_of_another_kind_is_left_alone(path: Path, content: bytes, sentence: str) -> None:
    path.write_bytes(content)
    unchanged(path, sentence=sentence)


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE moz_places (id INTEGER)")
    connection.close()
    unchanged(path, sentence="database of another program")


def closed(bank: Bank) -> Path:
    """The bank's file, with nothing left in its log."""
    bank.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    bank.close()
    return bank.path


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_truncated_bank_is_left_alone(path: Path, bank: Bank, share: float) -> None:
    whole = closed(bank).read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    unchanged(path, sentence="truncated")


def test_a_bank_from_a_newer_termbank_is_left_alone(path: Path, bank: Bank) -> None:
    closed(bank)
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO migration (name, taken) VALUES ('2031-01 sounds', '2031-01-01')")
    connection.commit()
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(BankError, match=r"newer termbank .*2031-01 sounds.* Update termbank"):
        Bank.open(path)
    assert path.read_bytes() == before


def test_a_damaged_page_is_said_in_a_sentence(path: Path, bank: Bank) -> None:
    whole = bytearray(closed(bank).read_bytes())
    whole[4096:] = b"\x5a" * (len(whole) - 4096)
    path.write_bytes(whole)
    with pytest.raises(BankError, match=r"damaged|not a termbank bank"), Bank.open(path) as opened:
        opened.glossary()


def test_a_missing_bank_says_how_to_make_one(path: Path) -> None:
    with pytest.raises(BankError, match="termbank init"):
        Bank.open(path)
    assert not path.exists()


def test_a_bank_that_is_read_only_can_be_read(path: Path, bank: Bank) -> None:
    with Bank.open(path, read_only=True) as reader:
        assert reader.concept("belt-and-road") == ROAD
        with pytest.raises(BankError, match="read-only; nothing was written"):
            reader.decide(decision("edit", put(replace(FORCES, subject="x"))))


def test_a_bank_in_a_folder_that_cannot_be_written_can_be_read(as_another_person: Path) -> None:
    place = as_another_person / "terms.bank"
    with Bank.create(place) as made:
        made.decide(decision("import", *first_changes()))
    place.chmod(0o444)
    as_another_person.chmod(0o555)
    with Bank.open(place) as reader:
        assert reader.read_only
        assert reader.concept("belt-and-road") == ROAD
        with pytest.raises(BankError, match="read-only"):
            reader.decide(decision("edit", put(replace(FORCES, subject="x"))))
    assert [file.name for file in as_another_person.iterdir()] == ["terms.bank"]


def test_a_concept_that_is_not_there_is_said_by_name(bank: Bank) -> None:
    with pytest.raises(NotFoundError, match="no concept “made-up”"):
        bank.concept("made-up")
    assert bank.concepts(["made-up", ROAD.id]) == {ROAD.id: ROAD}
