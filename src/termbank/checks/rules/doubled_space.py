"""Two spaces between words.

**What it finds.** More than one space between two words of a line in the English.

**Why it matters.** It is a slip of editing that shows in print and hinders search.

**Spared.** Two spaces after the end of a sentence or a colon, as some houses set them; spaces at the beginning or end of a line;
tables, where three spaces or more stand.

**Example.** 推动绿色发展。 → *We will promote  green development.*

**Use instead.** *We will promote green development.*
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

CODE = "doubled-space"
FAULTY = (Example("推动绿色发展。", "We will promote  green development."),)
SOUND = (
    Example("推动绿色发展。我们有信心。", "We will promote green development.  We are confident."),
    Example("", "Revenue      12,000   13,000"),
)

_TWO = re.compile(r"(?<=[A-Za-z,])  (?=[A-Za-z(])")


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each segment, at the first place."""
    for pair in checked.pairs:
        found = _TWO.search(pair.segment.en)
        if found is not None:
            text = message("Two spaces between words.")
            yield context.finding(CODE, pair.segment, text, en=Span(*found.span()), suggest=(" ",))
