"""Token boundaries of long English text as arrays: where `text.tokenizer_en.TERM_TOKEN` begins and ends tokens.

`classify` gives the classes of a character; `kinds_of` turns the classes of a whole text into kinds of tokens, with
the tokenizer's own patterns for the few characters whose kind depends on their neighbours.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.text.characters_zh import is_han
from termbank.text.tokenizer_en import rare_parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

# an upper-case letter and this bit are the lower-case one
LETTER, SPACE, CHINESE, QUIET, UNEVEN, UPPER = (1 << at for at in (0, 1, 2, 3, 4, 5))
NONE, WORD, RUN, MARK, DASHES = range(5)


def classify(char: str) -> tuple[str, int]:
    """A normalised character, and its classes as bits."""
    chinese = char == "_" or is_han(char)
    classes = (
        (LETTER, re.match(r"\w", char) is not None and not chinese),
        (SPACE, re.match(r"\s", char) is not None),
        (CHINESE, chinese),
        (QUIET, char in "\"'“”‘’`-"),
        (UNEVEN, char in "'’‘\"“”《》「」"),
        (UPPER, "A" <= char <= "Z"),
    )
    return char, sum(bit for bit, holds in classes if holds)


@cache
def _kind_by_classes() -> NDArray[Any]:
    """The kind of token of a character by its classes alone, as a table."""
    classes = np.arange(1 << 8)
    kind = np.full(len(classes), MARK, np.uint8)
    kind[(classes & (SPACE | QUIET)) != 0] = NONE
    kind[(classes & LETTER) != 0] = WORD
    kind[(classes & CHINESE) != 0] = RUN
    return kind


def kinds_of(text: str, classes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Find the tokens of a text.

    Args:
        text: the normalised text.
        classes: the classes of its characters.

    Returns:
        The kind of token that each character belongs to, and whether a token begins with it.
    """
    rare = rare_parts()
    kind = _kind_by_classes().take(classes, mode="clip")
    kind[[found.start() for found in rare.silent_comma.finditer(text)]] = NONE
    paragraph = rare.paragraph if "\r" in text else rare.paragraph_of_line_feeds
    kind[[found.end() - 1 for found in paragraph.finditer(text)]] = MARK
    for found in rare.dash.finditer(text):
        start, end = found.span()
        kind[start:end] = MARK if end - start == 1 else DASHES
    ends = []
    for found in rare.apostrophe.finditer(text):
        start, end = found.span()
        kind[start] = WORD
        ends.append(end)
    for found in rare.abbreviation.finditer(text):
        start, end = found.span()
        kind[start:end] = WORD
        ends.append(end)
    begins = kind != NONE
    begins[1:] &= (kind[1:] != kind[:-1]) | (kind[1:] == MARK)
    # letters and figures right behind such a word begin another one
    behind = np.array(ends, np.int64)
    behind = behind[behind < len(kind)]
    begins[behind] |= (classes[behind] & LETTER) != 0
    return kind, begins
