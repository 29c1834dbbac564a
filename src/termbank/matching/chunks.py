"""A long text in stretches, so that what is odd in one does not slow the others.

A text comes in; the beginnings and ends of its stretches go out. Together they cover it, and each ends where a
sentence or a paragraph does, so that no term lies across two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# begins with characters that are sought fast, and few
_REST = re.compile(
    r"[.!?;。！？；\r\n](?:(?<=[。！？；])|(?<=[a-z][.!?;])\s|(?:(?<=\n)|(?<=\r)\n?)[^\S\r\n]*(?:\r\n?|\n))"
)
_SIZE = 4096


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where each stretch begins and ends; one stretch where the text is short or knows no rest.

    >>> list(stretches("发展。" * 3))
    [(0, 9)]
    """
    start = 0
    while len(text) - start > 2 * _SIZE:
        end = _rest(text, start + _SIZE)
        if end is None:
            break
        yield start, end
        start = end
    yield start, len(text)


def _rest(text: str, at: int) -> int | None:
    """Where the first rest ends at or behind a place; of one that is a mark and a space only the space need be behind it."""
    found = _REST.search(text, at - 1)
    if found is not None and found.start() < at and text[at - 1] not in ".!?;":
        found = _REST.search(text, at)
    return found and found.end()


def grouped(pieces: Sequence[tuple[int, int]], size: int = 1 << 19) -> Iterator[list[tuple[int, int]]]:
    """Stretches in groups of about so many characters, to be searched together."""
    group: list[tuple[int, int]] = []
    length = 0
    for start, end in pieces:
        group.append((start, end))
        length += end - start
        if length >= size:
            yield group
            group, length = [], 0
    if group:
        yield group
