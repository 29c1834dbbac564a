"""The dense form in which Chinese is compared.

A text comes in; it goes out folded, simplified character by character, without quotation marks, and without spaces or a
line end where Chinese is written on either side, together with the way back: any place in it is told in code points
of the text as given. `wide` makes the same of long texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from termbank.matching.character_classes import GAP_PATTERN, MARKS, SPACING
from termbank.model.span import Span
from termbank.text.normalize import FoldedText, folded
from termbank.text.scripts import flattened, is_plain

_AROUND = " \t\r\n" + SPACING + MARKS
_GAP = re.compile(GAP_PATTERN)
_LINE_END = re.compile(r"\r\n|\n|\r")


class Form(Protocol):
    """A text in its dense form, short or long."""

    @property
    def text(self) -> str: ...
    @property
    def is_given(self) -> bool: ...
    def span(self, start: int, end: int) -> Span: ...
    def is_whole(self, start: int, end: int) -> bool: ...
    def gaps(self, start: int, end: int) -> bool: ...


class Dense(NamedTuple):
    """The dense form of a text and the way back: run i begins at `here[i]` and stands for `there[i]` in the folded text."""

    text: str
    simplified: bool
    folded: FoldedText
    here: tuple[int, ...]
    there: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        first = bisect_right(self.here, start) - 1
        last = bisect_right(self.here, end - 1) - 1
        return self.folded.span(
            self.there[first] + start - self.here[first], self.there[last] + end - self.here[last]
        )

    @property
    def is_given(self) -> bool:
        """Whether every place is the same in the given text."""
        return len(self.here) == 1 and self.there[0] == 0 and self.folded.is_plain

    def is_whole(self, start: int, end: int) -> bool:
        """Whether the place begins and ends where characters of the given text do."""
        if self.folded.is_plain:
            return True
        first = bisect_right(self.here, start) - 1
        last = bisect_right(self.here, end - 1) - 1
        return self.folded.is_whole(
            self.there[first] + start - self.here[first], self.there[last] + end - self.here[last]
        )

    def gaps(self, start: int, end: int) -> bool:
        """Whether anything was folded away inside the place."""
        return bisect_left(self.here, end) - bisect_right(self.here, start) > 0


def dense(text: str) -> Dense:
    """The form in which Chinese is compared.

    >>> dense("“兩山”論").text
    '两山论'
    """
    found = folded(text)
    simplified = is_plain(found.text)
    plain = found.text if simplified else flattened(found.text)
    here, there, pieces = [], [], []
    length = done = 0
    for gap in _GAP.finditer(plain):
        start, end = gap.span()
        if len(_LINE_END.findall(plain, start, end)) > 1:
            continue
        if start > done:
            here.append(length)
            there.append(done)
            pieces.append(plain[done:start])
            length += start - done
        done = end
    here.append(length)
    there.append(done)
    pieces.append(plain[done:])
    return Dense("".join(pieces), simplified, found, tuple(here), tuple(there))


def dense_forms(texts: Sequence[str]) -> list[str]:
    """The dense forms of many terms, made at once; blank lines keep them apart."""
    forms = dense("\n\n".join(texts)).text.split("\n\n")
    if len(forms) != len(texts):
        forms = [dense(text).text for text in texts]
    return [form.strip(_AROUND) for form in forms]
