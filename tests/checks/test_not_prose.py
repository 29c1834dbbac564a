"""Addresses, file names, code and placeholders: no finding, never rewritten; `--fix` writes a plural where it fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from termbank.checks.example_glossary import GLOSSARY
from termbank.checks.not_prose import HIDDEN, hide_what_is_not_prose
from termbank.model.concept import Concept, Status, Term
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.segment import SegmentPair
from termbank.services.check import check_files
from termbank.services.fixes import find_fixes, write_fixes

MARKDOWN = """---
title: intelligent bodies
---

See <https://example.com/intelligent bodies/> and https://gov.example/intelligent-bodies/index.html here.

A [link](https://example.com/intelligent-bodies_v2.html "intelligent bodies"), `intelligent bodies`, and a mail to info@intelligent-bodies.example.

![a picture](img/intelligent-bodies.png)

```
intelligent bodies
```

The file intelligent-bodies.docx has {intelligent bodies} in it.

Intelligent bodies are new.
"""


def hidden(text: str) -> str:
    return hide_what_is_not_prose(SegmentPair("", text)).en.replace(HIDDEN, "·")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("See https://a.example/b-c. Then", "See ·····················. Then"),
        ("见https://gov.cn/a。然后", "见················。然后"),
        ("write to a.b@c.example, or", "write to ·············, or"),
        ("open report-v2.docx now", "open ·············· now"),
        ("run `a b` and <kbd>c d</kbd>", "run ····· and ··············"),
        ("[x](https://a.b/c_(d).html) y", "[x](·····················) y".replace("·" * 21, "·" * 22)),
        ("{name} has %s of %1$s", "······ has ·· of ····"),
    ],
)
def test_what_is_not_prose_is_hidden(text: str, wanted: str) -> None:
    assert hidden(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "It grew by 5% in the U.S. (No. 3).",
        "3.7 million and/or 2.5",
        "e.g. this, i.e. that",
        "a < b and c > d",
        "GDP/capita",
    ],
)
def test_prose_stays(text: str) -> None:
    assert hidden(text) == text


def test_a_segment_keeps_its_texts_as_they_are_written() -> None:
    segment = hide_what_is_not_prose(SegmentPair("见`智能体`", "see `intelligent bodies`"))
    assert (segment.written_zh, segment.written_en) == ("见`智能体`", "see `intelligent bodies`")
    assert len(segment.en) == len(segment.written_en)


def test_only_prose_is_reported_and_rewritten(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text(MARKDOWN, "utf-8")
    checked = check_files(file, GLOSSARY, only=("deprecated-rendering",))
    assert [finding.context for finding in checked.findings] == ["Intelligent bodies are new."]
    write_fixes(find_fixes(checked))
    assert file.read_text("utf-8") == MARKDOWN.replace("Intelligent bodies are", "Intelligent agents are")


def test_code_in_a_page_is_no_prose(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        "<p>Type <kbd>intelligent bodies</kbd> or <code>intelligent bodies</code>; see"
        ' <a href="https://x.example/intelligent-bodies">it</a>.</p>'
        "<pre><code>intelligent bodies\nintelligent bodies</code></pre><p>Intelligent bodies are new.</p>",
        "utf-8",
    )
    checked = check_files(file, GLOSSARY, only=("deprecated-rendering",))
    assert [finding.context for finding in checked.findings] == ["Intelligent bodies are new."]


SINGULAR = Glossary.of(
    [
        Concept(
            "forces",
            (
                Term("新质生产力", Language.ZH_HANS, Status.PREFERRED),
                Term("new quality productive forces", Language.EN, Status.PREFERRED),
                Term("new quality productivity", Language.EN, Status.DEPRECATED),
            ),
        )
    ]
)
PLURAL = "new quality productive forces"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("New quality productivity is vital.", f"{PLURAL.capitalize()} are vital."),
        ("We develop new quality productivity in every region.", f"We develop {PLURAL} in every region."),
        ("We develop new quality productivity.", f"We develop {PLURAL}."),
        ("New quality productivity will grow.", f"{PLURAL.capitalize()} will grow."),
    ],
)
def test_a_plural_is_written_where_the_sentence_allows(tmp_path: Path, before: str, after: str) -> None:
    assert fixed(tmp_path, before)[0] == after


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("This new quality productivity matters.", "“This” before it"),
        ("New quality productivity drives growth.", "its verb"),
        ("New quality productivity in China is growing.", "its verb"),
        ("New quality productivity, which has grown, matters.", "its verb"),
        ("It is so because new quality productivity, too, grows.", "its verb"),
        ("We support new quality productivity growth.", "“growth” after it"),
        ("New quality productivity's role is clear.", "genitive"),
    ],
)
def test_elsewhere_it_is_said_why_not(tmp_path: Path, text: str, why: str) -> None:
    written, reasons = fixed(tmp_path, text)
    assert written == text
    assert len(reasons) == 1
    assert why.lower() in reasons[0].lower()


def fixed(folder: Path, text: str) -> tuple[str, list[str]]:
    file = folder / "draft.txt"
    file.write_text(text, "utf-8")
    fixes = find_fixes(check_files(file, SINGULAR, only=("deprecated-rendering",)))
    write_fixes(fixes)
    return file.read_text("utf-8"), [reason for _, reason in fixes.left]
