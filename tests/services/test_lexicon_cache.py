"""The lexicon is built once, where need be in a second process that is waited for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from termbank.lexicon import compiled
from termbank.services import lexicon_cache
from termbank.services.copy_folder import CopyFolder


@pytest.fixture
def data() -> bytes:
    """The lexicon as it is kept."""
    return compiled.to_bytes(lexicon_cache.lexicon())


def test_the_lexicon_of_a_second_process_is_waited_for(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    class Process:
        """A process that has built the lexicon when it is waited for."""

        def __init__(self, command: list[str], **_: Any) -> None:
            started.append(command)

        def wait(self) -> None:
            folder = tmp_path / "cache" / "lexicon"
            CopyFolder(folder, ".lexicon", most=1).write(lexicon_cache._name(), data)

    monkeypatch.setenv("TERMBANK_HOME", str(tmp_path))
    monkeypatch.setattr(lexicon_cache.subprocess, "Popen", Process)
    monkeypatch.setattr(lexicon_cache.build, "build_lexicon", lambda: pytest.fail("built twice"))
    lexicon_cache.build_lexicon_beside()
    lexicon_cache.build_lexicon_beside()
    assert [command[1:] for command in started] == [["-m", "termbank.services.lexicon_cache"]]
    assert compiled.to_bytes(lexicon_cache.lexicon()) == data
    lexicon_cache.build_lexicon_beside()
    assert len(started) == 1


def test_the_lexicon_is_built_here_where_the_second_process_failed(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError("no process")

    here = lexicon_cache.lexicon()
    monkeypatch.setenv("TERMBANK_HOME", str(tmp_path))
    monkeypatch.setattr(lexicon_cache.subprocess, "Popen", fail)
    monkeypatch.setattr(lexicon_cache.build, "build_lexicon", lambda: here)
    lexicon_cache.build_lexicon_beside()
    assert compiled.to_bytes(lexicon_cache.lexicon()) == data
