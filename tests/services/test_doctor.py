"""The doctor says what is wrong, and changes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from termbank.services import doctor, settings
from termbank.services.bank_setup import Bank, init, open_bank


def states(path: Path | None = None) -> dict[str, tuple[str, str]]:
    return {remark.name: (remark.state, remark.message) for remark in doctor.examine(path)}


def test_a_sound_bank_is_told_so(bank: Bank) -> None:
    told = states()
    assert {state for state, _ in told.values()} == {"ok"}
    assert told["history"][1] == "replaying it gives the bank, byte for byte"
    assert "2 concepts" in told["contents"][1]
    assert "FTS5" in told["SQLite"][1]


def test_terms_in_latin_letters_can_match(bank: Bank, shipped: Path) -> None:
    """GDP and M2 are also Chinese terms, found in Chinese text."""
    pack = (shipped / "economy.toml").read_text("utf-8")
    (shipped / "latin.toml").write_text(
        pack.replace("xiaokang", "gdp")
        .replace("小康社会", "GDP")
        .split("[[concept]]")[2]
        .join(["schema = 1\n[[concept]]", ""]),
        "utf-8",
    )
    assert "Added 1" in init()
    assert states()["terms"] == ("ok", "every term can match")


def test_a_bank_that_others_can_read_is_noted_with_a_remedy(bank: Bank) -> None:
    bank.path.chmod(0o644)
    assert states()["permissions"] == (
        "note",
        f"others may read or write the bank. For you alone: chmod 600 {bank.path}",
    )


def test_examining_makes_no_bank(shipped: Path, tmp_path: Path) -> None:
    assert states()["bank"][0] == "note"
    assert not (tmp_path / "home").exists()


def test_a_thing_changed_by_hand_is_found(bank: Bank) -> None:
    connection = sqlite3.connect(bank.path)
    connection.execute("UPDATE thing SET body = replace(body, 'moderately', 'fairly') WHERE id = 'xiaokang'")
    connection.commit()
    connection.close()
    state, message = states()["records"]
    assert state == "error"
    assert "concept “xiaokang”" in message
    assert "doctor --repair" in message


def test_a_history_changed_by_hand_is_found(bank: Bank) -> None:
    connection = sqlite3.connect(bank.path)
    connection.executescript(
        "DROP TRIGGER change_stays; DROP TRIGGER change_is_kept;"
        "UPDATE change SET body = replace(body, 'moderately', 'fairly') WHERE id = 'xiaokang';"
        "UPDATE thing SET body = replace(body, 'moderately', 'fairly') WHERE id = 'xiaokang';"
    )
    connection.close()
    told = states()
    assert told["history"][0] == told["records"][0] == "error"
    assert "concept “xiaokang” of decision 1" in told["history"][1]
    assert "nothing in the bank has it" in told["records"][1]
    assert "termbank restore FROM" in told["records"][1]


def test_a_bank_that_is_none_is_a_remark(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("新质生产力\n" * 20, "utf-8")
    state, message = states(tmp_path / "notes.txt")["bank"]
    assert state == "error"
    assert "not a termbank bank" in message


def test_an_index_that_is_missing_is_only_a_note(bank: Bank) -> None:
    place = settings.index_path(bank.path)
    bank.close()
    for file in place.parent.glob(f"{place.name}*"):
        file.unlink()
    assert states()["search index"][0] == "note"
    assert not place.exists()
    with open_bank() as again:
        assert again.count("concept") == 2
