"""Normalisation of long texts with NumPy: what `normalize` gives, as arrays.

`CharacterTable` holds for every character its form, from `normalize`, and classes that a caller defines; both are computed
once for each distinct character. `TextChunk` is some pieces of a text, `NormalizedArrays` their normalised characters with the
offset of each. The pieces are separated by a character that is in no term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from termbank.text.normalize import changes_length, is_combining, normalize

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CODES = 0x110000
# an entry of the table: the code of the image, and above it three flags and the classes
_IMAGE = np.uint32(0x1FFFFF)
_ABOVE = np.uint32(21)
_KNOWN, _COMBINING, _EXPANDING = 1, 2, 4
_FLAGS = 3
_ODD = np.uint32((_COMBINING | _EXPANDING) << 21)
_SEPARATOR = "\0"
_HAN = 0x4E00, 0xA000


class CharacterTable:
    """The image of each character and its classes, filled as characters are met.

    Args:
        classify: The image of a normalised character, and its classes as up to eight bits.
        classify_han: The same of many common Chinese characters, which are normalised as they are.
        case: Whether to fold case.
    """

    def __init__(
        self,
        classify: Callable[[str], tuple[str, int]],
        classify_han: Callable[[str], tuple[str, Sequence[int]]],
        *,
        case: bool,
    ) -> None:
        self.classify, self.classify_han, self._case = classify, classify_han, case
        self._table = np.zeros(_CODES, np.uint32)

    def look_up(self, codes: NDArray[Any]) -> NDArray[Any]:
        """The entry of each character."""
        found: NDArray[Any] = self._table.take(codes, mode="clip")
        if len(found) and not found.min():
            self._add(codes[found == 0])
            found = self._table.take(codes, mode="clip")
        return found

    def _add(self, codes: NDArray[Any]) -> None:
        met = np.zeros(_CODES, np.bool_)
        met[codes] = True
        new = np.flatnonzero(met)
        is_han = (new >= _HAN[0]) & (new < _HAN[1])
        images, classes = self.classify_han(string_of(new[is_han]))
        above = np.array(classes, np.uint32) << np.uint32(_FLAGS) | np.uint32(_KNOWN)
        self._table[new[is_han]] = above << _ABOVE | codes_of(images)
        for code in new[~is_han].tolist():
            self._table[code] = self._entry(chr(code))

    def _entry(self, char: str) -> int:
        odd = _COMBINING if is_combining(char) else _EXPANDING if changes_length(char, case=self._case) else 0
        image, classes = self.classify(char if odd else self.form(char))
        return (_KNOWN | odd | classes << _FLAGS) << 21 | ord(image)

    def form(self, text: str) -> str:
        """The normalised form of a string."""
        return normalize(text, case=self._case).text


def codes_of(text: str) -> NDArray[Any]:
    """The characters of a text as numbers, in as few bytes as they need."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    short = text.encode("utf-16-le", "surrogatepass")
    if len(short) == 2 * len(text):
        return np.frombuffer(short, np.uint16)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def string_of(codes: NDArray[Any]) -> str:
    """The text of some character codes."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


class TextChunk(NamedTuple):
    """Pieces of a text joined by a separator: the codes, where each piece begins, and by how much it is shifted in the text."""

    codes: NDArray[Any]
    begins: NDArray[Any]
    shifts: NDArray[Any]

    @classmethod
    def of(cls, text: str, pieces: Sequence[tuple[int, int]]) -> TextChunk:
        """The chunk of these pieces of a text."""
        starts = np.array([start for start, _ in pieces], np.int64)
        sizes = np.array([end - start + 1 for start, end in pieces], np.int64)
        begins = np.cumsum(sizes) - sizes
        joined = _SEPARATOR.join([text[start:end] for start, end in pieces])
        return cls(codes_of(joined), begins, starts - begins)

    def parts(self, low: NDArray[Any], high: NDArray[Any]) -> tuple[TextChunk, NDArray[Any]]:
        """The chunk of the runs `[low, high)`, which do not touch, and for each of its pieces the piece it is part of."""
        mask = np.zeros(len(self.codes) + 1, np.int8)
        mask[low] = 1
        mask[high] = -1
        mask = np.cumsum(mask[:-1], dtype=np.int8).view(np.bool_)
        separators = high[high < len(self.codes)]
        mask[separators] = True
        codes = self.codes[mask]
        sizes = high - low + 1
        there = np.cumsum(sizes) - sizes
        codes[(there + sizes - 1)[: len(separators)]] = 0
        at = np.union1d(low, self.begins)
        run = np.searchsorted(low, at, "right") - 1
        inside = (run >= 0) & (at < high[run])
        at, run = at[inside], run[inside]
        whose = np.searchsorted(self.begins, at, "right") - 1
        begins = at - low[run] + there[run]
        return TextChunk(codes, begins, at + self.shifts[whose] - begins), whose


class NormalizedArrays:
    """The normalised characters of a chunk.

    `codes` and `classes` are those of each character; `raw` the codes as given. Character i stands for
    `raw[starts[i]:ends[i]]`; both are None where nothing changed its length.
    """

    def __init__(self, chunk: TextChunk, table: CharacterTable) -> None:
        self.raw, self._raw_begins, self._shifts = chunk
        self.starts: NDArray[Any] | None = None
        self.ends: NDArray[Any] | None = None
        entries = table.look_up(self.raw)
        odd = (entries & _ODD) != 0
        if odd.any():
            entries = self._expand(entries, np.flatnonzero(odd), table)
        self.codes = entries & _IMAGE
        self.classes = (entries >> (_ABOVE + np.uint32(_FLAGS))).astype(np.uint8)

    def __len__(self) -> int:
        return len(self.codes)

    def _expand(self, entries: NDArray[Any], odd: NDArray[Any], table: CharacterTable) -> NDArray[Any]:
        """The entries with the forms of clusters in their places."""
        position = np.arange(len(entries), dtype=np.int32)
        parts: list[NDArray[Any]] = []
        starts: list[NDArray[Any]] = []
        spans: list[tuple[int, int, int]] = []
        done = size = 0
        for start, end in _clusters(entries, odd, self._raw_begins):
            form = table.form(string_of(self.raw[start:end]))
            parts += (entries[done:start], table.look_up(codes_of(form)) & ~_ODD)
            starts += (position[done:start], np.full(len(form), start, np.int32))
            size += start - done + len(form)
            spans.append((size - len(form), size, end))
            done = end
        self.starts = np.concatenate((*starts, position[done:]))
        self.ends = self.starts + np.int32(1)
        for low, high, end in spans:
            self.ends[low:high] = end
        return np.concatenate((*parts, entries[done:]))

    def _keep(self, kept: NDArray[Any]) -> None:
        """Remove all characters but those at these positions."""
        self.starts = kept.astype(np.int32) if self.starts is None else self.starts[kept]
        self.ends = self.starts + np.int32(1) if self.ends is None else self.ends[kept]
        self.codes, self.classes = self.codes[kept], self.classes[kept]

    def piece_begins(self) -> NDArray[Any]:
        """Where the pieces begin."""
        return self._raw_begins if self.starts is None else np.searchsorted(self.starts, self._raw_begins)

    def spans(self, start: NDArray[Any], end: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """The places `[start, end)` as places in the text as given."""
        last = end - 1
        if self.starts is not None and self.ends is not None:
            start, last = self.starts[start], self.ends[last] - 1
        return self._in_text(start), self._in_text(last) + 1

    def _in_text(self, at: NDArray[Any]) -> NDArray[Any]:
        moved: NDArray[Any] = at + self._shifts[np.searchsorted(self._raw_begins, at, "right") - 1]
        return moved

    def are_whole(self, start: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
        """Whether places begin and end where characters of the given text do."""
        if self.starts is None:
            return np.ones(len(start), np.bool_)
        split = np.zeros(len(self) + 1, np.bool_)
        split[1:-1] = self.starts[1:] == self.starts[:-1]
        whole: NDArray[Any] = ~(split[start] | split[end])
        return whole


def _clusters(entries: NDArray[Any], odd: NDArray[Any], begins: NDArray[Any]) -> Iterator[tuple[int, int]]:
    """Where the length may change: characters with those that combine with them, and expanding ones."""
    combining = np.uint32(_COMBINING << 21)
    firsts = set(begins[np.isin(begins, odd)].tolist())
    done = 0
    for at in odd.tolist():
        if at < done:
            continue
        start = end = at
        if entries[at] & combining:
            start = at if at in firsts else max(done, at - 1)
        else:
            end = at + 1
        while end < len(entries) and entries[end] & combining:
            end += 1
        yield start, end
        done = end
