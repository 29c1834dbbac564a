"""What a character is to the dense form of Chinese: wide, a gap, a mark, a hand that joins the next word.

A folded character comes in; yes or no goes out. Both ways of making the dense form, character by character and in
columns, ask here.
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
    """Whether spaces beside a character are none: it is Chinese, or a mark of Chinese writing."""
    return char in _WIDE or is_han(char)


def is_gap(char: str) -> bool:
    return char in _GAPS or char.isspace()


@cache
def is_hand(char: str) -> bool:
    """Whether a character joins another of its kind to one word: a letter or a figure that is not Chinese."""
    return char.isalnum() and not is_han(char)
