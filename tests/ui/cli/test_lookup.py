"""`termbank lookup`: any key brings the concept up, and odd ones do no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Speak


@pytest.mark.parametrize(
    "query",
    ["新质生产力", "新質生產力", "xinzhi", "xzscl", "new quality", "productive force", "new qualty", "NQPF"],
)
def test_any_key_brings_the_concept_up(termbank: Speak, query: str) -> None:
    said = termbank("lookup", query, "--json")
    assert said.code == 0
    assert "new-quality-productive-forces" in [hit["concept"] for hit in said.json["results"][:3]]


def test_the_json_has_the_fields_that_others_rely_on(termbank: Speak) -> None:
    document = termbank("lookup", "人类命运共同体", "--json").json
    assert document["schema"] == 1
    assert document["query"] == "人类命运共同体"
    hit = document["results"][0]
    assert set(hit) == {
        "concept", "score", "matched", "type", "definitions", "notes", "relations", "members", "reliability", "terms",
    }  # fmt: skip
    assert hit["reliability"] in ("weak", "supported", "established")
    for term in hit["terms"]:
        attested = term["attested"]
        assert attested["documents"] == attested["official"] + attested["state_media"] + attested["other"]
    assert set(hit["matched"]) == {"text", "language", "how"}
    assert {term["language"] for term in hit["terms"]} >= {"zh-Hans", "en"}
    assert all(set(term) == {"text", "language", "status", "attested"} for term in hit["terms"])


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
