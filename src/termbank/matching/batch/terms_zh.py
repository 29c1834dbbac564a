"""Chinese terms in long texts, in columns: what `chinese` finds, found for many places at once.

Pieces of a text come in, each searched by itself; the places of the owners go out. A place whose term asks for
something special, or within which something was folded away, is shown to the rules of `chinese` one by one; for
the others the same rules are applied to all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from termbank.matching.batch.boundaries_zh import Judging
from termbank.matching.batch.decision_cache import Memory, mixed, of_strings
from termbank.matching.batch.matches import Columns, nothing
from termbank.matching.batch.normalize import CHANGED, HAND, TELLING, Wide, around_chinese
from termbank.matching.batch.overlap import crossed, inside, owners, with_inner, within
from termbank.matching.batch.text_arrays import Chunk, codes_of
from termbank.matching.batch.trie import Trie
from termbank.matching.overlap import Found
from termbank.model.span import Span
from termbank.text.characters_zh import has_han

if TYPE_CHECKING:
    from numpy.typing import NDArray


_INNER = 8


class Rules(Protocol):
    """What `chinese.ChineseTerms` knows of its patterns and of a single place."""

    def own_patterns(self) -> list[str]: ...
    def regional_patterns(self) -> list[str]: ...
    def is_special(self, pattern: int) -> bool: ...
    def is_known(self, word: str) -> bool: ...
    def is_known_anywhere(self, word: str) -> bool: ...
    def may_be_regional(self, text: str, simplified: bool) -> bool: ...
    def place_in(self, form: Wide, text: str, place: Found) -> Span | None: ...
    def stands(
        self, form: Wide, text: str, place: Found, owner: Found | None, known: Callable[[str], bool] | None
    ) -> bool: ...


class LongChinese:
    """The Chinese terms of a bank, ready to be found in long texts."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._memory = Memory()
        self._special = np.zeros(0, np.int8)

    @cached_property
    def _own(self) -> Trie:
        return _trie(self._rules.own_patterns())

    @cached_property
    def _regional(self) -> Trie:
        return _trie(self._rules.regional_patterns())

    @cached_property
    def _has_chinese(self) -> bool:
        """Whether every pattern has a Chinese character."""
        return all(map(has_han, self._rules.own_patterns()))

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._rules.own_patterns()), default=0)

    def find(self, text: str, pieces: Sequence[tuple[int, int]], nested: bool = False) -> Columns:
        """Where owners, and with `nested` what is inside them, begin and end in the text, and their patterns."""
        chunk, whose = Chunk.of(text, pieces), np.arange(len(pieces))
        if self._has_chinese:
            chunk, whose = around_chinese(chunk, self._longest)
        if not len(whose):
            return nothing()
        wide = Wide(chunk)
        return self._search(wide, text, self._in_regional(wide, whose), nested)

    def _in_regional(self, wide: Wide, whose: NDArray[Any]) -> NDArray[Any]:
        """Which pieces are parts of one that may hold terms as Taiwan words them."""
        size = int(whose[-1]) + 1
        found = np.bincount(whose, (wide.pieces & CHANGED) != 0, size) > 0
        told = np.bincount(whose, (wide.pieces & TELLING) != 0, size) > 0
        silent = ~found & ~told & (np.bincount(whose, minlength=size) > 0)
        for at in np.flatnonzero(silent).tolist():
            pieces = np.flatnonzero(whose == at).tolist()
            found[at] = self._rules.may_be_regional("\0".join(map(wide.piece_text, pieces)), True)
        regional: NDArray[Any] = found[whose]
        return regional

    def _search(self, wide: Wide, text: str, regional: NDArray[Any], nested: bool) -> Columns:
        sizes = np.diff(wide.begins)
        sizes[-1] -= 1
        among = np.repeat(regional, sizes)
        walks = [self._own.walk(wide.codes, among=~among)] if not regional.all() else []
        walks += [self._regional.walk(wide.codes, among=among)] if regional.any() else []
        found = [(at, at + length, which) for walk in walks for length, at, which in walk]
        if not found:
            return nothing()
        start, end, which = (np.concatenate(column) for column in zip(*found, strict=True))
        search = _Search(wide, text, start, end, which, self._rules, self._memory, among)
        search.special = self._asks(which) | wide.gapped(start, end)
        return search.places(nested)

    def _asks(self, which: NDArray[Any]) -> NDArray[Any]:
        """Whether a pattern asks for something special; told once for each."""
        if len(self._special) <= which.max(initial=0):
            self._special = np.concatenate(
                (self._special, np.zeros(int(which.max()) + 1 - len(self._special), np.int8))
            )
        told = self._special[which]
        for pattern in np.unique(which[told == 0]).tolist():
            self._special[pattern] = 1 + self._rules.is_special(pattern)
        special: NDArray[Any] = self._special[which] == 2
        return special


