"""Every form of a report is well formed, whatever the texts hold."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from termbank.core.checked import Checked, Waived, Waiver
from termbank.core.concept import Status
from termbank.core.finding import Finding, Severity
from termbank.core.span import Span
from termbank.core.survey import Survey, SurveyedConcept, SurveyedRendering, Use
from termbank.reports import write

HOSTILE = '<script>alert("1")</script> & “智能体” intelligent bodies\x1b[31m'


def finding(**more: object) -> Finding:
    at = HOSTILE.index("intelligent")
    given: dict[str, object] = {
        "code": "deprecated-rendering",
        "severity": Severity.ERROR,
        "message": "“intelligent bodies” is deprecated: 100 %, really\nWrite “intelligent agents”.",
        "concept": "intelligent-agent",
        "file": "草稿 #1.txt",
        "line": 3,
        "column": at + 1,
        "span": Span(at, at + 18),
        "source_file": "原文.txt",
        "source_span": Span(0, 3),
        "found": "intelligent bodies",
        "suggest": ("intelligent agents",),
        "context": HOSTILE,
        "source_context": "智能体<b>",
        "fingerprint": "f00",
    }
    return Finding(**(given | more))  # type: ignore[arg-type]


CHECKED = Checked(
    segments=2,
    findings=(finding(), finding(span=None, found=None, suggest=(), context=None, fingerprint="f01")),
    waived=(
        Waived(finding(fingerprint="f02"), Waiver("deprecated-rendering", reason="a quotation", inline=True)),
    ),
    known=(finding(fingerprint="f03", severity=Severity.NOTE),),
    files=("草稿 #1.txt", "原文.txt"),
)


def test_sarif_is_valid_by_its_schema(shared_data: Path) -> None:
    import jsonschema

    schema = json.loads((shared_data / "schemas/sarif-2.1.0.json").read_text("utf-8"))
    log = json.loads(write("findings", "sarif", CHECKED))
    jsonschema.validators.validator_for(schema)(schema).validate(log)


def test_sarif_counts_code_points_and_keeps_suppressions() -> None:
    (run,) = json.loads(write("findings", "sarif", CHECKED))["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    first, _, known, waived = run["results"]
    region = first["locations"][0]["physicalLocation"]["region"]
    assert HOSTILE[region["charOffset"] :][: region["charLength"]] == "intelligent bodies"
    assert first["partialFingerprints"] == {"termbank/v1": "f00"}
    assert (first["baselineState"], known["baselineState"]) == ("new", "unchanged")
    assert waived["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "a quotation"}
    ]
    assert "#" not in first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def test_github_commands_stand_on_one_line_each() -> None:
    lines = write("findings", "github", CHECKED).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("::error file=草稿 #1.txt,line=3,col=")
    assert "100 %25" in lines[0]
    assert "%0A" in lines[0]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        assert not any(name in ("src", "href") for name, _ in attrs), "a report needs no network"
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def survey_page() -> str:
    at = HOSTILE.index("intelligent")
    use = Use("a & b.txt", (Span(at, at + 18),), ("intelligent bodies",))
    rows = (
        SurveyedRendering("intelligent bodies", (use,), Status.DEPRECATED),
        SurveyedRendering("intelligent <b>", (use,), None, known=False, confidence=0.7),
    )
    survey = Survey(("a & b.txt", "c.txt"), (SurveyedConcept("agent", "智能体", rows, "intelligent agent"),))
    return write("survey", "html", survey, texts={"a & b.txt": HOSTILE})


@pytest.mark.parametrize(
    "page", [write("findings", "html", CHECKED), survey_page()], ids=["findings", "survey"]
)
def test_html_is_self_contained_and_escapes_the_texts(page: str) -> None:
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert tags.seen.count("script") == 1
    assert "&lt;script&gt;" in page
    assert "<mark>intelligent bodies</mark>" in page


def test_a_matrix_opens_its_passages() -> None:
    page = survey_page()
    assert "<details><summary>1</summary>" in page
    assert "(70% sure)" in page
