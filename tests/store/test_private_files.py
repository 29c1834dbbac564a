"""What killed runs leave is removed, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from termbank.store.private_files import create_private_file, make_folder, sweep

HOUR = 3600


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def leave(folder: Path, name: str, age: float) -> Path:
    path = folder / name
    path.write_bytes(b"half")
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_files_of_ended_runs_are_removed(tmp_path: Path, dead: int) -> None:
    for name in (
        f"abc.index.{dead}.new",
        f"abc.index.{dead}.new-journal",
        f".terms.bank.{dead}.new-wal",
        f".x.terms.{dead}.a1b2c3d4.new",
    ):
        leave(tmp_path, name, HOUR)
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="processes are not asked elsewhere")
def test_files_in_use_and_files_of_others_stay(tmp_path: Path, dead: int) -> None:
    stay = [
        leave(tmp_path, f"abc.index.{os.getpid()}.new", HOUR),
        leave(tmp_path, f"abc.index.{dead}.new", 5),  # perhaps of another machine
        leave(tmp_path, "abc.index", 90 * 24 * HOUR),
        leave(tmp_path, ".notes.personal", 90 * 24 * HOUR),
        leave(tmp_path, "chapter.2.new.docx", 90 * 24 * HOUR),
    ]
    sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(stay)


def test_old_files_are_removed_whatever_their_process(tmp_path: Path) -> None:
    leave(tmp_path, f"abc.index.{os.getpid()}.new", 25 * HOUR)
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_what_was_to_be_one_file_is_removed_where_it_is_named(tmp_path: Path, dead: int) -> None:
    leave(tmp_path, f".out.tbx.{dead}.a1b2c3d4.new", HOUR)
    other = leave(tmp_path, f".other.tbx.{dead}.a1b2c3d4.new", HOUR)
    sweep(tmp_path, "out.tbx")
    assert list(tmp_path.iterdir()) == [other]


def test_a_folder_that_is_missing_is_no_fault(tmp_path: Path) -> None:
    sweep(tmp_path / "nowhere")


def test_folders_that_exist_keep_their_mode(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o755)
    make_folder(tmp_path / "shared" / "a" / "b")
    make_folder(tmp_path / "shared" / "a")
    if os.name == "posix":
        modes = [oct((tmp_path / p).stat().st_mode & 0o777) for p in ("shared", "shared/a", "shared/a/b")]
        assert modes == ["0o755", "0o700", "0o700"]
    create_private_file(tmp_path / "new")
    with pytest.raises(FileExistsError):
        create_private_file(tmp_path / "new")
    with pytest.raises(OSError):
        make_folder(tmp_path / "new" / "folder")
