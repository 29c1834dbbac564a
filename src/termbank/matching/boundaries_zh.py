"""Whether a Chinese term is a word at its place, or only characters of other words.

The characters around the place are segmented (`text.segmenter_zh`: jieba's words and the bank's terms). A term is rejected
where that segmentation has a word across one of its ends (国际|化学 and 国际化), or a longer word in which it is no part that
stands alone (开发 in 开发区, 成功 in 郑成功); 体制改革 in 经济体制改革 is accepted. Suffixes, negations and numerals are rules of
their own, as no segmentation decides alone what a term is. `batch.boundaries_zh` finds the sure cases of long texts in
arrays and calls these rules for the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from termbank.text.characters_zh import is_han
from termbank.text.segmenter_zh import (
    LONGEST_WORD,
    SUFFIXES,
    dictionary_words,
    entry_splits,
    segmenter,
)

REACH = 6
"""How many characters on either side are segmented with the term."""
NEGATIONS = frozenset("不非")
NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几数第")
_STANDS_ALONE = 4
# how many questions make it worth gathering the character pairs within words
_PAIRS_WORTH = 3000
_AFTER_NOUN_IN_SUFFIX = frozenset("团队代军众部员中党各")
_QUALITY_TAGS = frozenset(("a", "an"))
_AGAINST = "反"
_AFTER_PLACE = frozenset(
    ("政府", "特区政府", "特别行政区", "特别行政区政府", "特区", "人", "人民", "居民", "当局")
)
IsTerm = Callable[[str], bool]


def is_word(
    text: str,
    start: int,
    end: int,
    *,
    is_term: IsTerm | None = None,
    limits: tuple[int, int] | None = None,
) -> bool:
    """Whether `[start, end)` can be read as a word of its own.

    Args:
        text: A text in comparison form.
        start: Where the place begins.
        end: Where it ends.
        is_term: Which strings are terms of the bank; None where no other term overlaps the place.
        limits: Positions that no word crosses, such as removed quotation marks.
    """
    floor, ceiling = limits or (0, len(text))
    left = start > floor and is_han(text[start - 1]) and is_han(text[start])
    right = end < ceiling and is_han(text[end]) and is_han(text[end - 1])
    if not left and not right:
        return True
    if left and text[start] in NUMERALS and text[start - 1] in NUMERALS and text[start] != "第":
        return False
    if right and has_suffix(text, start, end):
        return False
    if left and text[start - 1] in NEGATIONS and is_negated(text, start, end):
        return False
    if is_term is None and not _may_be_crossed(text, start if left else 0, end if right else 0):
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
    return is_word_in_window(text[low:high], start - low, end - low, is_term)


def has_suffix(text: str, start: int, end: int) -> bool:
    """Whether a suffix makes another word of a word of two characters: 成功率, 市场化."""
    if end - start != 2 or text[end] not in SUFFIXES:
        return False
    words = dictionary_words()
    counts, tags = words.counts, words.tags
    if text[end] == "率":
        return text[start : end + 1] in counts and text[end + 1 : end + 2] not in _AFTER_NOUN_IN_SUFFIX
    if text[end] == "者" and tags.get(text[start:end], "v")[:1] != "v":
        return text[start : end + 1] in counts
    return text[end : end + 2] not in counts or end + 1 == len(text)


def is_negated(text: str, start: int, end: int) -> bool:
    """Whether a negation makes another word of the one behind it: 非法人, and 不 before a quality, 不平等."""
    words = dictionary_words()
    counts, tags = words.counts, words.tags
    if any(text[at:start] in counts for at in range(max(0, start - 3), start - 1)):
        return False
    if text[start - 1] == "非":
        return True
    return end - start == 2 and tags.get(text[start:end]) in _QUALITY_TAGS


_asked = 0


def _may_be_crossed(text: str, start: int, end: int) -> bool:
    """Whether any word holds the two characters at one of these ends (0: not asked); assumed in short runs."""
    global _asked
    _asked += 1
    if _asked <= _PAIRS_WORTH:
        return True
    pairs = _pairs_within_words()
    return bool(start and text[start - 1 : start + 1] in pairs) or bool(
        end and text[end - 1 : end + 1] in pairs
    )


@cache
def _pairs_within_words() -> frozenset[str]:
    return frozenset(word[at : at + 2] for word in dictionary_words().counts for at in range(len(word) - 1))


def is_word_in_window(window: str, start: int, end: int, is_term: IsTerm | None = None) -> bool:
    """Whether a place is a word in the cheapest segmentation of a few characters around it."""
    if is_term is None:
        return _is_word_among_dictionary_words(window, start, end)
    return _is_word_in_window(window, start, end, is_term)


@lru_cache(maxsize=1 << 16)
def _is_word_among_dictionary_words(window: str, start: int, end: int) -> bool:
    return _is_word_in_window(window, start, end, None)


def is_word_beside_terms(window: str, start: int, end: int, terms: Iterable[tuple[int, int]]) -> bool:
    """As `is_word_in_window`, where the places of the bank's terms in the window are known already."""
    longest = max(LONGEST_WORD, end - start)
    places = [(at, to) for at, to in terms if 1 < to - at <= longest]
    is_crossed = any(
        (at < start < to or at < end < to) and to - at <= LONGEST_WORD for at, to in places
    ) or _is_crossed_by_word(window, start, end)
    return not is_crossed or _is_cut_out(window, start, end, places)


