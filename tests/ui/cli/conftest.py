"""A command line to speak to: what it says on each stream, and its exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from termbank.cli.app import run


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Speak = Callable[..., Said]


@pytest.fixture
def termbank(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Speak:
    """Run one command on the run's own home; a fault of termbank's own is raised, not worded."""
    monkeypatch.setenv("TERMBANK_DEBUG", "1")

    def speak(*arguments: str | Path) -> Said:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return speak


@pytest.fixture
def own_bank(tmp_path: Path) -> Path:
    """The path of a bank that no other test uses; the first command fills it."""
    return tmp_path / "own.bank"


@pytest.fixture
def sample(root: Path) -> Path:
    """The folder of sample documents."""
    return root / "corpus"
