"""A glossary entry that no text can match.

**What it finds.** A term that is not found even in a text that consists of nothing else: it is only
punctuation, is written as a regular expression, or is inside its own `never_inside`. It is run when it is
asked for: `termbank check FILE --select never-matches`.

**Why it matters.** A rule that can never match reports a clean file, and nobody learns that it had no effect.

**Spared.** Terms that several concepts share.

**Example.** A term “……” in the glossary.

**Use instead.** Correct the entry, or take it out.
"""

from __future__ import annotations

from collections.abc import Iterator

from termbank.checks.context import CheckContext
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.matching.matcher import why_unmatchable
from termbank.model.concept import Concept, Term
from termbank.model.finding import Finding
from termbank.model.message import message
from termbank.model.segment import SegmentPair

CODE = "never-matches"
FAULTY: tuple[Example, ...] = ()
SOUND: tuple[Example, ...] = (Example("优化算力布局。", "Optimize the layout of computing power."),)


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each term that the matcher cannot find in its own text."""
    nowhere = SegmentPair("", "")
    for concept in context.glossary:
        for term in concept.terms:
            why = why_unmatchable(term) if is_odd(term) or not is_found(context, concept, term) else None
            if why is not None:
                yield context.finding(
                    CODE,
                    nowhere,
                    message(
                        "The entry “{term}” ({language}) of {concept} can never match a text: {reason}",
                        term=term.text,
                        language=term.language,
                        concept=concept.id,
                        reason=why,
                    ),
                    concept=concept,
                    found=term.text,
                )


def is_odd(term: Term) -> bool:
    """Whether a term may never match although the matcher finds it in its own text."""
    plain = any(char.isalnum() for char in term.text)
    return bool(term.never_inside) or not plain or any(char in "\\*[^$" for char in term.text)


def is_found(context: CheckContext, concept: Concept, term: Term) -> bool:
    """Whether the matcher finds the term in a text that is the term and nothing else."""
    find = context.matcher.chinese if term.language.is_chinese else context.matcher.english
    matches = find(term.text, nested=True)
    return any(concept.id in {owner.id for owner in (match.concept, *match.also)} for match in matches)
