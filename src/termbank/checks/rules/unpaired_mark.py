"""A bracket or quotation mark without its partner.

**What it finds.** An opening or closing bracket or double quotation mark in the English whose partner is missing, where the
Chinese has its marks in pairs.

**Why it matters.** The reader cannot tell where the words in brackets or the quotation end.

**Spared.** Enumerators such as “a)”; quotations over several segments, where the Chinese is open too; apostrophes and single marks.

**Example.** 全国人民代表大会（全国人大） → *the National People’s Congress (NPC*

**Use instead.** *the National People’s Congress (NPC)*
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbank.checks.context import CheckContext
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.model.finding import Finding
from termbank.model.message import message
from termbank.model.span import Span

CODE = "unpaired-mark"
FAULTY = (
    Example(
        "全国人民代表大会（全国人大）是国家机关。", "The National People’s Congress (NPC is a state organ."
    ),
    Example("推进“一带一路”建设。", "We will advance the “Belt and Road Initiative."),
)
SOUND = (
    Example("（一）加强领导。", "a) Strengthen leadership (in every field)."),
    Example("他说：“我们有信心。", "He said, “We are confident."),
)

_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))
_PAIRS_ZH = ("（）()", "【】〔〕[]", '“”「」『』"')
_ENUMERATOR = re.compile(r"(?:^|[\s;,])(?:[a-zA-Z]|[ivxIVX]{1,5}|\d{1,2})\)$")


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each kind of mark that is not in pairs."""
    for pair in checked.pairs:
        segment = pair.segment
        if not segment.zh:
            continue
        for (opening, closing), of_zh in zip(_PAIRS, _PAIRS_ZH, strict=True):
            place = _unpaired(segment.en, opening, closing)
            if place is None or not _is_paired(segment.zh, of_zh):
                continue
            fault = message("“{mark}” has no partner.", mark=segment.en[place])
            yield context.finding(CODE, segment, fault, en=Span(place, place + 1))


def _unpaired(text: str, opening: str, closing: str) -> int | None:
    """The place of the first mark that has no partner; a quotation of several paragraphs is opened again in each."""
    if text.count(opening) == text.count(closing):
        return None
    open_at: list[int] = []
    for at, char in enumerate(text):
        if char == opening:
            open_at.append(at)
        elif char == closing:
            if open_at:
                open_at.pop()
            elif _ENUMERATOR.search(text[: at + 1]) is None:
                return at
    return open_at[0] if open_at else None


def _is_paired(text: str, marks: str) -> bool:
    """Whether the Chinese opens as many marks of a kind as it closes."""
    opened = sum(text.count(char) for char in marks[0::2])
    closed = sum(text.count(char) for char in marks[1::2])
    return (
        opened == closed
        if len(marks) % 2 == 0
        else opened - text.count('"') == closed and text.count('"') % 2 == 0
    )
