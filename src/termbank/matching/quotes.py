"""Quotation and title marks at a term: a span that holds one mark of a pair gets the other, as in “两山”论."""

from __future__ import annotations

from termbank.model.resources import read_json
from termbank.model.span import Span

_OPENING: dict[str, str] = read_json("termbank.text", "chinese.json")["quotes"]["pairs"]
_CLOSING = {close: open_ for open_, close in _OPENING.items()}
QUOTES = frozenset((*_OPENING, *_CLOSING))


def is_quote(text: str, at: int) -> bool:
    """Whether the character at a position is a quotation or title mark."""
    return 0 <= at < len(text) and text[at] in QUOTES


def pair_quotes(text: str, span: Span) -> Span | None:
    """Extend a span by the partners of the marks it holds; None where a partner is not beside it.

    >>> pair_quotes("树牢“两山”论", Span(3, 7))
    Span(start=2, end=7)
    """
    start, end = span
    waiting: list[str] = []
    for at in range(start, end):
        char = text[at]
        if char in "'’" and at and text[at - 1].isascii() and text[at - 1].isalpha():
            continue
        if char in _CLOSING and waiting and waiting[-1] == char:
            waiting.pop()
        elif char in _OPENING and not (char in _CLOSING and _OPENING[char] == char and waiting == [char]):
            waiting.append(_OPENING[char])
        elif char in _CLOSING:
            if start == 0 or text[start - 1] != _CLOSING[char]:
                return None
            start -= 1
    for close in reversed(waiting):
        if end < len(text) and text[end] == close:
            end += 1
        elif start and text[start - 1] == close and _OPENING.get(close) == close:
            start -= 1
        else:
            return None
    return Span(start, end)
