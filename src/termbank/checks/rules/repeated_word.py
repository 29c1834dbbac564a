"""A word written twice.

**What it finds.** One word twice in a row in the English: “the the”, “of of”.

**Why it matters.** Spelling checkers that look at words one by one pass it, and readers pass over it.

**Spared.** Words that English does double (had had, that that, very very), names and interjections with capitals (Bora Bora),
and words with a mark between them.

**Example.** 推动绿色发展。 → *We will promote the the green development.*

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

CODE = "repeated-word"
FAULTY = (Example("推动绿色发展。", "We will promote the the green development."),)
SOUND = (
    Example("他曾经有过。", "He had had it before that."),
    Example("", "They flew to Bora Bora, and so on and on."),
)

_TWICE = re.compile(r"(?<![\w’'-])([a-z]+)[ \t\n]+\1(?![\w’'-])", re.IGNORECASE)
_DOUBLED = frozenset(
    "had that very so long far much many now more on over out no is in blah ha bye again ever really".split()
)


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each word that is written twice."""
    for pair in checked.pairs:
        for found in _TWICE.finditer(pair.segment.en):
            word = found[1]
            if word.lower() in _DOUBLED or found.group()[-len(word)].isupper():
                continue
            text = message("“{word}” is written twice.", word=word)
            yield context.finding(CODE, pair.segment, text, en=Span(*found.span()), suggest=(word,))
