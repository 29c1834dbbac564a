"""Half-width punctuation in Chinese.

**What it finds.** Commas, full stops, colons, semicolons, question and exclamation marks and brackets of the Latin
keyboard between Chinese characters, where the translation is the Chinese text.

**Why it matters.** Chinese print has full-width marks (GB/T 15834): the others look cramped, and searches miss them.

**Spared.** Marks in figures, addresses, code, and in words that are not Chinese; a full stop, which ends abbreviations.

**Example.** Develop green industries, and save energy. → *发展绿色产业,节约能源。*

**Use instead.** *发展绿色产业，节约能源。*
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbank.checks.context import CheckContext
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.model.finding import Finding
from termbank.model.message import plural
from termbank.model.span import Span

CODE = "halfwidth-punctuation"
FAULTY: tuple[Example, ...] = ()
SOUND = (Example("发展绿色产业，节约能源。", "Develop green industries and save energy."),)

_HAN = "㐀-鿿豈-﫿"
_MARK = re.compile(
    rf"(?<=[{_HAN}”」》）])[ ]?[,;:?!](?=[ ]?(?:[{_HAN}“「《（]|$))|(?<=[{_HAN}])[()](?=[{_HAN}])"
)
_FULL = str.maketrans(",;:?!()", "，；：？！（）")


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each segment, at its first mark, with their number."""
    if context.target != "zh":
        return
    for pair in checked.pairs:
        marks = list(_MARK.finditer(pair.segment.zh))
        if not marks:
            continue
        first = marks[0].group()
        yield context.finding(
            CODE,
            pair.segment,
            plural(
                "“{found}” is a half-width mark in Chinese. Write “{plain}”.",
                "{count} half-width marks in Chinese, the first “{found}”. Write “{plain}”.",
                len(marks),
                found=first.strip(),
                plain=first.strip().translate(_FULL),
            ),
            zh=Span(*marks[0].span()),
            found=first,
            suggest=(first.strip().translate(_FULL),),
        )
