"""Split a long text into chunks, each of which is searched by itself.

A chunk ends where a sentence or a paragraph does, so that no term lies across two of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from termbank.matching.match import Match

# begins with a set of few characters, which are found fast
_SENTENCE_END = re.compile(
    r"[.!?;。！？；\r\n](?:(?<=[。！？；])|(?<=[a-z][.!?;])\s|(?:(?<=\n)|(?<=\r)\n?)[^\S\r\n]*(?:\r\n?|\n))"
)
_SIZE = 4096


def split_chunks(text: str) -> Iterator[tuple[int, int]]:
    """Where each chunk begins and ends; one chunk where the text is short or has no sentence end.

    >>> list(split_chunks("发展。" * 3))
    [(0, 9)]
    """
    start = 0
    while len(text) - start > 2 * _SIZE:
        end = _sentence_end(text, start + _SIZE)
        if end is None:
            break
        yield start, end
        start = end
    yield start, len(text)


def find_in_chunks(text: str, find: Callable[[str], Iterable[Match]]) -> list[Match]:
    """What is found in each chunk of a text, with spans counted in the whole."""
    return [
        match._replace(span=match.span.shifted(start)) if start else match
        for start, end in split_chunks(text)
        for match in find(text[start:end])
    ]


def _sentence_end(text: str, at: int) -> int | None:
    """Where the first sentence end ends at or behind a position; only its last character need be behind it."""
    found = _SENTENCE_END.search(text, at - 1)
    if found is not None and found.start() < at and text[at - 1] not in ".!?;":
        found = _SENTENCE_END.search(text, at)
    return found and found.end()


def group_chunks(pieces: Sequence[tuple[int, int]], size: int = 1 << 19) -> Iterator[list[tuple[int, int]]]:
    """Chunks in groups of about so many characters, which are searched together."""
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
