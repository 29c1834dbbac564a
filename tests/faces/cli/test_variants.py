"""`termbank variants`: the ledger answers, filters, and says so when it cannot."""

from __future__ import annotations

from .conftest import Speak


def test_the_official_rendering_changes_with_the_day(termbank: Speak) -> None:
    answers = {}
    for day in ("2013", "2018", "2024"):
        (concept,) = termbank("variants", "人类命运共同体", "--as-of", day, "--json").json["concepts"]
        answers[day] = concept["as_of"]["renderings"]
    assert any("common destiny" in text for text in answers["2013"])
    assert all("shared future" in text for day in ("2018", "2024") for text in answers[day])


def test_who_still_used_the_older_one_is_told(termbank: Speak) -> None:
    (concept,) = termbank("variants", "人类命运共同体", "--as-of", "2024", "--json").json["concepts"]
    assert concept["as_of"]["lagging"]
    assert all(use["date"] > "2017" for use in concept["as_of"]["lagging"])


def test_only_one_publisher_is_counted(termbank: Speak) -> None:
    said = termbank("variants", "新质生产力", "--by", "Xinhua", "--json").json
    names = {p["publisher"] for c in said["concepts"] for r in c["renderings"] for p in r["publishers"]}
    assert names
    assert all("Xinhua" in name for name in names)


def test_only_one_kind_is_counted(termbank: Speak) -> None:
    said = termbank("variants", "新质生产力", "--kind", "official", "--json").json
    kinds = {p["kind"] for c in said["concepts"] for r in c["renderings"] for p in r["publishers"]}
    assert kinds == {"official"}


def test_unknown_publishers_kinds_dates_and_concepts_are_refused(termbank: Speak) -> None:
    for arguments in (
        ("新质生产力", "--by", "No Such House"),
        ("新质生产力", "--kind", "royal"),
        ("新质生产力", "--as-of", "last year"),
        ("zzqqxxzzqq",),
    ):
        said = termbank("variants", *arguments)
        assert (said.code, said.out) == (2, ""), arguments


def test_the_timeline_reads_without_colour(termbank: Speak) -> None:
    out = termbank("variants", "一带一路").out
    assert "\x1b" not in out
    assert "superseded" in out


def test_a_timeline_is_drawn_for_a_page_and_by_itself(termbank: Speak) -> None:
    page = termbank("variants", "人类命运共同体", "--as-of", "2018", "--format", "html")
    assert (page.code, page.out.count("<svg")) == (0, 1)
    assert "As of 2018" in page.out
    drawing = termbank("variants", "人类命运共同体", "--format", "svg")
    assert (drawing.code, drawing.out.count("<svg")) == (0, 1)
    too_many = termbank("variants", "--format", "svg")
    assert (too_many.code, too_many.out) == (2, "")
    assert "--format html" in too_many.err
