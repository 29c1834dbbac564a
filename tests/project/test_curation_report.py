"""`python -m benchmarks glossaries` counts what the packs hold."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from benchmarks import glossaries

PACK = """schema = 2

[[source]]
id = "report"
title = "Report"
kind = "official"
date = "2024-03"

[[concept]]
id = "forces"
type = "phrase"
definitions = [{ language = "en", text = "What is new." }]

[[concept.term]]
language = "zh-Hans"
text = "新质生产力"
status = "preferred"

[[concept.term]]
language = "en"
text = "new forces"
status = "preferred"
attestations = [{ source = "report", alongside = true }]

[[concept]]
id = "open"

[[concept.term]]
language = "zh-Hans"
text = "未定"

[[concept.term]]
language = "en"
text = "the open question"
attestations = [{ source = "report" }]
"""


def test_the_report_counts_concepts_evidence_and_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ours.toml").write_text(PACK, "utf-8")
    monkeypatch.setattr(sys, "argv", ["glossaries", str(tmp_path)])
    facts = tmp_path / "facts.jsonl"
    facts.write_text('{"zh": "新质生产力"}\n{"zh": "未定"}\n{"zh": "没有"}\n', "utf-8")
    monkeypatch.setattr(glossaries, "FACTS", facts)
    assert glossaries.main() == 0
    lines = capsys.readouterr().out.splitlines()
    for line in (
        "2 concepts, 4 terms, 1 sources",
        "| with a preferred English | 1 | 50.0 % |",
        "| resting on one document | 2 | 100.0 % |",
        "| with a definition | 1 | 50.0 % |",
        "| established | 1 | 50.0 % |",
        "| phrase | 1 | 50.0 % |",
        "| 2024 | 1 | 100.0 % |",
        "| held | 2 | 66.7 % |",
        "| held with a preferred English | 1 | 33.3 % |",
        "| missing | 1 | 33.3 % |",
        "  english-article: 1",
    ):
        assert line in lines, line
