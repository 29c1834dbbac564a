"""Whether Chinese terms stand at their places, for very many places at once.

Places in a long text come in; yes or no goes out for each, as `edges.stands` would say it. Where no word and no term
lies across an end, it is yes at once; elsewhere the words around it, up to where nothing crosses, are shown to
`edges`, each neighbourhood once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.matching.batch.decision_cache import Memory, mixed, of_strings
from termbank.matching.batch.normalize import HAN, NUMERAL, Wide
from termbank.matching.batch.overlap import inside
from termbank.matching.batch.text_arrays import codes_of, string_of
from termbank.matching.batch.trie import Pairs, Trie
from termbank.matching.batch.viterbi import Steps, cheapest, cuts
from termbank.matching.boundaries_zh import LONGEST, NEGATIONS, REACH, negated, read_by, suffixed
from termbank.text.characters_zh import dictionary
from termbank.text.segmenter_zh import SUFFIXES, costs, prices, singles

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _among(chars: Iterable[str]) -> NDArray[Any]:
    """For every common character, and last for any other, whether it is one of these."""
    told = np.zeros(0xFFFF, np.bool_)
    told[[*map(ord, chars)]] = True
    return told


_SUFFIXES, _NEGATIONS = _among(SUFFIXES), _among(NEGATIONS)
Rule = Callable[[str, int, int], bool]
# numbers that no bank has, nor `long_chinese` for what is inside owners
_RULES: dict[Rule, int] = {suffixed: 12, negated: 13}


@cache
def _dictionary() -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """The words of the dictionary that have more than one character: their characters, lengths and counts."""
    words = [word for word in dictionary()[0] if len(word) > 1]
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    counts = np.fromiter(map(dictionary()[0].__getitem__, words), np.int64, len(words))
    return codes_of("".join(words)).astype(np.int64), lengths, counts


@cache
def _words() -> tuple[Trie, NDArray[Any]]:
    """The words of the dictionary, and what each costs to read."""
    symbols, lengths, counts = _dictionary()
    distinct, which = np.unique(counts, return_inverse=True)
    prices = np.array([*map(costs()[0], distinct.tolist())])[which]
    return Trie.of(symbols, lengths)[0], prices


@cache
def _neighbours() -> Pairs:
    """The characters that stand beside each other in any word."""
    symbols, lengths = _dictionary()[:2]
    within = np.ones(len(symbols), np.bool_)
    within[np.cumsum(lengths) - 1] = False
    at = np.flatnonzero(within)
    return Pairs(symbols[at], symbols[at + 1])


class Judging:
    """The neighbourhoods of a stretch of text in which terms were found; `bank` tells whose terms each place is among, `over` where places lie."""

    def __init__(
        self, wide: Wide, start: NDArray[Any], end: NDArray[Any], memory: Memory, bank: NDArray[Any],
        over: NDArray[Any],
    ) -> None:  # fmt: skip
        self._wide, self._memory, self._bank = wide, memory, bank
        self._start, self._end = start, end
        self._han, self._numeral = wide.has(HAN), wide.has(NUMERAL)
        size = len(wide)
        self._left, self._right = np.zeros(size + 1, np.bool_), np.zeros(size + 1, np.bool_)
        for open_, walls in zip((self._left, self._right), wide.walls, strict=True):
            open_[1:size] = self._han[1:] & self._han[:-1]
            open_[walls] = False
        near = self._may_be_crossed(start, end, over)
        trie, costs_of = _words()
        firsts, lasts = [start], [end]
        prices = [np.full(len(start), costs()[1])]
        for length, at, which in trie.walk(wide.codes, _near(start[near], end[near], size)):
            firsts.append(at)
            lasts.append(at + length)
            prices.append(costs_of[which])
        self._first, self._last = np.concatenate(firsts), np.concatenate(lasts)
        self._price, self._terms = np.concatenate(prices), len(start)
        words = slice(self._terms, None)
        self._crossed = over | inside(self._first[words], self._last[words], size)
        self._clean = np.flatnonzero(~self._crossed)

    def _may_be_crossed(self, start: NDArray[Any], end: NDArray[Any], over: NDArray[Any]) -> NDArray[Any]:
        """The places across an end of which a term lies, or perhaps a word: elsewhere no words need be known."""
        crossed = over.copy()
        low, high = start[self._left[start] & ~crossed[start]], end[self._right[end] & ~crossed[end]]
        edges = np.concatenate((low, high))
        crossed[edges] = _neighbours().may_be(self._wide.codes[edges - 1], self._wide.codes[edges])
        return np.flatnonzero((self._left[start] & crossed[start]) | (self._right[end] & crossed[end]))

    def stand(self, asked: NDArray[Any], alone: NDArray[Any]) -> NDArray[Any]:
        """Whether each place asked about can be read as a word of its own; `alone` where no other term crosses it."""
        start, end = self._start[asked], self._end[asked]
        left, right = self._left[start], self._right[end]
        told = np.ones(len(start), np.bool_)
        before = np.maximum(start - 1, 0)
        codes = self._wide.codes
        told[left & self._numeral[start] & self._numeral[before] & (codes[start] != ord("第"))] = False
        ended = np.flatnonzero(told & right & (end - start == 2))
        ended = ended[_SUFFIXES.take(codes[end[ended]], mode="clip")]
        low, high = start[ended], np.minimum(end[ended] + 2, len(codes))
        told[ended] = ~self._once(suffixed, low, high, start[ended], end[ended])
        denied = np.flatnonzero(told & left & _NEGATIONS.take(codes[before], mode="clip"))
        low, high = np.maximum(start[denied] - 3, 0), end[denied]
        told[denied] = ~self._once(negated, low, high, start[denied], end[denied])
        open_ = np.flatnonzero(told & ((left & self._crossed[start]) | (right & self._crossed[end])))
        if len(open_):
            bank = np.where(alone, 0, self._bank[asked])[open_]
            told[open_] = self._read(start[open_], end[open_], left[open_], right[open_], bank)
        return told

    def _once(
        self, rule: Rule, low: NDArray[Any], high: NDArray[Any], start: NDArray[Any],
        end: NDArray[Any],
    ) -> NDArray[Any]:  # fmt: skip
        """What a rule of `edges` says of each place by the characters `[low, high)`."""
        case = (start - low) << 8 | (high - end) << 4 | _RULES[rule]
        keys = mixed(of_strings(self._wide.codes, low, high), case.astype(np.uint64))

        def judge(new: NDArray[Any]) -> list[bool]:
            first, places = low[new], zip((start - low)[new].tolist(), (end - low)[new].tolist(), strict=True)
            windows = [string_of(self._wide.codes[a:b]) for a, b in zip(first, high[new], strict=True)]
            return [rule(text, at, to) for text, (at, to) in zip(windows, places, strict=True)]

        return self._memory.judged(keys, judge) > 0

    def _read(
        self, start: NDArray[Any], end: NDArray[Any], left: NDArray[Any], right: NDArray[Any], bank: NDArray[Any]
    ) -> NDArray[Any]:  # fmt: skip
        low, high = self._low(start, left), self._high(end, right)
        low = np.maximum(low, self._clean[np.searchsorted(self._clean, start, "right") - 1])
        high = np.minimum(high, self._clean[np.searchsorted(self._clean, end)])
        case = (start - low) << 8 | (high - end) << 4 | bank
        keys = mixed(of_strings(self._wide.codes, low, high), case.astype(np.uint64))

        def judge(new: NDArray[Any]) -> NDArray[Any]:
            return self._judged(low[new], high[new], start[new], end[new], bank[new] == 0)

        return self._memory.judged(keys, judge) > 0

    @cached_property
    def _steps(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """All words and terms in the order in which they begin, and where that is."""
        order = np.argsort(self._first, kind="stable")
        return order, self._first[order]

    def _judged(
        self, low: NDArray[Any], high: NDArray[Any], start: NDArray[Any], end: NDArray[Any], alone: NDArray[Any]
    ) -> NDArray[Any]:  # fmt: skip
        """What `edges` reads in each neighbourhood, the words and terms there told to it."""
        steps = self._steps_in(low, high, start, end, alone)
        start, end = start - low, end - low
        over = (steps.start < start[steps.where]) & (start[steps.where] < steps.end)
        over |= (steps.start < end[steps.where]) & (end[steps.where] < steps.end)
        over &= steps.end - steps.start <= LONGEST
        told: NDArray[Any] = np.bincount(steps.where[over], minlength=len(low)) == 0
        asked = np.flatnonzero(~told)
        if not len(asked):
            return told
        number = np.cumsum(~told) - 1
        steps = steps.among(~told[steps.where])
        steps = steps._replace(where=number[steps.where])
        sizes, start, end = (high - low)[asked], start[asked], end[asked]
        came = cheapest(self._singles(low[asked], sizes), steps)
        cut, here = cuts(came, sizes), np.arange(len(asked))
        told[asked] = plain = cut[here, start] & cut[here, end]
        for at in np.flatnonzero(~plain).tolist():
            size, first = int(sizes[at]), int(low[asked[at]])
            window = string_of(self._wide.codes[first : first + size])
            told[asked[at]] = read_by(window, int(start[at]), int(end[at]), came[at, : size + 1].tolist())
        return told

    def _steps_in(
        self, low: NDArray[Any], high: NDArray[Any], start: NDArray[Any], end: NDArray[Any], alone: NDArray[Any]
    ) -> Steps:  # fmt: skip
        """The words and terms that may be read in each neighbourhood."""
        order, firsts = self._steps
        head = np.searchsorted(firsts, low)
        counts = np.searchsorted(firsts, high) - head
        where = np.repeat(np.arange(len(low)), counts)
        which = order[np.arange(len(where)) + np.repeat(head - (np.cumsum(counts) - counts), counts)]
        first, last, is_term = self._first[which], self._last[which], which < self._terms
        own = (first == start[where]) & (last == end[where])
        kept = last <= high[where]
        kept &= ~is_term | own | ~(alone[where] | (last - first == 1))
        kept &= last - first <= np.maximum(LONGEST, end - start)[where]
        steps = Steps(where, first - low[where], last - low[where], self._price[which], is_term)
        return _listed(steps.among(np.flatnonzero(kept)))

    def _singles(self, low: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
        """What each character of the neighbourhoods costs that is a word by itself."""
        at = np.minimum(low[:, None] + np.arange(int(sizes.max())), len(self._wide) - 1)
        distinct, which = np.unique(self._wide.codes[at], return_inverse=True)
        prices = np.array([*map(singles.__getitem__, map(chr, distinct.tolist()))])
        found: NDArray[Any] = prices[which.reshape(at.shape)]
        return found

    @cached_property
    def _others(self) -> NDArray[Any]:
        """Where no Chinese character stands; the ends of the text among them."""
        return np.concatenate(([-1], np.flatnonzero(~self._han), [len(self._wide)]))

    def _low(self, start: NDArray[Any], left: NDArray[Any]) -> NDArray[Any]:
        """Where the neighbourhood before each place begins: at most so many Chinese characters back."""
        stop = self._others[np.searchsorted(self._others, start) - 1] + 1
        return np.where(left, np.maximum(start - REACH, stop), start)

    def _high(self, end: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
        stop = self._others[np.searchsorted(self._others, end)]
        return np.where(right, np.minimum(end + REACH, stop), end)


def _listed(steps: Steps) -> Steps:
    """The steps with the price of those terms that are words of the dictionary too."""
    width = int(steps.end.max(initial=0)) + 1
    key = (steps.where * width + steps.start) * width + steps.end
    twins = steps.is_term & np.isin(key, key[~steps.is_term])
    return steps._replace(price=np.where(twins, prices().listed, steps.price))


def _near(start: NDArray[Any], end: NDArray[Any], size: int) -> NDArray[Any] | None:
    """Where words may begin that lie across an end of a place or in its neighbourhood; None where that is anywhere."""
    if len(start) * 8 > size:
        return None
    back = REACH + max(LONGEST, int((end - start).max(initial=0)))
    edge = np.bincount(np.maximum(start - back, 0), minlength=size + 1)
    edge -= np.bincount(np.minimum(end + REACH, size), minlength=size + 1)
    return np.flatnonzero(np.cumsum(edge)[:size])
