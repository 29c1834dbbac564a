"""The whole pipeline on the sample corpus: align, extract, review, grow, check, export."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Speak


def test_beads_cover_both_sides_once_and_in_order(termbank: Speak, sample: Path) -> None:
    beads = termbank(
        "align", sample / "ai-plus.zh.txt", sample / "ai-plus.official.en.txt", "--format", "json"
    ).json["beads"]
    for side in ("zh", "en"):
        covered = [index for bead in beads for index in bead[side]]
        assert covered == list(range(len(covered)))
    assert all(0 <= bead["confidence"] <= 1 for bead in beads)


def test_terms_of_ones_own_are_each_answered(termbank: Speak, sample: Path, tmp_path: Path) -> None:
    terms = tmp_path / "terms.txt"
    terms.write_text("新质生产力\n智能体\n没有这个词\n", "utf-8")
    said = termbank(
        "extract",
        sample / "ai-plus.zh.txt",
        sample / "ai-plus.official.en.txt",
        "--terms",
        terms,
        "--format",
        "json",
    )
    found = {candidate["zh"]: candidate for candidate in said.json["candidates"]}
    assert found["新质生产力"]["known"] == "new-quality-productive-forces"
    occurrence = found["新质生产力"]["occurrences"][0]
    assert set(occurrence) == {"bead", "zh", "en", "span", "alternatives"}
    assert found["没有这个词"]["count"] == 0 if "没有这个词" in found else True


def test_what_is_accepted_grows_the_bank_and_can_be_undone(
    termbank: Speak, sample: Path, own_bank: Path
) -> None:
    bank = ("--bank", own_bank)
    zh, en = sample / "ai-plus.zh.txt", sample / "ai-plus.lawfirm.en.txt"
    assert termbank("extract", zh, en, "--queue", *bank).code == 0
    waiting = termbank("review", "list", "--json", *bank).json["candidates"]
    assert waiting
    name = waiting[0]["zh"]
    accepted = termbank("review", "accept", name, "--as", "a rendering of our own", *bank)
    assert accepted.code == 0, accepted.err
    hits = termbank("lookup", "a rendering of our own", "--json", *bank).json["results"]
    assert any(term["text"] == "a rendering of our own" for term in hits[0]["terms"])
    assert termbank("undo", *bank).code == 0
    hits = termbank("lookup", "a rendering of our own", "--json", *bank).json["results"]
    assert all(term["text"] != "a rendering of our own" for hit in hits for term in hit["terms"])


def test_a_rejected_pair_does_not_come_back(termbank: Speak, sample: Path, own_bank: Path) -> None:
    bank = ("--bank", own_bank)
    command = ("extract", sample / "ai-plus.zh.txt", sample / "ai-plus.lawfirm.en.txt", "--queue", *bank)
    termbank(*command)
    name = termbank("review", "list", "--json", *bank).json["candidates"][0]["zh"]
    assert termbank("review", "reject", name, "--why", "no term", *bank).code == 0
    termbank(*command)
    assert name not in [c["zh"] for c in termbank("review", "list", "--json", *bank).json["candidates"]]


def test_an_exported_pack_is_imported_unchanged(termbank: Speak, own_bank: Path, tmp_path: Path) -> None:
    bank = ("--bank", own_bank)
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    assert termbank("export", first, *bank).code == 0
    fresh = ("--bank", tmp_path / "fresh.bank")
    assert termbank("import", first, *fresh).code == 0
    assert termbank("export", second, *fresh).code == 0
    assert first.read_bytes() == second.read_bytes()


def test_one_call_surveys_several_houses(termbank: Speak, sample: Path, own_bank: Path) -> None:
    documents = sorted(sample.glob("ai-plus.*.en.txt"))
    said = termbank("survey", *documents, "--format", "json", "--save", "--bank", own_bank)
    matrix = {row["concept"]: row for row in said.json["concepts"]}
    texts = {r["text"] for r in matrix["new-quality-productive-forces"]["renderings"]}
    assert len(texts) >= 2
    assert "Saved" in said.err
    again = termbank("survey", *documents, "--format", "json", "--save", "--bank", own_bank)
    assert "Nothing new to save" in again.err


def test_the_alignment_can_be_written_as_tmx(termbank: Speak, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "pair.tmx"
    said = termbank("align", sample / "ai-plus.zh.txt", sample / "ai-plus.news.en.txt", "-o", out)
    assert said.code == 0
    assert b"<tmx" in out.read_bytes()


def test_history_tells_who_and_why(termbank: Speak, own_bank: Path) -> None:
    decisions = json.loads(termbank("history", "--json", "--bank", own_bank).out)["decisions"]
    assert decisions[0]["act"] == "import"


def test_history_tells_of_each_term_who_brought_it(termbank: Speak, own_bank: Path) -> None:
    said = termbank("history", "新质生产力", "--terms", "--json", "--bank", own_bank).json
    assert said["concept"] == "new-quality-productive-forces"
    assert {(term["text"], term["first"]["act"]) for term in said["terms"]} >= {("新质生产力", "import")}
    shown = termbank("history", "新质生产力", "--terms", "--bank", own_bank)
    assert "NQPFs" in shown.out
    assert "added by" in shown.out
    assert termbank("history", "--terms", "--bank", own_bank).code == 2


def test_the_bank_is_exported_as_it_stood(termbank: Speak, own_bank: Path, tmp_path: Path) -> None:
    now, then = tmp_path / "now.toml", tmp_path / "then.toml"
    assert termbank("export", then, "--as-of", "2999", "--bank", own_bank).code == 0
    assert termbank("export", now, "--bank", own_bank).code == 0
    assert "[[concept]]" in then.read_text("utf-8")
    early = termbank("export", tmp_path / "early.toml", "--as-of", "2001-05", "--bank", own_bank)
    assert early.code == 2
    assert "had no concept" in early.err
    assert not (tmp_path / "early.toml").exists()
    assert termbank("export", now, "--as-of", "soon", "--bank", own_bank).code == 2
