"""Breaking text into screen lines by cells: Chinese between any two characters, English at spaces.

A text and a width go in; spans of the text come out, so that a mark laid on the text stays in its
place on the screen. A line never begins with closing punctuation and never ends with an opening
bracket.
"""

from __future__ import annotations

import re

from termbank.model.span import Span
from termbank.text.display_width import cells, cut

_CLOSING = "，。、；：？！）》」』】”’…％,.;:?!)]}%"
_OPENING = "（《「『【“‘([{"
_PIECE = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\s\u2e80-\u9fff\uf900-\ufaff]+|\s)"
    rf"[{re.escape(_CLOSING)}]*"
)


def breaks(text: str, width: int) -> list[Span]:
    """The spans of the screen lines of one paragraph; spaces at a line's end belong to no line."""
    width = max(2, width)
    lines: list[Span] = []
    start = end = taken = 0
    for piece in _pieces(text, width):
        size = cells(piece.of(text))
        blank = piece.of(text).isspace()
        if taken + size > width and end > start:
            lines.append(Span(start, end))
            start = end = piece.end if blank else piece.start
            taken = 0
            if blank:
                continue
        if blank and end == start:
            start = end = piece.end
            continue
        taken += size
        end = piece.end if not blank else end
    if end > start or not lines:
        lines.append(Span(start, end))
    return lines


def _pieces(text: str, width: int) -> list[Span]:
    """What may not be broken, in order; what is wider than a line is broken where the line ends."""
    pieces: list[Span] = []
    at = 0
    for match in _PIECE.finditer(text):
        if match.start() > at:
            pieces.append(Span(at, match.start()))
        at = match.end()
        rest = Span(match.start(), match.end())
        while cells(rest.of(text)) > width:
            here = len(cut(rest.of(text), width)) or 1
            pieces.append(Span(rest.start, rest.start + here))
            rest = Span(rest.start + here, rest.end)
        if rest.start < rest.end:
            pieces.append(rest)
    if at < len(text):
        pieces.append(Span(at, len(text)))
    return pieces


def wrapped(text: str, width: int) -> list[str]:
    """The screen lines of one paragraph as texts.

    >>> wrapped("加快发展新质生产力，扎实推进高质量发展。", 12)
    ['加快发展新质', '生产力，扎实', '推进高质量发', '展。']
    """
    return [span.of(text) for span in breaks(text, width)]
