"""Punctuation of segments: end marks, quotes, questions and exclamations, for comparison across the two languages.

Chinese and English marks are mapped to the same kinds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from termbank.alignment.arrays import Floats, Ints

STOP, QUESTION, EXCLAMATION, COLON, COMMA, DASH, NO_END_MARK = range(7)
"""The kinds of marks a segment may end in; semicolons count as commas, an ellipsis as a dash."""

_END_KIND = {
    "。": STOP, ".": STOP, "｡": STOP, "？": QUESTION, "?": QUESTION, "！": EXCLAMATION, "!": EXCLAMATION, "：": COLON,
    ":": COLON, "，": COMMA, ",": COMMA, "；": COMMA, ";": COMMA, "、": COMMA, "…": DASH, "—": DASH,
}  # fmt: skip
_CLOSERS = "”’」』）)】》〉\"' \u3000"
_CLOSING_QUOTES = '”」』"'
_OPENING = re.compile(r"[“「『]|(?:(?<=\s)|(?<=^)|(?<=[—(（:]))['‘`](?=\w)")
_CLOSING = re.compile(r"[”」』]|(?<=[.,!?;—…])['’](?=\s|$)")


@dataclass(frozen=True)
class SegmentPunctuation:
    """The punctuation of a text, arrays of one number a segment.

    Attributes:
        end_kind: the kind of mark it ends in, closing quotes and brackets skipped.
        closing_quote: 1 where it ends in a closing quote.
        quote_balance: quotes opened less quotes closed; straight quotes count by parity.
        questions: question marks.
        exclamations: exclamation marks.
        uses_end_marks: whether at least half the segments end in a mark; in a text stripped of its marks their absence
            says nothing.
        uses_quotes: whether there is any quote.
    """

    end_kind: Ints
    closing_quote: Ints
    quote_balance: Floats
    questions: Floats
    exclamations: Floats
    uses_end_marks: bool
    uses_quotes: bool

    def part(self, first: int, last: int) -> SegmentPunctuation:
        """The segments from `first` up to `last`; what the whole text uses stays."""
        some = slice(first, last)
        return SegmentPunctuation(
            self.end_kind[some],
            self.closing_quote[some],
            self.quote_balance[some],
            self.questions[some],
            self.exclamations[some],
            self.uses_end_marks,
            self.uses_quotes,
        )


def read_punctuation(segments: Sequence[str]) -> SegmentPunctuation:
    """Read the punctuation of the segments of a text in either language."""
    ends = [_END_KIND.get(text.rstrip(_CLOSERS)[-1:], NO_END_MARK) for text in segments]
    return SegmentPunctuation(
        np.array(ends, dtype=np.int64),
        np.array([_ends_in_quote(text) for text in segments], dtype=np.int64),
        np.array([_quote_balance(text) for text in segments], dtype=np.float64),
        np.array([text.count("?") + text.count("？") for text in segments], dtype=np.float64),
        np.array([text.count("!") + text.count("！") for text in segments], dtype=np.float64),
        uses_end_marks=2 * ends.count(NO_END_MARK) <= len(ends),
        uses_quotes=any('"' in text or _OPENING.search(text) for text in segments),
    )


def _ends_in_quote(text: str) -> bool:
    bare = text.rstrip()
    return bool(bare) and bare[-1] in _CLOSING_QUOTES


def _quote_balance(text: str) -> int:
    return len(_OPENING.findall(text)) - len(_CLOSING.findall(text)) + text.count('"') % 2
