"""Every form of a report is well formed, whatever the texts hold."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from termbank.model.check_result import Checked, Waived, Waiver
from termbank.model.concept import Attestation, Concept, Status, Term
from termbank.model.document import Publisher, PublisherKind, Source
from termbank.model.errors import TermbankError
from termbank.model.finding import Finding, Severity
from termbank.model.language import Language
from termbank.model.span import Span
from termbank.model.survey import DocumentUse, Survey, SurveyedConcept, SurveyedRendering
from termbank.model.variants import Variants
from termbank.reports import write
from termbank.reports.timeline_layout import axis_of, marks
from termbank.reports.variants_svg import SHAPES
from termbank.surveying.usage import usage

SVG = "{http://www.w3.org/2000/svg}"

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
    use = DocumentUse("a & b.txt", (Span(at, at + 18),), ("intelligent bodies",))
    rows = (
        SurveyedRendering("intelligent bodies", (use,), Status.DEPRECATED),
        SurveyedRendering("intelligent <b>", (use,), None, known=False, confidence=0.7),
    )
    survey = Survey(("a & b.txt", "c.txt"), (SurveyedConcept("agent", "智能体", rows, "intelligent agent"),))
    return write("survey", "html", survey, texts={"a & b.txt": HOSTILE})


def use(publisher: str, kind: PublisherKind, date: str | None) -> Attestation:
    source = Source(f"{publisher}-{date}", HOSTILE, Publisher(publisher, publisher, kind), date=date)
    return Attestation(source, quotation=HOSTILE)


def variants(*, day: str | None = "2018", more: int = 0) -> Variants:
    old = Term(
        "community of common destiny <b>",
        Language.EN,
        Status.SUPERSEDED,
        until="2017",
        attestations=(
            use("外交部 & co", PublisherKind.OFFICIAL, "2015-03-28"),
            use("Daily", PublisherKind.STATE_MEDIA, "2016"),
            use("Review", PublisherKind.PRESS, None),
            *(use(f"Paper {n}", PublisherKind.PRESS, f"2016-0{n % 9 + 1}-11") for n in range(more)),
        ),
    )
    new = Term("community with a shared future", Language.EN, Status.PREFERRED, since="2017-10")
    concept = Concept("shared-future", (Term(f"人类命运共同体{HOSTILE}", Language.ZH_HANS), old, new))
    return Variants((usage(concept, lambda _: True, day),), "kind “official”")


def drawn(found: Variants) -> ElementTree.Element:
    return ElementTree.fromstring(write("variants", "svg", found).encode("utf-8"))


def words_of(svg: ElementTree.Element) -> str:
    return " ".join("".join(text.itertext()) for text in svg.iter(f"{SVG}text"))


def test_a_drawing_is_xml_whatever_the_texts_hold() -> None:
    svg = drawn(variants())
    assert svg.tag == f"{SVG}svg"
    assert "<b>" in words_of(svg)
    assert not list(svg.iter(f"{SVG}script"))
    assert "http" not in write("variants", "svg", variants()).replace("http://www.w3.org/2000/svg", "")


def test_a_drawing_tells_kinds_of_publisher_apart_by_shape() -> None:
    paths = {path for _, path in SHAPES.values()}
    assert set(SHAPES) == set(PublisherKind)
    assert len({(filling, path) for filling, path in SHAPES.values()}) == len(SHAPES)
    marks = [path for path in drawn(variants()).iter(f"{SVG}path") if path.get("d") in paths]
    assert len({path.get("d") for path in marks}) == 2


def test_a_drawing_has_no_colour_but_that_of_the_page() -> None:
    svg = write("variants", "svg", variants())
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", svg)) == {"#fff", "#111"}


def test_a_year_is_a_bar_and_a_day_is_a_point() -> None:
    axis = axis_of(variants().concepts[0], 0, 400)
    assert axis is not None
    old = next(r for r in variants().concepts[0].renderings if r.count)
    day, year = sorted(marks(old, axis, 1000), key=lambda mark: mark.start)
    assert day.start == day.end
    assert year.end - year.start == pytest.approx(100, abs=1)


def test_marks_in_a_row_do_not_hide_one_another() -> None:
    (one,) = variants(more=20).concepts
    axis = axis_of(one, 0, 400)
    assert axis is not None
    for rendering in one.renderings:
        placed = marks(rendering, axis, 1000)
        for lane in {mark.lane for mark in placed}:
            places = [mark.middle for mark in placed if mark.lane == lane]
            assert all(b - a > 12 for a, b in pairwise(places))


def test_a_row_of_very_many_uses_is_counted_by_year() -> None:
    svg = drawn(variants(more=200))
    assert "×200" in words_of(svg)
    assert "Paper 7" not in words_of(svg)


def test_undated_uses_are_counted_and_placed_nowhere() -> None:
    assert "3 documents: 1 official, 1 state media, 1 other; 1 undated" in words_of(drawn(variants()))
    undated = replace(
        variants(day=None).concepts[0].renderings[0], uses=(use("Review", PublisherKind.PRESS, None),)
    )
    one = replace(variants(day=None).concepts[0], renderings=(undated,))
    assert "no use counted is dated" in words_of(drawn(Variants((one,))))


def test_a_report_says_how_each_use_was_seen() -> None:
    copied = replace(use("Daily", PublisherKind.STATE_MEDIA, "2016-05"), alongside=True, copied=True)
    source = replace(copied.source, url="https://example.org/a")
    term = Term("shared future", Language.EN, attestations=(replace(copied, source=source),))
    found = Variants((usage(Concept("c", (term,)), lambda _: True),))
    (rendering,) = json.loads(write("variants", "json", found))["concepts"][0]["renderings"]
    (seen,) = rendering["attestations"]
    assert (seen["title"], seen["url"]) == (HOSTILE, "https://example.org/a")
    assert (seen["alongside"], seen["copy"], seen["inferred"]) == (True, True, False)
    for form in ("text", "html"):
        report = write("variants", form, found)
        assert "beside the Chinese, on a copy" in " ".join(report.split()), form
        assert "https://example.org/a" in report, form


def test_a_document_cited_twice_counts_once() -> None:
    seen = use("Daily", PublisherKind.STATE_MEDIA, "2016-05")
    term = Term("shared future", Language.EN, attestations=(seen, replace(seen, own_date="2016-07")))
    (one,) = (usage(Concept("c", (term,)), lambda _: True),)
    (rendering,) = one.renderings
    assert (rendering.count, rendering.publishers[0].count, rendering.years) == (1, 1, ((2016, 1),))
    assert "1 document: 1 state media; 2016-05 to 2016-07" in write("variants", "text", Variants((one,)))


def test_a_drawing_of_too_many_concepts_is_refused() -> None:
    many = Variants(variants().concepts * 40)
    with pytest.raises(TermbankError, match="too many"):
        write("variants", "svg", many)
    assert write("variants", "html", many).count("<figure>") == 40


@pytest.mark.parametrize(
    "page",
    [write("findings", "html", CHECKED), survey_page(), write("variants", "html", variants())],
    ids=["findings", "survey", "variants"],
)
def test_html_is_self_contained_and_escapes_the_texts(page: str) -> None:
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert tags.seen.count("script") == 1
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("page", [write("findings", "html", CHECKED), survey_page()])
def test_a_page_marks_the_words_in_their_sentence(page: str) -> None:
    assert "<mark>intelligent bodies</mark>" in page


def test_a_matrix_opens_its_passages() -> None:
    page = survey_page()
    assert "<details><summary>1</summary>" in page
    assert "(confidence 70%)" in page
