"""Ids that can be read: words joined by hyphens, and a number where the name is taken."""

from __future__ import annotations

from collections.abc import Container, Iterable

LONGEST = 60
"""The most characters of an id made from words; a word that would pass it is left out, with all after it."""


def hyphenate(words: Iterable[str]) -> str:
    """Words as one name; empty for none.

    >>> hyphenate(["new", "quality", "productive", "forces"])
    'new-quality-productive-forces'
    """
    name = ""
    for word in words:
        if name and len(name) + 1 + len(word) > LONGEST:
            break
        name = f"{name}-{word}" if name else word[:LONGEST]
    return name


def free_id(wanted: str, taken: Container[str]) -> str:
    """The id wanted, or with the first number from 2 on that makes it one nobody has.

    >>> free_id("opinion", {"opinion", "opinion-2"})
    'opinion-3'
    """
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found
