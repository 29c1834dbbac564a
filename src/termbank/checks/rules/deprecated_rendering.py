"""A rendering that the glossary deprecates.

**What it finds.** An English term whose status in the glossary is *deprecated*, wherever the Chinese
beside it names the same concept, or anywhere in English that is checked alone.

**Why it matters.** A deprecated rendering is one that was looked at and refused: it comes from a
machine-like copy, misleads, or breaks with the form in print.

**Spared.** A deprecated form inside a longer approved one (“gap pad” in “thermal gap pad”), a form
that another concept of the glossary rightly uses, and a form for which the Chinese gives no cause.

**Example.** 智能体正在改变软件开发。 → *Intelligent bodies are changing software development.*

**Use instead.** The preferred rendering: *Intelligent agents are changing software development.*
`--fix` writes it where number and case can be kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from termbank.checks.context import CheckContext, advice, join_sentences, suggestions
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.model.concept import Status
from termbank.model.finding import Finding
from termbank.model.message import message

CODE = "deprecated-rendering"
FAULTY = (
    Example("智能体正在改变软件开发。", "Intelligent bodies are changing software development."),
    Example("", "We should foster new productivity boosters."),
)
SOUND = (
    Example("智能体正在改变软件开发。", "Intelligent agents are changing software development."),
    Example("行星是天体。", "A planet is not an intelligent body."),
)


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each use of a deprecated rendering."""
    for pair in checked.pairs:
        for match, concept, term in pair.unusable_renderings:
            if term.status is not Status.DEPRECATED:
                continue
            offered = suggestions(concept)
            fault = message(
                "“{found}” is a deprecated rendering of {zh}.", found=match.text, zh=concept.headword
            )
            yield context.finding(
                CODE,
                pair.segment,
                join_sentences(fault, advice(offered), term.note or ""),
                en=match.span,
                zh=pair.source_span(concept),
                concept=concept,
                suggest=offered,
            )
