"""What the punctuation of a segment says about where beads may end.

Per segment: how it ends, whether quotes opened in it are closed, and how often it asks or exclaims. Chinese
and English marks are read as one set of kinds, so that the two sides can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ENDS = ("stop", "question", "exclamation", "colon", "comma", "dots", "none")
_END_OF = {
    "。": 0, ".": 0, "｡": 0, "？": 1, "?": 1, "！": 2, "!": 2, "：": 3, ":": 3, "，": 4, ",": 4, "；": 4, ";": 4,
    "、": 4, "…": 5, "—": 5,
}  # fmt: skip
_CLOSERS = "”’」』）)】》〉\"' \u3000"
_OPENING = re.compile(r"[“「『]|(?:(?<=\s)|(?<=^)|(?<=[—(（:]))['‘`](?=\w)")
_CLOSING = re.compile(r"[”」』]|(?<=[.,!?;—…])['’](?=\s|$)")


@dataclass(frozen=True)
class Marks:
    """One number a segment in each."""

    end: NDArray[np.int64]
    closed: NDArray[np.int64]
    """1 where the segment ends on a closing quote."""
    balance: Floats
    """Quotes opened less quotes closed; straight quotes count by parity."""
    asks: Floats
    cries: Floats
    ended: bool
    """Whether this text ends its sentences with marks at all; a text stripped of them says nothing by their absence."""
    quoted: bool
    """Whether it quotes at all."""

    def part(self, first: int, last: int) -> Marks:
        some = slice(first, last)
        return Marks(
            self.end[some],
            self.closed[some],
            self.balance[some],
            self.asks[some],
            self.cries[some],
            self.ended,
            self.quoted,
        )


def marks(segments: Sequence[str]) -> Marks:
    import numpy as np

    ends, closed, balance, asks, cries = [], [], [], [], []
    for text in segments:
        bare = text.rstrip(_CLOSERS)
        ends.append(_END_OF.get(bare[-1:], 6))
        closed.append(int(text.rstrip()[-1:] in '”」』"' and bool(text.strip())))
        straight = text.count('"') % 2
        balance.append(len(_OPENING.findall(text)) - len(_CLOSING.findall(text)) + straight)
        asks.append(text.count("?") + text.count("？"))
        cries.append(text.count("!") + text.count("！"))
    return Marks(
        np.array(ends, dtype=np.int64),
        np.array(closed, dtype=np.int64),
        np.array(balance, dtype=np.float64),
        np.array(asks, dtype=np.float64),
        np.array(cries, dtype=np.float64),
        ended=2 * sum(end == 6 for end in ends) <= len(ends),
        quoted=any('"' in text or _OPENING.search(text) for text in segments),
    )
