"""`termbank variants`: the ledger answers, filters, and says so when it cannot."""

from __future__ import annotations

import pytest

from .conftest import Speak

ANSWERS = [
    ("人类命运共同体", "2013", "community of common destiny"),
    ("人类命运共同体", "2018", "community with a shared future for mankind"),
    ("人类命运共同体", "2024", "community with a shared future for humanity"),
    ("全面建设小康社会", "2003", "well-off society in an all-round way"),
    ("全面建设小康社会", "2012-11", "moderately prosperous society in all respects"),
    ("一带一路", "2014", "One Belt, One Road"),
    ("一带一路", "2018", "Belt and Road Initiative"),
    ("网络强国", "2016", "cyberpower"),
    ("科学发展观", "2010", "Scientific Outlook on Development"),
    ("全面从严治党", "2016", "comprehensively strengthen Party discipline"),
    ("依法治国", "2022", "law-based governance"),
    ("军民融合", "2018", "military-civilian integration"),
    ("新质生产力", "2024-04", "new quality productive forces"),
    ("新质生产力", "2023-10", "new productive forces"),
    ("新质生产力", "2023-06", None),
    ("总体国家安全观", "2015", None),
]
"""The official rendering of a day by the shipped packs; None where their dates are too thin to tell."""


@pytest.mark.parametrize(("zh", "day", "wanted"), ANSWERS)
def test_the_ledger_tells_what_was_official_on_a_day(
    termbank: Speak, zh: str, day: str, wanted: str | None
) -> None:
    answer = termbank("variants", zh, "--as-of", day, "--json").json["concepts"][0]["as_of"]
    assert answer["renderings"] == ([wanted] if wanted else [])
    assert wanted or "no answer" in answer["grounds"]


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


def test_what_is_new_since_a_day_is_dated_by_its_documents(termbank: Speak) -> None:
    document = termbank("variants", "--new-since", "2025", "--json").json
    assert document["new_since"] == "2025"
    assert len(document["concepts"]) > 10
    dates = [use["date"] for one in document["concepts"] for use in one["attestations"]]
    assert min(dates) >= "2025"
    assert "beside the Chinese" in termbank("variants", "--new-since", "2026").out


def test_what_is_new_is_drawn_in_no_timeline_and_for_no_day(termbank: Speak) -> None:
    for arguments in (("--format", "svg"), ("--as-of", "2020")):
        said = termbank("variants", "--new-since", "2025", *arguments)
        assert (said.code, said.out) == (2, ""), arguments
