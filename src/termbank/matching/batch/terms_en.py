"""Find English terms in long texts with arrays: the same places as `matching.terms_en`, for many places at once.

Each way of writing a sequence of words is verified once, by the same rules (`matching.variants_en`), and cached; only
where a term depends on its context is every place verified by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.matching.batch.decision_cache import DecisionCache, combine_keys, string_keys
from termbank.matching.batch.matches import Columns, no_places
from termbank.matching.batch.overlap import resolve_overlaps, with_inner, within
from termbank.matching.batch.tokens_en import Words, WordSymbols
from termbank.matching.patterns import PatternSearch
from termbank.matching.phrases_en import SILENT, PhrasePatterns
from termbank.matching.variants_en import AcceptedWordings
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


class EnglishBatchSearch:
    """Search for the English terms of a bank in long texts.

    A verified place is represented by a number; `wordings_at` gives the pattern and the wordings behind it.
    """

    def __init__(self, phrases: PhrasePatterns, characters: Mapping[str, str], search: PatternSearch) -> None:
        self._phrases, self._characters, self._search = phrases, characters, search
        self._decisions, self._pairs = DecisionCache(), DecisionCache()
        self._accepted_by_number: list[tuple[int, AcceptedWordings | None]] = [(-1, [])]
        self._numbers: dict[tuple[int, tuple[int, ...]], int] = {}
        self._simple: dict[int, tuple[str, bool] | None] = {}
        self._known_margins: dict[tuple[int, str], tuple[int, int]] = {}
        self._around = np.zeros(0, np.int8)

    @cached_property
    def _word_symbols(self) -> WordSymbols:
        plain = {word: ord(family) for word, family in self._phrases.families_by_spelling.items()}
        plain.update(dict.fromkeys(map(str.lower, SILENT), _ASKED))
        has_chinese = any(has_han(word) or "_" in word for word in self._phrases.families_by_spelling)
        return WordSymbols(
            plain, self._symbol, other=0, asked=_ASKED, silent=_SILENT, has_chinese=has_chinese
        )

    def _symbol(self, word: str) -> int:
        family = self._characters[word]
        return ord(family) if family else _SILENT

    def find(self, text: str, pieces: Sequence[tuple[int, int]], nested: bool = False) -> Columns:
        """Find the terms in pieces of a text, each piece by itself.

        Args:
            text: the text.
            pieces: start and end of each piece.
            nested: whether to give terms inside others as well.

        Returns:
            Four columns of equal length: starts and ends in the text, numbers for `wordings_at`, and whether a place
            lies inside another term.
        """
        words = Words(TextChunk.of(text, pieces))
        gone = words.join(self._phrases.is_joined, self._pairs)
        symbols = self._word_symbols.find(words)
        symbols[gone] = _SILENT
        kept = np.flatnonzero(symbols != _SILENT)
        found = [(at, at + length, which) for length, at, which in self._search.table.find(symbols[kept])]
        if not found:
            return no_places()
        first, last, which = (np.concatenate(column) for column in zip(*found, strict=True))
        numbers = self._verify_all(words, kept, first, last, which)
        stands = np.flatnonzero(numbers)
        first, last, numbers = first[stands], last[stands], numbers[stands]
        owners = resolve_overlaps(first, last, None)
        inner = np.zeros(len(owners), np.bool_)
        if nested:
            owners, inner = with_inner(first, last, owners, within(first, last, owners)[0])
        return *self._spans(words, kept, first[owners], last[owners], numbers[owners]), inner

    def _verify_all(
        self, words: Words, kept: NDArray[Any], first: NDArray[Any], last: NDArray[Any], which: NDArray[Any]
    ) -> NDArray[Any]:  # fmt: skip
        """For each place, the number of its accepted wordings; 0 where none is accepted."""
        codes = words.column.codes

        def verify(at: int) -> int:
            return self._verify(words, kept[first[at] : last[at]], int(which[at]))

        keys, wide = self._keys(words, kept, first, last, which)
        begins = words.start[kept[first]]
        special = self._depends_on_context(which) | wide
        behind = np.flatnonzero(codes[np.maximum(begins - 1, 0)] == _HYPHEN)
        keys[behind] = combine_keys(keys[behind], self._prefixes(words, kept[first[behind]]))
        plain = np.flatnonzero(~special)
        numbers = np.zeros(len(first), np.int32)
        numbers[plain] = self._decisions.look_up(
            keys[plain], lambda new: [verify(at) for at in plain[new].tolist()]
        )
        for at in np.flatnonzero(special).tolist():
            numbers[at] = verify(at)
        return numbers

    def _prefixes(self, words: Words, at: NDArray[Any]) -> NDArray[Any]:
        """A key for the word that a hyphen joins to the front of each word, as far as the rules look back."""
        end = words.start[at]
        before = np.maximum(at - 1, 0)
        tied = words.end[before] == end - 1
        start = np.where(tied, np.maximum(words.start[before], end - _PREFIX), end - 1)
        return string_keys(words.column.codes, start, end)

    def _margins(self, words: Words, here: NDArray[Any], number: int) -> tuple[int, int]:
        """How far the span of a place begins and ends from its first and last word, by paired marks and possessives."""
        start, end = int(words.start[here[0]]), int(words.end[here[1]])
        surface = string_of(words.column.codes[start:end])
        margins = self._known_margins.get((number, surface))
        if margins is None:
            text, low = words.piece(start)
            span = self.wordings_at(number)[1][0][0].span(_pieces(words, here, text, low), text)
            margins = span.start + low - start, span.end + low - end
            if _PARTNERED.search(surface) is None and len(self._known_margins) < _KEPT:
                self._known_margins[number, surface] = margins
        return margins

    def wordings_at(self, number: int) -> tuple[int, AcceptedWordings]:
        """The pattern of a number, and its accepted wordings."""
        pattern, found = self._accepted_by_number[number]
        return pattern, self._phrases.wordings_of(pattern) if found is None else found

    def _verify(self, words: Words, here: NDArray[Any], pattern: int) -> int:
        simple = self._simple.get(pattern)
        start = int(words.start[here[0]])
        if simple is not None and words.reads(start, int(words.end[here[-1]]), *simple):
            return self._number(pattern, (), None)
        text, low = words.piece(start)
        pieces = _pieces(words, here, text, low)
        accepted = self._phrases.accepted(pattern, pieces, text)
        if not accepted:
            return 0
        return self._number(pattern, tuple(id(wording) for wording, _ in accepted), accepted)

    def _number(self, pattern: int, which: tuple[int, ...], accepted: AcceptedWordings | None) -> int:
        number = self._numbers.setdefault((pattern, which), len(self._accepted_by_number))
        if number == len(self._accepted_by_number):
            self._accepted_by_number.append((pattern, accepted))
        return number

    def _keys(
        self, words: Words, kept: NDArray[Any], first: NDArray[Any], last: NDArray[Any], which: NDArray[Any]
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """A key for each place by its pattern, its words as written and what is between them; and which gaps are too wide."""
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

    def _depends_on_context(self, which: NDArray[Any]) -> NDArray[Any]:
        """Whether each pattern has a wording that depends on its context; computed once for each pattern."""
        if len(self._around) <= which.max(initial=0):
            more = np.zeros(int(which.max()) + 1 - len(self._around), np.int8)
            self._around = np.concatenate((self._around, more))
        for pattern in np.unique(which[self._around[which] == 0]).tolist():
            self._simple[pattern] = simple = self._phrases.simple_text(pattern)
            self._around[pattern] = (
                1
                if simple is not None
                else 1 + any(wording.depends_on_context for wording, _ in self._phrases.wordings_of(pattern))
            )
        around: NDArray[Any] = self._around[which] == 2
        return around

    def _spans(
        self, words: Words, kept: NDArray[Any], first: NDArray[Any], last: NDArray[Any], numbers: NDArray[Any]
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:  # fmt: skip
        """The places in the original text; the rules extend or shorten those with paired marks or possessives."""
        start, end = words.start[kept[first]], words.end[kept[last - 1]]
        marked = np.searchsorted(words.uneven, start) < np.searchsorted(words.uneven, end)
        for at in np.flatnonzero(marked).tolist():
            low, high = self._margins(words, kept[[first[at], last[at] - 1]], int(numbers[at]))
            start[at] += low
            end[at] += high
        return *words.column.spans(start, end), numbers


def _gaps(words: Words, before: NDArray[Any], after: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """A key for the text between two words, 0 for a space, and whether it is too long for a key."""
    codes = words.column.codes
    low, high = words.end[before], words.start[after]
    gaps = np.zeros(len(low), np.uint64)
    other = np.flatnonzero((high - low != 1) | (codes[low] != _SPACE))
    far = high - low > _WIDE_GAP
    gaps[other] = string_keys(codes, low[other], np.where(far, low, high)[other])
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
