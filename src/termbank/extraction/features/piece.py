"""What the pieces of a bead's English are, as arrays: words or signs, names, hyphens, adjectives.

One number a piece and kind, mostly 0 or 1, so that spans can be measured by sums.
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
    def _with_margins(self) -> dict[str, Real]:
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
        held: Real = self._with_margins[name][where + 2]
        return held


def token_flags(pieces: Sequence[BeadToken]) -> TokenFlags:
    """What the pieces of one bead are."""
    return TokenFlags(
        **_shape_flags(pieces), **_sign_flags(pieces), **_quote_flags(pieces), **_word_flags(pieces)
    )


def _as_flags(tests: Sequence[bool]) -> Real:
    import numpy as np

    return np.array(tests, np.float32)


def _shape_flags(pieces: Sequence[BeadToken]) -> dict[str, Real]:
    """Content words, function words, signs and numbers; capitals, without those at the beginning of a sentence."""
    starts = [k == 0 or pieces[k - 1].lower in (".", "!", "?", "“", ":") for k in range(len(pieces))]
    content = _as_flags([p.is_content for p in pieces])
    capital = _as_flags(
        [p.shape == "upper" or (p.shape == "title" and not s) for p, s in zip(pieces, starts, strict=True)]
    )
    upper = _as_flags([p.shape == "upper" for p in pieces])
    return {
        "content": content,
        "function": _as_flags([p.is_word and not p.is_content for p in pieces]),
        "sign": _as_flags([not p.is_word for p in pieces]),
        "words": _as_flags([p.is_word for p in pieces]),
        "number": _as_flags([p.shape == "number" for p in pieces]),
        "capital": capital,
        "upper": upper,
        "named": capital * content,
        "tall": upper * content,
        "lower": content * (1 - capital),
    }


def _sign_flags(pieces: Sequence[BeadToken]) -> dict[str, Real]:
    """Hyphens, brackets, commas, signs that end a clause, signs that belong to words."""
    return {
        "closer": _as_flags([p.lower in CLOSERS for p in pieces]),
        "hyphen": _as_flags([p.lower in "-‐‑–/" for p in pieces]),
        "bracket": _as_flags([p.lower in "()[]（）" for p in pieces]),
        "comma": _as_flags([p.lower in ",、，" for p in pieces]),
        "plus": _as_flags([p.lower in "+$€£¥%" for p in pieces]),
    }


def _quote_flags(pieces: Sequence[BeadToken]) -> dict[str, Real]:
    """Opening and closing quotation marks; of straight ones every other opens."""
    import numpy as np

    marks = [p.lower in _QUOTES for p in pieces]
    odd = [sum(marks[: k + 1]) % 2 == 1 for k in range(len(pieces))] if any(marks) else marks
    both = list(zip(pieces, marks, odd, strict=True))
    return {
        "quote": np.array([_QUOTES.get(p.lower, 0) for p in pieces], np.float32),
        "opening": _as_flags([m and (o if p.lower == '"' else p.lower == "“") for p, m, o in both]),
        "closing": _as_flags([m and (not o if p.lower == '"' else p.lower == "”") for p, m, o in both]),
    }


def _word_flags(pieces: Sequence[BeadToken]) -> dict[str, Real]:
    """Kinds of words by their form, by lists of words and by the word before."""
    before = ["", *(p.lower for p in pieces[:-1])]
    return {
        "determiner": _as_flags([p.lower in DETERMINERS for p in pieces]),
        "particle": _as_flags([p.lower in PARTICLES for p in pieces]),
        "conjunction": _as_flags([p.lower in ("and", "or", "&") for p in pieces]),
        "of": _as_flags([p.lower in ("of", "for", "in") for p in pieces]),
        "adjective": _as_flags([is_adjectival(p.lower) for p in pieces]),
        "torn": _as_flags([_is_second_half(pieces, k) for k in range(len(pieces))]),
        "verb": _as_flags(
            [p.is_content and b in _BEFORE_VERBS for b, p in zip(before, pieces, strict=False)]
        ),
        "gerund": _as_flags([_has_ending(p, "ing", 6) for p in pieces]),
        "past": _as_flags([p.shape == "word" and _has_ending(p, "ed", 5) for p in pieces]),
        "adverb": _as_flags([_has_ending(p, "ly", 5) for p in pieces]),
        "phrasal": _as_flags([p.lower in _PHRASAL for p in pieces]),
    }


def _has_ending(piece: BeadToken, ending: str, shortest: int) -> bool:
    """Whether a content word of at least so many letters has an ending."""
    return piece.is_content and piece.lower.endswith(ending) and len(piece.lower) >= shortest


def _is_second_half(pieces: Sequence[BeadToken], k: int) -> bool:
    """Whether a particle belongs to the gerund before it: “opening up”, but not “going up to 5 percent”."""
    if k == 0 or pieces[k].lower not in _SECOND_HALVES or not pieces[k - 1].lower.endswith("ing"):
        return False
    return k + 1 == len(pieces) or pieces[k + 1].lower not in ("of", "to")
