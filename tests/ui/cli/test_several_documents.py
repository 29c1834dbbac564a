"""Commands over folders and patterns: which files belong together, what is printed, what one bad file does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .conftest import Said, Speak
from .test_check import PACK

ZH = "各地要因地制宜发展新质生产力。\n推动共同富裕。\n"
EN = {
    "one": "Localities should develop new quality productive forces as suits them.\nPromote common prosperity.\n",
    "two": "Localities should develop new quality productivity as suits them.\nPromote common prosperity.\n",
    "three": "Promote common prosperity.\n",
}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Three documents in both languages, in one folder and in two."""
    for name, en in EN.items():
        for place, text in ((f"both/{name}.zh.txt", ZH), (f"both/{name}.en.txt", en)):
            path = tmp_path / place
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        for language, text in (("zh", ZH), ("en", en)):
            path = tmp_path / language / "part" / f"{name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    (tmp_path / "pack.toml").write_text(PACK, "utf-8")
    return tmp_path


def files_of(said: Said) -> list[list[str]]:
    return [[Path(file).name for file in one["files"]] for one in said.json["documents"]]


PAIRS = [[f"{name}.zh.txt", f"{name}.en.txt"] for name in sorted(EN)]


def test_documents_of_one_folder_are_paired_by_name(termbank: Speak, texts: Path) -> None:
    said = termbank("align", texts / "both", "--lines", "--format", "json")
    assert (said.code, files_of(said)) == (0, PAIRS)
    alone = termbank(
        "align", texts / "both/one.zh.txt", texts / "both/one.en.txt", "--lines", "--format", "json"
    )
    assert said.json["documents"][0]["beads"] == alone.json["beads"]


def test_documents_of_two_folders_are_paired_by_name(termbank: Speak, texts: Path) -> None:
    said = termbank("align", texts / "zh", texts / "en", "--lines", "--format", "json")
    assert said.code == 0
    assert files_of(said) == [[f"{name}.txt"] * 2 for name in sorted(EN)]


def test_a_pattern_stands_for_the_files_it_matches(termbank: Speak, texts: Path) -> None:
    said = termbank("align", texts / "both" / "t*.txt", "--lines", "--format", "json")
    assert files_of(said) == PAIRS[1:]
    assert termbank("scan", texts / "both" / "x*.txt").code == 2


def test_text_has_a_heading_for_each_document(termbank: Speak, texts: Path) -> None:
    said = termbank("align", texts / "both", "--lines")
    for zh, en in PAIRS:
        assert f"{texts / 'both' / zh} ↔ {texts / 'both' / en}\n" in said.out


def test_alignments_are_written_into_a_folder(termbank: Speak, texts: Path) -> None:
    said = termbank(
        "align", texts / "zh", texts / "en", "--lines", "--format", "tmx", "-o", texts / "aligned"
    )
    assert said.code == 0
    written = sorted(str(path.relative_to(texts)) for path in (texts / "aligned").rglob("*.tmx"))
    assert written == [f"aligned/part/{name}.tmx" for name in sorted(EN)]
    assert termbank("align", texts / "zh", texts / "en", "--format", "tmx").code == 2


def test_a_folder_and_a_file_are_refused(termbank: Speak, texts: Path) -> None:
    assert "two files, or two folders" in termbank("align", texts / "zh", texts / "both/one.en.txt").err
    assert termbank("align", texts / "both/one.zh.txt").code == 2


def test_one_unreadable_document_does_not_stop_the_others(termbank: Speak, texts: Path) -> None:
    (texts / "both" / "one.en.txt").write_bytes(b"")
    (texts / "both" / "four.zh.txt").write_text(ZH, "utf-8")
    said = termbank("align", texts / "both", "--lines", "--format", "json")
    assert (said.code, files_of(said)) == (2, PAIRS[1:])
    assert "one.en.txt: the file is empty." in said.err
    assert "four.zh.txt: no English file has this name." in said.err


def test_several_processes_answer_what_one_answers(termbank: Speak, texts: Path) -> None:
    (texts / "both" / "two.en.txt").write_bytes(b"")
    for command in (
        ("extract", texts / "both"),
        ("check", texts / "both", "--glossary", texts / "pack.toml"),
        ("survey", texts / "both" / "*.en.txt", "--zh", texts / "both/one.zh.txt"),
    ):
        one = termbank(*command, "--format", "json", "--workers", "1")
        assert termbank(*command, "--format", "json", "--workers", "2") == one
        assert one.code == 2


