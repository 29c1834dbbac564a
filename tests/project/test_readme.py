"""The README's example can be typed as it stands, and prints what the README shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from termbank.cli.app import run

ELISION = "…"


def examples(root: Path) -> list[tuple[list[str], list[str]]]:
    """Each command of the example with the lines that the README shows after it."""
    example = re.search(r"```console\n(.*?)```", (root / "README.md").read_text("utf-8"), re.DOTALL)
    assert example is not None
    parts = re.split(r"^\$ termbank ", example[1], flags=re.MULTILINE)[1:]
    split = (part.partition("\n") for part in parts)
    return [
        (shlex.split(command), [line for line in shown.splitlines() if line]) for command, _, shown in split
    ]


def test_the_example_prints_what_the_readme_shows(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERMBANK_BANK", str(tmp_path / "own.bank"))
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "corpus").symlink_to(root / "corpus")
    monkeypatch.chdir(tmp_path)
    commands = examples(root)
    assert {words[0] for words, _ in commands} >= {"lookup", "check", "extract", "review", "export"}
    for words, shown in commands:
        code = run(words)
        printed = capsys.readouterr()
        # Exit code 1: the check found something.
        assert code == (1 if words[0] == "check" else 0), (words, printed.err)
        lines = printed.out.splitlines()
        for line in shown:
            if line != ELISION:
                assert line in lines, words
    assert (tmp_path / "glossary.tbx").stat().st_size > 1000


def test_the_readme_is_short(root: Path) -> None:
    assert len((root / "README.md").read_text("utf-8").splitlines()) < 150
