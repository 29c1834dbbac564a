"""Chinese characters, and whether a text is Chinese."""

from __future__ import annotations

import re

HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]")


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one."""
    return "\u4e00" <= char <= "\u9fff" or (char > "\u2e7f" and _HAN.match(char) is not None)


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return not text.isascii() and _HAN.search(text) is not None


def share_of_han(text: str) -> float:
    """The share of Chinese characters among the letters of a text; 0 where it has none.

    >>> share_of_han("AI+行动")
    0.5
    """
    letters = [char for char in text if char.isalpha()]
    return sum("\u3400" <= char <= "\u9fff" for char in letters) / len(letters) if letters else 0.0


def looks_chinese(text: str) -> bool:
    """Whether a text is Chinese rather than English: a Chinese character weighs as much as half an English word.

    >>> looks_chinese("国务院印发《关于深入实施“人工智能+”行动的意见》"), looks_chinese("The term 两山论 is used.")
    (True, False)
    """
    han = _count(_HAN, text)
    return han > 0 and han >= 2 * _count(_WORD, text)


def _count(pattern: re.Pattern[str], text: str, step: int = 1 << 16) -> int:
    """How often a pattern of one character is found, without a list of them all."""
    return sum(len(pattern.findall(text, at, at + step)) for at in range(0, len(text), step))
