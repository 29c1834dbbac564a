"""Chinese left in the English.

**What it finds.** Chinese characters in an English segment, and segments that are Chinese altogether
or were left empty in a bilingual file.

**Why it matters.** It cannot be read, and it is the plainest sign of a translation that was not finished.

**Spared.** Chinese given beside its rendering: in brackets, before brackets, or in a list of terms where the English is
next to it; and in quotation marks, where it is mentioned and not used: in English alone, or where the Chinese sentence has
it in no quotation marks.

**Example.** 加强算力布局。 → *Optimize the layout of 算力.*

**Use instead.** The rendering; with the Chinese in brackets where the reader needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbank.checks.context import CheckContext
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.model.finding import Finding
from termbank.model.message import message
from termbank.model.segment import SegmentPair
from termbank.model.span import Span

CODE = "untranslated-text"
FAULTY = (
    Example("推进“东数西算”工程。", "We will advance the “东数西算” project."),
    Example("优化算力布局。", "Optimize the layout of 算力."),
    Example("优化算力布局。", "优化算力布局。"),
)
SOUND = (
    Example("优化算力布局。", "Optimize the layout of computing power (算力)."),
    Example("推进“东数西算”工程。", "We will advance the “东数西算” (East Data, West Computing) project."),
    Example("", "The expression “算力” is rendered as computing power."),
)

_HAN = "㐀-鿿豈-﫿\U00020000-\U0003134f"
_RUN = re.compile(rf"[{_HAN}](?:[{_HAN}\s，。、；：？！“”《》（）·\d]*[{_HAN}])?")
_GIVEN = re.compile(r"[(（\[［【“\"‘'「『《][^()（）\[\]“”\"「」『』《》]*$")
_QUOTES = "“\"‘'「『《"
_OPEN = dict(zip("(（[［【“\"‘'「『《", ")）]］】”\"’'」』》", strict=True))


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each stretch of Chinese, or one for a segment that is all Chinese or empty."""
    for pair in checked.pairs:
        segment = pair.segment
        if segment.zh.strip() and not segment.en.strip():
            if not segment.aligned:
                whole = Span(0, len(segment.zh))
                yield context.finding(
                    CODE, segment, message("This segment has no translation."), zh=whole, found=""
                )
        elif not segment.en.isascii():
            yield from _find_chinese(segment, context)


def _find_chinese(segment: SegmentPair, context: CheckContext) -> Iterator[Finding]:
    text = segment.en
    for run_ in _RUN.finditer(text):
        if _is_given(text, run_.start(), run_.end()) and not _is_quoted_untranslated(segment, run_):
            continue
        whole = len(run_.group()) > 0.6 * len(text.strip())
        if whole:
            fault = message("This segment is still in Chinese.")
        else:
            fault = message("“{zh}” is left in Chinese.", zh=run_.group())
        matches = context.matcher.chinese(run_.group())
        offered = [rendering.text for m in matches if (rendering := m.concept.rendering) is not None]
        suggest = () if whole else tuple(dict.fromkeys(offered))[:3]
        yield context.finding(CODE, segment, fault, en=Span(*run_.span()), suggest=suggest)


def _is_quoted_untranslated(segment: SegmentPair, run_: re.Match[str]) -> bool:
    """Whether a name in quotation marks is left as the Chinese sentence has it in them, with no rendering in brackets after it."""
    before, after = segment.en[: run_.start()][-1:], segment.en[run_.end() :]
    if before not in _QUOTES or not before or re.match(r"[”\"’']?,? ?[(（]", after) is not None:
        return False
    return re.search(rf"[“\"‘'「『《]{re.escape(run_.group())}[”\"’'」』》]", segment.zh) is not None


def _is_given(text: str, start: int, end: int) -> bool:
    """Whether the Chinese is in brackets or quotation marks, as a word that is mentioned."""
    before = _GIVEN.search(text[:start])
    return before is not None and _OPEN[before.group()[0]] in text[end:]