def test_candidates_of_several_documents_are_queued_in_one_decision(
    termbank: Speak, texts: Path, own_bank: Path
) -> None:
    bank = ("--bank", own_bank)
    terms = texts / "terms.txt"
    terms.write_text("各地\n", "utf-8")
    before = termbank("history", "--json", *bank).json["decisions"]
    said = termbank(
        "extract", texts / "both", "--lines", "--terms", terms, "--queue", "--format", "json", *bank
    )
    assert said.code == 0
    assert "Queued 1 candidate." in said.err
    decisions = termbank("history", "--json", *bank).json["decisions"]
    assert len(decisions) == len(before) + 1
    (queued,) = termbank("review", "list", "--json", *bank).json["candidates"]
    assert queued["zh"] == "各地"
    counts = [candidate["count"] for one in said.json["documents"] for candidate in one["candidates"]]
    assert sorted(queued["seen"].values()) == counts == [1, 1, 1]


def test_translations_are_checked_against_the_originals_of_their_names(termbank: Speak, texts: Path) -> None:
    said = termbank(
        "check",
        texts / "en",
        "--source",
        texts / "zh",
        "--glossary",
        texts / "pack.toml",
        "--lines",
        "--format",
        "json",
    )
    assert said.code == 1
    by_name = {Path(one["files"][-1]).stem: one for one in said.json["documents"]}
    assert [f["code"] for f in by_name["two"]["findings"]] == ["deprecated-rendering"]
    assert by_name["one"]["findings"] == []
    shown = termbank(
        "check", texts / "en", "--source", texts / "zh", "--glossary", texts / "pack.toml", "--lines"
    )
    assert shown.code == 1
    assert shown.out.count("deprecated-rendering") == 1


def test_an_earlier_report_on_several_documents_is_a_baseline(termbank: Speak, texts: Path) -> None:
    command = ("check", texts / "both", "--glossary", texts / "pack.toml", "--lines", "--format", "json")
    report = texts / "report.json"
    report.write_text(termbank(*command).out, "utf-8")
    assert termbank(*command, "--baseline", report).code == 0


def test_a_waiver_is_idle_only_where_no_document_needs_it(termbank: Speak, texts: Path) -> None:
    waiver = '[[check.waiver]]\ncheck = "{}"\nreason = "as it was"\n'
    settings = texts / "both" / "termbank.toml"
    settings.write_text(waiver.format("deprecated-rendering") + waiver.format("number-mismatch"), "utf-8")
    said = termbank("check", texts / "both", "--glossary", texts / "pack.toml", "--lines", "--format", "json")
    found = [(f["code"], f["line"]) for one in said.json["documents"] for f in one["findings"]]
    assert [one for one in found if one[0] in ("unused-waiver", "deprecated-rendering")] == [
        ("unused-waiver", 4)
    ]
    assert said.json["documents"][-1]["files"] == [str(settings)]


def test_scans_of_several_documents_are_one_table(termbank: Speak, texts: Path) -> None:
    said = termbank("scan", texts / "en", "--format", "csv")
    rows = said.out.removeprefix("\ufeff").splitlines()
    assert rows[0].startswith("document,concept,term")
    assert {Path(row.split(",")[0]).stem for row in rows[1:]} == set(EN)


def test_a_survey_leaves_out_what_it_cannot_read(termbank: Speak, texts: Path) -> None:
    names = [texts / "both" / f"{name}.en.txt" for name in ("one", "two")]
    whole = termbank("survey", *names, "--format", "json")
    missing = termbank("survey", *names, texts / "none.txt", "--format", "json")
    assert missing.out == whole.out
    assert (whole.code, missing.code) == (0, 2)
    assert "none.txt: there is no such file." in missing.err
    assert termbank("survey", texts / "none.txt", texts / "nothing.txt").code == 2


def test_a_cluster_that_does_not_answer_is_named(
    termbank: Speak, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    said = termbank("scan", texts / "en", "--cluster", "tcp://127.0.0.1:1")
    assert said.code == 2
    assert 'pip install "termbank[cluster]"' in said.err


def test_several_english_versions_belong_to_one_original(termbank: Speak, texts: Path, sample: Path) -> None:
    folder = texts / "versions"
    folder.mkdir()
    for path in sample.glob("greater-bay-area.*.txt"):
        shutil.copy(path, folder)
    said = termbank("align", folder, "--lines", "--format", "json")
    assert json.loads(said.out)["documents"]
    assert files_of(said) == [
        ["greater-bay-area.zh-HK.txt", f"greater-bay-area.{name}.en.txt"]
        for name in ("hkgov", "lawfirm", "news")
    ]
