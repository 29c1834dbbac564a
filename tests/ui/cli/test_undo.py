"""`termbank undo`, `redo` and `history` with several people."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Speak

CONCEPT, TERM = "new-quality-productive-forces", "new productive forces"


def run_as(who: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "termbank", *map(str, arguments)],
        env={**os.environ, "TERMBANK_WHO": who},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def list_of_thirty(tmp_path: Path) -> Path:
    path = tmp_path / "other.csv"
    rows = [f"第{number}类试点区,pilot zone of class {number}" for number in range(30)]
    path.write_text("\n".join(["zh-Hans,en", *rows]), "utf-8")
    return path


def test_two_people_undo_their_own(own_bank: Path, list_of_thirty: Path) -> None:
    bank = ("--bank", own_bank)
    assert run_as("wang", "review", "status", CONCEPT, TERM, "proposed", *bank).returncode == 0
    assert run_as("lin", "import", list_of_thirty, *bank).returncode == 0
    done = run_as("wang", "undo", *bank)
    assert done.stdout.startswith(
        "Undid decision 2: propose (“new productive forces” is proposed), 1 concept."
    )
    assert "Undoing decision 2 by wang" in done.stderr
    nothing = run_as("wang", "undo", *bank)
    assert nothing.returncode == 2
    assert "nothing of your own to undo" in nothing.stderr
    asked = run_as("lin", "undo", *bank)
    assert asked.returncode == 2
    assert "Undoing decision 3 by lin" in asked.stderr
    assert "it changed many things at once. Give --yes" in asked.stderr
    done = run_as("lin", "undo", "--yes", *bank)
    assert done.stdout == "Undid decision 3: import of other.csv, 30 concepts.\n"
    done = run_as("lin", "redo", *bank)
    assert done.stdout == "Redid decision 3: import of other.csv, 30 concepts.\n"
    assert "nothing to redo" in run_as("lin", "redo", *bank).stderr


def test_anothers_decision_is_asked_for(own_bank: Path) -> None:
    bank = ("--bank", own_bank)
    run_as("wang", "review", "status", CONCEPT, TERM, "proposed", *bank)
    asked = run_as("lin", "undo", "2", *bank)
    assert asked.returncode == 2
    assert "it is not your decision. Give --yes" in asked.stderr
    assert run_as("lin", "undo", "2", "--yes", *bank).returncode == 0


def test_on_a_terminal_a_question_is_asked(
    termbank: Speak, own_bank: Path, list_of_thirty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = ("--bank", own_bank)
    termbank("import", list_of_thirty, *bank)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    answers = iter((False, True))
    monkeypatch.setattr("click.confirm", lambda *_, **__: next(answers))
    refused = termbank("undo", *bank)
    assert (refused.code, refused.out) == (2, "")
    assert "nothing was changed" in refused.err
    assert termbank("undo", *bank).out == "Undid decision 2: import of other.csv, 30 concepts.\n"


def test_what_blocks_an_undo_is_shown_field_by_field(
    termbank: Speak, own_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = ("--bank", own_bank)
    monkeypatch.setenv("TERMBANK_WHO", "lin")
    termbank("review", "status", CONCEPT, TERM, "proposed", *bank)
    monkeypatch.setenv("TERMBANK_WHO", "wang")
    termbank("review", "status", CONCEPT, TERM, "deprecated", *bank)
    monkeypatch.setenv("TERMBANK_WHO", "lin")
    said = termbank("undo", *bank)
    assert said.code == 2
    assert "wrote “proposed”, a later one “deprecated”; before, it was “superseded”." in said.err
    assert "changed again by decision 3. Undo decision 3 first." in said.err


def test_the_history_is_shown_by_person_and_up_to_a_day(
    termbank: Speak, own_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = ("--bank", own_bank)
    monkeypatch.setenv("TERMBANK_WHO", "lin")
    monkeypatch.setenv("TERMBANK_SESSION", "morning")
    monkeypatch.setattr("termbank.services.settings.now", lambda: "2031-05-01T09:00:00Z")
    termbank("review", "status", CONCEPT, TERM, "proposed", *bank)
    monkeypatch.setattr("termbank.services.settings.now", lambda: "2031-06-01T09:00:00Z")
    termbank("review", "status", CONCEPT, TERM, "deprecated", *bank)
    termbank("undo", *bank)
    every = termbank("history", CONCEPT, "--json", *bank).json["decisions"]
    assert [one["act"] for one in every] == ["import", "propose", "deprecate", "undo"]
    assert (every[3]["undoes"], every[3]["session"], every[3]["clock"]) == (3, "morning", None)
    mine = termbank("history", "--by", "lin", "--as-of", "2031-05", "--json", *bank).json["decisions"]
    assert [one["number"] for one in mine] == [2]
    shown = termbank("history", "--by", "lin", *bank).out
    assert "undo of 3" in shown
    assert termbank("history", "--by", "nobody", *bank).out == "No decisions.\n"
    assert termbank("history", "--as-of", "soon", *bank).code == 2


def test_the_history_says_who_set_each_field(
    termbank: Speak, own_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = ("--bank", own_bank)
    monkeypatch.setenv("TERMBANK_WHO", "lin")
    monkeypatch.setattr("termbank.services.settings.now", lambda: "2031-05-01T09:00:00Z")
    termbank("review", "status", CONCEPT, TERM, "deprecated", *bank)
    found = termbank("history", CONCEPT, "--fields", "--json", *bank).json["fields"]
    by = {one["field"]: (one["value"], one["decision"]["who"]) for one in found}
    assert by[f"term “en, {TERM}” status"] == ("deprecated", "lin")
    assert by[f"term “en, {TERM}”"] == (None, "termbank")
    assert by["subject"] == ("economy", "termbank")
    assert not [field for field in by if field.endswith((" text", " language"))]
    before = termbank("history", CONCEPT, "--fields", "--as-of", "2031-04", "--json", *bank).json["fields"]
    assert {one["decision"]["who"] for one in before} <= {"termbank"}
    assert "set by" in termbank("history", CONCEPT, "--fields", *bank).out
    assert termbank("history", "--fields", *bank).code == 2
    assert termbank("history", CONCEPT, "--terms", "--by", "lin", *bank).code == 2


def test_a_clock_that_is_behind_is_reported(
    own_bank: Path, termbank: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert termbank("init", "--bank", own_bank).err == ""
    monkeypatch.setattr("termbank.services.settings.now", lambda: "2001-01-01T00:00:00Z")
    said = termbank("review", "status", CONCEPT, TERM, "proposed", "--bank", own_bank)
    assert said.code == 0
    assert "The clock says 2001-01-01T00:00:00Z, before the last decision" in said.err
