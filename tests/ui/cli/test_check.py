"""`termbank check`: findings where they are due, exit codes, glossary files without a bank."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Speak

PACK = """\
schema = 1

[[source]]
id = "report-2024"
title = "A report"
date = "2024-03"
kind = "official"

[[concept]]
id = "new-quality-productive-forces"

[[concept.term]]
language = "zh-Hans"
text = "新质生产力"
status = "preferred"

[[concept.term]]
language = "en"
text = "new quality productive forces"
status = "preferred"
attestations = [
  { source = "report-2024", alongside = true },
]

[[concept.term]]
language = "en"
text = "new quality productivity"
status = "deprecated"
attestations = [
  { source = "report-2024" },
]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "house.toml"
    path.write_text(PACK, "utf-8")
    return path


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_deprecated_rendering_is_found_and_placed(termbank: Speak, tmp_path: Path, pack: Path) -> None:
    zh = written(tmp_path, "zh.txt", "各地要因地制宜发展新质生产力。\n")
    en = written(tmp_path, "en.txt", "Localities should develop new quality productivity as suits them.\n")
    said = termbank("check", en, "--source", zh, "--glossary", pack, "--format", "json")
    assert said.code == 1
    (finding,) = said.json["findings"]
    assert finding["code"] == "deprecated-rendering"
    start, end = finding["span"]
    assert en.read_text("utf-8")[start:end] == finding["found"] == "new quality productivity"
    assert finding["suggest"][0] == "new quality productive forces"
    assert (finding["line"], finding["column"]) == (1, start + 1)


def test_a_sound_translation_is_left_alone(termbank: Speak, tmp_path: Path, pack: Path) -> None:
    zh = written(tmp_path, "zh.txt", "各地要因地制宜发展新质生产力。\n")
    en = written(
        tmp_path, "en.txt", "Localities should develop new quality productive forces as suits them.\n"
    )
    said = termbank("check", en, "--source", zh, "--glossary", pack, "--format", "json")
    assert (said.code, said.json["findings"]) == (0, [])


def test_english_alone_is_checked_too(termbank: Speak, tmp_path: Path, pack: Path) -> None:
    en = written(tmp_path, "en.txt", "New quality productivity is the theme of the year.\n")
    said = termbank("check", en, "--glossary", pack, "--format", "json")
    assert [finding["code"] for finding in said.json["findings"]] == ["deprecated-rendering"]


def test_fail_on_never_exits_with_zero(termbank: Speak, tmp_path: Path, pack: Path) -> None:
    en = written(tmp_path, "en.txt", "New quality productivity is the theme of the year.\n")
    assert termbank("check", en, "--glossary", pack, "--fail-on", "never").code == 0


def test_a_baseline_leaves_only_what_is_new(termbank: Speak, tmp_path: Path, pack: Path) -> None:
    en = written(tmp_path, "en.txt", "New quality productivity is the theme of the year.\n")
    before = termbank("check", en, "--glossary", pack, "--format", "json").out
    baseline = written(tmp_path, "before.json", before)
    en.write_text("\n\n" + en.read_text("utf-8"), "utf-8")
    said = termbank("check", en, "--glossary", pack, "--baseline", baseline, "--format", "json")
    assert (said.code, said.json["findings"]) == (0, [])


def test_a_faulty_glossary_tells_every_fault(termbank: Speak, tmp_path: Path, pack: Path) -> None:
    text = PACK.replace('status = "deprecated"', 'status = "forbidden"').replace("2024-03", "2024-13")
    pack.write_text(text, "utf-8")
    en = written(tmp_path, "en.txt", "A sentence.\n")
    said = termbank("check", en, "--glossary", pack)
    assert said.code == 2
    assert "forbidden" in said.err
    assert "2024-13" in said.err


@pytest.mark.parametrize("form", ["sarif", "html", "github", "text"])
def test_every_form_of_report_is_written(termbank: Speak, sample: Path, form: str) -> None:
    said = termbank(
        "check", sample / "ai-plus.lawfirm.en.txt", "--source", sample / "ai-plus.zh.txt", "--format", form
    )
    assert said.code in (0, 1)
    assert "intelligent bodies" in said.out
    if form == "sarif":
        assert json.loads(said.out)["version"] == "2.1.0"


def test_a_document_that_holds_both_languages_in_turn_is_read_as_pairs(
    termbank: Speak, tmp_path: Path, pack: Path
) -> None:
    both = written(
        tmp_path,
        "both.txt",
        "发展新质生产力。\nWe develop new quality productivity.\n推动绿色发展。\nWe promote green development.\n",
    )
    said = termbank("check", both, "--glossary", pack, "--format", "json")
    (finding,) = said.json["findings"]
    assert (finding["code"], finding["line"]) == ("deprecated-rendering", 2)
    assert termbank("check", both, "--glossary", pack, "--fix").code == 1
    assert both.read_text("utf-8").splitlines()[:2] == [
        "发展新质生产力。",
        "We develop new quality productive forces.",
    ]
    beads = termbank("align", both, "--format", "json").json["beads"]
    assert [(bead["zh"], bead["en"]) for bead in beads] == [([0], [0]), ([1], [1])]
    alone = termbank("align", written(tmp_path, "zh.txt", "发展新质生产力。\n推动绿色发展。\n"))
    assert (alone.code, "does not hold both languages in turn" in alone.err) == (2, True)
