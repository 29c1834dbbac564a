"""The README's transcript can be typed as it stands, from a fresh bank to an exported glossary."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from termbank.cli.app import run


def commands(root: Path) -> list[list[str]]:
    transcript = re.search(r"```console\n(.*?)```", (root / "README.md").read_text("utf-8"), re.DOTALL)
    assert transcript is not None
    return [
        shlex.split(line[2:])[1:] for line in transcript[1].splitlines() if line.startswith("$ termbank ")
    ]


def test_the_whole_road_is_walked(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERMBANK_BANK", str(tmp_path / "own.bank"))
    (tmp_path / "corpus").symlink_to(root / "corpus")
    monkeypatch.chdir(tmp_path)
    road = commands(root)
    assert {words[0] for words in road} >= {"align", "extract", "review", "check", "export"}
    for words in road:
        code = run(words)
        said = capsys.readouterr()
        # Exit code 1 is a check that found something, as the transcript shows.
        assert code == (1 if words[0] == "check" else 0), (words, said.err)
    assert (tmp_path / "glossary.tbx").stat().st_size > 1000
