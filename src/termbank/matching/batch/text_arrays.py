"""Long texts in columns: every character with its folded form and what it is, all at once.

Pieces of a text come in; their characters go out as numbers, folded just as `lang.fold` folds them, with where each
stands in the text as given. Each distinct character is looked at once, by the rules of `lang`; here they are only
written into a table. The pieces are kept apart by a character that is in no term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from termbank.text.normalize import folded, grows, leans

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CODES = 0x110000
_IMAGE = np.uint32(0x1FFFFF)
_ABOVE = np.uint32(21)
_APART = "\0"
_KNOWN, _LEANS, _GROWS = 1, 2, 4
_MARKS = 3
_ODD = np.uint32((_LEANS | _GROWS) << 21)
_HAN = 0x4E00, 0xA000


class Alphabet:
    """What each character folds to, and its marks, in one table that fills as characters are met.

    `tell` gives the image of a folded character and its marks, up to eight bits; `tell_han` those of
    common Chinese characters, which fold to themselves: a text has thousands.
    """

    def __init__(
        self,
        tell: Callable[[str], tuple[str, int]],
        tell_han: Callable[[str], tuple[str, Sequence[int]]],
        *,
        case: bool,
    ) -> None:
        self._tell, self._tell_han, self._case = tell, tell_han, case
        self._table = np.zeros(_CODES, np.uint32)

    def look(self, codes: NDArray[Any]) -> NDArray[Any]:
        """For every character its image, with its marks above it."""
        found: NDArray[Any] = self._table.take(codes, mode="clip")
        if len(found) and not found.min():
            self._learn(codes[found == 0])
            found = self._table.take(codes, mode="clip")
        return found

    def _learn(self, codes: NDArray[Any]) -> None:
        met = np.zeros(_CODES, np.bool_)
        met[codes] = True
        new = np.flatnonzero(met)
        is_han = (new >= _HAN[0]) & (new < _HAN[1])
        images, marks = self._tell_han(string_of(new[is_han]))
        above = np.array(marks, np.uint32) << np.uint32(_MARKS) | np.uint32(_KNOWN)
        self._table[new[is_han]] = above << _ABOVE | codes_of(images)
        for code in new[~is_han].tolist():
            self._table[code] = self._of(chr(code))

    def _of(self, char: str) -> int:
        odd = _LEANS if leans(char) else _GROWS if grows(char, case=self._case) else 0
        image, marks = self._tell(char if odd else self.folded(char))
        return (_KNOWN | odd | marks << _MARKS) << 21 | ord(image)

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


class Chunk(NamedTuple):
    """Pieces of a text one behind the other, kept apart by a character that is in no term: where each begins and came from."""

    codes: NDArray[Any]
    begins: NDArray[Any]
    moved: NDArray[Any]

    @classmethod
    def of(cls, text: str, pieces: Sequence[tuple[int, int]]) -> Chunk:
        starts = np.array([start for start, _ in pieces], np.int64)
        sizes = np.array([end - start + 1 for start, end in pieces], np.int64)
        begins = np.cumsum(sizes) - sizes
        joined = _APART.join([text[start:end] for start, end in pieces])
        return cls(codes_of(joined), begins, starts - begins)

    def parts(self, low: NDArray[Any], high: NDArray[Any]) -> tuple[Chunk, NDArray[Any]]:
        """What of it lies in runs that do not touch, and of which piece each part is."""
        mask = np.zeros(len(self.codes) + 1, np.int8)
        mask[low] = 1
        mask[high] = -1
        mask = np.cumsum(mask[:-1], dtype=np.int8).view(np.bool_)
        apart = high[high < len(self.codes)]
        mask[apart] = True
        codes = self.codes[mask]
        sizes = high - low + 1
        there = np.cumsum(sizes) - sizes
        codes[(there + sizes - 1)[: len(apart)]] = 0
        at = np.union1d(low, self.begins)
        run = np.searchsorted(low, at, "right") - 1
        inside = (run >= 0) & (at < high[run])
        at, run = at[inside], run[inside]
        whose = np.searchsorted(self.begins, at, "right") - 1
        begins = at - low[run] + there[run]
        return Chunk(codes, begins, at + self.moved[whose] - begins), whose


class Column:
    """A chunk of a text, folded: `images` and `marks` of every character, and the way back.

    Where characters were spelt out, `_here` and `_here_end` tell where they stand among the folded ones, `_there` and
    `_there_end` where they stood.
    """

    def __init__(self, chunk: Chunk, alphabet: Alphabet) -> None:
        self.raw, self.begins, self._moved = chunk
        self._here = self._here_end = self._there = self._there_end = np.empty(0, np.int64)
        looked = alphabet.look(self.raw)
        odd = (looked & _ODD) != 0
        if odd.any():
            looked = self._spelt(looked, np.flatnonzero(odd), alphabet)
        self.images = looked & _IMAGE
        self.marks = (looked >> (_ABOVE + np.uint32(_MARKS))).astype(np.uint8)

    def __len__(self) -> int:
        return len(self.images)

    def _spelt(self, looked: NDArray[Any], odd: NDArray[Any], alphabet: Alphabet) -> NDArray[Any]:
        """The characters with the odd ones spelt out."""
        parts: list[NDArray[Any]] = []
        spelt: list[tuple[int, int, int, int]] = []
        done = grown = 0
        for start, end in _clusters(looked, odd, self.begins):
            form = alphabet.folded(string_of(self.raw[start:end]))
            parts += (looked[done:start], alphabet.look(codes_of(form)) & ~_ODD)
            spelt.append((start + grown, start + grown + len(form), start, end))
            grown += len(form) - (end - start)
            done = end
        parts.append(looked[done:])
        self._here, self._here_end, self._there, self._there_end = np.array(spelt).T.copy()
        return np.concatenate(parts)

    def piece_begins(self) -> NDArray[Any]:
        """Where the pieces begin among the characters as folded."""
        if not len(self._here):
            return self.begins
        last = np.searchsorted(self._there_end, self.begins, "right") - 1
        moved: NDArray[Any] = self.begins + np.where(
            last < 0, 0, self._here_end[last] - self._there_end[last]
        )
        return moved

    def first(self, at: NDArray[Any]) -> NDArray[Any]:
        """Where the characters begin among those of the pieces as given."""
        return self._given(at, self._there, 0)

    def last(self, at: NDArray[Any]) -> NDArray[Any]:
        """Where the characters end among those of the pieces as given."""
        return self._given(at, self._there_end, 1)

    def _given(self, at: NDArray[Any], inside: NDArray[Any], more: int) -> NDArray[Any]:
        if not len(self._here):
            return at + more
        last = np.searchsorted(self._here, at, "right") - 1
        beyond = at - self._here_end[last]
        found = np.where(beyond < 0, inside[last], self._there_end[last] + beyond + more)
        beside: NDArray[Any] = np.where(last < 0, at + more, found)
        return beside

    def is_whole(self, start: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
        """Whether places begin and end where characters of the given text do; `end` is of the last character."""
        inner = [
            at
            for low, high in zip(self._here.tolist(), self._here_end.tolist(), strict=True)
            for at in range(low + 1, high)
        ]
        if not inner:
            return np.ones(len(start), np.bool_)
        split = np.zeros(len(self.images) + 1, np.bool_)
        split[inner] = True
        whole: NDArray[Any] = ~(split[start] | split[end + 1])
        return whole

    def moved(self, at: NDArray[Any]) -> NDArray[Any]:
        """Places among the characters of the pieces as places in the text."""
        moved: NDArray[Any] = at + self._moved[np.searchsorted(self.begins, at, "right") - 1]
        return moved


def _clusters(looked: NDArray[Any], odd: NDArray[Any], begins: NDArray[Any]) -> Iterator[tuple[int, int]]:
    """The stretches whose length may change: characters with what leans on them, and expanding ones."""
    leaning = np.uint32(_LEANS << 21)
    firsts = set(begins[np.isin(begins, odd)].tolist())
    done = 0
    for at in odd.tolist():
        if at < done:
            continue
        start = end = at
        if looked[at] & leaning:
            start = at if at in firsts else max(done, at - 1)
        else:
            end = at + 1
        while end < len(looked) and looked[end] & leaning:
            end += 1
        yield start, end
        done = end
