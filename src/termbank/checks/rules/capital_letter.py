"""A sentence or a name that begins with a small letter.

**What it finds.** An English segment that begins with a small letter where it and its Chinese are whole sentences; in names of bodies,
“state council” and the like are found by the glossary's own spelling: a preferred rendering of a body, office, law or document in
which one capital is written small.

**Why it matters.** It is a slip of editing, and in a name it is wrong.

**Spared.** List items, segments that go on from the one before, names such as “iPhone”, and renderings that the text writes
without any capital.

**Example.** 国务院批准了该方案。 → *the State council approved the plan.*

**Use instead.** *The State Council approved the plan.*
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbank.checks.context import CheckContext
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.checks.pair import Pair
from termbank.model.concept_facts import ConceptType
from termbank.model.finding import Finding
from termbank.model.message import message
from termbank.model.span import Span

CODE = "capital-letter"
FAULTY = (Example("我们推动绿色发展。", "we will promote green development."),)
SOUND = (
    Example("我们推动绿色发展。", "We will promote green development."),
    Example("（一）推动绿色发展；", "(a) promote green development;"),
    Example("推动绿色发展。", "iPhone sales promoted green development."),
)

_NAMED = frozenset(
    {ConceptType.BODY, ConceptType.LAW, ConceptType.DOCUMENT, ConceptType.OFFICE, ConceptType.CAMPAIGN}
)
_SMALL = re.compile(r"[a-z]+(?= )")
_WHOLE_ZH = re.compile(r"[。！？]$")
_WHOLE_EN = re.compile(r"[.!?]$")


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each sentence that begins with a small letter after one that has ended, and each name in part small."""
    ended = True
    for pair in checked.pairs:
        segment = pair.segment
        zh, en = segment.zh.rstrip(), segment.en.rstrip()
        found = _SMALL.match(segment.en)
        if found and ended and _WHOLE_ZH.search(zh) and _WHOLE_EN.search(en):
            text = message("A sentence begins with a small letter.")
            yield context.finding(
                CODE, segment, text, en=Span(*found.span()), suggest=(found.group().capitalize(),)
            )
        ended = not en or _WHOLE_EN.search(en) is not None
        yield from _names(pair, context)


def _names(pair: Pair, context: CheckContext) -> Iterator[Finding]:
    for match in pair.en_outermost:
        written, name = match.span.of(pair.segment.en), match.term.text
        if match.concept.type not in _NAMED or match.concept.id not in pair.zh_concepts:
            continue
        if written.lower() != name.lower() or written == name:
            continue
        apart = [n for n in range(len(name)) if written[n] != name[n]]
        some = [word for word in written.split() if word[0].isupper()]
        words = [word for word in name.split() if word[0].isupper()]
        if 0 < len(some) < len(words) and all(name[n].isupper() for n in apart) and len(words) > 1:
            text = message("“{written}” is a name. Write “{name}”.", written=written, name=name)
            yield context.finding(
                CODE,
                pair.segment,
                text,
                en=match.span,
                zh=pair.source_span(match.concept),
                concept=match.concept,
                suggest=(name,),
            )
