"""How often the checks are right, beside three common rules; how quiet they are on sound text; how fast.

Labelled pairs of our own, renderings swapped in the HKMA reports with a fixed seed, figures changed
with a fixed seed, and unaltered bilingual text with the shipped glossaries. The three rules are those of
the peers: a substring on both sides, a regular expression between word boundaries, and one target
a term. A finding counts by pair and concept.
"""

from __future__ import annotations

import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.checks_omitted import on_omitted
from benchmarks.checks_rare_faults import on_rare_faults
from benchmarks.checks_scale import on_scale
from benchmarks.checks_seeded import left_out, miswritten
from benchmarks.checks_swapped import renumbered, swapped
from benchmarks.checks_texts import SHARED, gathered, hkma_glossary, shipped
from benchmarks.figures import record
from termbank.matching.matcher import Matcher
from termbank.model.concept import Concept, Status, Term
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.services.check import check_pairs
from termbank.services.lexicon_cache import lexicon

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from gold.checked_pairs import NUMBERS, TERMS, found_numbers, found_terms, labelled, wanted

FAR = 100_000
"""Offset between pairs, by which a finding tells its pair."""

Rule = Callable[[Sequence[SegmentPair], Glossary], set[tuple[int, str]]]


# -- the rules ---------------------------------------------------------------------------------


def substring(pairs: Sequence[SegmentPair], glossary: Glossary) -> set[tuple[int, str]]:
    """The term is in the source as a string, no rendering in the target as one."""
    terms = [(c, [t.text for t in c.chinese], [t.text.lower() for t in allowed(c)]) for c in glossary]
    return {
        (n, c.id)
        for n, pair in enumerate(pairs)
        for c, zh, en in terms
        if any(t in pair.zh for t in zh) and not any(t in pair.en.lower() for t in en)
    }


def boundaries(pairs: Sequence[SegmentPair], glossary: Glossary) -> set[tuple[int, str]]:
    r"""As `substring`, but between `\b` on both sides."""
    terms = [(c, _either(t.text for t in c.chinese), _either(t.text for t in allowed(c))) for c in glossary]
    return {
        (n, c.id)
        for n, pair in enumerate(pairs)
        for c, zh, en in terms
        if zh.search(pair.zh) and not en.search(pair.en)
    }


def single(pairs: Sequence[SegmentPair], glossary: Glossary) -> set[tuple[int, str]]:
    """As `substring`, but only the first rendering is right."""
    terms = [(c, [t.text for t in c.chinese], [t.text.lower() for t in allowed(c)][:1]) for c in glossary]
    return {
        (n, c.id)
        for n, pair in enumerate(pairs)
        for c, zh, en in terms
        if any(t in pair.zh for t in zh) and not any(t in pair.en.lower() for t in en)
    }


def allowed(concept: Concept) -> list[Term]:
    return [term for term in concept.english if term.status.rank <= Status.PROPOSED.rank]


def _either(texts: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, texts)) + r")\b", re.I)


RULES: tuple[tuple[str, Rule], ...] = (
    ("termbank", found_terms),
    ("substring on both sides", substring),
    (r"\b on both sides", boundaries),
    ("one target a term", single),
)


# -- the figures -------------------------------------------------------------------------------


def figures(found: set[tuple[int, str]], faults: set[tuple[int, str]], name: str = "") -> str:
    """Format precision and recall; recorded where they have a name."""
    hit = len(found & faults)
    precision, recall = hit / max(1, len(found)), hit / max(1, len(faults))
    if name:
        record(f"checks/{name}/precision", precision)
        record(f"checks/{name}/recall", recall)
    return f"{precision:9.3f} {recall:7.3f}   ({len(faults)} faults, {len(found)} findings)"


def on_labelled() -> Iterator[str]:
    pairs, faults, glossary = labelled()
    yield f"our own labelled pairs: {len(pairs)}, {sum(map(bool, faults))} of them faulty"
    yield f"  {'terminology':28} precision  recall"
    for name, rule in RULES:
        own = "labelled pairs, terms" if name == "termbank" else ""
        yield f"  {name:28} {figures(rule(pairs, glossary), wanted(faults, TERMS), own)}"
    numbers = figures(found_numbers(pairs), wanted(faults, NUMBERS), "labelled pairs, numbers")
    yield f"  {'numbers, termbank':28} {numbers}"


def on_swapped(texts: dict[str, list[SegmentPair]]) -> Iterator[str]:
    yield "HKMA 2015–2019 with their dictionaries, renderings swapped (seed = year); weights without 2018 and 2019, thresholds over all years"
    yield f"  {'':28} precision  recall"
    totals: dict[str, tuple[set[tuple[int, str]], set[tuple[int, str]]]] = {
        n: (set(), set()) for n, _ in RULES
    }
    for year in range(2015, 2020):
        glossary = hkma_glossary(year)
        pairs, labels = swapped(texts[f"hkma {year}"], glossary, year)
        faults = set(labels.items())
        for name, rule in RULES:
            found = rule(pairs, glossary)
            if name == "termbank":
                yield f"  {f'termbank, {year}':28} {figures(found, faults, f'swapped renderings, {year}')}"
            shift = year * FAR
            totals[name][0].update((n + shift, c) for n, c in found)
            totals[name][1].update((n + shift, c) for n, c in faults)
    for name, (found, faults) in totals.items():
        own = "swapped renderings, all years" if name == "termbank" else ""
        yield f"  {f'{name}, all years':28} {figures(found, faults, own)}"


