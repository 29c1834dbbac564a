"""`termbank lookup`: any key brings the concept up, and odd ones do no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Speak


@pytest.mark.parametrize(
    "query",
    [
        "新质生产力",
        "新質生產力",
        "xinzhi",
        "xzscl",
        "new quality",
        "quality productive force",
        "new qualty",
        "NQPF",
    ],
)
def test_any_key_brings_the_concept_up(termbank: Speak, query: str) -> None:
    said = termbank("lookup", query, "--json")
    assert said.code == 0
    assert "new-quality-productive-forces" in [hit["concept"] for hit in said.json["results"][:3]]


def test_the_json_has_the_fields_that_others_rely_on(termbank: Speak) -> None:
    document = termbank("lookup", "人类命运共同体", "--json").json
    assert document["schema"] == 1
    assert document["query"] == "人类命运共同体"
    assert document["match"] == "exact"
    hit = document["results"][0]
    assert set(hit) == {
        "concept", "score", "match", "matched", "type", "definitions", "notes", "relations", "members", "reliability", "terms",
    }  # fmt: skip
    assert hit["reliability"] in ("weak", "supported", "established")
    for term in hit["terms"]:
        attested = term["attested"]
        assert attested["count"] == attested["documents"]
        assert attested["documents"] == attested["official"] + attested["state_media"] + attested["other"]
    assert set(hit["matched"]) == {"text", "language", "how"}
    assert {term["language"] for term in hit["terms"]} >= {"zh-Hans", "en"}
    assert all(set(term) == {"text", "language", "status", "note", "attested"} for term in hit["terms"])


def test_the_traditional_form_is_found_by_its_script(termbank: Speak) -> None:
    hit = termbank("lookup", "新質生產力", "--json").json["results"][0]
    assert hit["matched"]["how"] in ("exact", "script")


def test_limit_is_kept(termbank: Speak) -> None:
    assert len(termbank("lookup", "发展", "--limit", "2", "--json").json["results"]) == 2


@pytest.mark.parametrize(
    "query",
    [
        "人" * 10_000,
        "的",
        "🙂",
        "\x1b[31mred",
        "' OR 1=1 --",
        'NEAR("a" b)',
        "[bold]x[/bold]",
        "*",
        "a" * 10_000,
    ],
)
def test_odd_queries_are_answered_or_found_empty(termbank: Speak, query: str) -> None:
    said = termbank("lookup", query)
    assert said.code == 0
    assert "\x1b" not in said.out + said.err


def test_concepts_written_alike_are_told_apart(termbank: Speak, own_bank: Path, tmp_path: Path) -> None:
    table = tmp_path / "alike.tsv"
    table.write_text(
        "zh\ten\tsubject\tnote\n"
        "总体\toverall\tplanning\tan adjective\n"
        "总体\tpopulation\tstatistics\tall the units of a statistic\n",
        encoding="utf-8",
    )
    assert termbank("import", table, "--bank", own_bank).code == 0
    out = termbank("lookup", "总体", "--bank", own_bank).out
    assert "an adjective" in out
    assert "all the units of a statistic" in out


def test_nothing_found_is_said_on_stderr(termbank: Speak) -> None:
    said = termbank("lookup", "zzqqxxyyzzqqxx")
    assert (said.code, said.out) == (0, "")
    assert "Nothing found" in said.err


@pytest.mark.parametrize(
    ("query", "match"),
    [
        ("新质生产力", "exact"),
        ("新質生產力", "exact"),
        ("xinzhishengchanli", "exact"),
        ("xzscl", "exact"),
        ("New Quality Productive Force", "exact"),
        ("new-quality-productive-forces", "exact"),
        ("新质生产", "near"),
        ("xinzhi", "near"),
        ("new qualty productive forces", "near"),
        ("zzqqxxyyzzqqxx", "none"),
    ],
)
def test_an_exact_answer_is_told_from_a_near_one(termbank: Speak, query: str, match: str) -> None:
    document = termbank("lookup", query, "--json").json
    assert document["match"] == match
    assert ("exact" in [hit["match"] for hit in document["results"]]) == (match == "exact")
    head = termbank("lookup", query).out.partition("\n")[0]
    assert (head == f"No exact match for {query}. Near:") == (match == "near")


TABLE = """schema = 2

[[publisher]]
id = "council"
name = "Council"
kind = "official"

[[source]]
id = "report"
title = "Report"
publisher = "council"
date = "2024"

[[source]]
id = "list"
title = "List"
kind = "study list"

[[concept]]
id = "four-x"
type = "numbered formula"
subject = "party"
definitions = [{ language = "en", text = "Four things to do." }]
notes = [{ language = "en", text = "Said since 2024." }]
members = [{ zh = "甲乙丙丁", en = "first thing" }, { zh = "戊己庚辛" }]

[[concept.term]]
language = "zh-Hans"
text = "四个啊呀"
status = "preferred"

[[concept.term]]
language = "en"
text = "Four Ahs"
status = "preferred"
note = "With a capital."
attestations = [{ source = "list" }, { source = "report" }, { source = "report", date = "2025" }]
"""


def test_definition_note_members_and_counts_are_printed(
    termbank: Speak, own_bank: Path, tmp_path: Path
) -> None:
    pack = tmp_path / "four.toml"
    pack.write_text(TABLE, encoding="utf-8")
    assert termbank("import", pack, "--bank", own_bank).code == 0
    assert termbank("lookup", "四个啊呀", "--bank", own_bank, "--limit", "1").out.splitlines() == [
        "四个啊呀  [party; numbered formula; reliability: supported]",
        "  Four things to do.",
        "  Note: Said since 2024.",
        "  Four Ahs  preferred   2 documents: 1 official, 1 other; 1 undated; 2024 to 2025",
        "      With a capital.",
        "  1. 甲乙丙丁  first thing",
        "  2. 戊己庚辛  no rendering yet",
    ]
    (hit,) = termbank("lookup", "四个啊呀", "--bank", own_bank, "--limit", "1", "--json").json["results"]
    assert [one["text"] for one in (*hit["definitions"], *hit["notes"])] == [
        "Four things to do.",
        "Said since 2024.",
    ]
    assert [member["zh"] for member in hit["members"]] == ["甲乙丙丁", "戊己庚辛"]
    assert hit["terms"][-1]["note"] == "With a capital."
    attested = hit["terms"][-1]["attested"]
    assert (attested["count"], attested["documents"], attested["undated"]) == (2, 2, 1)
