"""How often the checks are right, beside three common rules; how quiet they are on sound text; how fast.

Labelled pairs of our own, renderings swapped in the HKMA reports with a fixed seed, figures changed
with a fixed seed, and unaltered bilingual text with the shipped glossaries. The three rules are those of
the peers: a substring on both sides, a regular expression between word boundaries, and one target
a term. A finding counts by pair and concept.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.checks_scale import on_scale
from benchmarks.checks_seeded import left_out, miswritten
from termbank.checks.desk import Reading
from termbank.checks.number_likeness import is_like
from termbank.core.concept import Concept, Status, Term, ordered
from termbank.core.glossary import Glossary
from termbank.core.language import Language
from termbank.core.segment import SegmentPair
from termbank.formats.toml_pack import read, read_packs
from termbank.lang import numeral_en, numeral_zh
from termbank.lang.numeral import Kind, Quantity
from termbank.match.automaton import Matcher
from termbank.services.check import check_pairs
from termbank.services.lexicon import lexicon

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
GOLD = ROOT / "tests" / "gold"
TERMS = (
    "unapproved-rendering",
    "missing-rendering",
    "deprecated-rendering",
    "superseded-rendering",
    "official-title",
)
NUMBERS = ("number-mismatch",)
FAR = 100_000
"""Offset between pairs, by which a finding tells its pair."""

Rule = Callable[[Sequence[SegmentPair], Glossary], set[tuple[int, str]]]


# -- the rules ---------------------------------------------------------------------------------


def termbank(pairs: Sequence[SegmentPair], glossary: Glossary) -> set[tuple[int, str]]:
    """(pair, concept) of every finding about terms."""
    placed = [replace(pair, en_start=n * FAR) for n, pair in enumerate(pairs)]
    found = check_pairs(placed, glossary, lexicon=lexicon(), date="2025-06", only=TERMS)
    return {(f.span.start // FAR, f.concept or "") for f in found if f.span is not None}


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
    ("termbank", termbank),
    ("substring on both sides", substring),
    (r"\b on both sides", boundaries),
    ("one target a term", single),
)


# -- the texts ---------------------------------------------------------------------------------


def labelled() -> tuple[list[SegmentPair], list[list[dict[str, str]]], Glossary]:
    """Our own pairs with the faults in each, and the glossary they are judged by."""
    rows = [json.loads(line) for line in (GOLD / "checks.jsonl").read_text("utf-8").splitlines()]
    glossary = read((GOLD / "checks_glossary.toml").read_bytes(), "checks_glossary.toml").glossary
    pairs = [SegmentPair(row["zh"], row["en"], None, f"pair {n}") for n, row in enumerate(rows)]
    return pairs, [row["faults"] for row in rows], glossary


def gold_alignment(zh: Path) -> list[SegmentPair]:
    """The pairs of a text aligned by hand."""
    sides = [
        [line.strip() for line in zh.with_suffix(suffix).read_text("utf-8").split("\n")]
        for suffix in (".zh", ".en")
    ]
    pairs = []
    for line in zh.with_suffix(".gold").read_text("utf-8").splitlines():
        left, right = ([int(n) for n in re.findall(r"\d+", part)] for part in line.split(":"))
        pairs.append(
            SegmentPair(
                "".join(sides[0][n] for n in left),
                " ".join(sides[1][n] for n in right),
                zh.name,
                zh.stem,
                aligned=True,
            )
        )
    return pairs


def aligned(zh: bytes, en: bytes, name: str) -> list[SegmentPair]:
    from termbank.readers import read as read_text
    from termbank.services.align import align_documents

    texts = align_documents(read_text(f"{name}.zh.txt", zh), read_text(f"{name}.en.txt", en))
    return list(texts.pairs())


def hkma(year: int) -> list[SegmentPair]:
    rows = (SHARED / "hkma" / f"{year}.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(row) for row in rows]
    return [
        pair
        for n, text in enumerate(texts)
        for pair in aligned(text["zh"].encode(), text["en"].encode(), f"hkma{year}-{n}")
    ]


def hkma_glossary(year: int) -> Glossary:
    """The year's own dictionary; what is no term (amounts, ratings, single characters) is left out."""
    renderings: dict[str, list[str]] = defaultdict(list)
    for row in (SHARED / "hkma" / f"{year}.jsonl").read_text("utf-8").splitlines():
        for source, targets in json.loads(row)["proper"].items():
            for target in targets:
                zh, en = (source, target) if year % 2 == 0 else (target, source)
                if _is_a_term(zh.strip(), en.strip()) and en.strip() not in renderings[zh.strip()]:
                    renderings[zh.strip()].append(en.strip())
    concepts = []
    for number, (zh, en) in enumerate(sorted(renderings.items())):
        terms = [Term(zh, Language.ZH_HANT, Status.PREFERRED)]
        for place, text in enumerate(en):
            terms.append(Term(text, Language.EN, Status.ADMITTED if place else Status.PREFERRED))
        concepts.append(Concept(f"hk-{number:04d}", ordered(terms)))
    return Glossary.of(concepts)


