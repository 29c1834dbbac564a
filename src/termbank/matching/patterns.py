"""Patterns: the distinct strings by which terms are found, and the search for all of them in a text.

`PatternSearch` uses an Aho-Corasick automaton for few patterns and a `batch.pattern_table` for many, because the automaton
takes long to build and cannot be kept in a file. `TermPatterns` says which terms a pattern stands for.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from termbank.model.resources import CompiledCache

if TYPE_CHECKING:
    from termbank.matching.batch.pattern_table import PatternTable

CACHED_FROM = 1_000
"""The patterns of so many terms are cached."""
TABLE_FROM = 50_000
"""So many patterns are sought with a table: an automaton of them takes .2 s to build."""


class Compiled(Protocol):
    """What can be kept in a cache."""

    def to_bytes(self) -> bytes: ...


C = TypeVar("C", bound=Compiled)


def read_or_make(
    cache: CompiledCache | None, name: str, read: Callable[[memoryview], C], make: Callable[[], C]
) -> C:
    """Read a value from the cache; make it, and keep it there, where there is no copy that `read` accepts."""
    data = None if cache is None else cache.read(name)
    if data is not None:
        with suppress(ValueError):
            return read(data)
    made = make()
    if cache is not None:
        cache.write(name, made.to_bytes())
    return made


def cache_name(kind: str, texts: Iterable[str], more: Iterable[object] = ()) -> str:
    """A name for a copy, by everything that it depends on."""
    digest = sha256("\0".join(texts).encode("utf-8", "replace"))
    digest.update(repr(list(more)).encode("utf-8", "replace"))
    return f"{kind}-{digest.hexdigest()[:32]}"


class PatternSearch:
    """Finds every place of every pattern in a text.

    Args:
        patterns: The patterns, by number.
        cache: Where the table of many patterns is kept.
        kind: The beginning of its name there.
    """

    def __init__(self, patterns: Sequence[str], cache: CompiledCache | None = None, kind: str = "") -> None:
        self.patterns = patterns
        self._is_large = len(patterns) >= TABLE_FROM
        self._cache, self._kind = cache if self._is_large else None, kind

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Number, start and end of each place, in any order."""
        if not self._is_large:
            found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(
                text, overlapping=True
            )
            return found
        from termbank.text.normalize_arrays import codes_of

        return [
            (number, start, start + length)
            for length, starts, numbers in self.table.find(codes_of(text))
            for start, number in zip(starts.tolist(), numbers.tolist(), strict=True)
        ]

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick_rs

        return ahocorasick_rs.AhoCorasick(self.patterns)

    @cached_property
    def table(self) -> PatternTable:
        """The patterns as a table, for long texts whatever their number."""
        from termbank.matching.batch.pattern_table import PatternTable

        name = "" if self._cache is None else cache_name(f"{self._kind}-table", self.patterns)
        return read_or_make(
            self._cache, name, PatternTable.from_buffer, lambda: PatternTable.of_strings(self.patterns)
        )


class TermPatterns:
    """Numbered patterns, and the numbers of the terms that each of them finds."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._first = array("i")
        self._more: list[tuple[int, int]] = []

    @classmethod
    def of(cls, texts: Sequence[str]) -> TermPatterns:
        """The patterns of terms 0, 1, 2 …; an empty one finds nothing."""
        found = cls()
        distinct = dict(zip(texts, range(len(texts)), strict=True))
        if len(distinct) == len(texts) and "" not in distinct:
            found.texts, found._first = list(texts), array("i", range(len(texts)))
        else:
            for term, text in enumerate(texts):
                found.add(text, term)
        return found

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return dict(zip(self.texts, range(len(self.texts)), strict=True))

    def add(self, text: str, term: int) -> None:
        """Let a pattern find one more term."""
        if not text:
            return
        size = len(self.texts)
        number = self._numbers.setdefault(text, size)
        if number == size:
            self.texts.append(text)
            self._first.append(term)
        else:
            self._more.append((number, term))
            self.__dict__.pop("_others", None)

    def number(self, text: str) -> int | None:
        """The number of a pattern; None where there is none of this text."""
        return self._numbers.get(text)

    @cached_property
    def _others(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for number, term in self._more:
            found.setdefault(number, []).append(term)
        return found

    def terms(self, number: int) -> list[int]:
        """The terms that a pattern finds, each once, in the order in which they were added."""
        return list(dict.fromkeys((self._first[number], *self._others.get(number, ()))))

    def to_bytes(self) -> bytes:
        """A copy that `from_bytes` reads."""
        more = array("i", [part for pair in self._more for part in pair])
        header = json.dumps([len(self.texts), len(self._more)]).encode()
        texts = "\n".join(self.texts).encode("utf-8", "surrogatepass")
        return b"\n".join((header, self._first.tobytes() + more.tobytes() + texts))

    @classmethod
    def from_bytes(cls, data: bytes, terms: int) -> TermPatterns:
        """Read what `to_bytes` wrote for so many terms.

        Raises:
            ValueError: The copy is damaged, or of other terms.
        """
        found = cls()
        header, _, body = data.partition(b"\n")
        try:
            size, others = json.loads(header)
            width = found._first.itemsize
            found._first.frombytes(body[: size * width])
            more = array("i")
            more.frombytes(body[size * width : (size + 2 * others) * width])
            text = body[(size + 2 * others) * width :].decode("utf-8", "surrogatepass")
        except (TypeError, AttributeError) as error:
            raise ValueError("not a copy of patterns") from error
        found.texts = text.split("\n") if text else []
        found._more = list(zip(more[::2], more[1::2], strict=True))
        sizes = len(found.texts), len(found._first), len(found._more)
        if sizes != (size, size, others) or max(found._first, default=0) >= terms:
            raise ValueError("not a copy of the patterns of these terms")
        return found
