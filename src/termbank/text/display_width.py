"""How wide a text stands on a terminal, and how long it is in UTF-16.

Terminals count cells and editors UTF-16 units; everything else in termbank counts code points. East Asian wide and full-width characters take two cells, combining and
unseen ones none; an ambiguous one takes one, as terminals outside East Asia draw it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=16384)
def _cell(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cells(text: str) -> int:
    """The terminal cells a text takes.

    >>> cells("新质生产力 NQPF")
    15
    """
    return len(text) if text.isascii() and text.isprintable() else sum(map(_cell, text))


def fit(text: str, width: int, *, right: bool = False, more: str = "…") -> str:
    """The text in exactly `width` cells: cut with `more` where too long, filled with spaces where too short.

    >>> fit("新质生产力", 6)
    '新质… '
    >>> fit("AI", 4, right=True)
    '  AI'
    """
    taken = cells(text)
    if taken > width:
        text = cut(text, width - cells(more)) + more if width >= cells(more) else ""
        taken = cells(text)
    space = " " * (width - taken)
    return space + text if right else text + space


def cut(text: str, width: int) -> str:
    """The longest beginning of the text that takes no more than `width` cells."""
    taken = 0
    for at, char in enumerate(text):
        taken += _cell(char)
        if taken > width:
            return text[:at]
    return text


def cut_left(text: str, width: int) -> str:
    """The longest end of the text that takes no more than `width` cells."""
    taken = 0
    for at in range(len(text) - 1, -1, -1):
        taken += _cell(text[at])
        if taken > width:
            return text[at + 1 :].lstrip("\u200d\ufe0f")
    return text


def utf16(text: str) -> int:
    """The UTF-16 units a text takes.

    >>> utf16("𠮷野家")
    4
    """
    return len(text) + sum(char > "\uffff" for char in text)
