"""`pull`, `diff`, `merge` and `init --git`, as they are typed, with real git repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from termbank.model.concept import Status
from termbank.services.bank_setup import open_bank
from termbank.services.concept_edit import set_status

from .conftest import Speak

PACK = """\
schema = 2
pack = "house"

[[publisher]]
id = "moc"
name = "Ministry of Culture"
kind = "official"

[[source]]
id = "report-2024"
title = "Report 2024"
publisher = "moc"
date = "2024"

[[concept]]
id = "alpha"

[[concept.term]]
language = "zh-Hans"
text = "甲乙丙"
status = "preferred"

[[concept.term]]
language = "en"
text = "first thing"
status = "preferred"
attestations = [
  { source = "report-2024", alongside = true },
]

[[concept]]
id = "beta"

[[concept.term]]
language = "zh-Hans"
text = "丁戊己"
status = "proposed"

[[concept.term]]
language = "en"
text = "second thing"
status = "proposed"
"""
OURS = ('text = "second thing"\nstatus = "proposed"', 'text = "second thing"\nstatus = "admitted"')
THEIRS = ('id = "beta"\n', 'id = "beta"\nsubject = "law"\n')
OTHERS = ('text = "second thing"\nstatus = "proposed"', 'text = "second thing"\nstatus = "deprecated"')


def pack(path: Path, *changes: tuple[str, str]) -> Path:
    """A pack in a file, with passages replaced."""
    text = PACK
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def test_changes_of_different_fields_are_both_kept(termbank: Speak, tmp_path: Path) -> None:
    base, ours = pack(tmp_path / "base.toml"), pack(tmp_path / "ours.toml", OURS)
    said = termbank("merge", base, ours, pack(tmp_path / "theirs.toml", THEIRS))
    assert (said.code, said.err) == (0, "")
    assert ours.read_text("utf-8") == pack(tmp_path / "both.toml", OURS, THEIRS).read_text("utf-8")


def test_a_merge_of_a_pack_with_itself_changes_no_byte(termbank: Speak, root: Path, tmp_path: Path) -> None:
    for shipped in (root / "glossaries").glob("*.toml"):
        out = tmp_path / shipped.name
        assert termbank("merge", shipped, shipped, shipped, "-o", out).code == 0
        assert out.read_bytes() == shipped.read_bytes()


def test_a_field_that_both_changed_is_a_conflict_and_ours_stays(termbank: Speak, tmp_path: Path) -> None:
    base, ours = pack(tmp_path / "base.toml"), pack(tmp_path / "ours.toml", OURS)
    said = termbank("merge", base, ours, pack(tmp_path / "theirs.toml", OTHERS), "-o", tmp_path / "m.toml")
    assert said.code == 1
    assert "concept “beta”, term “en, second thing” status: ours “admitted”, theirs “deprecated”." in said.err
    assert (tmp_path / "m.toml").read_bytes() == ours.read_bytes()


def test_two_sides_that_prefer_different_renderings_conflict(termbank: Speak, tmp_path: Path) -> None:
    old = 'text = "second thing"\nstatus = "proposed"\n'
    term = '\n[[concept.term]]\nlanguage = "en"\ntext = "{}"\nstatus = "preferred"\n'
    one = pack(tmp_path / "one.toml", (old, old + term.format("thing the second")))
    two = pack(tmp_path / "two.toml", (old, old + term.format("runner-up")))
    said = termbank("merge", pack(tmp_path / "base.toml"), one, two)
    assert said.code == 1
    assert "preferred term in en: ours “thing the second”, theirs “runner-up”" in said.err
    assert 'text = "runner-up"\nstatus = "admitted"' in one.read_text("utf-8")


def test_attestations_of_both_sides_are_kept(termbank: Speak, tmp_path: Path) -> None:
    old = '  { source = "report-2024", alongside = true },\n'
    one = pack(tmp_path / "one.toml", (old, old + '  { source = "z-2025" },\n'))
    two = pack(tmp_path / "two.toml", (old, old + '  { source = "a-2023" },\n'))
    assert termbank("merge", pack(tmp_path / "base.toml"), one, two).code == 0
    kept = [line for line in one.read_text("utf-8").splitlines() if line.startswith("  { source")]
    assert {line.split('"')[1] for line in kept} == {"a-2023", "report-2024", "z-2025"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema = 2\n[[concept]]\n", "a concept in it has no “id”"),
        ("schema = 9\n", "its schema 9 is not known here"),
        ("schema = 2\n[[thing]]\n", "“thing” is no field of a pack"),
        ('schema = 2\n[[concept]]\nid = "a"\n[[concept]]\nid = "a"\n', "concept “a” stands in it twice"),
        ("schema = \n", "bad.toml:1"),
    ],
)
def test_what_is_no_pack_is_refused_and_nothing_is_written(
    termbank: Speak, tmp_path: Path, text: str, said: str
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(text, encoding="utf-8")
    ours = pack(tmp_path / "ours.toml", OURS)
    before = ours.read_bytes()
    answer = termbank("merge", pack(tmp_path / "base.toml"), ours, bad)
    assert (answer.code, said in answer.err) == (2, True), answer.err
    assert ours.read_bytes() == before


def test_a_difference_is_told_in_words(termbank: Speak, tmp_path: Path) -> None:
    old, new = pack(tmp_path / "old.toml"), pack(tmp_path / "new.toml", OURS, THEIRS)
    said = termbank("diff", old, new)
    assert said.code == 1
    assert said.out.splitlines() == [
        "丁戊己  (beta)  changed",
        "  term “en, second thing” status: “proposed” → “admitted”",
        "  added subject: “law”",
    ]
    assert termbank("diff", old, old).code == 0
    assert termbank("diff", old, tmp_path / "none.toml").code == 2


def test_a_pack_is_pulled_and_own_decisions_stay(termbank: Speak, own_bank: Path, tmp_path: Path) -> None:
    assert termbank("init", "--empty", "--bank", own_bank).code == 0
    assert termbank("pull", pack(tmp_path / "house.toml"), "--bank", own_bank).out.startswith("Took 2 new")
    with open_bank(own_bank) as bank:
        set_status(bank, "beta", "second thing", Status.ADMITTED)
    newer = pack(tmp_path / "house.toml", OTHERS, THEIRS)
    dry = termbank("pull", newer, "--bank", own_bank, "--dry-run")
    assert dry.out.startswith("Would take: 0 new concepts, 1 updated, 1 unchanged")
    said = termbank("pull", newer, "--bank", own_bank)
    assert "In 1 field that both changed, yours was kept." in said.err
    exported = tmp_path / "out.toml"
    assert termbank("export", exported, "--bank", own_bank).code == 0
    text = exported.read_text("utf-8")
    assert 'subject = "law"' in text
    assert OURS[1] in text
    assert termbank("undo", "--bank", own_bank, "--yes").code == 0
    assert termbank("export", exported, "--bank", own_bank).code == 0
    assert 'subject = "law"' not in exported.read_text("utf-8")


def git(folder: Path, *arguments: str, fails: bool = False) -> str:
    who = {
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@b",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@b",
    }
    environment = os.environ | who | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("conflict", [False, True])
def test_git_merges_packs_by_field(
    termbank: Speak, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, conflict: bool
) -> None:
    folder = tmp_path / "repository"
    (folder / "packs").mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    house = pack(folder / "packs" / "house.toml")
    monkeypatch.chdir(folder)
    assert "packs/*.toml merge=termbank" in termbank("init", "--git").out
    assert "already" in termbank("init", "--git").out
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "begin")
    git(folder, "checkout", "-qb", "theirs")
    pack(house, OTHERS if conflict else THEIRS)
    git(folder, "commit", "-qam", "theirs")
    git(folder, "checkout", "-q", "main")
    pack(house, OURS)
    git(folder, "commit", "-qam", "ours")
    said = git(folder, "merge", "-q", "-m", "both", "theirs", fails=conflict)
    wanted = (
        pack(tmp_path / "wanted.toml", OURS) if conflict else pack(tmp_path / "wanted.toml", OURS, THEIRS)
    )
    assert house.read_text("utf-8") == wanted.read_text("utf-8")
    assert ("1 conflict: ours was kept" in said) == conflict


def test_a_folder_without_a_repository_is_refused(
    termbank: Speak, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    said = termbank("init", "--git")
    assert (said.code, "git" in said.err) == (2, True)
