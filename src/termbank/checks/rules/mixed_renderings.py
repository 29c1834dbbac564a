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

from termbank.checks.document_stats import Place
from termbank.checks.example_glossary import Example
from termbank.checks.lexicon_stems import content
from termbank.checks.pair import Desk, Reading
from termbank.model.concept import Concept, Status, TermType
from termbank.model.finding import Finding
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


def run(pairs: Sequence[Reading], desk: Desk) -> Iterator[Finding]:
    """One finding for each wording beside the one to keep, at its first place."""
    for (_, name), uses in desk.usage.uses.items():
        concept = desk.glossary.by_id[name]
        for zh_text in dict.fromkeys(place.zh_text for place in uses.values()):
            groups = _groups([place for place in uses.values() if place.zh_text == zh_text])
            if len(groups) > 1:
                yield from _findings(desk, concept, groups)


def _groups(places: Sequence[Place]) -> list[list[Place]]:
    """The uses by wording, the one to keep first: preferred, then most used, then first."""
    groups: list[list[Place]] = []
    for place in places:
        if place.term.type not in (TermType.FULL_FORM, TermType.VARIANT):
            continue
        if place.term.status in (Status.DEPRECATED, Status.SUPERSEDED):
            continue
        for group in groups:
            if _is_one_wording(group[0].term.text, place.term.text):
                group.append(place)
                break
        else:
            groups.append([place])
    return sorted(groups, key=lambda g: (min(p.term.status.rank for p in g) > 0, -_count(g)))


def _is_one_wording(one: str, other: str) -> bool:
    """Whether the wordings are the same, one only says more than the other, or they are an adjective and its noun.

    Of the last the sentence chooses; in front of a noun that stays (safe production, safety production) the translator does.
    """
    if same_wording(one, other):
        return True
    words, others = content(one), content(other)
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


def _count(group: list[Place]) -> int:
    return sum(place.count for place in group)


def _findings(desk: Desk, concept: Concept, groups: list[list[Place]]) -> Iterator[Finding]:
    kept = groups[0]
    for group in groups[1:]:
        first = group[0]
        here, there = _times(_count(group)), _times(_count(kept))
        yield desk.finding(
            CODE,
            first.pair,
            f"{concept.headword} is “{first.term.text}” {here} in this document "
            f"and “{kept[0].term.text}” {there}. Keep to one.",
            en=first.span,
            zh=first.zh,
            concept=concept,
            suggest=(kept[0].term.text,),
        )


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"
