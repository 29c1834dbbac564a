"""Character classes of the comparison form of Chinese.

`comparison_form` and `batch.normalize` build the form from these, one with a regular expression, one with arrays.
"""

from __future__ import annotations

from functools import cache

from termbank.text.characters_zh import HAN, is_han

WIDE = "，。、；：！？（）【】…—＋+×·"
MARKS = "「」『』《》〈〉"
SPACING = "\"'"
_WIDE = frozenset(WIDE)
_GAPS = frozenset(SPACING + MARKS)

GAP_PATTERN = rf"(?<=[{HAN}{WIDE}])[\s{SPACING}{MARKS}]+|[\s{SPACING}{MARKS}]+(?=[{HAN}{WIDE}])|[{MARKS}]+"


def is_wide(char: str) -> bool:
    """Whether spaces beside a character are removed: it is Chinese, or punctuation of Chinese."""
    return char in _WIDE or is_han(char)


def is_gap(char: str) -> bool:
    """Whether a character is removed beside a wide one: a space, a quotation or title mark."""
    return char in _GAPS or char.isspace()


@cache
def is_alphanumeric(char: str) -> bool:
    """Whether a character is a letter or digit, not Chinese: two of them beside each other belong to one word."""
    return char.isalnum() and not is_han(char)
