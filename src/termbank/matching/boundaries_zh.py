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
from collections.abc import Callable, Container, Mapping, Sequence
from functools import cache, lru_cache

from termbank.text.characters_zh import is_han
from termbank.text.segmenter_zh import SUFFIXES, Prices, phrases, prices, singles

REACH = 6
LONGEST = 10
_ALONE = 4
_WORTH = 3000
_LED = frozenset("团队代军众部员中党各")
NEGATIONS = frozenset("不非")
_QUALITIES = frozenset(("a", "an"))
_AGAINST = "反"
_LED_BY_PLACE = frozenset(
    ("政府", "特区政府", "特别行政区", "特别行政区政府", "特区", "人", "人民", "居民", "当局")
)
NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几数第")


def stands(
    text: str,
    start: int,
    end: int,
    *,
    known: Callable[[str], bool] | None = None,
    walls: tuple[int, int] | None = None,
) -> bool:
    """Whether `[start, end)` can be read as a word of its own.

    `known` tells the bank's terms, where others of them touch the place; `walls` are places that no word crosses
    (quotation marks that were folded away).
    """
    floor, ceiling = walls or (0, len(text))
    left = start > floor and is_han(text[start - 1]) and is_han(text[start])
    right = end < ceiling and is_han(text[end]) and is_han(text[end - 1])
    if not left and not right:
        return True
    if left and text[start] in NUMERALS and text[start - 1] in NUMERALS and text[start] != "第":
        return False
    if right and suffixed(text, start, end):
        return False
    if left and text[start - 1] in NEGATIONS and negated(text, start, end):
        return False
    if known is None and not _may_cross(text, start if left else 0, end if right else 0):
        return True
    low, high = start, end
    if left:
        floor = max(floor, start - REACH)
        while low > floor and is_han(text[low - 1]):
            low -= 1
    if right:
        ceiling = min(ceiling, end + REACH)
        while high < ceiling and is_han(text[high]):
            high += 1
    if known is None:
        return _reads_alone(text[low:high], start - low, end - low)
    return _reads(text[low:high], start - low, end - low, known)


def suffixed(text: str, start: int, end: int) -> bool:
    """Whether a character that is only ever the end of a word makes another word of two before it: 成功率, 市场化."""
    if end - start != 2 or text[end] not in SUFFIXES:
        return False
    counts, kinds, *_ = prices()
    if text[end] == "率":
        return text[start : end + 1] in counts and text[end + 1 : end + 2] not in _LED
    if text[end] == "者" and kinds.get(text[start:end], "v")[:1] != "v":
        return text[start : end + 1] in counts
    return text[end : end + 2] not in counts or end + 1 == len(text)


def negated(text: str, start: int, end: int) -> bool:
    """Whether a negation makes another word of what it stands before: 非法人, and 不 before a quality, 不平等."""
    if any(text[at:start] in prices().counts for at in range(max(0, start - 3), start - 1)):
        return False
    if text[start - 1] == "非":
        return True
    return end - start == 2 and prices().kinds.get(text[start:end]) in _QUALITIES


def _may_cross(text: str, start: int, end: int) -> bool:
    """Whether two characters beside each other at an edge stand so in any word; asked often, it is soon cheap."""
    pairs = _pairs()
    return bool(start and text[start - 1 : start + 1] in pairs) or bool(
        end and text[end - 1 : end + 1] in pairs
    )


class _Everything:
    """What holds every pair, while it is not worth gathering those that words hold."""

    def __contains__(self, pair: object) -> bool:
        return True


_asked = 0


def _pairs() -> Container[str]:
    """The neighbours within words, gathered once a long text makes it worth the while."""
    global _asked
    _asked += 1
    return _neighbours() if _asked > _WORTH else _Everything()


@cache
def _neighbours() -> frozenset[str]:
    return frozenset(word[at : at + 2] for word in prices().counts for at in range(len(word) - 1))


@lru_cache(maxsize=1 << 16)
def _reads_alone(window: str, start: int, end: int) -> bool:
    return _reads(window, start, end, _nothing)


def read_by(window: str, start: int, end: int, came: Sequence[int]) -> bool:
    """Whether the place is a word in the reading in which the word that ends at each place begins as told; some word crosses it."""
    return _is_read(window, start, end, _back(window, came))


def _back(window: str, came: Sequence[int]) -> set[int]:
    """The cuts of the cheapest reading, and those within its phrases."""
    end = len(came) - 1
    cuts = {end}
    while end:
        at = came[end]
        cuts.add(at)
        if 3 <= end - at <= 4:
            cuts.add(at + phrases[window[at:end]])
        end = at
    return cuts


def _nothing(word: str) -> bool:
    return False


def _reads(window: str, start: int, end: int, known: Callable[[str], bool]) -> bool:
    if not _crossed(window, start, end, known, prices().counts):
        return True
    return _is_read(window, start, end, _cuts(window, start, end, known, prices()))


def _is_read(window: str, start: int, end: int, cuts: set[int]) -> bool:
    """Whether a reading that cuts the window so has the place as a word, or as a part that stands alone."""
    if start in cuts and end in cuts:
        return True
    low = max(cut for cut in cuts if cut <= start)
    high = min(cut for cut in cuts if cut >= end)
    if any(low < cut < high for cut in cuts):
        return False
    return _part(window[low:high], start - low, end - low, prices())


def _crossed(
    window: str, start: int, end: int, known: Callable[[str], bool], counts: Mapping[str, int]
) -> bool:
    """Whether any word at all lies across an edge of the place."""
    length = len(window)
    places = [
        (at, to) for at in range(start - 1, -1, -1) for to in range(start + 1, min(length, at + LONGEST) + 1)
    ]
    places += [
        (at, to)
        for at in range(end - 1, start - 1, -1)
        for to in range(end + 1, min(length, at + LONGEST) + 1)
    ]
    if known is _nothing:
        return any(window[at:to] in counts for at, to in places)
    return any(window[at:to] in counts or known(window[at:to]) for at, to in places)


def _cuts(window: str, start: int, end: int, known: Callable[[str], bool], told: Prices) -> set[int]:
    """Where the cheapest reading of the window cuts it into words."""
    length = len(window)
    longest = max(LONGEST, end - start)
    counts = told.counts
    best = [0.0] + [math.inf] * length
    came = [0] * (length + 1)
    unknown, as_known, as_listed = told.unknown, told.known, told.listed
    for at in range(length):
        base = best[at]
        for to in range(at + 1, min(length, at + longest) + 1):
            word = window[at:to]
            count = counts.get(word)
            is_term = (at == start and to == end) or (to - at > 1 and known(word))
            if to - at == 1:
                price = min(singles[word], as_known) if is_term else singles[word]
            elif count is not None:
                price = unknown - math.log(count or 1)
                if is_term and as_listed < price:
                    price = as_listed
            elif is_term:
                price = as_known
            else:
                continue
            if base + price < best[to] - 1e-9:
                best[to] = base + price
                came[to] = at
    return _back(window, came)


def _part(word: str, start: int, end: int, told: Prices) -> bool:
    """Whether a term is a part that stands alone inside one longer word of the dictionary."""
    before, after = word[:start], word[end:]
    kind = told.sure_name(word)
    if kind is not None and after and (before or len(after) > 1 or end < _ALONE):
        own = told.name(word[start:end])
        return (own == "ns" and not before and after in _LED_BY_PLACE) or (kind == own and len(after) > 1)
    if before == _AGAINST and not after:
        return True
    return end - start >= _ALONE or (len(before) != 1 and len(after) != 1)
