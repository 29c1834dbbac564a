"""What the words of a Chinese sentence cost, by which its cheapest reading is found.

A word, a character or a phrase comes in; its cost goes out, or where it parts. The counts are those of jieba's
dictionary; a term of the bank costs what a word costs that was counted `KNOWN` times. A character that is hardly ever
a word by itself costs more than its count, and an entry whose parts meet as often by chance is two words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from termbank.lang.zh import dictionary

KNOWN = 300
SUFFIXES = frozenset("率性化者")
_SELDOM = 3
_NAMES = frozenset(("nr", "ns", "nt"))
_BOUND, _LONE, _CHANCE = 2.0, 0.5, 1.3
_MORPHEMES = frozenset(("ng", "vg", "ag", "tg", "dg", "g"))
_CONTENT = frozenset("nvajti")
_LOOSE = frozenset("vpudcrm")
_COMMON = 1000


class Prices(NamedTuple):
    """How often the words were counted, of what kinds they are, what an unknown character and a term of the bank cost."""

    counts: Mapping[str, int]
    kinds: Mapping[str, str]
    unknown: float
    known: float

    def name(self, word: str) -> str | None:
        """What a name is of: nr a person, ns a place, nt a body; None for any other word."""
        kind = self.kinds.get(word, "")[:2]
        return kind if kind in _NAMES else None

    def sure_name(self, word: str) -> str | None:
        """What a name is of, unless it was counted too seldom for its kind to be trusted; a body's is plain from its words."""
        kind = self.name(word)
        return kind if kind == "nt" or self.counts.get(word, 0) > _SELDOM else None

    def cost(self, count: int) -> float:
        """What a word costs that was counted so often."""
        return self.unknown - math.log(count or 1)


@cache
def prices() -> Prices:
    counts, kinds = dictionary()
    total = math.log(sum(counts.values()))
    return Prices(counts, kinds, total, total - math.log(KNOWN))


def costs() -> tuple[Callable[[int], float], float]:
    """What a word of the dictionary costs that was counted so often, and what a term of the bank does."""
    return prices().cost, prices().known


class _Singles(dict[str, float]):
    """What each character costs that is a word by itself; told once for each.

    Policy is written in words of two characters: few of one are words there but particles, and a bound morpheme hardly ever is.
    """

    def __missing__(self, char: str) -> float:
        told = prices()
        count = told.counts.get(char)
        price = told.unknown if count is None else told.cost(count)
        kind = told.kinds.get(char, "")
        if kind in _MORPHEMES:
            price += _BOUND
        elif kind[:1] in _CONTENT:
            price += _LONE
        self[char] = price
        return price


singles = _Singles()


class _Phrases(dict[str, int]):
    """Where an entry of the dictionary parts into two words that stand alone; 0 where it does not; told once for each."""

    def __missing__(self, word: str) -> int:
        told = self[word] = _parting(word, prices())
        return told


def _parting(word: str, told: Prices) -> int:
    """Parts meet as often by chance, or are both common words in no name.

    One character behind two is parted off only where it is a particle or a verb, else it may be a suffix. A body of
    four characters keeps its name however seldom it was counted.
    """
    counts = told.counts
    if word not in counts or not 3 <= len(word) <= 4:
        return 0
    places = [1] if len(word) == 3 else [2]
    if len(word) == 3 and told.kinds.get(word[2], "")[:1] in _LOOSE and word[2] not in SUFFIXES:
        places.append(2)
    elif told.name(word) == "nt" and len(word) == 4:
        return 0
    met = {at: math.log(counts.get(word[:at]) or 1) + math.log(counts.get(word[at:]) or 1) for at in places}
    best = max(places, key=met.__getitem__)
    if met[best] > told.unknown + math.log(counts[word] or 1) - _CHANCE:
        return best
    both = min(counts.get(word[:2], 0), counts.get(word[2:], 0)) if len(word) == 4 else 0
    return 2 if both >= _COMMON and told.name(word) is None else 0


phrases = _Phrases()
