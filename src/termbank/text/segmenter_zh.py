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

from termbank.text.characters_zh import dictionary

KNOWN = 300
_LISTED = 150
SUFFIXES = frozenset("率性化者")
_SELDOM = 3
_NAMES = frozenset(("nr", "ns", "nt"))
_BOUND, _LONE = 2.0, 0.5
_OFTEN = 15_000
_CHANCE = 1.3
_BEFORE = {"v": 4.0, "d": 4.0, "r": 4.0, "z": 4.0, "f": 1.3}
_LED = 2.3
_BEHIND = {"p": 4.0, "u": 2.3, "f": 2.3, "v": 1.3, "c": 1.3, "d": 1.3, "r": 1.3, "m": 1.3}
_MANY = "们"
_MORPHEMES = frozenset(("ng", "vg", "ag", "tg", "dg", "g"))
_CONTENT = frozenset("nvajtiz")
_COMMON = 1000
_SHORT = 5
_LEADING = frozenset(("国家", "中央", "全国", "人民", "国际", "世界", "中共", "中华", "最高", "国务", "联合"))


class Prices(NamedTuple):
    """How often the words were counted, of what kinds they are, what an unknown character and a term of the bank cost.

    A term that is in the dictionary, and so was counted, costs at most `listed`.
    """

    counts: Mapping[str, int]
    kinds: Mapping[str, str]
    unknown: float
    known: float
    listed: float

    def name(self, word: str) -> str | None:
        """What a name is of: nr a person, ns a place, nt a body; None for any other word."""
        kind = self.kinds.get(word, "")[:2]
        return kind if kind in _NAMES else None

    def sure_name(self, word: str) -> str | None:
        """What a name is of, unless it was counted too seldom for its kind to be trusted; a body's is plain from its words."""
        kind = self.name(word)
        if kind == "nt":
            return kind if self._is_led(word) else None
        return kind if self.counts.get(word, 0) > _SELDOM else None

    def _is_led(self, body: str) -> bool:
        """Whether a body's name begins with what names are led by: a place, another name, the state; 商业银行 is none.

        A longer one is some body's own.
        """
        leads = [body[:size] for size in range(2, min(5, len(body)))]
        return len(body) > _SHORT or any(lead in _LEADING or self.name(lead) for lead in leads)

    def cost(self, count: int) -> float:
        """What a word costs that was counted so often."""
        return self.unknown - math.log(count or 1)


@cache
def prices() -> Prices:
    counts, kinds = dictionary()
    total = math.log(sum(counts.values()))
    return Prices(counts, kinds, total, total - math.log(KNOWN), total - math.log(_LISTED))


def costs() -> tuple[Callable[[int], float], float]:
    """What a word of the dictionary costs that was counted so often, and what a term of the bank does."""
    return prices().cost, prices().known


class _Singles(dict[str, float]):
    """What each character costs that is a word by itself; told once for each.

    Policy is written in words of two characters: among those of one, bound morphemes are hardly ever words, and what means
    something is seldom one, least of all where it is rare.
    """

    def __missing__(self, char: str) -> float:
        told = prices()
        count = told.counts.get(char)
        price = told.unknown if count is None else told.cost(count)
        kind = told.kinds.get(char, "")
        if kind in _MORPHEMES:
            price += _BOUND
        elif kind[:1] in _CONTENT and char not in SUFFIXES:
            price += _LONE if (count or 0) >= _OFTEN else _BOUND
        self[char] = price
        return price


singles = _Singles()


class _Phrases(dict[str, int]):
    """Where an entry of the dictionary parts into two words that stand alone; 0 where it does not; told once for each."""

    def __missing__(self, word: str) -> int:
        told = self[word] = _parting(word, prices())
        return told


def _parting(word: str, told: Prices) -> int:
    """Parts meet little oftener than by chance, or are both common words in no name.

    How much oftener tells less where the one character is of a kind that leads or follows freely (促发展, 致力于) than where
    it may be a suffix. A body of four characters keeps its name however seldom it was counted.
    """
    counts, kinds = told.counts, told.kinds
    if word not in counts or not 3 <= len(word) <= 4 or (len(word) == 4 and told.name(word) == "nt"):
        return 0
    limits = {2: _CHANCE}
    if len(word) == 3:
        limits = {1: _BEFORE.get(kinds.get(word[0], "")[:1], _LED)}
        behind = 4.0 if word[2] == _MANY else _BEHIND.get(kinds.get(word[2], "")[:1])
        if behind and word[2] not in SUFFIXES:
            limits[2] = behind
    own = told.unknown + math.log(counts[word] or 1)
    over = {
        at: own - math.log(counts.get(word[:at]) or 1) - math.log(counts.get(word[at:]) or 1) - limit
        for at, limit in limits.items()
    }
    best = min(over, key=over.__getitem__)
    if over[best] < 0:
        return best
    both = min(counts.get(word[:2], 0), counts.get(word[2:], 0)) if len(word) == 4 else 0
    return 2 if both >= _COMMON and told.name(word) is None else 0


phrases = _Phrases()
