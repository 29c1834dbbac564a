"""The person's bank is made on first use, whole or not at all, and is never overwritten."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from termbank.model.concept import Status
from termbank.model.errors import BankError, TermbankError
from termbank.services import settings
from termbank.services.bank_setup import Bank, create, init, open_bank
from termbank.services.concept_edit import set_status
from termbank.services.lookup import browse, look_up, lookup_record
from termbank.store.history import decisions, replay


def test_the_first_use_makes_a_bank_with_the_shipped_glossaries(shipped: Path, tmp_path: Path) -> None:
    with open_bank() as bank:
        assert bank.path == tmp_path / "home" / "termbank.bank"
        assert [c.id for c in bank.glossary()] == ["new-quality-productive-forces", "xiaokang"]
        (first,) = decisions(bank)
        assert (first.act, first.who) == ("import", "termbank")
    assert [file.name for file in (tmp_path / "home").iterdir() if file.name.startswith(".")] == []


def test_the_bank_may_lie_elsewhere(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERMBANK_BANK", str(tmp_path / "named.bank"))
    with open_bank() as bank:
        assert bank.path == tmp_path / "named.bank"
    with open_bank(tmp_path / "given.bank") as bank:
        assert bank.path == tmp_path / "given.bank"
        assert bank.count("concept") == 2


def test_a_folder_that_is_not_there_is_not_made_for_a_named_bank(shipped: Path, tmp_path: Path) -> None:
    with pytest.raises(BankError, match="there is no folder"):
        open_bank(tmp_path / "nowhere" / "terms.bank")
    assert not (tmp_path / "nowhere").exists()


def test_a_home_that_cannot_be_made_is_said_in_a_sentence(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("in the way")
    monkeypatch.setenv("TERMBANK_HOME", str(tmp_path / "a file" / "home"))
    with pytest.raises(BankError, match="TERMBANK_HOME"):
        open_bank()


def test_filling_that_breaks_off_leaves_nothing(shipped: Path, tmp_path: Path) -> None:
    (shipped / "law.toml").write_text('[[concept]]\nid = "law"\n', "utf-8")
    with pytest.raises(TermbankError, match="shipped glossaries have 1 fault") as error:
        open_bank()
    assert "it has no terms" in str(error.value.faults[0])
    assert list((tmp_path / "home").iterdir()) == []


def test_init_adds_what_is_missing_and_keeps_what_is_ours(shipped: Path) -> None:
    assert "2 concepts" in init()
    with open_bank() as bank:
        set_status(bank, "xiaokang", "moderately prosperous society", Status.SUPERSEDED)
    pack = (shipped / "economy.toml").read_text("utf-8")
    (shipped / "law.toml").write_text(
        pack.replace("xiaokang", "rule-of-law")
        .replace("小康社会", "依法治国")
        .split("[[concept]]")[2]
        .join(["schema = 1\n[[concept]]", ""]),
        "utf-8",
    )
    assert init() == "Added 1 shipped concept; 2 were in the bank already."
    with open_bank() as bank:
        assert bank.concept("xiaokang").english[0].status is Status.SUPERSEDED
        assert bank.count("concept") == 3
    assert init() == "The bank has all 3 shipped concepts already; nothing was changed."


def test_processes_that_start_together_make_one_bank(tmp_path: Path) -> None:
    code = "from termbank.services.bank_setup import open_bank\nwith open_bank() as bank: print(bank.seal(), bank.latest)"
    env = {**os.environ, "TERMBANK_HOME": str(tmp_path / "home")}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
        )
        for _ in range(2)
    ]
    done = [(process.communicate(timeout=120), process.returncode) for process in started]
    assert [code for _, code in done] == [0, 0], done
    assert len({out for (out, _), _ in done}) == 1
    with Bank.open(tmp_path / "home" / "termbank.bank") as bank:
        assert bank.latest == 1
        assert replay(bank) == bank.things()


def test_init_creates_an_empty_bank_and_leaves_one_that_exists(shipped: Path, tmp_path: Path) -> None:
    assert init(empty=True) == f"Created {tmp_path / 'home' / 'termbank.bank'}, an empty bank."
    assert "already; nothing was changed" in init(empty=True)
    with open_bank() as bank:
        assert (bank.latest, bank.count("concept")) == (0, 0)
    assert init() == "Added 2 shipped concepts; 0 were in the bank already."
    assert "already; nothing was changed" in init(empty=True)
    with open_bank() as bank:
        assert bank.count("concept") == 2


def test_a_run_that_was_killed_while_it_made_the_bank_leaves_nothing_for_long(
    shipped: Path, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    left = tmp_path / "home" / ".termbank.bank.99999999.new-wal"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    open_bank().close()
    assert not left.exists()


def test_an_empty_bank_can_be_asked_for(tmp_path: Path) -> None:
    create(tmp_path / "empty.bank", filled=False)
    with open_bank(tmp_path / "empty.bank") as bank:
        assert bank.latest == 0
        assert look_up(bank, "新质生产力") == []
        assert browse(bank) == []


def test_looking_up_gives_whole_concepts(bank: Bank) -> None:
    (hit, *_) = look_up(bank, "xzscl")
    assert hit.concept == bank.concept("new-quality-productive-forces")
    assert (hit.text, hit.how) == ("新质生产力", "initials")
    record = lookup_record("xzscl", [hit])
    assert record["results"][0]["terms"][1] == {
        "text": "new quality productive forces",
        "language": "en",
        "status": "preferred",
        "note": None,
        "attested": {
            "count": 1,
            "first": "2023-09",
            "last": "2023-09",
            "documents": 1,
            "official": 0,
            "state_media": 1,
            "other": 0,
            "undated": 0,
        },
    }


def test_a_list_of_the_bank_shows_headword_and_rendering(bank: Bank) -> None:
    assert [(line.chinese, line.english, line.status) for line in browse(bank)] == [
        ("新质生产力", "new quality productive forces", "preferred"),
        ("小康社会", "moderately prosperous society", "preferred"),
    ]


def test_lookup_keeps_up_with_decisions(bank: Bank) -> None:
    set_status(bank, "xiaokang", "moderately prosperous society", Status.DEPRECATED)
    assert browse(bank)[1].english == ""


def test_the_cache_and_the_bank_lie_where_the_platform_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERMBANK_HOME")
    assert settings.data_folder().name == "termbank"
    assert settings.cache_folder() != settings.data_folder()


@pytest.mark.parametrize("name", ["glossaries", "corpus"])
def test_shipped_files_are_found_installed_or_in_a_source_checkout(root: Path, name: str) -> None:
    found = settings.shipped_folder(name)
    assert sorted(p.name for p in found.glob("*.toml")) == sorted(
        p.name for p in (root / name).glob("*.toml")
    )


def test_every_shipped_concept_reads_without_fault(tmp_path: Path) -> None:
    with open_bank(tmp_path / "shipped.bank") as bank:
        assert bank.count("concept") > 1500
        assert replay(bank) == bank.things()


def test_a_disk_that_fills_up_while_the_bank_is_made_leaves_nothing(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Bank.create.__func__  # type: ignore[attr-defined]

    def cramped(cls: type[Bank], path: Path) -> Bank:
        bank: Bank = make(cls, path)
        bank.rows(f"PRAGMA max_page_count = {bank.rows('PRAGMA page_count')[0][0]}")
        return bank

    pack = (shipped / "economy.toml").read_text("utf-8")
    long = "长" * 40_000
    (shipped / "economy.toml").write_text(
        pack.replace('id = "xiaokang"', f'id = "xiaokang"\nnote = "{long}"'), "utf-8"
    )
    monkeypatch.setattr(Bank, "create", classmethod(cramped))
    with pytest.raises(BankError, match=r"home/termbank\.bank: the disk is full; nothing was written"):
        open_bank()
    assert list((tmp_path / "home").iterdir()) == []
