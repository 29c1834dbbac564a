"""`termbank backup`, `termbank restore` and `termbank init --empty`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from termbank.services.bank_setup import create

from .conftest import Speak

GLOSSARY = "zh,en\n新质生产力,new quality productive forces\n"


@pytest.fixture
def own_bank(tmp_path: Path) -> Path:
    """An empty bank, for what is in it does not matter here."""
    create(tmp_path / "own.bank", filled=False)
    return tmp_path / "own.bank"


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Be a terminal on which this is typed."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    return lambda text: monkeypatch.setattr(sys, "stdin", Terminal(text))


def fill(termbank: Speak, bank: Path, tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_text(GLOSSARY, "utf-8")
    assert termbank("import", tmp_path / "terms.csv", "--bank", bank).code == 0


def test_a_copy_is_restored_and_the_bank_before_is_kept(
    termbank: Speak, own_bank: Path, tmp_path: Path
) -> None:
    said = termbank("backup", f"{tmp_path}/copies/", "--bank", own_bank)
    assert said.code == 0
    assert "0 concepts" in said.out
    fill(termbank, own_bank, tmp_path)
    said = termbank("restore", tmp_path / "copies", "--yes", "--bank", own_bank)
    assert said.code == 0
    assert "The bank before is kept as" in said.out
    assert termbank("lookup", "新质生产力", "--bank", own_bank, "--json").json["results"] == []
    kept = next(tmp_path.glob("own-*.bank"))
    assert termbank("lookup", "新质生产力", "--bank", kept, "--json").json["results"] != []


def test_older_copies_are_removed_and_counted(termbank: Speak, own_bank: Path, tmp_path: Path) -> None:
    termbank("backup", f"{tmp_path}/copies/", "--bank", own_bank)
    said = termbank("backup", tmp_path / "copies", "--keep", "1", "--bank", own_bank)
    assert "Removed 1 older copy." in said.out
    assert len(list((tmp_path / "copies").iterdir())) == 1


def test_without_a_terminal_restoring_needs_yes(termbank: Speak, own_bank: Path, tmp_path: Path) -> None:
    termbank("backup", tmp_path / "copy.sqlite", "--bank", own_bank)
    fill(termbank, own_bank, tmp_path)
    before = own_bank.read_bytes()
    said = termbank("restore", tmp_path / "copy.sqlite", "--bank", own_bank)
    assert said.code == 2
    assert "Give --yes" in said.err
    assert own_bank.read_bytes() == before


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n", 2)])
def test_on_a_terminal_restoring_shows_both_and_asks(
    termbank: Speak, own_bank: Path, tmp_path: Path, answer: Callable[[str], None], typed: str, code: int
) -> None:
    termbank("backup", tmp_path / "copy.sqlite", "--bank", own_bank)
    fill(termbank, own_bank, tmp_path)
    answer(typed)
    said = termbank("restore", tmp_path / "copy.sqlite", "--bank", own_bank)
    assert said.code == code
    assert "1 concept," in said.err
    assert "0 concepts," in said.err
    found = termbank("lookup", "新质生产力", "--bank", own_bank, "--json").json["results"]
    assert bool(found) is (code == 2)


def test_a_damaged_bank_names_the_way_back(termbank: Speak, own_bank: Path, tmp_path: Path) -> None:
    own_bank.write_bytes(own_bank.read_bytes()[:8192])
    said = termbank("lookup", "新质生产力", "--bank", own_bank)
    assert said.code == 2
    assert "termbank restore FROM" in said.err


def test_init_can_create_an_empty_bank(termbank: Speak, tmp_path: Path) -> None:
    said = termbank("init", "--empty", "--bank", tmp_path / "new.bank")
    assert said.code == 0
    assert "an empty bank" in said.out
    assert "nothing was changed" in termbank("init", "--empty", "--bank", tmp_path / "new.bank").out
