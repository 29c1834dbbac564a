"""What the pieces of a bead's English are, as arrays: words or signs, names, hyphens, adjectives.

Out comes one number a piece and kind, mostly 0 or 1, so that spans can be measured by sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

from termbank.extraction.bead_text import CLOSERS, DETERMINERS, PARTICLES, BeadToken, is_adjectival

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]
    Whole = NDArray[np.int64]

_QUOTES = {"“": 1, "”": -1, '"': 1}
_SECOND_HALVES = frozenset(("up", "out", "off", "down", "away"))
_BEFORE_VERBS = frozenset(("to", "will", "must", "should", "shall", "can", "may", "would", "could", "cannot"))
_PHRASAL = frozenset(("up", "out", "off", "down", "over", "away", "back", "forward", "together"))


@dataclass(frozen=True)
class TokenFlags:
    """What the pieces of one bead are, as arrays.

    `named` are content words in capitals, `tall` those all in capitals, `words` words of any kind, `lower` the other content.
    """

    content: Real
    function: Real
    sign: Real
    determiner: Real
    particle: Real
    closer: Real
    capital: Real
    upper: Real
    hyphen: Real
    conjunction: Real
    bracket: Real
    number: Real
    of: Real
    plus: Real
    adjective: Real
    comma: Real
    quote: Real
    opening: Real
    closing: Real
    phrasal: Real
    torn: Real
    verb: Real
    gerund: Real
    past: Real
    adverb: Real
    named: Real
    tall: Real
    words: Real
    lower: Real

    @cached_property
    def _sums(self) -> dict[str, NDArray[np.float64]]:
        import numpy as np

        names = [field.name for field in fields(self)]
        table = np.stack([getattr(self, name) for name in names])
        running = np.zeros((len(names), table.shape[1] + 1))
        np.cumsum(table, axis=1, out=running[:, 1:])
        return dict(zip(names, running, strict=True))

    @cached_property
    def _padded(self) -> dict[str, Real]:
        import numpy as np

        names = [field.name for field in fields(self)]
        table = np.stack([getattr(self, name) for name in names])
        return dict(zip(names, np.pad(table, ((0, 0), (2, 2))), strict=True))

    def inside(self, name: str, start: Whole, end: Whole) -> Real:
        """How many pieces of a kind the spans hold."""
        import numpy as np

        running = self._sums[name]
        held: Real = (running[end] - running[start]).astype(np.float32)
        return held

    def at(self, name: str, where: Whole) -> Real:
        """Whether the pieces at some places are of a kind; nothing is, up to two places beyond the bead."""
        held: Real = self._padded[name][where + 2]
        return held


def token_flags(pieces: Sequence[BeadToken]) -> TokenFlags:
    import numpy as np

    def mark(test: Sequence[bool]) -> Real:
        return np.array(test, np.float32)

    marks = [p.lower in _QUOTES for p in pieces]
    odd = [sum(marks[: k + 1]) % 2 == 1 for k in range(len(pieces))] if any(marks) else marks
    starts = [k == 0 or pieces[k - 1].lower in (".", "!", "?", "“", ":") for k in range(len(pieces))]
    content = mark([p.is_content for p in pieces])
    capital = mark(
        [p.shape == "upper" or (p.shape == "title" and not s) for p, s in zip(pieces, starts, strict=True)]
    )
    upper = mark([p.shape == "upper" for p in pieces])
    return TokenFlags(
        content=content,
        function=mark([p.is_word and not p.is_content for p in pieces]),
        sign=mark([not p.is_word for p in pieces]),
        determiner=mark([p.lower in DETERMINERS for p in pieces]),
        particle=mark([p.lower in PARTICLES for p in pieces]),
        closer=mark([p.lower in CLOSERS for p in pieces]),
        capital=capital,
        upper=upper,
        named=capital * content,
        tall=upper * content,
        words=mark([p.is_word for p in pieces]),
        lower=content * (1 - capital),
        hyphen=mark([p.lower in "-‐‑–/" for p in pieces]),
        conjunction=mark([p.lower in ("and", "or", "&") for p in pieces]),
        bracket=mark([p.lower in "()[]（）" for p in pieces]),
        number=mark([p.shape == "number" for p in pieces]),
        of=mark([p.lower in ("of", "for", "in") for p in pieces]),
        adjective=mark([is_adjectival(p.lower) for p in pieces]),
        quote=np.array([_QUOTES.get(p.lower, 0) for p in pieces], np.float32),
        opening=mark(
            [
                m and (o if p.lower == '"' else p.lower == "“")
                for p, m, o in zip(pieces, marks, odd, strict=True)
            ]
        ),
        closing=mark(
            [
                m and (not o if p.lower == '"' else p.lower == "”")
                for p, m, o in zip(pieces, marks, odd, strict=True)
            ]
        ),
        torn=mark([_is_second_half(pieces, k) for k in range(len(pieces))]),
        verb=mark(
            [k > 0 and p.is_content and pieces[k - 1].lower in _BEFORE_VERBS for k, p in enumerate(pieces)]
        ),
        gerund=mark([p.is_content and p.lower.endswith("ing") and len(p.lower) > 5 for p in pieces]),
        past=mark(
            [
                p.is_content and p.shape == "word" and p.lower.endswith("ed") and len(p.lower) > 4
                for p in pieces
            ]
        ),
        adverb=mark([p.is_content and p.lower.endswith("ly") and len(p.lower) > 4 for p in pieces]),
        phrasal=mark([p.lower in _PHRASAL for p in pieces]),
        comma=mark([p.lower in ",、，" for p in pieces]),
        plus=mark([p.lower in "+$€£¥%" for p in pieces]),
    )


def _is_second_half(pieces: Sequence[BeadToken], k: int) -> bool:
    """Whether a particle belongs to the gerund before it: “opening up”, but not “going up to 5 percent”."""
    if k == 0 or pieces[k].lower not in _SECOND_HALVES or not pieces[k - 1].lower.endswith("ing"):
        return False
    return k + 1 == len(pieces) or pieces[k + 1].lower not in ("of", "to")
