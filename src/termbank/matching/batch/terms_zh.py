"""Chinese terms in long texts: the same result as `matching.terms_zh`, for many places at once.

A place whose term has conditions of its own, or within which something was removed, goes to the rules of `matching.terms_zh`
one by one; for the others the same rules are applied with NumPy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from termbank.matching.batch.boundaries_zh import PlaceBoundaries
from termbank.matching.batch.decision_cache import DecisionCache, combine_keys, string_keys
from termbank.matching.batch.matches import Columns, no_places
from termbank.matching.batch.normalize import (
    ALPHANUMERIC,
    CHANGED,
    DISTINCTIVE,
    ComparisonArrays,
    near_chinese,
)
from termbank.matching.batch.overlap import crossed, inside, resolve_overlaps, with_inner, within
from termbank.matching.comparison_form import ComparisonText
from termbank.matching.overlap import PatternHit
from termbank.matching.patterns import PatternSearch
from termbank.model.span import Span
from termbank.text.characters_zh import has_han
from termbank.text.normalize_arrays import TextChunk

if TYPE_CHECKING:
    from numpy.typing import NDArray


_NESTED = 8


class PlaceConditions(Protocol):
    """What the entries of a pattern require of a place."""

    @property
    def any(self) -> bool: ...


class ChineseRules(Protocol):
    """What `matching.terms_zh` knows of its patterns and of a single place."""

    @property
    def search(self) -> PatternSearch: ...
    @property
    def regional_search(self) -> PatternSearch: ...
    @property
    def conditions(self) -> Mapping[int, PlaceConditions]: ...
    def is_term(self, word: str) -> bool: ...
    def is_regional_term(self, word: str) -> bool: ...
    def may_be_regional(self, text: str, simplified: bool) -> bool: ...
    def span_in_text(self, form: ComparisonText, text: str, hit: PatternHit) -> Span | None: ...
    def accepts(
        self,
        form: ComparisonText,
        text: str,
        hit: PatternHit,
        owner: PatternHit | None,
        is_term: Callable[[str], bool] | None,
    ) -> bool: ...


class LongChinese:
    """The Chinese terms of a bank, ready to be found in long texts."""

    def __init__(self, rules: ChineseRules) -> None:
        self._rules = rules
        self._decisions = DecisionCache()
        # by pattern: 0 not known yet, 1 without conditions, 2 with conditions
        self._special = np.zeros(0, np.int8)

    @cached_property
    def _are_chinese(self) -> bool:
        """Whether every pattern has a Chinese character."""
        return all(map(has_han, self._rules.search.patterns))

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._rules.search.patterns), default=0)

    def find(self, text: str, pieces: Sequence[tuple[int, int]], nested: bool = False) -> Columns:
        """Where the terms, with `nested` also those inside others, begin and end in the text, their patterns, and which are nested."""
        chunk, whose = TextChunk.of(text, pieces), np.arange(len(pieces))
        if self._are_chinese:
            chunk, whose = near_chinese(chunk, self._longest)
        if not len(whose):
            return no_places()
        form = ComparisonArrays(chunk)
        return self._search(form, text, self._in_regional(form, whose), nested)

    def _in_regional(self, form: ComparisonArrays, whose: NDArray[Any]) -> NDArray[Any]:
        """Which pieces are parts of one that may have terms in their Taiwan forms."""
        size = int(whose[-1]) + 1
        found = np.bincount(whose, (form.piece_classes & CHANGED) != 0, size) > 0
        decided = np.bincount(whose, (form.piece_classes & DISTINCTIVE) != 0, size) > 0
        unsure = ~found & ~decided & (np.bincount(whose, minlength=size) > 0)
        for at in np.flatnonzero(unsure).tolist():
            pieces = np.flatnonzero(whose == at).tolist()
            found[at] = self._rules.may_be_regional("\0".join(map(form.piece_text, pieces)), True)
        regional: NDArray[Any] = found[whose]
        return regional

    def _search(self, form: ComparisonArrays, text: str, regional: NDArray[Any], nested: bool) -> Columns:
        sizes = np.diff(form.bounds)
        sizes[-1] -= 1
        among = np.repeat(regional, sizes)
        searches = [self._rules.search.table.find(form.codes, among=~among)] if not regional.all() else []
        if regional.any():
            searches.append(self._rules.regional_search.table.find(form.codes, among=among))
        found = [(at, at + length, which) for search in searches for length, at, which in search]
        if not found:
            return no_places()
        start, end, which = (np.concatenate(column) for column in zip(*found, strict=True))
        chunk = _ChunkSearch(form, text, start, end, which, self._rules, self._decisions, among)
        chunk.special = self._have_conditions(which) | form.have_gaps(start, end)
        return chunk.places(nested)

    def _have_conditions(self, which: NDArray[Any]) -> NDArray[Any]:
        """Whether each pattern has conditions, computed once for each."""
        if len(self._special) <= which.max(initial=0):
            self._special = np.concatenate(
                (self._special, np.zeros(int(which.max()) + 1 - len(self._special), np.int8))
            )
        for pattern in np.unique(which[self._special[which] == 0]).tolist():
            self._special[pattern] = 1 + self._rules.conditions[pattern].any
        special: NDArray[Any] = self._special[which] == 2
        return special


class _ChunkSearch:
    """The places found in one chunk, to be decided."""

    special: NDArray[Any]

    def __init__(
        self, form: ComparisonArrays, text: str, start: NDArray[Any], end: NDArray[Any], which: NDArray[Any], rules: ChineseRules,
        decisions: DecisionCache, regional: NDArray[Any],
    ) -> None:  # fmt: skip
        self._form, self._text, self._rules = form, text, rules
        self._start, self._end, self._which = start, end, which
        self._bank = 1 + regional[start].astype(np.int64)
        self._over = inside(start, end, len(form))
        self._boundaries = PlaceBoundaries(form, start, end, decisions, self._bank, self._over)
        self._decisions = decisions
        self._spans: dict[int, Span] = {}

    def places(self, nested: bool) -> Columns:
        """The columns of the places that are terms."""
        start, end, which = self._start, self._end, self._which
        size = len(self._form)
        letter = np.zeros(size + 2, np.bool_)
        letter[1:-1] = self._form.has(ALPHANUMERIC)
        may = ~(letter[start] & letter[start + 1]) & ~(letter[end] & letter[end + 1])
        may &= self._form.are_whole(start, end)
        self._alone = np.ones(len(start), np.bool_)
        asked = np.flatnonzero(may)
        self._alone[asked] = ~crossed(start, end, asked, self._over)
        self._may = asked
        kept = asked[resolve_overlaps(start[asked], end[asked], self._accept)]
        inner = np.zeros(len(kept), np.bool_)
        if nested:
            kept, inner = with_inner(start, end, kept, self._inner(kept))
        first, last = self._form.spans(start[kept], end[kept])
        first, last = first.astype(np.int64), last.astype(np.int64)
        for at in np.flatnonzero(self.special[kept]).tolist():
            first[at], last[at] = self._spans[int(kept[at])]
        return first, last, which[kept], inner

    def _inner(self, kept: NDArray[Any]) -> NDArray[Any]:
        """The numbers of the places inside owners that are terms there; no word crosses the ends of an owner."""
        asked = self._may
        at, over = within(self._start[asked], self._end[asked], np.searchsorted(asked, kept))
        inner, over = asked[at], asked[over]
        low, high = self._start[over], self._end[over]
        where = (
            (self._start[inner] - low) << 16 | (high - self._end[inner]) << 4 | _NESTED | self._bank[inner]
        )
        # the character behind the owner decides whether 率 or 化 belongs to it
        letters = string_keys(self._form.codes, low, np.minimum(high + 1, len(self._form)))
        keys = combine_keys(letters, where.astype(np.uint64))
        found = np.zeros(len(inner), np.bool_)
        special = self.special[inner] | self.special[over]
        plain = np.flatnonzero(~special)

        def decide(new: NDArray[Any]) -> list[bool]:
            return [self._accepts(int(inner[at]), int(over[at])) for at in plain[new].tolist()]

        found[plain] = self._decisions.look_up(keys[plain], decide) > 0
        for number in np.flatnonzero(special).tolist():
            found[number] = self._accepts(int(inner[number]), int(over[number]))
        accepted: NDArray[Any] = inner[found]
        return accepted

    def _accept(self, numbers: NDArray[Any]) -> NDArray[Any]:
        asked = self._may[numbers]
        found = self._boundaries.are_words(asked, self._alone[asked])
        for at in np.flatnonzero(self.special[asked]).tolist():
            found[at] = self._accepts(int(asked[at]))
        return found

    def _hit(self, number: int) -> PatternHit:
        return PatternHit(int(self._start[number]), int(self._end[number]), int(self._which[number]))

    def _accepts(self, number: int, owner: int | None = None) -> bool:
        """What the rules decide of one place, which may lie in an owner."""
        hit = self._hit(number)
        span = self._rules.span_in_text(self._form, self._text, hit)
        if span is None:
            return False
        self._spans[number] = span
        over = None if owner is None else self._hit(owner)
        if owner is None and self._alone[number]:
            return self._rules.accepts(self._form, self._text, hit, over, None)
        is_term = self._rules.is_regional_term if self._bank[number] > 1 else self._rules.is_term
        return self._rules.accepts(self._form, self._text, hit, over, is_term)