class _Search:
    """The places of one stretch on the way to their owners."""

    special: NDArray[Any]

    def __init__(
        self, wide: Wide, text: str, start: NDArray[Any], end: NDArray[Any], which: NDArray[Any], rules: Rules,
        memory: Memory, regional: NDArray[Any],
    ) -> None:  # fmt: skip
        self._wide, self._text, self._rules = wide, text, rules
        self._start, self._end, self._which = start, end, which
        self._bank = 1 + regional[start].astype(np.int64)
        self._over = inside(start, end, len(wide))
        self._judging = Judging(wide, start, end, memory, self._bank, self._over)
        self._memory = memory
        self._spans: dict[int, Span] = {}

    def places(self, nested: bool) -> Columns:
        start, end, which = self._start, self._end, self._which
        size = len(self._wide)
        hand = np.zeros(size + 2, np.bool_)
        hand[1:-1] = self._wide.has(HAND)
        may = ~(hand[start] & hand[start + 1]) & ~(hand[end] & hand[end + 1])
        may &= self._wide.wholes(start, end)
        self._alone = np.ones(len(start), np.bool_)
        asked = np.flatnonzero(may)
        self._alone[asked] = ~crossed(start, end, asked, self._over)
        self._may = asked
        kept = asked[owners(start[asked], end[asked], self._judge)]
        inner = np.zeros(len(kept), np.bool_)
        if nested:
            kept, inner = with_inner(start, end, kept, self._inner(kept))
        first, last = self._wide.spans(start[kept], end[kept])
        first, last = first.astype(np.int64), last.astype(np.int64)
        for at in np.flatnonzero(self.special[kept]).tolist():
            first[at], last[at] = self._spans[int(kept[at])]
        return first, last, which[kept], inner

    def _inner(self, kept: NDArray[Any]) -> NDArray[Any]:
        """The numbers of the places that stand inside owners, which are walls to them."""
        asked = self._may
        at, over = within(self._start[asked], self._end[asked], np.searchsorted(asked, kept))
        inner, over = asked[at], asked[over]
        low, high = self._start[over], self._end[over]
        where = (self._start[inner] - low) << 16 | (high - self._end[inner]) << 4 | _INNER | self._bank[inner]
        # what comes after the owner tells whether 率 or 化 belongs to it
        letters = of_strings(self._wide.codes, low, np.minimum(high + 1, len(self._wide)))
        keys = mixed(letters, where.astype(np.uint64))
        told = np.zeros(len(inner), np.bool_)
        special = self.special[inner] | self.special[over]
        plain = np.flatnonzero(~special)
        told[plain] = (
            self._memory.judged(
                keys[plain],
                lambda new: [self._stands(int(inner[at]), int(over[at])) for at in plain[new].tolist()],
            )
            > 0
        )
        for number in np.flatnonzero(special).tolist():
            told[number] = self._stands(int(inner[number]), int(over[number]))
        standing: NDArray[Any] = inner[told]
        return standing

    def _judge(self, numbers: NDArray[Any]) -> NDArray[Any]:
        asked = self._may[numbers]
        told = self._judging.stand(asked, self._alone[asked])
        for at in np.flatnonzero(self.special[asked]).tolist():
            told[at] = self._stands(int(asked[at]))
        return told

    def _place(self, number: int) -> Found:
        return Found(int(self._start[number]), int(self._end[number]), int(self._which[number]))

    def _stands(self, number: int, owner: int | None = None) -> bool:
        """What the rules of `chinese` say of a place, which may lie in an owner."""
        place = self._place(number)
        span = self._rules.place_in(self._wide, self._text, place)
        if span is None:
            return False
        self._spans[number] = span
        over = None if owner is None else self._place(owner)
        if owner is None and self._alone[number]:
            return self._rules.stands(self._wide, self._text, place, over, None)
        known = self._rules.is_known_anywhere if self._bank[number] > 1 else self._rules.is_known
        return self._rules.stands(self._wide, self._text, place, over, known)


def _trie(patterns: list[str]) -> Trie:
    lengths = np.fromiter(map(len, patterns), np.int64, len(patterns))
    return Trie.of(codes_of("".join(patterns)).astype(np.int64), lengths)[0]
