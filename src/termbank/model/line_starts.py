"""Line and column of an offset in a text, as an editor counts them.

A line ends at a line feed, a carriage return, or both; nothing else ends one.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_END = re.compile(r"\r\n?|\n")


class LineStarts:
    """Where the lines of one text begin.

    >>> LineStarts("改革\\r\\n开放\\n").place(5)
    (2, 2)
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(end.end() for end in _END.finditer(text))]

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


def lines_of(text: str) -> list[str]:
    """The lines of a text without their ends; one that is empty follows a last end."""
    return _END.split(text)
