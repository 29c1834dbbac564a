"""English terms in long texts, in columns: what `english` finds, found for many places at once.

Pieces of a text come in, each searched by itself; the places of the owners go out. A sequence of words is verified by
`wording` once for each way in which it is written; only where a term looks at what stands around it is every place
verified by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from termbank.matching.batch.decision_cache import DecisionCache, combine_keys, string_keys
from termbank.matching.batch.matches import Columns, no_places
from termbank.matching.batch.overlap import resolve_overlaps, with_inner, within
from termbank.matching.batch.tokens_en import Lexis, Words
from termbank.matching.patterns import PatternSearch
from termbank.matching.phrases_en import SILENT
from termbank.matching.variants_en import Standing
from termbank.text.characters_zh import has_han
from termbank.text.normalize_arrays import TextChunk, string_of
from termbank.text.tokenizer_en import TermToken

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SILENT, _ASKED = -2, -3
_HYPHEN, _SPACE = map(ord, "- ")
_WIDE_GAP = 64
_PREFIX = 12
_KEPT = 1 << 17
# all but the apostrophe within or behind a word
_PARTNERED = re.compile("[‘\"“”《》「」]|(?<![A-Za-z])['’]")


class EnglishRules(Protocol):
    """What `matching.terms_en` knows of its patterns and of a single place."""

    @property
    def search(self) -> PatternSearch: ...
    def families(self) -> Mapping[str, str]: ...
    def family(self, word: str) -> str: ...
    def is_joined(self, one: str, other: str) -> bool: ...
    def simple(self, pattern: int) -> tuple[str, bool] | None: ...
    def alike(self, pattern: int) -> Standing: ...
    def looks_around(self, pattern: int) -> bool: ...
    def verified(self, pattern: int, here: Sequence[TermToken], text: str) -> Standing: ...


class LongEnglish:
    """The English terms of a bank, ready to be found in long texts; `standing` tells what a place was judged to be."""

    def __init__(self, rules: EnglishRules) -> None:
        self._rules = rules
        self._memory, self._pairs = DecisionCache(), DecisionCache()
        self._standings: list[tuple[int, Standing | None]] = [(-1, [])]
        self._numbers: dict[tuple[int, tuple[int, ...]], int] = {}
        self._simple: dict[int, tuple[str, bool] | None] = {}
        self._reaches: dict[tuple[int, str], tuple[int, int]] = {}
        self._around = np.zeros(0, np.int8)

    @cached_property
    def _lexis(self) -> Lexis:
        plain = {word: ord(family) for word, family in self._rules.families().items()}
        plain.update(dict.fromkeys(map(str.lower, SILENT), _ASKED))
        has_chinese = any(has_han(word) or "_" in word for word in self._rules.families())
        return Lexis(plain, self._symbol, other=0, asked=_ASKED, silent=_SILENT, has_chinese=has_chinese)

    def _symbol(self, word: str) -> int:
        family = self._rules.family(word)
        return ord(family) if family else _SILENT

    def find(self, text: str, pieces: Sequence[tuple[int, int]], nested: bool = False) -> Columns:
        """Where owners, and with `nested` what is inside them, begin and end in the text, and the numbers of what stands there."""
        words = Words(TextChunk.of(text, pieces))
        gone = words.join(self._rules.is_joined, self._pairs)
        symbols = self._lexis.told(words)
        symbols[gone] = _SILENT
        kept = np.flatnonzero(symbols != _SILENT)
        found = [
            (at, at + length, which) for length, at, which in self._rules.search.table.find(symbols[kept])
        ]
        if not found:
            return no_places()
        first, last, which = (np.concatenate(column) for column in zip(*found, strict=True))
        verdict = self._verified(words, kept, first, last, which)
        stands = np.flatnonzero(verdict)
        first, last, verdict = first[stands], last[stands], verdict[stands]
        told = resolve_overlaps(first, last, None)
        inner = np.zeros(len(told), np.bool_)
        if nested:
            told, inner = with_inner(first, last, told, within(first, last, told)[0])
        return *self._told(words, kept, first[told], last[told], verdict[told]), inner

    def _verified(
        self, words: Words, kept: NDArray[Any], first: NDArray[Any], last: NDArray[Any], which: NDArray[Any]
    ) -> NDArray[Any]:  # fmt: skip
        """The number of what stands at each place; 0 where nothing does."""
        images = words.column.codes

        def judge(at: int) -> int:
            return self._judged(words, kept[first[at] : last[at]], int(which[at]))

        keys, wide = self._keys(words, kept, first, last, which)
        begins = words.start[kept[first]]
        special = self._looks_around(which) | wide
        behind = np.flatnonzero(images[np.maximum(begins - 1, 0)] == _HYPHEN)
        keys[behind] = combine_keys(keys[behind], self._prefixes(words, kept[first[behind]]))
        plain = np.flatnonzero(~special)
        told = np.zeros(len(first), np.int32)
        told[plain] = self._memory.look_up(keys[plain], lambda new: [judge(at) for at in plain[new].tolist()])
        for at in np.flatnonzero(special).tolist():
            told[at] = judge(at)
        return told

    def _prefixes(self, words: Words, at: NDArray[Any]) -> NDArray[Any]:
        """A key for what a hyphen right before each word ties to it, as far as `wording` looks."""
        end = words.start[at]
        before = np.maximum(at - 1, 0)
        tied = words.end[before] == end - 1
        start = np.where(tied, np.maximum(words.start[before], end - _PREFIX), end - 1)
        return string_keys(words.column.codes, start, end)

    def _reaching(self, words: Words, here: NDArray[Any], number: int) -> tuple[int, int]:
        """How much farther than its first and last word a place reaches, by the marks in it, or less far."""
        start, end = int(words.start[here[0]]), int(words.end[here[1]])
        surface = string_of(words.column.codes[start:end])
        told = self._reaches.get((number, surface))
        if told is None:
            text, low = words.piece(start)
            span = self.standing(number)[1][0][0].span(_pieces(words, here, text, low), text)
            told = span.start + low - start, span.end + low - end
            if _PARTNERED.search(surface) is None and len(self._reaches) < _KEPT:
                self._reaches[number, surface] = told
        return told

    def standing(self, number: int) -> tuple[int, Standing]:
        """A pattern and the wordings of it that stand where this number was told; all of them, if none was looked at."""
        pattern, found = self._standings[number]
        return pattern, self._rules.alike(pattern) if found is None else found

    def _judged(self, words: Words, here: NDArray[Any], pattern: int) -> int:
        simple = self._simple.get(pattern)
        start = int(words.start[here[0]])
        if simple is not None and words.reads(start, int(words.end[here[-1]]), *simple):
            return self._number(pattern, (), None)
        text, low = words.piece(start)
        pieces = _pieces(words, here, text, low)
        standing = self._rules.verified(pattern, pieces, text)
        if not standing:
            return 0
        return self._number(pattern, tuple(id(wording) for wording, _ in standing), standing)

    def _number(self, pattern: int, which: tuple[int, ...], standing: Standing | None) -> int:
        number = self._numbers.setdefault((pattern, which), len(self._standings))
        if number == len(self._standings):
            self._standings.append((pattern, standing))
        return number

    def _keys(
        self, words: Words, kept: NDArray[Any], first: NDArray[Any], last: NDArray[Any], which: NDArray[Any]
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """A key for each place: its pattern, how its words are written, what stands between them; and where that is too much."""
        used = np.bincount(first, minlength=len(kept) + 1) - np.bincount(last, minlength=len(kept) + 1)
        at = np.flatnonzero(np.cumsum(used[:-1]))
        surface = np.zeros(len(kept), np.uint64)
        surface[at] = words.keys(kept[at])
        keys = combine_keys(which.astype(np.uint64) + np.uint64(7), surface[first])
        wide = np.zeros(len(first), np.bool_)
        on = np.flatnonzero(last - first > 1)
        step = 1
        while len(on):
            at = first[on] + step
            gaps, far = _gaps(words, kept[at - 1], kept[at])
            wide[on] |= far
            keys[on] = combine_keys(combine_keys(keys[on], surface[at]), gaps)
            step += 1
            on = on[last[on] - first[on] > step]
        return keys, wide

    def _looks_around(self, which: NDArray[Any]) -> NDArray[Any]:
        """Whether a pattern has a wording that looks at what stands around it; told once for each."""
        if len(self._around) <= which.max(initial=0):
            more = np.zeros(int(which.max()) + 1 - len(self._around), np.int8)
            self._around = np.concatenate((self._around, more))
        for pattern in np.unique(which[self._around[which] == 0]).tolist():
            self._simple[pattern] = simple = self._rules.simple(pattern)
            self._around[pattern] = 1 if simple is not None else 1 + self._rules.looks_around(pattern)
        around: NDArray[Any] = self._around[which] == 2
        return around

    def _told(
        self, words: Words, kept: NDArray[Any], first: NDArray[Any], last: NDArray[Any], verdict: NDArray[Any]
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:  # fmt: skip
        """The places in the text as given; where marks that have partners stand, `wording` says how far they reach."""
        start, end = words.start[kept[first]], words.end[kept[last - 1]]
        marked = np.searchsorted(words.uneven, start) < np.searchsorted(words.uneven, end)
        for at in np.flatnonzero(marked).tolist():
            low, high = self._reaching(words, kept[[first[at], last[at] - 1]], int(verdict[at]))
            start[at] += low
            end[at] += high
        return *words.column.spans(start, end), verdict


def _gaps(words: Words, before: NDArray[Any], after: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """A key for what stands between two words, 0 for a space, and whether that is too much."""
    images = words.column.codes
    low, high = words.end[before], words.start[after]
    gaps = np.zeros(len(low), np.uint64)
    other = np.flatnonzero((high - low != 1) | (images[low] != _SPACE))
    far = high - low > _WIDE_GAP
    gaps[other] = string_keys(images, low[other], np.where(far, low, high)[other])
    return gaps, far


def _pieces(words: Words, here: NDArray[Any], text: str, low: int) -> list[TermToken]:
    """Words with their places in the piece that begins at `low`."""
    if len(here) == 1:
        start, end = int(words.start[here[0]]) - low, int(words.end[here[0]]) - low
        return [TermToken(text[start:end], start, end)]
    return [
        TermToken(text[start:end], start, end)
        for start, end in zip(
            (words.start[here] - low).tolist(), (words.end[here] - low).tolist(), strict=True
        )
    ]
