"""Token boundaries of long English text as arrays: where `text.tokenizer_en.TERM_TOKEN` begins and ends tokens.

`classify` gives the classes of a character; `kinds_of` turns the classes of a whole text into kinds of tokens.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from termbank.text.characters_zh import is_han

if TYPE_CHECKING:
    from numpy.typing import NDArray

# an upper-case letter and this bit are the lower-case one
LETTER, DIGIT, SPACE, CHINESE, QUIET, UPPER, UNEVEN, POINT = (1 << at for at in range(8))
NONE, WORD, RUN, MARK, DASHES = range(5)
_HYPHEN, _COMMA, _DOT, _QUOTE = map(ord, "-,.'")


def classify(char: str) -> tuple[str, int]:
    """A normalised character, and its classes as bits."""
    chinese = char == "_" or is_han(char)
    classes = (
        (LETTER, re.match(r"\w", char) is not None and not chinese),
        (DIGIT, re.match(r"\d", char) is not None),
        (SPACE, re.match(r"\s", char) is not None),
        (CHINESE, chinese),
        (QUIET, char in "\"'“”‘’`,-"),
        (UPPER, "A" <= char <= "Z"),
        (UNEVEN, char in "'’‘\"“”《》「」"),
        (POINT, char in "-,.'\r\n"),
    )
    return char, sum(mark for mark, holds in classes if holds)


@cache
def _kind_of_marks() -> NDArray[Any]:
    """The kind of token of a character by its classes alone, as a table."""
    marks = np.arange(1 << 8)
    kind = np.full(len(marks), MARK, np.uint8)
    kind[(marks & (SPACE | QUIET)) != 0] = NONE
    kind[(marks & LETTER) != 0] = WORD
    kind[(marks & CHINESE) != 0] = RUN
    return kind


def _has(marks: NDArray[Any], at: NDArray[Any], mark: int) -> NDArray[Any]:
    """Whether the characters at some places have one of these classes; False behind the last."""
    found: NDArray[Any] = (marks.take(at, mode="clip") & mark) != 0
    found &= at < len(marks)
    return found


def kinds_of(
    images: NDArray[Any], marks: NDArray[Any], points: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Find the tokens of a text.

    Args:
        images: the normalised characters.
        marks: their classes.
        points: the places of the characters whose kind depends on their neighbours.

    Returns:
        The kind of token that each character belongs to, and whether a token begins with it.
    """
    kind = _kind_of_marks().take(marks, mode="clip")
    images_there = images[points]
    dots = points[images_there == _DOT]
    hyphens = points[images_there == _HYPHEN]
    forced = [
        _apostrophes(points[images_there == _QUOTE], marks, kind),
        _abbreviations(dots, marks, kind),
    ]
    _dashes(hyphens, marks, kind)
    _commas(points[images_there == _COMMA], images, marks, kind)
    _paragraphs(points[(images_there == 10) | (images_there == 13)], images, marks, kind)
    fresh = kind != NONE
    fresh[1:] &= (kind[1:] != kind[:-1]) | (kind[1:] == MARK)
    for places in forced:
        fresh[places] = True
    return kind, fresh


def _apostrophes(at: NDArray[Any], marks: NDArray[Any], kind: NDArray[Any]) -> NDArray[Any]:
    """Make an apostrophe between letters part of its word; returns where a figure after one begins another word."""

    def is_alpha(at: NDArray[Any]) -> NDArray[Any]:
        alpha: NDArray[Any] = _has(marks, at, LETTER) & ~_has(marks, at, DIGIT)
        return alpha

    at = at[(at > 0) & is_alpha(at + 1)]
    at = at[_has(marks, at - 1, LETTER)]
    kind[at] = WORD
    end = at + 1
    on = np.flatnonzero(is_alpha(end))
    while len(on):
        end[on] += 1
        on = on[is_alpha(end[on])]
    figures: NDArray[Any] = end[_has(marks, end, LETTER)]
    return figures


def _abbreviations(dots: NDArray[Any], marks: NDArray[Any], kind: NDArray[Any]) -> list[int]:
    """Make one word of capitals with points (U.S.); returns where such words begin, and the words directly after them."""
    dots = dots[dots > 0]
    upper = (marks[dots - 1] & UPPER) != 0
    dots = dots[upper]
    forced: list[int] = []
    done = -1
    pointed = set(dots.tolist()) if np.any(np.diff(dots) == 2) else ()
    for dot in dots[:-1][np.diff(dots) == 2].tolist():
        at = dot - 1
        if at < done or (at and kind[at - 1] == WORD):
            continue
        done = dot + 1
        while done + 1 in pointed:
            done += 2
        kind[at:done] = WORD
        if done < len(kind) and marks[done] & LETTER:
            forced.append(done)
        forced.append(at)
    return forced


def _dashes(hyphens: NDArray[Any], marks: NDArray[Any], kind: NDArray[Any]) -> None:
    """Two hyphens or more are a mark, and one between spaces."""
    at = hyphens[(hyphens > 0) & (hyphens < len(kind) - 1)]
    kind[at[_has(marks, at - 1, SPACE) & _has(marks, at + 1, SPACE)]] = MARK
    double = hyphens[:-1][np.diff(hyphens) == 1]
    kind[double] = DASHES
    kind[double + 1] = DASHES


def _commas(at: NDArray[Any], images: NDArray[Any], marks: NDArray[Any], kind: NDArray[Any]) -> None:
    """A comma is a mark unless “and”, “or” or “&” comes next."""
    kind[at] = MARK
    after = at + 1
    on = np.flatnonzero(_has(marks, after, SPACE))
    at, after = at[on], after[on]
    on = np.arange(len(at))
    while len(on):
        after[on] += 1
        on = on[_has(marks, after[on], SPACE)]
    size = len(images)
    inside = after < size
    at, after = at[inside], after[inside]
    first, second, third = (
        np.where(after + on < size, images.take(after + on, mode="clip"), 0) for on in range(3)
    )
    word = LETTER | CHINESE
    silent = (first == ord("a")) & (second == ord("n")) & (third == ord("d")) & ~_has(marks, after + 3, word)
    silent |= (first == ord("o")) & (second == ord("r")) & ~_has(marks, after + 2, word)
    silent |= (first == ord("&")) & _has(marks, after + 1, word)
    kind[at[silent]] = NONE


def _paragraphs(ends: NDArray[Any], images: NDArray[Any], marks: NDArray[Any], kind: NDArray[Any]) -> None:
    """The second of two line ends with nothing but spaces between them is a mark."""
    if len(ends) < 2:
        return
    one, other = ends[:-1], ends[1:]
    spaced = (marks[one + 1] & SPACE) != 0
    one, other = one[spaced], other[spaced]
    apart = ~((images[one] == 13) & (images[other] == 10) & (other == one + 1))
    one, other = one[apart], other[apart]
    near = other == one + 1
    kind[other[near]] = MARK
    for low, high in zip(one[~near].tolist(), other[~near].tolist(), strict=True):
        if (marks[low:high] & SPACE).all():
            kind[high] = MARK
