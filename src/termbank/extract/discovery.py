"""Which strings of a Chinese text are its terms.

In come the beads' Chinese; out come strings of two to twelve characters, best first. A term hangs
together and stands in many surroundings: C-value (Frantzi et al. 2000), which sets a string's count
against that of the longer strings around it, times the branching entropy at both edges (Jin &
Tanaka-Ishii 2006). Quoted coinages and names in 《》 are terms however seldom they occur.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from termbank.extract.places import plain
from termbank.lang.lexicon import Lexicon

SHORTEST, LONGEST = 2, 12
_HAN = re.compile(r"[㐀-鿿〇]+")
_QUOTED = re.compile(r"[“「『]([^“”「」『』，。；！？]{2,14})[”」』]")
_TITLED = re.compile(r"《([^《》]{2,40})》")
_EDGE = frozenset(
    "的了是在和与及也都就而着之其这那把被将对为以于从到上下中里地得等一个有不他她它我你们并或但又更最很已曾均亦该此各每某由向按据因如若则所并且及以至"
    "两三四五六七八九十百千万亿年月日时第约近逾超达至次位名项只家间元"
)


@dataclass(frozen=True)
class Discovered:
    """A string taken for a term, how often it occurs, and how strongly it looks like one."""

    text: str
    count: int
    score: float


def discovered(chinese: Sequence[str], lexicon: Lexicon, *, most: int = 2000) -> tuple[Discovered, ...]:
    """Terms of a text, best first, at most `most` of them."""
    counts: Counter[str] = Counter()
    left: dict[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, Counter[str]] = defaultdict(Counter)
    for text in chinese:
        text = plain(text)
        for run in _HAN.finditer(text):
            words = lexicon.words(run.group())
            for first in range(len(words)):
                for last in range(first, min(len(words), first + 5)):
                    start, end = words[first].start, words[last].end
                    if end - start > LONGEST:
                        break
                    if end - start < SHORTEST:
                        continue
                    term = run.group()[start:end]
                    if term[0] in _EDGE or term[-1] in _EDGE:
                        continue
                    counts[term] += 1
                    at, to = run.start() + start, run.start() + end
                    left[term][text[at - 1] if at else "^"] += 1
                    right[term][text[to] if to < len(text) else "$"] += 1
    kept = {term: count for term, count in counts.items() if count >= 2}
    inside: dict[str, list[int]] = defaultdict(list)
    for term, count in kept.items():
        for start in range(len(term)):
            for end in range(start + 2, len(term) + 1):
                part = term[start:end]
                if part != term and part in kept:
                    inside[part].append(count)
    found: dict[str, Discovered] = {}
    for term, count in kept.items():
        around = inside.get(term, ())
        free = count - (sum(around) / len(around) if around else 0.0)
        edge = min(_entropy(left[term]), _entropy(right[term]))
        score = math.log2(len(term)) * free * edge
        if score > 0:
            found[term] = Discovered(term, count, score)
    for text in chinese:
        text = plain(text)
        for match in _TITLED.finditer(text):
            name = match.group(1)
            found.setdefault(name, Discovered(name, 1, 2.0))
    for text in chinese:
        for match in _QUOTED.finditer(text):
            name = plain(match.group(1))
            found.setdefault(name, Discovered(name, 1, 1.0))
    return tuple(sorted(found.values(), key=lambda d: (-d.score, d.text)))[:most]


def _entropy(around: Counter[str]) -> float:
    total = sum(around.values())
    return -sum(n / total * math.log2(n / total) for n in around.values()) + 0.0
