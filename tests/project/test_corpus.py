"""The sample corpus is what its manifest says, and was written here."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
LANGUAGES = {"zh-Hans", "zh-HK", "en"}
KEYS = {"id", "file", "title", "publisher", "kind", "date", "language"}


def entries() -> list[dict[str, Any]]:
    """The documents of the manifest, in its order."""
    with (CORPUS / "manifest.toml").open("rb") as f:
        documents: list[dict[str, Any]] = tomllib.load(f)["document"]
    return documents


def text(name: str) -> str:
    return (CORPUS / name).read_bytes().decode("utf-8")


def sentences(source: str) -> set[str]:
    """Whole sentences long enough not to recur by chance: 14 Chinese or 40 other characters."""
    parts = re.split(r"[。！？\n\t]|(?<=[.!?])[”\"]?\s|\\n", source)
    cut = {re.sub(r"\s+", " ", p).strip(' ."“”') for p in parts}
    return {s for s in cut if len(s) >= 40 or len(re.findall(r"[\u4e00-\u9fff]", s)) >= 14}


def test_every_text_is_in_the_manifest_once_and_every_entry_has_its_text() -> None:
    listed = [e["file"] for e in entries()]
    assert len(listed) == len(set(listed))
    assert sorted(listed) == sorted(p.name for p in CORPUS.glob("*.txt"))


def test_entries_are_sorted_by_an_id_that_names_the_file() -> None:
    ids = [e["id"] for e in entries()]
    assert ids == sorted(set(ids))
    assert all(e["file"] == f"{e['id']}.txt" for e in entries())


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e["id"])
def test_an_entry_says_who_when_and_in_which_language(entry: dict[str, Any]) -> None:
    wanted = KEYS | {"version_of"} if entry["language"] == "en" else KEYS
    assert set(entry) == wanted
    assert entry["language"] in LANGUAGES
    assert "2019-01-01" <= date.fromisoformat(entry["date"]).isoformat() <= "2025-12-31"
    assert entry["publisher"].startswith("Sample "), "a sample must not speak for a real institution"
    assert entry["title"] == text(entry["file"]).split("\n")[0]


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e["id"])
def test_a_text_is_utf_8_with_one_paragraph_a_line(entry: dict[str, Any]) -> None:
    body = text(entry["file"])
    assert "\r" not in body
    assert "\ufeff" not in body
    assert body.endswith("\n")
    assert all(line and line == line.strip() for line in body[:-1].split("\n"))


def test_there_are_ten_chinese_documents_of_policy_length_each_with_two_or_three_versions() -> None:
    chinese = {e["id"]: e for e in entries() if e["language"] != "en"}
    english = [e for e in entries() if e["language"] == "en"]
    assert len(chinese) >= 10
    assert {"zh-Hans", "zh-HK"} == {e["language"] for e in chinese.values()}
    for name, entry in chinese.items():
        versions = [e for e in english if e["version_of"] == name]
        assert len(re.findall(r"[\u4e00-\u9fff]", text(entry["file"]))) >= 400, name
        assert 2 <= len(versions) <= 3, name
        assert len({v["publisher"] for v in versions}) == len(versions), name
        assert all(v["date"] >= entry["date"] for v in versions), name
    assert {e["version_of"] for e in english} <= set(chinese)


def test_the_houses_differ_where_published_renderings_differ() -> None:
    assert "“AI Plus” Initiative" in text("ai-plus.official.en.txt")
    assert "AI+ initiative" in text("ai-plus.news.en.txt")
    assert "“Artificial Intelligence+” Action" in text("ai-plus.lawfirm.en.txt")
    assert "new quality productive forces" in text("ai-plus.official.en.txt")
    assert "new productive forces" in text("ai-plus.news.en.txt")
    assert "new quality productivity" in text("ai-plus.lawfirm.en.txt")


@pytest.mark.parametrize("path", sorted((CORPUS / "gold").glob("*.tsv")), ids=lambda p: p.name)
def test_a_hand_alignment_covers_both_documents_in_order(path: Path) -> None:
    by_id = {e["id"]: e for e in entries()}
    english = by_id[path.name.removesuffix(".gold.tsv")]
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(len(row) == 2 and any(row) for row in rows)
    for column, entry in enumerate((by_id[english["version_of"]], english)):
        joined = "".join(row[column] for row in rows)
        assert "".join(joined.split()) == "".join(text(entry["file"]).split())


def test_no_sentence_was_carried_over_from_the_shared_data(shared_data: Path) -> None:
    ours = set().union(*(sentences(text(e["file"])) for e in entries()))
    assert len(ours) > 500
    for path in sorted(p for p in shared_data.rglob("*") if p.is_file()):
        if path.suffix in {".gz", ".zip", ".rng", ".xsd", ".sch", ".css"}:
            continue
        theirs = sentences(path.read_bytes().decode("utf-8", errors="ignore"))
        assert not ours & theirs, path.name