def _is_a_term(zh: str, en: str) -> bool:
    han = len(re.findall(r"[㐀-鿿]", zh))
    return (
        2 <= han <= len(zh) <= 25
        and bool(re.search(r"[A-Za-z]{2}", en))
        and not re.search(r"[\d\n]", zh + en)
    )


def shipped() -> Glossary:
    return read_packs(
        [(str(f), f.read_bytes()) for f in sorted((ROOT / "glossaries").glob("*.toml"))]
    ).glossary


def swapped(
    pairs: Sequence[SegmentPair], glossary: Glossary, seed: int
) -> tuple[list[SegmentPair], dict[int, str]]:
    """In about half of the pairs, one rendering exchanged for that of another concept: pairs and labels."""
    rng, matcher = random.Random(seed), Matcher.of(glossary)
    by_length: dict[int, list[str]] = defaultdict(list)
    for text in sorted({term.text for concept in glossary for term in concept.english}):
        by_length[min(4, len(text.split()))].append(text)
    out, labels = list(pairs), {}
    for n, pair in enumerate(pairs):
        if not pair.zh or not pair.en or rng.random() >= 0.5:
            continue
        reading = Reading(pair, matcher)
        once = [
            (name, places[0][0])
            for name, places in reading.answers.items()
            if name in reading.asked and len(places) == 1 and not places[0][0].nested
        ]
        if not once:
            continue
        name, match = rng.choice(once)
        for _ in range(30):
            new = rng.choice(by_length[min(4, len(match.text.split()))])
            if not set(new.lower().split()) & set(match.text.lower().split()):
                break
        text = pair.en[: match.span.start] + new + pair.en[match.span.end :]
        if name not in Reading(replace(pair, en=text), matcher).answers:
            out[n], labels[n] = replace(pair, en=text), name
    return out, labels


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WORDS = [
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "eleven",
    "twelve",
    "fifteen",
    "thirty",
    "fifty",
]


def renumbered(pairs: Sequence[SegmentPair], seed: int) -> tuple[list[SegmentPair], set[int]]:
    """In about half of the pairs with a number on both sides, one of the English numbers changed."""
    rng = random.Random(seed)
    out, labels = list(pairs), set()
    for n, pair in enumerate(pairs):
        given, written = numeral_zh.quantities(pair.zh), numeral_en.quantities(pair.en)
        both = [
            q
            for q in written
            if not q.faint
            and sum(is_like(z, q) for z in given) == 1
            and sum(o.value == q.value for o in written) == 1
        ]
        if not both or rng.random() >= 0.5:
            continue
        quantity = rng.choice(both)
        old = quantity.span.of(pair.en)
        new = _other(old, quantity, rng)
        if new is not None and new != old:
            text = pair.en[: quantity.span.start] + new + pair.en[quantity.span.end :]
            out[n] = replace(pair, en=text)
            labels.add(n)
    return out, labels


def _other(text: str, quantity: Quantity, rng: random.Random) -> str | None:
    """Another month, another scale, another digit or another number word."""
    if quantity.kind in (Kind.MONTH, Kind.DAY):
        month = next((m for m in _MONTHS if m in text), None)
        return text.replace(month, rng.choice([m for m in _MONTHS if m != month])) if month else None
    scale = re.search(r"million|billion|trillion", text)
    if scale and rng.random() < 0.5:
        return text.replace(
            scale.group(), rng.choice([s for s in ("million", "billion", "trillion") if s != scale.group()])
        )
    digits = [place for place, char in enumerate(text) if char.isdigit()][:3]
    if digits:
        place = rng.choice(digits)
        digit = rng.choice([d for d in "123456789" if d != text[place]])
        return text[:place] + digit + text[place + 1 :]
    word = next((w for w in _WORDS if re.search(rf"\b{w}\b", text, re.I)), None)
    return (
        re.sub(rf"\b{word}\b", rng.choice([w for w in _WORDS if w != word]), text, flags=re.I)
        if word
        else None
    )


