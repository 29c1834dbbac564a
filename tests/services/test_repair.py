"""Damaged records are named and left out, the rest stays usable, and a repair restores what anything still has."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from termbank.model.concept import Status
from termbank.model.decision import Change
from termbank.model.errors import BankError, TermbankError
from termbank.services import corpus, doctor, settings
from termbank.services.bank_setup import Bank, open_bank
from termbank.services.concept_edit import set_status
from termbank.services.damage import damage_remarks
from termbank.services.exporting import export
from termbank.services.history import blame, history
from termbank.services.importing import import_file
from termbank.services.lookup import look_up
from termbank.services.repair import repair
from termbank.services.undo import undo

PAIRS = "zh\ten\n小康社会的建设。\tBuilding a moderately prosperous society.\n发展经济。\tGrow the economy.\n"
Damage = Callable[[str], Path]


@pytest.fixture
def sound(bank: Bank, tmp_path: Path) -> Bank:
    """A bank with an edit and a document."""
    (tmp_path / "pairs.tsv").write_text(PAIRS, "utf-8")
    set_status(bank, "xiaokang", "moderately prosperous society", Status.ADMITTED)
    corpus.add(bank, [tmp_path / "pairs.tsv"])
    return bank


@pytest.fixture
def damage(sound: Bank) -> Damage:
    """Run statements on the closed bank that termbank itself never would."""
    path = sound.path
    sound.close()

    def run(statements: str) -> Path:
        connection = sqlite3.connect(path)
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            statement = connection.execute(
                "SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)
            ).fetchone()[0]
            connection.execute(f"DROP TRIGGER {trigger}")
            statements += f";{statement}"
        connection.executescript(statements)
        connection.close()
        return path

    return run


def errors(path: Path) -> list[str]:
    return [f"{one.name}: {one.message}" for one in doctor.examine(path) if one.state == "error"]


def exported(path: Path) -> bytes:
    with open_bank(path) as bank:
        return export(bank, "json").data


def with_many_terms(path: Path, folder: Path) -> Path:
    """Fill pages with four hundred concepts; nothing is left in the log."""
    rows = "".join(f"术语{number},term number {number}\n" for number in range(400))
    (folder / "many.csv").write_text("zh,en\n" + rows, "utf-8")
    with open_bank(path) as bank:
        import_file(bank, folder / "many.csv")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


BROKEN_BODIES = {
    "a letter": "UPDATE thing SET body = replace(body, 'moderately', 'moderatelx') WHERE kind = 'concept' AND id = 'xiaokang'",
    "bytes that are no text": "UPDATE thing SET body = CAST(x'7b22ff' AS TEXT) WHERE kind = 'concept' AND id = 'xiaokang'",
    "no JSON": "UPDATE thing SET body = substr(body, 5) WHERE kind = 'concept' AND id = 'xiaokang'",
    "another kind of value": "UPDATE thing SET body = 7 WHERE kind = 'concept' AND id = 'xiaokang'",
    "the digest": "UPDATE thing SET digest = x'00' WHERE kind = 'concept' AND id = 'xiaokang'",
    "the id": "UPDATE thing SET id = 'xiaokanh' WHERE kind = 'concept' AND id = 'xiaokang'",
    "the kind": "UPDATE thing SET kind = 'bonbept' WHERE kind = 'concept' AND id = 'xiaokang'",
    "the schema": "UPDATE thing SET schema = 1 WHERE kind = 'concept' AND id = 'xiaokang'",
    "the row is gone": "DELETE FROM thing WHERE kind = 'concept' AND id = 'xiaokang'",
}


@pytest.mark.parametrize("statement", BROKEN_BODIES.values(), ids=BROKEN_BODIES)
def test_a_damaged_record_is_named_and_the_rest_stays_usable(
    sound: Bank, damage: Damage, tmp_path: Path, statement: str
) -> None:
    before = exported(damage(""))
    path = damage(statement)
    with open_bank(path) as bank:
        assert look_up(bank, "新质生产力")[0].concept.id == "new-quality-productive-forces"
        assert [hit for hit in look_up(bank, "小康社会") if hit.concept.id == "xiaokang"] == []
        made = export(bank, "json")
        assert made.data != before
        (remark,) = damage_remarks(bank)
        assert "“xiaokang”" in remark
        assert "termbank doctor --repair" in remark
        (tmp_path / "more.csv").write_text("zh,en\n碳达峰,carbon peaking\n", "utf-8")
        assert import_file(bank, tmp_path / "more.csv").new
    assert any("xiaokang" in error and "doctor --repair" in error for error in errors(path))


@pytest.mark.parametrize("statement", BROKEN_BODIES.values(), ids=BROKEN_BODIES)
def test_a_damaged_record_is_restored_as_one_decision(damage: Damage, statement: str) -> None:
    before = exported(damage(""))
    path = damage(statement)
    damaged = path.read_bytes()
    report = repair(path)
    assert report.kept is not None
    # The first page says whether SQLite keeps a log beside the file; every other page is as it was.
    assert report.kept.read_bytes()[4096:] == damaged[4096:]
    assert any("“xiaokang”" in line for line in report.sentences)
    assert exported(path) == before
    assert errors(path) == []
    with open_bank(path) as bank:
        last = history(bank)[-1]
        assert (last.act, last.who) == ("repair", "lin")
        assert "restored: concept xiaokang" in (last.why or "")
        seal = bank.seal()
    again = repair(path)
    assert again.kept is None
    assert "sound" in again.sentences[0]
    with open_bank(path) as bank:
        assert bank.seal() == seal


def test_a_record_whose_last_change_is_damaged_too_is_restored_from_the_one_before(damage: Damage) -> None:
    path = damage(
        "UPDATE thing SET body = replace(body, 'moderately', 'x') WHERE id = 'xiaokang';"
        "UPDATE change SET body = replace(body, 'moderately', 'y') WHERE id = 'xiaokang' AND decision = 2"
    )
    report = repair(path)
    assert any("from an earlier version" in line for line in report.sentences)
    with open_bank(path) as bank:
        assert bank.concept("xiaokang").english[0].status is Status.PREFERRED
    assert errors(path) == []
    notes = [one for one in doctor.examine(path) if one.state == "note"]
    assert any("concept “xiaokang” of decision 2" in one.message for one in notes)


def test_a_record_that_nothing_has_is_named_and_the_rest_is_kept(damage: Damage) -> None:
    path = damage(
        "UPDATE thing SET body = replace(body, '小康', '大康') WHERE id = 'xiaokang';"
        "UPDATE change SET body = replace(body, '小康', '中康') WHERE id = 'xiaokang'"
    )
    report = repair(path)
    assert any("nothing has it" in line and "xiaokang" in line for line in report.sentences)
    assert errors(path) == []
    assert any(
        "import it again" in one.message.lower() for one in doctor.examine(path) if one.state == "warning"
    )
    with open_bank(path) as bank:
        assert [one.id for one in bank.glossary()] == ["new-quality-productive-forces"]
        record = {"id": "xiaokang", "term": [{"language": "zh-Hans", "text": "小康", "status": "preferred"}]}
        bank.decide(settings.decision("edit"), lambda: [Change("concept", "xiaokang", record)])
        assert len(bank.glossary()) == 2
    assert [one for one in doctor.examine(path) if one.state in ("warning", "error")] == []


def test_a_row_of_the_history_is_restored_from_the_record_that_it_led_to(damage: Damage) -> None:
    path = damage(
        "UPDATE change SET body = replace(body, 'moderately', 'y') WHERE id = 'xiaokang' AND decision = 2"
    )
    assert any("can be restored: concept “xiaokang” of decision 2" in error for error in errors(path))
    with (
        open_bank(path) as bank,
        pytest.raises(BankError, match="history has of the concept “xiaokang” is damaged"),
    ):
        undo(bank, 2)
    assert any("row of the history was restored" in line for line in repair(path).sentences)
    assert errors(path) == []
    with open_bank(path) as bank:
        undo(bank, 2)
        assert bank.concept("xiaokang").english[0].status is Status.PREFERRED


def test_a_row_of_the_history_that_nothing_has_is_a_note_after_the_repair(damage: Damage) -> None:
    path = damage(
        "UPDATE change SET body = replace(body, 'moderately', 'y') WHERE id = 'xiaokang' AND decision = 1"
    )
    assert any("decision 1" in error for error in errors(path))
    repair(path)
    assert errors(path) == []
    (note,) = [one for one in doctor.examine(path) if one.name == "history"]
    assert note.state == "note"
    assert "concept “xiaokang” of decision 1" in note.message
    assert repair(path).kept is None
    with open_bank(path) as bank:
        assert [one.first.number for one in blame(bank, "xiaokang")] == [2, 2]
        with pytest.raises(BankError, match="damaged"):
            undo(bank, 2)
        assert b"moderately" in export(bank, "json").data
        assert export(bank, "json", as_of="2999").data == export(bank, "json").data


def test_an_altered_decision_is_found_and_is_a_note_after_the_repair(damage: Damage) -> None:
    path = damage("UPDATE decision SET who = 'mallory' WHERE number = 2")
    assert any("decision 2 was altered" in error for error in errors(path))
    repair(path)
    assert errors(path) == []


def test_a_decision_that_is_gone_leaves_its_changes(damage: Damage) -> None:
    before = exported(damage(""))
    path = damage("DELETE FROM decision WHERE number = 2")
    assert errors(path)
    repair(path)
    assert errors(path) == []
    assert exported(path) == before
    with open_bank(path) as bank:
        assert [one.act for one in history(bank, "xiaokang")] == ["import", "lost"]


def test_a_damaged_text_is_removed_and_adding_the_document_again_brings_it_back(
    damage: Damage, tmp_path: Path
) -> None:
    path = damage("UPDATE text_part SET body = replace(body, '经济', '经挤')")
    assert any("corpus add" in error for error in errors(path))
    with open_bank(path) as bank:
        assert look_up(bank, "新质生产力")
        with pytest.raises(BankError, match="a text of the corpus is damaged"):
            corpus.pairs(bank, "pairs")
    repair(path)
    assert errors(path) == []
    with open_bank(path) as bank:
        corpus.add(bank, [tmp_path / "pairs.tsv"])
        assert corpus.pairs(bank, "pairs")[1] == ("发展经济。", "Grow the economy.")
    assert [one for one in doctor.examine(path) if one.state in ("warning", "error")] == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reference SET target = 'x'",
        "DELETE FROM reference",
        "INSERT INTO candidate_state VALUES ('a', 'waiting')",
        "DROP INDEX change_by_thing",
        "DROP TRIGGER IF EXISTS change_stays; CREATE TRIGGER other AFTER UPDATE ON thing BEGIN SELECT 1; END",
    ],
)
def test_what_is_derived_and_the_tables_are_made_again(damage: Damage, statement: str) -> None:
    before = exported(damage(""))
    path = damage(statement)
    assert any("doctor --repair" in error for error in errors(path))
    repair(path)
    assert errors(path) == []
    assert exported(path) == before


def test_pages_that_sqlite_calls_malformed_cost_only_what_lay_on_them(damage: Damage, tmp_path: Path) -> None:
    path = with_many_terms(damage(""), tmp_path)
    before = exported(path)
    connection = sqlite3.connect(path)
    places = connection.execute(
        "SELECT pgoffset FROM dbstat WHERE name = 'thing' AND pagetype = 'leaf' ORDER BY pageno"
    ).fetchall()
    connection.close()
    assert len(places) > 3
    with path.open("r+b") as file:
        file.seek(places[1][0])
        file.write(b"\xa5" * 4096)
    assert any("SQLite finds it damaged" in error for error in errors(path))
    with open_bank(path) as bank, pytest.raises(BankError, match="termbank doctor --repair"):
        export(bank, "json")
    repair(path)
    assert errors(path) == []
    assert exported(path) == before


@pytest.mark.parametrize("place", [0, 15, 16, 19, 20, 21, 70])
def test_a_flipped_header_is_put_right(damage: Damage, place: int) -> None:
    path = damage("")
    before = exported(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with path.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ 0x40]))
    assert errors(path)
    repair(path)
    assert errors(path) == []
    assert exported(path) == before


def test_table_definitions_that_are_damaged_are_written_again(damage: Damage) -> None:
    before = exported(damage(""))
    path = damage("")
    whole = path.read_bytes()
    for name in (b"CREATE TABLE thing (", b"CREATE TABLE change (", b"CREATE INDEX reference_by_thing"):
        assert whole.count(name) == 1
        whole = whole.replace(name, name[:-3] + b"\xe5" + name[-2:])
    path.write_bytes(whole)
    assert errors(path)
    repair(path)
    assert errors(path) == []
    assert exported(path) == before


def test_a_bank_cut_short_keeps_what_can_be_read(damage: Damage, tmp_path: Path) -> None:
    path = with_many_terms(damage(""), tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 4096 * 4 // 5 * 4096])
    assert any("shorter than it says" in error for error in errors(path))
    repair(path)
    assert errors(path) == []
    with open_bank(path) as bank:
        assert bank.count("concept") == 402


def test_a_bank_that_is_open_elsewhere_is_not_repaired(damage: Damage) -> None:
    path = damage(BROKEN_BODIES["a letter"])
    before = path.read_bytes()
    with open_bank(path) as other:
        assert other.latest == 3
        with pytest.raises(BankError, match="another program has the bank open"):
            repair(path)
    assert path.read_bytes() == before


def test_a_bank_beyond_repair_stays_as_it_is(damage: Damage) -> None:
    path = damage("")
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    before = path.read_bytes()
    with pytest.raises(TermbankError, match="termbank restore FROM"):
        repair(path)
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir() if p.name != "cache") == [path.name]


def test_a_foreign_file_is_not_repaired(tmp_path: Path) -> None:
    foreign = tmp_path / "notes.bank"
    foreign.write_text("notes\n" * 100, "utf-8")
    with pytest.raises(BankError, match="not a termbank bank"):
        repair(foreign)
    assert foreign.read_text("utf-8") == "notes\n" * 100


def test_a_bank_of_termbank_0_1_is_migrated_and_repaired(tmp_path: Path, root: Path) -> None:
    import gzip

    path = tmp_path / "old.bank"
    packed = root / "tests/store/bank_0_1/bank-0.1.sqlite.gz"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    copy = Path(shutil.copy(path, tmp_path / "copy.bank"))
    with open_bank(copy) as bank:
        expected = {key: row.body for key, row in bank.things().items()}
        concept = bank.glossary().concepts[0]
        text = concept.terms[0].text
    connection = sqlite3.connect(path)
    connection.execute(
        "UPDATE thing SET body = replace(body, ?, '坏') WHERE kind = 'concept' AND id = ?", (text, concept.id)
    )
    connection.commit()
    connection.close()
    repair(path)
    assert errors(path) == []
    with open_bank(path) as bank:
        assert {key: row.body for key, row in bank.things().items()} == expected
