"""A question that is no question in the English.

**What it finds.** A Chinese segment that ends with a question mark of which the English has none, and the reverse where the Chinese
has no word of asking.

**Why it matters.** A question becomes a statement.

**Spared.** Questions inside a segment, titles, and segments that break off.

**Example.** 怎样推动绿色发展？ → *How can we promote green development.*

**Use instead.** *How can we promote green development?*
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

CODE = "lost-question"
FAULTY = (
    Example("怎样推动绿色发展？", "How can we promote green development."),
    Example("我们推动绿色发展。", "We promote green development?"),
)
SOUND = (
    Example("怎样推动绿色发展？", "How can we promote green development?"),
    Example("他问怎样推动绿色发展。", "How, he asked, can we promote green development?"),
)

_END_ZH = re.compile(r"([？?。！!])[”’」』）)\s]*$")
_END_EN = re.compile(r"([?.!])[”’\"')\s]*$")
_ASKS = re.compile(r"[吗嗎呢何谁誰哪怎几幾]|什么|甚麼|什麼|多少|是否|问|問|能否|可否|[？?]")


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each segment that ends otherwise."""
    for pair in checked.pairs:
        segment = pair.segment
        zh, en = _END_ZH.search(segment.zh), _END_EN.search(segment.en)
        if zh is None or en is None:
            continue
        lost = zh[1] in "？?" and en[1] == "." and "?" not in segment.en
        added = zh[1] == "。" and en[1] == "?" and _ASKS.search(segment.zh) is None
        if lost or added:
            text = message("The Chinese is a question.") if lost else message("The Chinese is no question.")
            yield context.finding(CODE, segment, text, en=Span(*en.span(1)), zh=Span(*zh.span(1)))
