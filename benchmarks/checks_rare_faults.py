"""Faults put into one pair of twenty of sound text: how often is a finding right, and the words that it names?

Renderings are exchanged for those of other concepts (names for names, terms for terms) or taken out, and English numbers are
changed, all with fixed seeds; the glossary is the shipped one, for the HKMA's reports the dictionary of the year. A finding is right where a fault of its kind was put into its pair; the words it names are right
where they overlap the words put there for at least half of both. Everything else that is found counts against its check, also
true slips of the print. Texts are those of `checks_texts`; of the sample corpus, only the official versions.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from benchmarks.checks_swapped import renumbered
from benchmarks.checks_texts import hkma_glossary, shipped
from benchmarks.figures import record
from termbank.checks.pair import find_pairs
from termbank.checks.wrong_names import NAMES
from termbank.matching.match import Match
from termbank.matching.matcher import Matcher
from termbank.model.finding import Finding
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.model.span import Span
from termbank.services.check import check_pairs
from termbank.services.lexicon_cache import lexicon

SHARE = 0.05
"""The share of the pairs into which a fault is put."""
ENOUGH = 10
"""Faults from which on a figure is kept."""
FAR = 100_000
"""Offset between pairs, by which a finding tells its pair."""
NUMBERS, NAME, TERM, GONE = "number-mismatch", "official-title", "unapproved-rendering", "missing-rendering"
CODES = (NUMBERS, NAME, TERM, GONE)
_ANSWERS = {
    NUMBERS: (NUMBERS,),
    NAME: (NAME, TERM, GONE),
    TERM: (NAME, TERM, GONE),
    GONE: (NAME, TERM, GONE),
}
"""By the code of a finding, the kinds of faults that it may be about: which words render a term is a matter of words."""


class Fault(NamedTuple):
    """A fault: its kind, the concept (empty for a number), and the words put there."""

    kind: str
    concept: str
    words: Span | None


def put_faults(
    pairs: Sequence[SegmentPair], glossary: Glossary, matcher: Matcher, seed: int
) -> tuple[list[SegmentPair], dict[int, Fault]]:
    """A text with faults in one pair of twenty, and the fault in each."""
    rng = random.Random(seed)
    renderings: dict[tuple[bool, int], list[str]] = defaultdict(list)
    for concept in glossary:
        for term in concept.english:
            if term.status.is_approved:
                renderings[concept.type in NAMES, len(term.text.split())].append(term.text)
    numbered, changed = renumbered(pairs, seed)
    out, faults = list(pairs), {}
    for n, pair in enumerate(pairs):
        if not pair.zh or not pair.en or rng.random() >= SHARE:
            continue
        if n in changed and rng.random() < 1 / 3:
            out[n], faults[n] = numbered[n], Fault(NUMBERS, "", None)
            continue
        made = _change_a_rendering(pair, renderings, matcher, rng)
        if made is not None:
            out[n], faults[n] = made
    return out, faults


def _change_a_rendering(
    pair: SegmentPair, renderings: dict[tuple[bool, int], list[str]], matcher: Matcher, rng: random.Random
) -> tuple[SegmentPair, Fault] | None:
    """The pair with one rendering exchanged or taken out; None where it has none that stands once."""
    found = find_pairs([pair], matcher)[0]
    once: list[Match] = [
        places[0][0]
        for name, places in found.en_concepts.items()
        if name in found.zh_concepts and len(places) == 1 and not places[0][0].nested
        if places[0][1].status.is_approved and " " in places[0][0].text
    ]
    if not once:
        return None
    match = rng.choice(once)
    is_name = match.concept.type in NAMES
    if rng.random() < 1 / 4:
        kind, new = GONE, ""
    else:
        kind = NAME if is_name else TERM
        others = renderings[is_name, len(match.text.split())]
        new = rng.choice(others or ["another thing"])
    en = pair.en[: match.span.start] + new + pair.en[match.span.end :]
    if match.concept.id in find_pairs([replace(pair, en=en)], matcher)[0].en_concepts:
        return None
    words = Span(match.span.start, match.span.start + len(new)) if new else None
    return replace(pair, en=en), Fault(kind, match.concept.id, words)


def is_right(finding: Finding, fault: Fault | None) -> bool:
    return (
        fault is not None
        and fault.kind in _ANSWERS[finding.code]
        and fault.concept in ("", finding.concept or "")
    )


def names_the_words(finding: Finding, fault: Fault, start: int) -> bool | None:
    """Whether a finding names the words put there; None where it names none, or none were put."""
    if fault.words is None or finding.span is None or not finding.found:
        return None
    named = Span(finding.span.start - start, finding.span.end - start)
    shared = min(named.end, fault.words.end) - max(named.start, fault.words.start)
    return shared * 2 >= max(named.end - named.start, fault.words.end - fault.words.start)


class Counts:
    """What was put into texts, and what was found there."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.total: Counter[str] = Counter()
        self.put: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()
        self.words: Counter[bool] = Counter()

    def add(
        self, pairs: Sequence[SegmentPair], faults: dict[int, Fault], findings: Iterable[Finding]
    ) -> None:
        """Count the findings in one text, whose pairs stand `FAR` apart."""
        self.put.update(fault.kind for fault in faults.values())
        found_in: set[int] = set()
        for finding in findings:
            n = finding.span.start // FAR if finding.span is not None else -1
            fault = faults.get(n)
            self.total[finding.code] += 1
            if fault is None or not is_right(finding, fault):
                continue
            self.right[finding.code] += 1
            found_in.add(n)
            is_named = names_the_words(finding, fault, n * FAR)
            if is_named is not None:
                self.words[is_named] += 1
        self.seen.update(faults[n].kind for n in found_in)


