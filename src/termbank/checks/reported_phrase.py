"""Chooses the English phrase to show for a term that is rendered by other words.

Of a run of words, each with how much it speaks for the term, one readable phrase is chosen: it does not begin with a
preposition, is not joined by “and” where the Chinese joins nothing, and is not cut within a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from termbank.model.span import Span


class WeightedWord(NamedTuple):
    """A word's place and how much it speaks for the term."""

    span: Span
    weight: float


_NEVER_INSIDE = frozenset(
    "the a an its their our his her this that these those by for with in on to from as at into onto through under over "
    "between within without along amid including during against per via toward towards upon among across after before "
    "since until while because although however thus therefore moreover respectively is are was were be been being will "
    "would shall should can could may might must has have had do does did not also which who whom whose where when if "
    "than then so such both all any each we they it he she i you".split()
)
_CONJUNCTIONS = frozenset(("and", "or", "&"))
_NO_NOUN = re.compile(r"(?:\w+ly|\w+ing|\w+ed)$", re.I)
_INSIDE = re.compile(r"[\w’'-]")


def find_phrase(en: str, words: Sequence[WeightedWord], joined: bool) -> Span | None:
    """The phrase among these words that most speaks for the term; None where only a verb or adverb is left.

    Args:
        joined: whether the term joins two things by a conjunction.

    >>> en = "Keep improving the merchant camp climate and shorten the list"
    >>> words = [WeightedWord(Span(m.start(), m.end()), 0.7) for m in re.finditer(r"[a-z]{6,}", en)]
    >>> found = find_phrase(en, words, joined=False)
    >>> found.of(en) if found else None
    'merchant camp climate'
    """
    parts: list[list[WeightedWord]] = []
    for word in words:
        if word.span.of(en).lower() in _NEVER_INSIDE:
            parts.append([])
        elif parts and parts[-1] and not _is_divided(en[parts[-1][-1].span.end : word.span.start], joined):
            parts[-1].append(word)
        else:
            parts.append([word])
    whole = [part for part in parts if part]
    if not whole:
        return None
    best = max(whole, key=lambda part: sum(word.weight for word in part))
    start, end = best[0].span.start, best[-1].span.end
    if len(best) == 1 and best[0].weight < 1 and _NO_NOUN.match(en[start:end]):
        return None
    while start and _INSIDE.match(en[start - 1]):
        start -= 1
    while end < len(en) and (_INSIDE.match(en[end]) and en[end : end + 2] not in ("’s", "'s")):
        end += 1
    return Span(start, end)


def _is_divided(between: str, joined: bool) -> bool:
    if "," in between:
        return True
    small = between.lower().split()
    if not joined and not _CONJUNCTIONS.isdisjoint(small):
        return True
    return any(word in _NEVER_INSIDE and "of" not in small[:at] for at, word in enumerate(small))
