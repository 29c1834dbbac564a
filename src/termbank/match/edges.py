"""Whether a Chinese term stands at its place, or is only letters of other words.

A folded text and a place in it come in; yes or no goes out. The cheapest way of reading the
neighbourhood as words is found (a unigram model over jieba's dictionary, the bank's own terms known to
it). A term is refused where that reading has a word across one of its edges (国际|化学 and 国际化), or
swallows it into a longer word of which it is no part that stands alone (开发 in 开发区, 成功 in 郑成功);
体制改革 in 经济体制改革 stands.

The dictionary is read when the first edge must be judged. No segmenter decides alone what a term is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from termbank.lang.zh import dictionary, is_han

_REACH = 6
_LONGEST = 10
_KNOWN = 300
_ALONE = 4
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几数第")


class _Prices(NamedTuple):
    counts: Mapping[str, int]
    names: Mapping[str, str]
    unknown: float
    known: float


@cache
def _prices() -> _Prices:
    words, names = dictionary()
    total = math.log(sum(words.values()))
    return _Prices(words, names, total, total - math.log(_KNOWN))


def stands(
    text: str,
    start: int,
    end: int,
    *,
    known: Callable[[str], bool] = lambda word: False,
    walls: tuple[int, int] | None = None,
) -> bool:
    """Whether `[start, end)` can be read as a word of its own.

    `known` tells the bank's terms; `walls` are places that no word crosses (quotation marks that were folded away).
    """
    low, high = _neighbourhood(text, start, end, walls)
    if low == start and high == end:
        return True
    if low < start and text[start] in _NUMERALS and text[start - 1] in _NUMERALS and text[start] != "第":
        return False
    window = text[low:high]
    return _reads(window, start - low, end - low, known)


def _neighbourhood(text: str, start: int, end: int, walls: tuple[int, int] | None) -> tuple[int, int]:
    floor, ceiling = walls or (0, len(text))
    low, high = start, end
    if is_han(text[start]):
        while low > max(floor, start - _REACH) and is_han(text[low - 1]):
            low -= 1
    if is_han(text[end - 1]):
        while high < min(ceiling, end + _REACH) and is_han(text[high]):
            high += 1
    return low, high


def _reads(window: str, start: int, end: int, known: Callable[[str], bool]) -> bool:
    prices = _prices()
    if not _crossed(window, start, end, known, prices.counts):
        return True
    cuts = _cuts(window, start, end, known, prices)
    if start in cuts and end in cuts:
        return True
    low = max(cut for cut in cuts if cut <= start)
    high = min(cut for cut in cuts if cut >= end)
    if any(low < cut < high for cut in cuts):
        return False
    return _part(window[low:high], start - low, end - low, prices)


def _crossed(
    window: str, start: int, end: int, known: Callable[[str], bool], counts: Mapping[str, int]
) -> bool:
    """Whether any word at all lies across an edge of the place."""
    length = len(window)
    for at in range(start):
        for to in range(start + 1, min(length, at + _LONGEST) + 1):
            if (word := window[at:to]) in counts or known(word):
                return True
    for at in range(start, end):
        for to in range(end + 1, min(length, at + _LONGEST) + 1):
            if (word := window[at:to]) in counts or known(word):
                return True
    return False


def _cuts(window: str, start: int, end: int, known: Callable[[str], bool], prices: _Prices) -> set[int]:
    """Where the cheapest reading of the window cuts it into words."""
    length = len(window)
    longest = max(_LONGEST, end - start)
    best = [0.0] + [math.inf] * length
    came = [0] * (length + 1)
    for at in range(length):
        for to in range(at + 1, min(length, at + longest) + 1):
            price = best[at] + _price(window[at:to], (at, to) == (start, end), known, prices)
            if price < best[to] - 1e-9:
                best[to] = price
                came[to] = at
    cuts = {length}
    at = length
    while at:
        at = came[at]
        cuts.add(at)
    return cuts


def _price(word: str, judged: bool, known: Callable[[str], bool], prices: _Prices) -> float:
    count = prices.counts.get(word)
    price = prices.unknown - math.log(count or 1) if count is not None else math.inf
    if judged or (len(word) > 1 and known(word)):
        return min(price, prices.known)
    return min(price, prices.unknown) if len(word) == 1 else price


def _part(word: str, start: int, end: int, prices: _Prices) -> bool:
    """Whether a term is a part that stands alone inside one longer word of the dictionary."""
    before, after = word[:start], word[end:]
    kind = prices.names.get(word)
    if kind is not None and after:
        return kind == prices.names.get(word[start:end]) and len(after) > 1
    return end - start >= _ALONE or (len(before) != 1 and len(after) != 1)
