"""One concept, two renderings in one document.

**What it finds.** A concept that one document renders by two wordings, at the first use of the rarer one.

**Why it matters.** A reader takes two terms for two things. In official text the second wording is
nearly always an oversight between two translators.

**Spared.** A full form beside its abbreviation or short form; singular and plural, hyphens, case and
articles; an adjective beside its noun (*secure and controllable*, *security and controllability*); different
Chinese terms of one concept, each with its own rendering; renderings that are reported anyway because
they are deprecated or superseded.

**Example.** 算力 is *computing power* in the first paragraph and *computing capacity* in the second.

**Use instead.** One of the two throughout; the preferred one where it is used at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbank.checks.context import CheckContext
from termbank.checks.document_stats import FirstUse
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.checks.lexicon_stems import content_lemmas
from termbank.model.concept import Concept, Status, TermType
from termbank.model.finding import Finding
from termbank.model.message import message, plural
from termbank.model.survey import same_wording

CODE = "mixed-renderings"
FAULTY = (
    Example(
        "优化算力布局，提升算力水平。", "Optimize the layout of computing power and raise computing capacity."
    ),
    Example(
        "", "Computing power is scarce. More computing power is being built. Computing capacity is scattered."
    ),
)
SOUND = (
    Example(
        "优化算力布局，提升算力水平。",
        "Optimize the layout of computing power and make computing power stronger.",
    ),
    Example("", "New quality productive forces (NQPFs) matter. NQPFs are growing."),
)


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each wording beside the one to keep, at its first place."""
    for (_, name), uses in checked.uses.items():
        concept = context.glossary.by_id[name]
        for zh_text in dict.fromkeys(use.zh_text for use in uses.values()):
            groups = _group_by_wording([use for use in uses.values() if use.zh_text == zh_text])
            for group in groups[1:]:
                yield _finding(concept, group, groups[0], context)


def _group_by_wording(uses: Sequence[FirstUse]) -> list[list[FirstUse]]:
    """The uses by wording, the one to keep first: preferred, then most used, then first."""
    groups: list[list[FirstUse]] = []
    for use in uses:
        if use.term.type not in (TermType.FULL_FORM, TermType.VARIANT):
            continue
        if use.term.status in (Status.DEPRECATED, Status.SUPERSEDED):
            continue
        for group in groups:
            if _is_one_wording(group[0].term.text, use.term.text):
                group.append(use)
                break
        else:
            groups.append([use])
    return sorted(groups, key=lambda g: (min(use.term.status.rank for use in g) > 0, -_count(g)))


def _is_one_wording(one: str, other: str) -> bool:
    """Whether the wordings are the same, one only says more than the other, or they are an adjective and its noun.

    The sentence decides between an adjective and its noun; before another noun (safe production, safety production) the
    translator does.
    """
    if same_wording(one, other):
        return True
    words, others = content_lemmas(one), content_lemmas(other)
    if len(words) == len(others) and words[-1:] != others[-1:] and all(map(_is_one_word, words, others)):
        return True
    fewer, more = sorted((set(words), set(others)), key=len)
    return bool(fewer) and fewer <= more


def _is_one_word(one: str, other: str) -> bool:
    """Whether the words are the same, or one is the noun that the other, an adjective, makes."""
    if one == other:
        return True
    adjective, noun = sorted((one, other), key=len)
    return noun in (
        f"{adjective.removesuffix('e')}ity",
        f"{adjective}ty",
        f"{adjective.removesuffix('able')}ability",
        f"{adjective}ness",
    )


def _count(group: list[FirstUse]) -> int:
    return sum(use.times for use in group)


def _finding(concept: Concept, rare: list[FirstUse], kept: list[FirstUse], context: CheckContext) -> Finding:
    first, other = rare[0], kept[0].term.text
    return context.finding(
        CODE,
        first.segment,
        message(
            "{zh} is rendered “{found}” ({here}) and “{other}” ({there}) in this document. Use one of them.",
            zh=concept.headword,
            found=first.term.text,
            here=plural("once", "{count} times", _count(rare)),
            other=other,
            there=plural("once", "{count} times", _count(kept)),
        ),
        en=first.span,
        zh=first.zh,
        concept=concept,
        suggest=(other,),
    )
