"""Word boundaries of very many Chinese places at once: sure cases are skipped, the rest go to `matching.boundaries_zh`.

A place whose ends no dictionary word and no term crosses is a word at once. For the others the characters around the
place, up to where nothing crosses, are one case: the rules decide each distinct case once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.matching.batch.decision_cache import DecisionCache, combine_keys, string_keys
from termbank.matching.batch.normalize import HAN, NUMERAL, ComparisonArrays
from termbank.matching.batch.overlap import inside
from termbank.matching.batch.pattern_table import PairFilter, PatternTable
from termbank.matching.boundaries_zh import (
    NEGATIONS,
    REACH,
    has_suffix,
    is_negated,
    is_word_beside_terms,
    is_word_in_window,
)
from termbank.text.normalize_arrays import codes_of, string_of
from termbank.text.segmenter_zh import LONGEST_WORD, SUFFIXES, dictionary_words

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _character_set(chars: Iterable[str]) -> NDArray[Any]:
    """Membership of every common character by its code, and last of any other."""
    found = np.zeros(0xFFFF, np.bool_)
    found[[*map(ord, chars)]] = True
    return found


_SUFFIXES, _NEGATIONS = _character_set(SUFFIXES), _character_set(NEGATIONS)
Rule = Callable[[str, int, int], bool]
# parts of cache keys; no bank has these numbers, nor has `terms_zh` for places inside owners
_RULES: dict[Rule, int] = {has_suffix: 12, is_negated: 13}


@cache
def _words() -> tuple[PatternTable, PairFilter]:
    """The dictionary's words of two or more characters, and the character pairs within them."""
    words = [word for word in dictionary_words().counts if len(word) > 1]
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    codes = codes_of("".join(words)).astype(np.int64)
    within = np.ones(len(codes), np.bool_)
    within[np.cumsum(lengths) - 1] = False
    at = np.flatnonzero(within)
    return PatternTable.of(codes, lengths), PairFilter.of(codes[at], codes[at + 1])