def on_renumbered(texts: dict[str, list[SegmentPair]]) -> Iterator[str]:
    for label, change in (
        ("numbers changed (seed 3), of those that the checks can read", renumbered),
        ("numbers miswritten (seed 3), found by string", miswritten),
    ):
        named = label.partition(" (")[0]
        yield label
        yield f"  {'':28} precision  recall"
        for group in ("hkma", "un", "mag", "corpus"):
            pairs = [pair for name, some in texts.items() if name.split()[0] == group for pair in some]
            if pairs:
                changed, labels = change(pairs, 3)
                own = f"{named}/{group}"
                yield f"  {group:28} {figures(found_numbers(changed), {(n, '') for n in labels}, own)}"


def on_left_out(texts: dict[str, list[SegmentPair]]) -> Iterator[str]:
    yield "sentences left out of hand-aligned and aligned texts (seeds 1–3), recall of omitted-sentence"
    for group in ("hkma", "un", "mag", "corpus"):
        some = [pairs for name, pairs in texts.items() if name.split()[0] == group]
        hit = wanted = 0
        for pairs in some:
            for seed in (1, 2, 3):
                changed, labels = left_out(pairs, seed)
                placed = [replace(pair, zh_start=n * FAR) for n, pair in enumerate(changed)]
                found = check_pairs(placed, Glossary(), lexicon=lexicon(), only=("omitted-sentence",))
                hit += len({f.source_span.start // FAR for f in found if f.source_span} & labels)
                wanted += len(labels)
        if wanted:
            record(f"checks/sentences left out/{group}/recall", hit / wanted)
            yield f"  {group:28} {hit / wanted:7.3f}   ({wanted} sentences)"


def on_sound(texts: dict[str, list[SegmentPair]]) -> Iterator[str]:
    yield "findings per 1,000 English words of unaltered text, shipped glossaries, all checks"
    yield "  (every finding is counted, also those that name a true slip; the sample corpus has faults on purpose)"
    glossary = shipped()
    matcher = Matcher.of(glossary)
    for group in ("mag", "un", "sinorama", "hkma", "corpus"):
        some = [pairs for name, pairs in texts.items() if name.split()[0] == group]
        if not some:
            continue
        words = sum(len(pair.en.split()) for pairs in some for pair in pairs)
        counts: dict[str, int] = defaultdict(int)
        for pairs in some:
            for finding in check_pairs(pairs, glossary, matcher=matcher, lexicon=lexicon()):
                counts[finding.code] += 1
        total = sum(counts.values())
        parts = ", ".join(f"{code} {count}" for code, count in sorted(counts.items(), key=lambda c: -c[1]))
        record(f"checks/findings in 1,000 sound words/{group}", 1000 * total / words, "error")
        yield f"  {group:10} {1000 * total / words:6.2f}   {words:6} words   {parts}"


def on_speed(texts: dict[str, list[SegmentPair]]) -> Iterator[str]:
    glossary = shipped()
    matcher = Matcher.of(glossary)
    pairs = [pair for name, some in texts.items() if name.startswith(("hkma", "corpus")) for pair in some]
    if not pairs:
        return
    characters, some = 0, []
    for pair in pairs:
        some.append(pair)
        characters += len(pair.zh)
        if characters >= 10_000:
            break
    list(check_pairs(some, glossary, matcher=matcher, lexicon=lexicon()))
    began = time.process_time()
    list(check_pairs(some, glossary, matcher=matcher, lexicon=lexicon()))
    yield f"a pair of {characters} Chinese characters, aligned, warm: {(time.process_time() - began) * 1000:.0f} ms"
    concepts = list(glossary)
    if SHARED.is_dir():
        concepts += [
            replace(concept, id=f"{concept.id}-{year}")
            for year in range(2015, 2020)
            for concept in hkma_glossary(year)
        ]
    yield from on_scale([pair for some in texts.values() for pair in some], concepts)


def main() -> None:
    """Print every figure of the checks."""
    for line in on_labelled():
        print(line)
    texts = gathered()
    if not SHARED.is_dir():
        print("the shared data is not beside the project: HKMA, UN and magazine texts are left out")
    parts = (on_swapped,) if SHARED.is_dir() else ()
    for part in (*parts, on_renumbered, on_left_out, on_omitted, on_rare_faults, on_sound, on_speed):
        print()
        for line in part(texts):
            print(line)


if __name__ == "__main__":
    main()
