"""Faults put into sound pairs with fixed seeds, found with the checks' own reading.

`swapped` exchanges a rendering for that of another concept, `renumbered` changes an English number that has its like
in the Chinese. What the checks cannot read is not changed: for numbers found by string see `checks_seeded`.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.checks_seeded import MONTHS
from termbank.checks.number_equality import is_like
from termbank.checks.pair import find_pairs
from termbank.matching.matcher import Matcher
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.text.numbers import en, zh
from termbank.text.numbers.value import Kind, Quantity


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
        found = find_pairs([pair], matcher)[0]
        once = [
            (name, places[0][0])
            for name, places in found.en_concepts.items()
            if name in found.zh_concepts and len(places) == 1 and not places[0][0].nested
        ]
        if not once:
            continue
        name, match = rng.choice(once)
        for _ in range(30):
            new = rng.choice(by_length[min(4, len(match.text.split()))])
            if not set(new.lower().split()) & set(match.text.lower().split()):
                break
        text = pair.en[: match.span.start] + new + pair.en[match.span.end :]
        if name not in find_pairs([replace(pair, en=text)], matcher)[0].en_concepts:
            out[n], labels[n] = replace(pair, en=text), name
    return out, labels


_WORDS = "three four five six seven eight nine eleven twelve fifteen thirty fifty".split()


def renumbered(pairs: Sequence[SegmentPair], seed: int) -> tuple[list[SegmentPair], set[int]]:
    """In about half of the pairs with a number on both sides, one of the English numbers changed."""
    rng = random.Random(seed)
    out, labels = list(pairs), set()
    for n, pair in enumerate(pairs):
        given, written = zh.quantities(pair.zh), en.quantities(pair.en)
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
        month = next((m for m in MONTHS if m in text), None)
        return text.replace(month, rng.choice([m for m in MONTHS if m != month])) if month else None
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