class PlaceBoundaries:
    """The boundaries of the places found in a chunk of text.

    Args:
        text: The chunk in comparison form.
        start, end: The places of all terms found.
        decisions: Decisions of earlier chunks.
        bank: For each place a small number, above 0, of the set of terms it was found with.
        crossed: For each position whether a place crosses it.
    """

    def __init__(
        self, text: ComparisonArrays, start: NDArray[Any], end: NDArray[Any], decisions: DecisionCache,
        bank: NDArray[Any], crossed: NDArray[Any],
    ) -> None:  # fmt: skip
        self._codes, self._decisions, self._bank = text.codes, decisions, bank
        self._start, self._end = start, end
        self._han, self._numeral = text.has(HAN), text.has(NUMERAL)
        size = len(text)
        self._open_left, self._open_right = np.zeros(size + 1, np.bool_), np.zeros(size + 1, np.bool_)
        for is_open, limits in zip((self._open_left, self._open_right), text.quote_limits, strict=True):
            is_open[1:size] = self._han[1:] & self._han[:-1]
            is_open[limits] = False
        near = self._may_be_crossed(start, end, crossed)
        starts = _near(start[near], end[near], size)
        words = [(at, at + length) for length, at, _ in _words()[0].find(text.codes, starts)]
        first, last = (np.concatenate(column) for column in zip((start[:0], end[:0]), *words, strict=True))
        self._crossed = crossed | inside(first, last, size)
        self._uncrossed = np.flatnonzero(~self._crossed)

    def _may_be_crossed(self, start: NDArray[Any], end: NDArray[Any], crossed: NDArray[Any]) -> NDArray[Any]:
        """The places with an end that a term crosses, or perhaps a word; words around other places are not looked up."""
        may = crossed.copy()
        low, high = start[self._open_left[start] & ~may[start]], end[self._open_right[end] & ~may[end]]
        ends = np.concatenate((low, high))
        may[ends] = _words()[1].may_contain(self._codes[ends - 1], self._codes[ends])
        return np.flatnonzero((self._open_left[start] & may[start]) | (self._open_right[end] & may[end]))

    def are_words(self, asked: NDArray[Any], alone: NDArray[Any]) -> NDArray[Any]:
        """Whether each place, by its number, is a word of its own; `alone` where no other term crosses it."""
        start, end = self._start[asked], self._end[asked]
        left, right = self._open_left[start], self._open_right[end]
        found = np.ones(len(start), np.bool_)
        before = np.maximum(start - 1, 0)
        codes = self._codes
        found[left & self._numeral[start] & self._numeral[before] & (codes[start] != ord("第"))] = False
        ended = np.flatnonzero(found & right & (end - start == 2))
        ended = ended[_SUFFIXES.take(codes[end[ended]], mode="clip")]
        low, high = start[ended], np.minimum(end[ended] + 2, len(codes))
        found[ended] = ~self._apply_rule(has_suffix, low, high, start[ended], end[ended])
        denied = np.flatnonzero(found & left & _NEGATIONS.take(codes[before], mode="clip"))
        low, high = np.maximum(start[denied] - 3, 0), end[denied]
        found[denied] = ~self._apply_rule(is_negated, low, high, start[denied], end[denied])
        unsure = np.flatnonzero(found & ((left & self._crossed[start]) | (right & self._crossed[end])))
        if len(unsure):
            bank = np.where(alone, 0, self._bank[asked])[unsure]
            found[unsure] = self._segment(start[unsure], end[unsure], left[unsure], right[unsure], bank)
        return found

    def _apply_rule(
        self, rule: Rule, low: NDArray[Any], high: NDArray[Any], start: NDArray[Any], end: NDArray[Any]
    ) -> NDArray[Any]:
        """The answer of a rule for each place, by the characters `[low, high)`."""

        def decide(new: NDArray[Any]) -> list[bool]:
            return [rule(*window) for window in self._windows(low[new], high[new], start[new], end[new])]

        return self._decisions.look_up(self._case_keys(low, high, start, end, _RULES[rule]), decide) > 0

    def _segment(
        self, start: NDArray[Any], end: NDArray[Any], left: NDArray[Any], right: NDArray[Any], bank: NDArray[Any]
    ) -> NDArray[Any]:  # fmt: skip
        """Whether each place is a word in the segmentation of the characters around it."""
        low, high = self._low(start, left), self._high(end, right)
        low = np.maximum(low, self._uncrossed[np.searchsorted(self._uncrossed, start, "right") - 1])
        high = np.minimum(high, self._uncrossed[np.searchsorted(self._uncrossed, end)])

        def decide(new: NDArray[Any]) -> list[bool]:
            windows = self._windows(low[new], high[new], start[new], end[new])
            terms = self._terms_within(low[new], high[new])
            return [
                is_word_in_window(*window) if alone else is_word_beside_terms(*window, places)
                for window, places, alone in zip(windows, terms, (bank[new] == 0).tolist(), strict=True)
            ]

        return self._decisions.look_up(self._case_keys(low, high, start, end, bank), decide) > 0

    def _case_keys(
        self, low: NDArray[Any], high: NDArray[Any], start: NDArray[Any], end: NDArray[Any], more: Any
    ) -> NDArray[Any]:
        """A key for each place, by the characters `[low, high)`, where in them it lies, and a small number."""
        case = (start - low) << 8 | (high - end) << 4 | more
        return combine_keys(string_keys(self._codes, low, high), case.astype(np.uint64))

    def _windows(
        self, low: NDArray[Any], high: NDArray[Any], start: NDArray[Any], end: NDArray[Any]
    ) -> Iterable[tuple[str, int, int]]:
        """The characters `[low, high)` as a string, and where in it each place begins and ends."""
        strings = [self._text[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True)]
        return zip(strings, (start - low).tolist(), (end - low).tolist(), strict=True)

    @cached_property
    def _text(self) -> str:
        return string_of(self._codes)

    @cached_property
    def _by_start(self) -> tuple[NDArray[Any], list[int], list[int]]:
        """The starts and ends of all places in the order of their starts."""
        order = np.argsort(self._start, kind="stable")
        starts = self._start[order]
        return starts, starts.tolist(), self._end[order].tolist()

    def _terms_within(self, low: NDArray[Any], high: NDArray[Any]) -> Iterator[list[tuple[int, int]]]:
        """For each window `[low, high)` the places of the terms within it, counted from its beginning."""
        sorted_starts, starts, ends = self._by_start
        heads = np.searchsorted(sorted_starts, low).tolist()
        tails = np.searchsorted(sorted_starts, high).tolist()
        for first, last, head, tail in zip(low.tolist(), high.tolist(), heads, tails, strict=True):
            places = zip(starts[head:tail], ends[head:tail], strict=True)
            yield [(at - first, to - first) for at, to in places if to <= last]

    @cached_property
    def _others(self) -> NDArray[Any]:
        """The positions of characters that are not Chinese, with those before and behind the text."""
        return np.concatenate(([-1], np.flatnonzero(~self._han), [len(self._codes)]))

    def _low(self, start: NDArray[Any], left: NDArray[Any]) -> NDArray[Any]:
        """Where the window of each place begins: at most `REACH` Chinese characters before it."""
        stop = self._others[np.searchsorted(self._others, start) - 1] + 1
        return np.where(left, np.maximum(start - REACH, stop), start)

    def _high(self, end: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
        """Where the window of each place ends: at most `REACH` Chinese characters behind it."""
        stop = self._others[np.searchsorted(self._others, end)]
        return np.where(right, np.minimum(end + REACH, stop), end)


def _near(start: NDArray[Any], end: NDArray[Any], size: int) -> NDArray[Any] | None:
    """Where words may begin that lie across an end of a place or in its window; None where that is nearly anywhere."""
    if len(start) * 8 > size:
        return None
    back = REACH + max(LONGEST_WORD, int((end - start).max(initial=0)))
    edge = np.bincount(np.maximum(start - back, 0), minlength=size + 1)
    edge -= np.bincount(np.minimum(end + REACH, size), minlength=size + 1)
    return np.flatnonzero(np.cumsum(edge)[:size])