def _is_word_in_window(window: str, start: int, end: int, is_term: IsTerm | None) -> bool:
    if is_term is None:
        return not _is_crossed_by_word(window, start, end) or _is_cut_out(window, start, end, ())
    size = len(window)
    longest = max(LONGEST_WORD, end - start)
    terms = (
        (at, to)
        for at in range(size)
        for to in range(at + 2, min(size, at + longest) + 1)
        if is_term(window[at:to])
    )
    return is_word_beside_terms(window, start, end, terms)


def _is_crossed_by_word(window: str, start: int, end: int) -> bool:
    """Whether any word of the dictionary crosses an end of the place."""
    counts, lengths, size = dictionary_words().counts, segmenter().lengths, len(window)
    for first, crossed in ((0, start), (start, end)):
        for at in range(crossed - 1, first - 1, -1):
            for length in lengths[window[at : at + 2]]:
                to = at + length
                if to > size:
                    break
                if to > crossed and window[at:to] in counts:
                    return True
    return False


def _is_cut_out(window: str, start: int, end: int, terms: Iterable[tuple[int, int]]) -> bool:
    """Whether the cheapest segmentation has the place as a word, or as a part that can be a word of its own."""
    cuts = _cuts(window, start, end, terms)
    if start in cuts and end in cuts:
        return True
    low = max(cut for cut in cuts if cut <= start)
    high = min(cut for cut in cuts if cut >= end)
    if any(low < cut < high for cut in cuts):
        return False
    return _is_part_alone(window[low:high], start - low, end - low)


def _cuts(window: str, start: int, end: int, terms: Iterable[tuple[int, int]]) -> set[int]:
    """Where the cheapest segmentation cuts the window, the splits of its dictionary entries included."""
    found = {0}
    for at, to in segmenter().split(window, _term_edges(window, start, end, terms)):
        found.add(to)
        if 3 <= to - at <= 4:
            found.add(at + entry_splits[window[at:to]])
    return found


def _term_edges(
    window: str, start: int, end: int, terms: Iterable[tuple[int, int]]
) -> dict[int, list[tuple[int, float]]]:
    """The place itself and the other terms in the window as words with their costs."""
    term_cost = dictionary_words().term_cost
    edges: dict[int, list[tuple[int, float]]] = {}
    for at, to in sorted({(start, end), *terms}):
        edges.setdefault(at, []).append((to, term_cost(window[at:to])))
    return edges


def _is_part_alone(word: str, start: int, end: int) -> bool:
    """Whether a term is a part that stands alone inside one longer word of the dictionary."""
    words = dictionary_words()
    before, after = word[:start], word[end:]
    tag = words.reliable_name_tag(word)
    if tag is not None and after and (before or len(after) > 1 or end < _STANDS_ALONE):
        own = words.name_tag(word[start:end])
        return (own == "ns" and not before and after in _AFTER_PLACE) or (tag == own and len(after) > 1)
    if before == _AGAINST and not after:
        return True
    return end - start >= _STANDS_ALONE or (len(before) != 1 and len(after) != 1)