def texts_with_faults(
    texts: dict[str, list[SegmentPair]], glossary_of_packs: Glossary
) -> Iterator[tuple[str, list[SegmentPair], dict[int, Fault], list[Finding]]]:
    """Each text with faults, what they are, and what the checks find."""
    matchers = {"": (glossary_of_packs, Matcher.of(glossary_of_packs))}
    for number, (name, pairs) in enumerate(texts.items()):
        if name.startswith("corpus") and ".official." not in name:
            continue
        if name.startswith("hkma"):
            own = hkma_glossary(int(name.split()[1]))
            matchers[name] = (own, Matcher.of(own))
        glossary, matcher = matchers.get(name, matchers[""])
        changed, faults = put_faults(pairs, glossary, matcher, number)
        placed = [replace(pair, en_start=n * FAR) for n, pair in enumerate(changed)]
        found = check_pairs(placed, glossary, matcher=matcher, lexicon=lexicon(), only=CODES)
        yield name, changed, faults, list(found)


def on_rare_faults(texts: dict[str, list[SegmentPair]]) -> Iterator[str]:
    """The table of precision, recall and right words, by check and group of texts."""
    yield "faults in one pair of twenty (seed = number of the text): precision (findings), recall (faults), words right where named"
    counts: dict[str, Counts] = {}
    for name, pairs, faults, findings in texts_with_faults(texts, shipped()):
        counts.setdefault(name.split()[0], Counts()).add(pairs, faults, findings)
    for group, count in counts.items():
        for code in CODES:
            if not count.put[code]:
                continue
            precision = count.right[code] / max(1, count.total[code])
            recall = count.seen[code] / count.put[code]
            if count.put[code] >= ENOUGH:
                record(f"checks/one in twenty/{group}/{code}/precision", precision)
            yield (
                f"  {group:10} {code:22} {precision:6.3f} ({count.total[code]:3})   {recall:6.3f} ({count.put[code]:3})"
            )
        named = count.words[True] / max(1, count.words.total())
        if count.words.total() >= ENOUGH:
            record(f"checks/one in twenty/{group}/words named", named)
        yield f"  {group:10} {'words named':22} {named:6.3f} ({count.words.total():3})"
