"""A term of your own glossary that the Chinese translation renders by other words.

**What it finds.** In a translation into Chinese, a term of a glossary that you name (or of the bank's own) that stands
in the English, where the Chinese has none of its terms.

**Why it matters.** What `unapproved-rendering` says of English holds for Chinese, too.

**Spared.** Terms of the shipped glossaries, whose English words have other meanings as well; a term inside a longer one;
a term that one of the two sentences before renders, and one that a pronoun takes up.

**Example.** Optimize the layout of computing power. → *优化计算能力布局。*

**Use instead.** *优化算力布局。*
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbank.checks.context import CheckContext
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.checks.pair import Pair
from termbank.matching.match import Match
from termbank.model.concept import Concept, Status
from termbank.model.finding import Finding
from termbank.model.message import message

CODE = "chinese-rendering"
FAULTY: tuple[Example, ...] = ()
SOUND = (Example("优化算力布局。", "Optimize the layout of computing power."),)

NEAR = 2
"""Pairs before one in which a term may have been rendered."""
_PRONOUN = re.compile("[其它他她这该此]")


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each concept and pair."""
    if context.target != "zh" or not context.house_terms:
        return
    rendered: set[str] = set()
    for number, pair in enumerate(checked.pairs):
        before = checked.pairs[max(0, number - NEAR) : number]
        for match, concept in _house_terms(pair, context.house_terms):
            if _is_answered(pair, match, before):
                continue
            if concept.id in rendered and _PRONOUN.search(pair.segment.zh) is not None:
                continue
            offered = _usable_chinese(concept)
            if offered and not any(term.text in pair.segment.zh for term in concept.chinese):
                yield context.finding(
                    CODE,
                    pair.segment,
                    message(
                        "No approved Chinese for “{found}” was found. Write {zh}.",
                        found=match.text,
                        zh=offered[0],
                    ),
                    en=match.span,
                    concept=concept,
                    found="",
                    suggest=offered,
                )
        rendered.update(pair.zh_concepts)


def _house_terms(pair: Pair, house_terms: frozenset[str]) -> Iterator[tuple[Match, Concept]]:
    """The person's own concepts that the English names, each once, at its first place."""
    seen: set[str] = set()
    for match in pair.en_outermost if pair.segment.zh.strip() else ():
        for concept in (match.concept, *match.also):
            if concept.id in house_terms and concept.id not in seen:
                seen.add(concept.id)
                yield match, concept


def _is_answered(pair: Pair, match: Match, before: Sequence[Pair]) -> bool:
    """Whether the Chinese of the pair, or of one just before, names a concept that the English may mean."""
    concepts = {concept.id for concept in (match.concept, *match.also)}
    return any(not concepts.isdisjoint(other.zh_concepts) for other in (pair, *before))


def _usable_chinese(concept: Concept) -> tuple[str, ...]:
    usable = (term for term in concept.chinese if term.status.rank <= Status.PROPOSED.rank)
    return tuple(dict.fromkeys(term.text for term in usable))[:3]
