"""Long texts in columns: every character with its folded form and what it is, all at once.

Pieces of a text come in; their characters go out as numbers, folded just as `lang.fold` folds them, with where each
stands in the text as given. Each distinct character is looked at once, by the rules of `lang`; here they are only
written into a table. The pieces are kept apart by a character that is in no term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.lang.fold import folded, grows, leans

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CODES = 0x110000
_IMAGE = np.uint32(0x1FFFFF)
_ABOVE = np.uint32(21)
_APART = "\0"
_KNOWN, _LEANS, _GROWS = 1, 2, 4
_ODD = np.uint32((_LEANS | _GROWS) << 21)
FIRST_MARK = 8


class Alphabet:
    """What each character folds to, and its marks, in one table that fills as characters are met.

    `tell` gives the image of a folded character and its marks, bits from `FIRST_MARK` up to 1 << 10.
    """

    def __init__(self, tell: Callable[[str], tuple[str, int]], *, case: bool) -> None:
        self._tell, self._case = tell, case
        self._table = np.zeros(_CODES, np.uint32)

    def look(self, codes: NDArray[Any]) -> NDArray[Any]:
        """For every character its image, with its marks above it."""
        found: NDArray[Any] = self._table[codes]
        if len(found) and not found.min():
            for code in np.unique(codes[found == 0]).tolist():
                self._table[code] = self._of(chr(code))
            found = self._table[codes]
        return found

    def _of(self, char: str) -> int:
        odd = _LEANS if leans(char) else _GROWS if grows(char, case=self._case) else 0
        image, marks = self._tell(char if odd else self.folded(char))
        return (_KNOWN | odd | marks) << 21 | ord(image)

    def folded(self, text: str) -> str:
        return folded(text, case=self._case).text


def codes_of(text: str) -> NDArray[Any]:
    """The characters of a text as numbers, in as few bytes as they need."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    short = text.encode("utf-16-le", "surrogatepass")
    if len(short) == 2 * len(text):
        return np.frombuffer(short, np.uint16)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def string_of(codes: NDArray[Any]) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


class Column:
    """Pieces of a text, folded: `images` and `marks` of every character, and the way back."""

    def __init__(self, text: str, pieces: Sequence[tuple[int, int]], alphabet: Alphabet) -> None:
        self.given = text
        joined = _APART.join([text[start:end] for start, end in pieces])
        self.raw = codes_of(joined)
        self._first: NDArray[Any] | None = None
        self._last: NDArray[Any] | None = None
        looked = alphabet.look(self.raw)
        odd = (looked & _ODD) != 0
        if odd.any():
            looked = self._spelt(joined, looked, odd, alphabet)
        self.images = looked & _IMAGE
        self.marks = (looked >> _ABOVE).astype(np.uint16)
        starts = np.array([start for start, _ in pieces], np.int64)
        sizes = np.array([end - start + 1 for start, end in pieces], np.int64)
        self.begins = np.cumsum(sizes) - sizes
        self._moved = starts - self.begins

    def __len__(self) -> int:
        return len(self.images)

    def _spelt(
        self, joined: str, looked: NDArray[Any], odd: NDArray[Any], alphabet: Alphabet
    ) -> NDArray[Any]:
        """The characters with the odd ones spelt out, told with where each begins and ends."""
        parts: list[NDArray[Any]] = []
        first: list[NDArray[Any]] = []
        last: list[NDArray[Any]] = []
        places = np.arange(len(looked) + 1, dtype=np.int32)
        done = 0
        for start, end in _clusters(looked, odd):
            form = alphabet.folded(joined[start:end])
            parts += (looked[done:start], alphabet.look(codes_of(form)) & ~_ODD)
            first += (places[done:start], np.full(len(form), start, np.int32))
            last += (places[done + 1 : start + 1], np.full(len(form), end, np.int32))
            done = end
        parts.append(looked[done:])
        first.append(places[done:-1])
        last.append(places[done + 1 :])
        self._first, self._last = np.concatenate(first), np.concatenate(last)
        return np.concatenate(parts)

    def piece_begins(self) -> NDArray[Any]:
        """Where the pieces begin among the characters as folded."""
        return self.begins if self._first is None else np.searchsorted(self._first, self.begins)

    def first(self, at: NDArray[Any]) -> NDArray[Any]:
        """Where the characters begin among those of the pieces as given."""
        return at if self._first is None else self._first[at]

    def last(self, at: NDArray[Any]) -> NDArray[Any]:
        """Where the characters end among those of the pieces as given."""
        return at + 1 if self._last is None else self._last[at]

    def is_whole(self, start: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
        """Whether places begin and end where characters of the given text do; `end` is of the last character."""
        if self._first is None or self._last is None:
            return np.ones(len(start), np.bool_)
        size = len(self._first)
        before, after = np.maximum(start - 1, 0), np.minimum(end + 1, size - 1)
        split: NDArray[Any] = (self._first[before] == self._first[start]) & (start > 0)
        split |= (self._last[after] == self._last[end]) & (end < size - 1)
        return ~split

    def moved(self, at: NDArray[Any]) -> NDArray[Any]:
        """Places among the characters of the pieces as places in the text."""
        return at + self._moved[np.searchsorted(self.begins, at, "right") - 1]


def _clusters(looked: NDArray[Any], odd: NDArray[Any]) -> Iterator[tuple[int, int]]:
    """The stretches whose length may change: characters with what leans on them, and expanding ones."""
    leaning = np.uint32(_LEANS << 21)
    done = 0
    for at in np.flatnonzero(odd).tolist():
        if at < done:
            continue
        start = end = at
        if looked[at] & leaning:
            start = max(done, at - 1)
        else:
            end = at + 1
        while end < len(looked) and looked[end] & leaning:
            end += 1
        yield start, end
        done = end
