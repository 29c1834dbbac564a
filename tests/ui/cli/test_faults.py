"""Bad usage and bad input end in one plain sentence and exit code 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Speak


def test_a_mistyped_command_gets_a_suggestion(termbank: Speak) -> None:
    said = termbank("lokup", "新质生产力")
    assert said.code == 2
    assert "Did you mean “lookup”?" in said.err


def test_a_term_typed_as_a_command_is_pointed_to_lookup(termbank: Speak) -> None:
    assert "termbank lookup 新质生产力" in termbank("新质生产力").err


def test_a_group_without_its_command_shows_its_help_in_lines(termbank: Speak) -> None:
    said = termbank("corpus")
    assert said.code == 2
    assert "⏎" not in said.err
    assert any(line.split()[:1] == ["add"] for line in said.err.splitlines())


def test_a_missing_file_is_named(termbank: Speak) -> None:
    said = termbank("align", "没有.txt", "none.txt")
    assert said.code == 2
    assert "没有.txt" in said.err
    assert said.out == ""


def test_an_empty_file_is_named(termbank: Speak, tmp_path: Path, sample: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    said = termbank("align", empty, sample / "ai-plus.official.en.txt")
    assert said.code == 2
    assert "empty.txt" in said.err


def test_a_binary_file_is_refused(termbank: Speak, tmp_path: Path, sample: Path) -> None:
    binary = tmp_path / "picture.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    said = termbank("align", binary, sample / "ai-plus.official.en.txt")
    assert said.code == 2
    assert "picture.txt" in said.err


def test_swapped_files_are_taken_the_right_way_round(termbank: Speak, sample: Path) -> None:
    zh, en = sample / "ai-plus.zh.txt", sample / "ai-plus.official.en.txt"
    right = termbank("align", zh, en, "--format", "json")
    swapped = termbank("align", en, zh, "--format", "json")
    assert "the first file looks English" in swapped.err
    assert json.loads(swapped.out) == json.loads(right.out)


def test_two_english_files_are_refused(termbank: Speak, sample: Path) -> None:
    said = termbank("align", sample / "ai-plus.news.en.txt", sample / "ai-plus.official.en.txt")
    assert said.code == 2
    assert "looks English" in said.err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_other_encodings_are_read_and_named(
    termbank: Speak, tmp_path: Path, sample: Path, encoding: str
) -> None:
    again = tmp_path / "again.txt"
    again.write_bytes((sample / "ai-plus.zh.txt").read_text("utf-8").encode(encoding))
    en = sample / "ai-plus.official.en.txt"
    said = termbank("align", again, en, "--format", "json")
    assert said.json == termbank("align", sample / "ai-plus.zh.txt", en, "--format", "json").json
    if encoding == "gb18030":
        assert "GB18030" in said.err.upper()


def test_big5_is_read_and_named(termbank: Speak, tmp_path: Path, sample: Path) -> None:
    text = (sample / "greater-bay-area.zh-HK.txt").read_text("utf-8")
    again = tmp_path / "big5.txt"
    again.write_bytes(text.encode("big5hkscs"))
    said = termbank("align", again, sample / "greater-bay-area.news.en.txt", "--format", "json")
    assert said.code == 0
    assert "BIG5" in said.err.upper()


def test_a_foreign_file_is_no_bank(termbank: Speak, tmp_path: Path) -> None:
    foreign = tmp_path / "notes.bank"
    foreign.write_text("not a bank at all\n" * 100)
    before = foreign.read_bytes()
    said = termbank("lookup", "新质生产力", "--bank", foreign)
    assert said.code == 2
    assert "notes.bank" in said.err
    assert foreign.read_bytes() == before


def test_undoing_what_is_not_there_is_said(termbank: Speak, own_bank: Path) -> None:
    assert termbank("undo", "999", "--bank", own_bank).code == 2


def outside(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A shell's command with a real termbank in it, whose streams are what the shell makes them."""
    said = {**os.environ, "termbank": f"{sys.executable} -m termbank", **environment}
    return subprocess.run(["/bin/sh", "-c", command], capture_output=True, env=said, check=False)


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
def test_chinese_goes_into_a_pipe_as_utf8_whatever_the_locale() -> None:
    said = outside("$termbank lookup 新质生产力 --json", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert json.loads(said.stdout.decode("utf-8"))["query"] == "新质生产力"
    assert said.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
def test_a_reader_that_goes_away_is_no_failure() -> None:
    said = outside("($termbank lookup 新质生产力; echo code $? >&2) | true")
    assert said.stderr.split() == [b"code", b"0"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a full device")
def test_an_answer_that_cannot_be_written_is_said_plainly() -> None:
    said = outside("$termbank lookup 新质生产力 > /dev/full")
    assert said.returncode == 2
    assert "refused to read or write" in said.stderr.decode("utf-8")
    assert "internal error" not in said.stderr.decode("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
def test_closed_streams_are_borne() -> None:
    assert outside("$termbank lookup 新质生产力 >&-").returncode == 0
    said = outside("$termbank scan - <&-")
    assert said.returncode == 2
    assert "standard input is closed" in said.stderr.decode("utf-8")


def test_a_file_without_permission_is_said_with_a_remedy(
    termbank: Speak, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = tmp_path / "hidden.txt"
    hidden.write_text("The State Council issued opinions.", encoding="utf-8")

    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path != hidden:
            return read(path)
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("os.access", lambda *_a, **_k: False)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    for arguments in (("scan", hidden), ("check", hidden), ("survey", hidden), ("import", hidden)):
        said = termbank(*arguments)
        assert said.code == 2
        assert "no permission to read it. Check the permissions" in said.err, arguments


def test_a_very_long_query_is_not_said_back_in_full(termbank: Speak) -> None:
    said = termbank("variants", "国" * 10_000)
    assert said.code == 2
    assert len(said.err) < 300
