"""Files in and out: clear words for what cannot be opened, and writes that are whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from termbank.model.errors import TermbankError, UnreadableError
from termbank.services import file_access
from termbank.services.file_access import (
    is_bilingual,
    read_document,
    read_pairs_and_remarks,
    write_atomically,
)


def test_a_missing_file_a_folder_and_a_closed_one_are_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as raised:
        read_document(tmp_path / "no.txt")
    assert str(raised.value) == f"{tmp_path}/no.txt: there is no such file. Check the spelling."
    with pytest.raises(UnreadableError, match=r"this is a folder, not a file\. Give a file name\."):
        read_document(tmp_path)
    with pytest.raises(UnreadableError, match=r"this is not a file name\."):
        read_document("a\0b")


def test_a_document_and_pairs_are_read_under_the_name_given(tmp_path: Path) -> None:
    path = tmp_path / "纪要.txt"
    path.write_text("改革开放。", encoding="gb18030")
    document = read_document(path)
    assert (document.name, document.text, document.encoding) == (str(path), "改革开放。", "gb18030")
    table = tmp_path / "a.tsv"
    table.write_text("改革\treform\n", encoding="utf-8")
    assert read_pairs_and_remarks(table)[0][0].en_file == str(table)
    assert is_bilingual(table)
    assert not is_bilingual(path)


def test_a_file_beyond_measure_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_access, "LARGEST", 10)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    with pytest.raises(UnreadableError, match="at most 0 MB are read"):
        read_document(path)


def test_writing_replaces_the_file_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_new_file_follows_the_umask_and_a_link_stays_a_link(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "new", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640
    link = tmp_path / "link"
    link.symlink_to("new")
    write_atomically(link, b"y")
    assert link.is_symlink()
    assert (tmp_path / "new").read_bytes() == b"y"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TermbankError) as raised:
        write_atomically(path, b"new")
    assert (
        str(raised.value)
        == f"{path}: the disk is full; nothing was changed. Make room or choose another place."
    )
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_writing_into_a_missing_folder_or_over_one_is_said(tmp_path: Path) -> None:
    with pytest.raises(TermbankError, match=r"the folder “.*/no” is missing"):
        write_atomically(tmp_path / "no" / "a.txt", b"x")
    with pytest.raises(TermbankError, match="this is a folder, not a file"):
        write_atomically(tmp_path, b"x")


def test_what_is_no_file_is_written_straight(tmp_path: Path) -> None:
    write_atomically("/dev/null", b"x")
    assert not Path("/dev/null").is_file()