# -- the figures -------------------------------------------------------------------------------


def figures(found: set[tuple[int, str]], wanted: set[tuple[int, str]]) -> str:
    hit = len(found & wanted)
    precision, recall = hit / max(1, len(found)), hit / max(1, len(wanted))
    return f"{precision:9.3f} {recall:7.3f}   ({len(wanted)} faults, {len(found)} findings)"


def on_labelled() -> Iterator[str]:
    pairs, faults, glossary = labelled()
    yield f"our own labelled pairs: {len(pairs)}, {sum(map(bool, faults))} of them faulty"
    yield f"  {'terminology':28} precision  recall"
    wanted = {(n, f["concept"]) for n, some in enumerate(faults) for f in some if f["code"] in TERMS}
    for name, rule in RULES:
        yield f"  {name:28} {figures(rule(pairs, glossary), wanted)}"
    numbers = {(n, "") for n, some in enumerate(faults) for f in some if f["code"] in NUMBERS}
    yield f"  {'numbers, termbank':28} {figures(in_numbers(pairs), numbers)}"


def in_numbers(pairs: Sequence[SegmentPair]) -> set[tuple[int, str]]:
    placed = [replace(pair, en_start=n * FAR) for n, pair in enumerate(pairs)]
    found = check_pairs(placed, Glossary(), lexicon=lexicon(), only=NUMBERS)
    return {(f.span.start // FAR, "") for f in found if f.span is not None}


def on_swapped(texts: dict[str, list[SegmentPair]]) -> Iterator[str]:
    yield "HKMA 2015–2019 with their dictionaries, renderings swapped (seed = year); weights without 2018 and 2019, thresholds over all years"
    yield f"  {'':28} precision  recall"
    totals: dict[str, tuple[set[tuple[int, str]], set[tuple[int, str]]]] = {
        n: (set(), set()) for n, _ in RULES
    }
    for year in range(2015, 2020):
        glossary = hkma_glossary(year)
        pairs, labels = swapped(texts[f"hkma {year}"], glossary, year)
        wanted = set(labels.items())
        for name, rule in RULES:
            found = rule(pairs, glossary)
            if name == "termbank":
                yield f"  {f'termbank, {year}':28} {figures(found, wanted)}"
            shift = year * FAR
            totals[name][0].update((n + shift, c) for n, c in found)
            totals[name][1].update((n + shift, c) for n, c in wanted)
    for name, (found, wanted) in totals.items():
        yield f"  {f'{name}, all years':28} {figures(found, wanted)}"


def on_renumbered(texts: dict[str, list[SegmentPair]]) -> Iterator[str]:
    for said, change in (
        ("numbers changed (seed 3), of those that the checks can read", renumbered),
        ("numbers miswritten (seed 3), found by string", miswritten),
    ):
        yield said
        yield f"  {'':28} precision  recall"
        for group in ("hkma", "un", "mag", "corpus"):
            pairs = [pair for name, some in texts.items() if name.split()[0] == group for pair in some]
            if pairs:
                changed, labels = change(pairs, 3)
                yield f"  {group:28} {figures(in_numbers(changed), {(n, '') for n in labels})}"


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


def gathered() -> dict[str, list[SegmentPair]]:
    """Every text by group and name; those that are not at hand are left out."""
    texts: dict[str, list[SegmentPair]] = {}
    corpus = ROOT / "corpus"
    for en in sorted(corpus.glob("*.en.txt")):
        zh = next(corpus.glob(f"{en.name.split('.')[0]}.zh*.txt"))
        texts[f"corpus {en.name}"] = aligned(zh.read_bytes(), en.read_bytes(), en.name)
    if SHARED.is_dir():
        for name in ("mag", "un", "sinorama"):
            for file in sorted((SHARED / "sentence-alignment" / name).glob("*.zh")):
                texts[f"{name} {file.stem}"] = gold_alignment(file)
        for year in range(2015, 2020):
            texts[f"hkma {year}"] = hkma(year)
    return texts


def main() -> None:
    """Print every figure of the checks."""
    for line in on_labelled():
        print(line)
    texts = gathered()
    if not SHARED.is_dir():
        print("the shared data is not beside the project: HKMA, UN and magazine texts are left out")
    parts = (on_swapped,) if SHARED.is_dir() else ()
    for part in (*parts, on_renumbered, on_left_out, on_sound, on_speed):
        print()
        for line in part(texts):
            print(line)


if __name__ == "__main__":
    main()
