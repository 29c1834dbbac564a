"""Whether Chinese terms stand at their places, for very many places at once.

Places in a long text come in; yes or no goes out for each, as `edges.stands` would say it. Where no word and no term
lies across an end, it is yes at once; elsewhere the words around it, up to where nothing crosses, are shown to
`edges`, each neighbourhood once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.lang.zh import dictionary
from termbank.match.edges import LONGEST, REACH, SUFFIXES, reads, suffixed
from termbank.match.letters import codes_of
from termbank.match.memory import Memory, mixed, of_strings
from termbank.match.sweep import inside
from termbank.match.trie import Trie
from termbank.match.wide import HAN, NUMERAL, Wide

if TYPE_CHECKING:
    from numpy.typing import NDArray


_SUFFIXES = np.array(sorted(map(ord, SUFFIXES)))


@cache
def _words() -> Trie:
    """The words of the dictionary that have more than one character."""
    words = [word for word in dictionary()[0] if len(word) > 1]
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    return Trie.of(codes_of("".join(words)).astype(np.int64), lengths)[0]


class Judging:
    """The neighbourhoods of a stretch of text in which terms were found; `bank` tells one bank from another."""

    def __init__(
        self, wide: Wide, start: NDArray[Any], end: NDArray[Any], known: Callable[[str], bool], memory: Memory, bank: int
    ) -> None:  # fmt: skip
        self._wide, self._known, self._memory, self._bank = wide, known, memory, bank
        self._han, self._numeral = wide.has(HAN), wide.has(NUMERAL)
        size = len(wide)
        firsts, lasts = [start], [end]
        for length, at, _ in _words().walk(wide.codes, _near(start, end, size)):
            firsts.append(at)
            lasts.append(at + length)
        self._crossed = inside(np.concatenate(firsts), np.concatenate(lasts), size)
        self._clean = np.flatnonzero(~self._crossed)
        self._left, self._right = np.zeros(size + 1, np.bool_), np.zeros(size + 1, np.bool_)
        for open_, walls in zip((self._left, self._right), wide.walls, strict=True):
            open_[1:size] = self._han[1:] & self._han[:-1]
            open_[walls] = False

    def stand(self, start: NDArray[Any], end: NDArray[Any], alone: NDArray[Any]) -> NDArray[Any]:
        """Whether each place can be read as a word of its own; `alone` where no other term crosses it."""
        left, right = self._left[start], self._right[end]
        told = np.ones(len(start), np.bool_)
        before = np.maximum(start - 1, 0)
        told[left & self._numeral[start] & self._numeral[before] & (self._wide.codes[start] != ord("第"))] = (
            False
        )
        ended = np.flatnonzero(right & (end - start == 2))
        ended = ended[np.isin(self._wide.codes[end[ended]], _SUFFIXES)]
        for at in ended.tolist():
            told[at] &= not suffixed(self._wide.text, int(start[at]), int(end[at]))
        open_ = np.flatnonzero(told & ((left & self._crossed[start]) | (right & self._crossed[end])))
        if len(open_):
            told[open_] = self._read(start[open_], end[open_], left[open_], right[open_], alone[open_])
        return told

    def _read(
        self, start: NDArray[Any], end: NDArray[Any], left: NDArray[Any], right: NDArray[Any], alone: NDArray[Any]
    ) -> NDArray[Any]:  # fmt: skip
        low, high = self._low(start, left), self._high(end, right)
        low = np.maximum(low, self._clean[np.searchsorted(self._clean, start, "right") - 1])
        high = np.minimum(high, self._clean[np.searchsorted(self._clean, end)])
        case = (start - low) << 8 | (high - end) << 4 | np.where(alone, 0, self._bank)
        keys = mixed(of_strings(self._wide.codes, low, high), case.astype(np.uint64))

        def judge(new: NDArray[Any]) -> list[bool]:
            return [
                reads(self._wide.text[low:high], start - low, end - low, None if alone else self._known)
                for low, high, start, end, alone in zip(
                    low[new].tolist(), high[new].tolist(), start[new].tolist(), end[new].tolist(), alone[new].tolist(),
                    strict=True,
                )
            ]  # fmt: skip

        return self._memory.judged(keys, judge) > 0

    def _low(self, start: NDArray[Any], left: NDArray[Any]) -> NDArray[Any]:
        """Where the neighbourhood before each place begins: at most so many Chinese characters back."""
        low, on = start.copy(), left.copy()
        for _ in range(REACH):
            low[on] -= 1
            on &= (low > 0) & self._han[np.maximum(low - 1, 0)]
        return low

    def _high(self, end: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
        high, on = end.copy(), right.copy()
        size = len(self._wide)
        for _ in range(REACH):
            high[on] += 1
            on &= (high < size) & self._han[np.minimum(high, size - 1)]
        return high


def _near(start: NDArray[Any], end: NDArray[Any], size: int) -> NDArray[Any] | None:
    """Where words may begin that lie across an end of a place or in its neighbourhood; None where that is anywhere."""
    if len(start) * 8 > size:
        return None
    back = REACH + max(LONGEST, int((end - start).max(initial=0)))
    edge = np.bincount(np.maximum(start - back, 0), minlength=size + 1)
    edge -= np.bincount(np.minimum(end + REACH, size), minlength=size + 1)
    return np.flatnonzero(np.cumsum(edge)[:size])
