from __future__ import annotations

import json
from pathlib import Path

import pytest

from termbank.model.check_result import Checked, Waived, Waiver
from termbank.model.finding import Finding, Severity
from termbank.model.span import Span
from termbank.reports import REPORTS, forms_of, write
from termbank.reports.findings_sarif import uri

SENTENCE = "Intelligent bodies are changing software development."
FINDING = Finding(
    "deprecated-rendering",
    Severity.ERROR,
    "“Intelligent bodies” is a deprecated rendering of 智能体. Write “intelligent agent”.",
    "intelligent-agent",
    "译文/draft 1.md",
    12,
    1,
    Span(100, 118),
    "原文.md",
    Span(3, 6),
    "Intelligent bodies",
    ("intelligent agent",),
    SENTENCE,
    "智能体正在改变软件开发。",
    "abc123",
)
CHECKED = Checked(
    40,
    (FINDING,),
    (Waived(FINDING, Waiver("deprecated-rendering", reason="quoted", inline=True)),),
    (FINDING,),
)


def test_the_text_shows_place_sentence_mark_and_suggestion() -> None:
    lines = write("findings", "text", CHECKED, width=80).splitlines()
    assert lines[0] == "译文/draft 1.md:12:1  error  deprecated-rendering"
    assert lines[2].strip() == SENTENCE
    assert lines[3].strip() == "^" * len("Intelligent bodies")
    assert lines[-1] == "1 finding (1 error) in 40 segments; 1 suppressed; 1 in the baseline."


def test_a_long_sentence_is_cut_around_the_words_that_are_meant() -> None:
    from dataclasses import replace

    long = f"{'word ' * 60}{SENTENCE}{' word' * 60}"
    text = write("findings", "text", Checked(1, (replace(FINDING, context=long, column=301),)), width=80)
    shown, mark = text.splitlines()[2:4]
    assert len(shown) <= 80
    assert shown[mark.index("^") : mark.rindex("^") + 1] == "Intelligent bodies"


def test_the_sarif_is_valid_and_keeps_suppressions_and_baseline(shared_data: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    body = json.loads(write("findings", "sarif", CHECKED))
    schema = json.loads((shared_data / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(body)
    run = body["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    new, known, waived = run["results"]
    assert (new["baselineState"], known["baselineState"]) == ("new", "unchanged")
    assert waived["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "quoted"}]
    region = new["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (12, 1, 19)
    assert (region["charOffset"], region["charLength"]) == (100, 18)


def test_paths_in_sarif_are_uris() -> None:
    assert uri("a\\b c.md") == "a/b%20c.md"


def test_annotations_escape_what_a_workflow_command_may_not_hold() -> None:
    from dataclasses import replace

    odd = replace(FINDING, file="a,b:c.md", message="100%\nsure")
    line = write("findings", "github", Checked(1, (odd,))).rstrip()
    assert line.startswith(
        "::error file=a%2Cb%3Ac.md,line=12,col=1,endColumn=19,title=deprecated-rendering::"
    )
    assert line.endswith("100%25%0Asure")


def test_the_page_is_one_file_without_network_and_escapes_the_text() -> None:
    from dataclasses import replace

    page = write(
        "findings",
        "html",
        Checked(1, (replace(FINDING, context="<script>alert(1)</script> Intelligent bodies"),)),
    )
    assert "<script>alert" not in page
    assert "<mark>Intelligent bodies</mark>" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "智能体正在改变软件开发。" in page


def test_every_report_on_the_shelf_is_there() -> None:
    from importlib import import_module

    for one in REPORTS:
        assert callable(import_module(one.module).report)
    assert forms_of("findings") == ("text", "json", "sarif", "github", "html")


def test_a_spreadsheet_has_a_row_a_finding_and_a_column_to_answer_in() -> None:
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    from termbank.model.check_result import Checked
    from termbank.model.finding import Finding, Severity
    from termbank.reports.findings_xlsx import report_bytes

    finding = Finding(
        "number-mismatch", Severity.ERROR, "3 in the Chinese, 4 in the English.", file="a.txt", line=7,
        found="=4", suggest=("3",), context="=four", source_context="三",
    )  # fmt: skip
    data = report_bytes(Checked(1, (finding,)))
    assert data == report_bytes(Checked(1, (finding,)))
    head, row = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert head[-1] == "Answer"
    assert row[:4] == ["a.txt", "7", "error", "number-mismatch"]
    assert row[5] == "三"
    assert row[9:] in ([], [""])
    assert all(not str(cell).startswith("=") for cell in row), "a formula is not guarded"
