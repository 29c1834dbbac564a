"""`termbank doctor` on glossaries and on stale terms: findings are exit code 1, a list is 0."""

from __future__ import annotations

from pathlib import Path

from .conftest import Speak

PACK = """schema = 2

[[concept]]
id = "forces"

[[concept.term]]
language = "zh-Hans"
text = "新质生产力"
status = "preferred"

[[concept.term]]
language = "en"
text = "the forces"
"""


def test_findings_name_file_line_code_concept_and_remedy(termbank: Speak, tmp_path: Path) -> None:
    pack = tmp_path / "ours.toml"
    pack.write_text(PACK, "utf-8")
    said = termbank("doctor", "--glossaries", pack)
    assert said.code == 1
    assert said.out.splitlines() == [
        f"{pack}:3  english-article  forces",
        "  “the forces” begins with an article. Write the term without it.",
    ]
    document = termbank("doctor", "--glossaries", pack, "--json")
    assert (document.code, document.json["schema"]) == (1, 1)
    (finding,) = document.json["findings"]
    assert set(finding) == {"code", "concept", "file", "line", "message", "remedy"}
    assert (finding["code"], finding["concept"], finding["line"]) == ("english-article", "forces", 3)


def test_a_sound_glossary_is_exit_code_0(termbank: Speak, tmp_path: Path) -> None:
    pack = tmp_path / "ours.toml"
    pack.write_text(PACK.replace("the forces", "forces"), "utf-8")
    assert (termbank("doctor", "--glossaries", pack).code, termbank("doctor", "--glossaries", pack).out) == (
        0,
        "",
    )


def test_stale_terms_are_listed(termbank: Speak) -> None:
    document = termbank("doctor", "--stale", "2012", "--json")
    assert document.code == 0
    dates = [term["last"] for term in document.json["terms"]]
    assert dates == sorted(dates, key=lambda date: (date is None, date or ""))
    assert all(date is None or date < "2012" for date in dates)
    assert len(termbank("doctor", "--stale", "2012").out.splitlines()) == len(dates) > 0


def test_requests_that_contradict_each_other_are_refused(termbank: Speak, tmp_path: Path) -> None:
    for arguments in (
        ("--glossaries", "--repair"),
        ("--stale", "2012", "--glossaries"),
        ("ours.toml",),
        ("--stale", "soon"),
        ("--glossaries", tmp_path / "none.toml"),
    ):
        said = termbank("doctor", *arguments)
        assert (said.code, said.out) == (2, ""), arguments
        assert said.err, arguments
