"""Positions of bytes in UTF-8 text, as code points, lines and columns.

`BytePositions` knows the whole text; `StreamPositions` is fed piece by piece and forgets what lies behind, so that a
file of any size is read in little memory.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_CHECKPOINT = 1 << 12
"""Bytes between two checkpoints at which the code points before them are counted once."""
_CONTINUATION = bytes(range(0x80, 0xC0))


class BytePositions:
    """Byte positions in UTF-8 to code points, lines and columns."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ascii = data.isascii()
        self._marks = [0]
        if not self._ascii:
            for start in range(0, len(data), _CHECKPOINT):
                self._marks.append(self._marks[-1] + _code_points(data[start : start + _CHECKPOINT]))
        self._lines: list[int] | None = None

    def offset(self, byte: int) -> int:
        """The code point that this byte begins."""
        if self._ascii:
            return byte
        step = byte // _CHECKPOINT
        return self._marks[step] + _code_points(self._data[step * _CHECKPOINT : byte])

    def line_column(self, byte: int) -> tuple[int, int]:
        """Both 1-based."""
        if self._lines is None:
            self._lines = [0, *(match.end() for match in re.finditer(rb"\r\n?|\n", self._data))]
        line = bisect_right(self._lines, byte)
        return line, _code_points(self._data[self._lines[line - 1] : byte]) + 1


class StreamPositions:
    """As `BytePositions`, for a text that is given piece by piece and let go behind; asked mostly in its order."""

    def __init__(self) -> None:
        self._data = b""
        self._base = _Mark()
        self._mark = _Mark()

    def feed(self, piece: bytes) -> None:
        self._data += piece

    def forget(self, byte: int) -> None:
        """Forget the text before this byte, which is not asked about any more."""
        mark = self._at(byte)
        self._data = self._data[byte - self._base.byte :]
        self._base = self._mark = mark

    def offset(self, byte: int) -> int:
        return self._at(byte).points

    def line_column(self, byte: int) -> tuple[int, int]:
        mark = self._at(byte)
        return mark.line, mark.points - mark.line_start + 1

    @property
    def end(self) -> int:
        return self._base.byte + len(self._data)

    def _at(self, byte: int) -> _Mark:
        if byte != self._mark.byte:
            start = self._mark if byte > self._mark.byte else self._base
            self._mark = start.advance(self._data[start.byte - self._base.byte : byte - self._base.byte])
        return self._mark


class _Mark(NamedTuple):
    """A byte's place: code points before it, its line, the code point its line begins with."""

    byte: int = 0
    points: int = 0
    line: int = 1
    line_start: int = 0
    after_return: bool = False

    def advance(self, passed: bytes) -> _Mark:
        """The place behind some more bytes."""
        points = self.points + _code_points(passed)
        breaks = passed.count(b"\n") + passed.count(b"\r") - passed.count(b"\r\n")
        if self.after_return and passed[:1] == b"\n":
            breaks -= 1
        start = self.line_start
        last = max(passed.rfind(b"\n"), passed.rfind(b"\r"))
        if last >= 0:
            start = points - _code_points(passed[last + 1 :])
        ends = passed[-1:] == b"\r" if passed else self.after_return
        return _Mark(self.byte + len(passed), points, self.line + breaks, start, ends)


def _code_points(data: bytes) -> int:
    return len(data.translate(None, _CONTINUATION))
