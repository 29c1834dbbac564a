"""A damaged record is named on stderr; an answer that leaves the bank without it ends with exit code 2."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from termbank.services.bank_setup import create, open_bank
from termbank.services.importing import import_file

from .conftest import Speak


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A bank of two concepts, one of them damaged."""
    path = tmp_path / "own.bank"
    create(path, filled=False)
    (tmp_path / "terms.csv").write_text(
        "zh,en\n新质生产力,new quality productive forces\n小康社会,moderately prosperous society\n", "utf-8"
    )
    with open_bank(path) as bank:
        import_file(bank, tmp_path / "terms.csv")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE thing SET body = replace(body, 'moderately', 'x') WHERE kind = 'concept'")
    connection.commit()
    connection.close()
    return path


def test_an_export_leaves_it_out_names_it_and_fails(termbank: Speak, damaged: Path, tmp_path: Path) -> None:
    said = termbank("export", tmp_path / "out.csv", "--bank", damaged)
    assert said.code == 2
    assert "moderately-prosperous-society" in said.err
    assert "`termbank doctor --repair` restores it" in said.err
    written = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert "新质生产力" in written
    assert "小康社会" not in written


def test_a_survey_names_it_and_fails(termbank: Speak, damaged: Path, sample: Path) -> None:
    said = termbank("survey", sample / "ai-plus.lawfirm.en.txt", "--bank", damaged)
    assert said.code == 2
    assert "moderately-prosperous-society" in said.err
    assert said.out


def test_a_damaged_bank_is_not_copied(termbank: Speak, damaged: Path, tmp_path: Path) -> None:
    said = termbank("backup", tmp_path / "copy.sqlite", "--bank", damaged)
    assert said.code == 2
    assert "moderately-prosperous-society" in said.err
    assert not (tmp_path / "copy.sqlite").exists()


def test_looking_up_another_term_goes_on(termbank: Speak, damaged: Path) -> None:
    said = termbank("lookup", "新质生产力", "--bank", damaged)
    assert said.code == 0
    assert "new quality productive forces" in said.out


def test_doctor_names_it_and_repairs_it(termbank: Speak, damaged: Path, tmp_path: Path) -> None:
    said = termbank("doctor", "--bank", damaged, "--json")
    assert said.code == 2
    found = [row for row in said.json["remarks"] if row["state"] == "error"]
    assert ["moderately-prosperous-society" in row["message"] for row in found] == [True]
    said = termbank("doctor", "--repair", "--bank", damaged)
    assert said.code == 0
    assert "1 record was restored: concept “moderately-prosperous-society”" in said.err
    assert "The damaged file is kept as" in said.err
    assert termbank("export", tmp_path / "out.csv", "--bank", damaged).code == 0
    assert "小康社会" in (tmp_path / "out.csv").read_text("utf-8-sig")
    assert "The bank is sound" in termbank("doctor", "--repair", "--bank", damaged).err
