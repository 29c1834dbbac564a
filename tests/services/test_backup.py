"""A copy is taken while the bank is in use, checked before it gets its name, and restored whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from termbank.model.concept import Status
from termbank.model.decision import Change
from termbank.model.errors import BankError, TermbankError, UnreadableError
from termbank.services import backup as backup_service
from termbank.services import settings
from termbank.services.backup import back_up, prepare_restore
from termbank.services.bank_setup import Bank, create, open_bank
from termbank.services.concept_edit import set_status

RENDERING = ("xiaokang", "moderately prosperous society")


def decide(bank: Bank) -> int:
    """Take one decision; returns the number of the last."""
    now = bank.concept("xiaokang").english[0].status
    set_status(bank, *RENDERING, Status.ADMITTED if now is not Status.ADMITTED else Status.DEPRECATED)
    return bank.latest


def add_own_concept(bank: Bank) -> None:
    record = {"id": "own", "term": [{"language": "en", "text": "own", "status": "preferred"}]}
    bank.decide(settings.decision("edit"), lambda: [Change("concept", "own", record)])


def damage(path: Path, what: bytes = b"moderately", by: bytes = b"moderatelx") -> None:
    """Change a byte of every record that holds a word, without SQLite."""
    whole = path.read_bytes()
    assert what in whole
    path.write_bytes(whole.replace(what, by))


def restore(source: Path, bank: Path | None = None) -> Path | None:
    with prepare_restore(source, bank) as prepared:
        return prepared.put_in_place()


def test_a_copy_holds_the_bank_as_it_is_with_its_log(bank: Bank, tmp_path: Path) -> None:
    decide(bank)
    done = back_up(bank, tmp_path / "copy.sqlite")
    assert done.file == tmp_path / "copy.sqlite"
    assert "2 concepts" in done.contents
    with Bank.open(done.file, read_only=True) as copy:
        assert (copy.seal(), copy.things()) == (bank.seal(), bank.things())
    assert [file.name for file in tmp_path.iterdir() if "copy" in file.name] == ["copy.sqlite"]


def test_a_copy_is_taken_while_another_process_is_about_to_write(bank: Bank, tmp_path: Path) -> None:
    writer = sqlite3.connect(bank.path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM thing")
    done = back_up(bank, tmp_path / "copy.sqlite")
    writer.execute("ROLLBACK")
    writer.close()
    assert "2 concepts" in done.contents


def test_copies_in_a_folder_are_named_by_their_time_and_the_oldest_are_removed(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "copies"
    for day in range(1, 5):
        monkeypatch.setattr(settings, "now", lambda day=day: f"2026-12-0{day}T09:30:00Z")
        done = back_up(bank, f"{folder}/", keep=2)
    assert done.removed == (folder / "bank-20261202-093000.sqlite",)
    assert sorted(file.name for file in folder.iterdir()) == [
        "bank-20261203-093000.sqlite",
        "bank-20261204-093000.sqlite",
    ]
    assert back_up(bank, folder).file.name == "bank-20261204-093000-1.sqlite"


def test_copies_of_another_bank_and_other_files_are_not_removed(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "copies"
    monkeypatch.setattr(settings, "now", lambda: "2026-12-01T09:30:00Z")
    create(tmp_path / "other.bank")
    with open_bank(tmp_path / "other.bank") as other:
        kept = back_up(other, f"{folder}/").file
    (folder / "bank-20200101-000000.sqlite").write_bytes(b"damaged")
    monkeypatch.setattr(settings, "now", lambda: "2026-12-02T09:30:00Z")
    assert back_up(bank, folder, keep=1).removed == ()
    assert kept.exists()
    assert len(list(folder.iterdir())) == 3


def test_a_damaged_bank_is_not_copied_and_older_copies_stay(bank: Bank, tmp_path: Path) -> None:
    older = back_up(bank, f"{tmp_path}/copies/", keep=1).file
    bank.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    damage(bank.path)
    bank.close()
    with (
        Bank.open(bank.path) as damaged,
        pytest.raises(BankError, match=r"damaged and was not copied.*termbank restore FROM") as refused,
    ):
        back_up(damaged, tmp_path / "copies", keep=1)
    assert refused.value.faults
    assert list((tmp_path / "copies").iterdir()) == [older]


def test_a_file_is_replaced_only_by_a_newer_copy_of_the_same_bank(bank: Bank, tmp_path: Path) -> None:
    copy = back_up(bank, tmp_path / "copy.sqlite").file
    decide(bank)
    assert back_up(bank, copy).file == copy
    with Bank.open(copy, read_only=True) as reader:
        assert reader.latest == bank.latest


@pytest.mark.parametrize("name", ["notes.txt", "other.bank", "home/termbank.bank"])
def test_a_file_that_is_no_copy_of_the_bank_is_not_replaced(bank: Bank, tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    create(tmp_path / "other.bank", filled=False)
    with open_bank(tmp_path / "other.bank") as other:
        add_own_concept(other)
    before = (tmp_path / name).read_bytes()
    with pytest.raises(TermbankError, match="no older copy of this bank"):
        back_up(bank, tmp_path / name)
    assert (tmp_path / name).read_bytes() == before


def test_a_folder_that_is_missing_is_named(bank: Bank, tmp_path: Path) -> None:
    with pytest.raises(TermbankError, match="there is no folder"):
        back_up(bank, tmp_path / "nowhere" / "copy.sqlite")


def test_a_copy_that_cannot_be_written_leaves_nothing(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, target: Path, _progress: object) -> None:
        target.write_bytes(b"half")
        raise BankError("the disk is full; nothing was written.", file=str(target))

    monkeypatch.setattr(backup_service, "copy_bank", full)
    with pytest.raises(BankError, match="disk is full"):
        back_up(bank, f"{tmp_path}/copies/")
    assert list((tmp_path / "copies").iterdir()) == []


def test_restoring_brings_the_copy_back_and_keeps_the_bank_before(bank: Bank, tmp_path: Path) -> None:
    copy = back_up(bank, tmp_path / "copy.sqlite").file
    sound, path = bank.things(), bank.path
    decide(bank)
    later = bank.things()
    bank.close()
    kept = restore(copy)
    assert kept is not None
    assert kept.parent == path.parent
    with open_bank() as restored:
        assert restored.things() == sound
        assert restored.latest == 1
    with Bank.open(kept) as before:
        assert before.things() == later
    assert not [file.name for file in path.parent.iterdir() if file.name.endswith(".new")]


def test_restoring_where_there_is_no_bank_makes_one(bank: Bank, tmp_path: Path) -> None:
    copy = back_up(bank, tmp_path / "copy.sqlite").file
    assert restore(copy, tmp_path / "new" / "terms.bank") is None
    with Bank.open(tmp_path / "new" / "terms.bank") as restored:
        assert restored.things() == bank.things()


def test_the_newest_sound_copy_of_a_folder_is_restored(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (1, 2):
        monkeypatch.setattr(settings, "now", lambda day=day: f"2026-12-0{day}T09:30:00Z")
        newest = back_up(bank, f"{tmp_path}/copies/").file
    damage(newest)
    with prepare_restore(tmp_path / "copies", tmp_path / "terms.bank") as prepared:
        assert prepared.file.name == "bank-20261201-093000.sqlite"
        assert "bank-20261202-093000.sqlite" in prepared.remarks[0]
    damage(prepared.file)
    with (
        pytest.raises(UnreadableError, match="no sound copy"),
        prepare_restore(tmp_path / "copies", tmp_path / "terms.bank"),
    ):
        pass
    assert not (tmp_path / "terms.bank").exists()


@pytest.mark.parametrize("fault", ["damaged", "truncated", "foreign", "missing"])
def test_a_copy_that_is_not_sound_changes_nothing(bank: Bank, tmp_path: Path, fault: str) -> None:
    copy = back_up(bank, tmp_path / "copy.sqlite").file
    if fault == "damaged":
        damage(copy)
    elif fault == "truncated":
        copy.write_bytes(copy.read_bytes()[:8192])
    elif fault == "foreign":
        copy.write_text("notes\n" * 100, "utf-8")
    else:
        copy.unlink()
    before = bank.things()
    with pytest.raises(TermbankError, match=r"copy\.sqlite"), prepare_restore(copy):
        pass
    assert bank.things() == before
    assert [f.name for f in bank.path.parent.iterdir() if "new" in f.name or "2026" in f.name] == []


def test_a_bank_that_is_open_elsewhere_is_not_replaced(bank: Bank, tmp_path: Path) -> None:
    copy = back_up(bank, tmp_path / "copy.sqlite").file
    decide(bank)
    with (
        prepare_restore(copy) as prepared,
        pytest.raises(BankError, match="another program has the bank open"),
    ):
        prepared.put_in_place()
    assert decide(bank) == 3
    assert list(bank.path.parent.glob("*-2*")) == []


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, None])
def test_a_bank_that_cannot_be_read_is_replaced_and_kept(
    bank: Bank, tmp_path: Path, content: bytes | None
) -> None:
    copy = back_up(bank, tmp_path / "copy.sqlite").file
    sound, path = bank.things(), bank.path
    bank.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\x5a" * (len(whole) - 100) if content is None else content)
    broken = path.read_bytes()
    kept = restore(copy)
    assert kept is not None
    assert kept.read_bytes() == broken
    with open_bank() as restored:
        assert restored.things() == sound


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_bank_index_cache_and_copies_are_for_the_owner_alone(
    shipped: Path, tmp_path: Path, umask: int
) -> None:
    from termbank.services.copy_folder import CopyFolder

    before = os.umask(umask)
    try:
        with open_bank() as bank:
            decide(bank)
            back_up(bank, f"{tmp_path}/copies/")
            CopyFolder(settings.cache_folder() / "matcher", ".terms", 8).write("name", b"data")
            (tmp_path / "home/cache/lexicon").mkdir()
            (tmp_path / "home/cache/lexicon").chmod(0o755)
            CopyFolder(tmp_path / "home/cache/lexicon", ".lexicon", 1).write("v1", b"data")
            places = [path for name in ("home", "copies") for path in (tmp_path / name).rglob("*")]
            modes = {path: stat.S_IMODE(path.stat().st_mode) for path in places}
    finally:
        os.umask(before)
    assert modes.pop(tmp_path / "home/cache/lexicon") == 0o755  # it was there
    assert {path: mode for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}
    assert {path.suffix for path in modes} >= {".bank", ".index", ".terms", ".lexicon", ".sqlite"}
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
