"""What to show of the English that stands for a term.

A run of words goes in, each with how much it speaks for the term; one phrase comes out that can be read:
not begun with a preposition, not joined by “and” where the Chinese joins nothing, not cut within a
hyphen. Where only a word is left that names nothing, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from termbank.model.span import Span


class Weighed(NamedTuple):
    """A word's place and how much it speaks for the term."""

    span: Span
    weight: float


_PARTS = frozenset(
    "the a an its their our his her this that these those by for with in on to from as at into onto through under over "
    "between within without along amid including during against per via toward towards upon among across after before "
    "since until while because although however thus therefore moreover respectively is are was were be been being will "
    "would shall should can could may might must has have had do does did not also which who whom whose where when if "
    "than then so such both all any each we they it he she i you".split()
)
_JOINS = frozenset(("and", "or", "&"))
_NAMES_NOTHING = re.compile(r"(?:\w+ly|\w+ing|\w+ed)$", re.I)
_INSIDE = re.compile(r"[\w’'-]")


def phrase(en: str, words: Sequence[Weighed], joined: bool) -> Span | None:
    """The phrase among these words that most speaks for the term; `joined` where the term joins two things.

    >>> en = "Keep improving the merchant camp climate and shorten the list"
    >>> words = [Weighed(Span(m.start(), m.end()), 0.7) for m in re.finditer(r"[a-z]{6,}", en)]
    >>> found = phrase(en, words, joined=False)
    >>> found.of(en) if found else None
    'merchant camp climate'
    """
    parts: list[list[Weighed]] = []
    for word in words:
        if word.span.of(en).lower() in _PARTS:
            parts.append([])
        elif parts and parts[-1] and not _parted(en[parts[-1][-1].span.end : word.span.start], joined):
            parts[-1].append(word)
        else:
            parts.append([word])
    whole = [part for part in parts if part]
    if not whole:
        return None
    best = max(whole, key=lambda part: sum(word.weight for word in part))
    start, end = best[0].span.start, best[-1].span.end
    if len(best) == 1 and best[0].weight < 1 and _NAMES_NOTHING.match(en[start:end]):
        return None
    while start and _INSIDE.match(en[start - 1]):
        start -= 1
    while end < len(en) and (_INSIDE.match(en[end]) and en[end : end + 2] not in ("’s", "'s")):
        end += 1
    return Span(start, end)


def _parted(between: str, joined: bool) -> bool:
    if "," in between:
        return True
    small = between.lower().split()
    if not joined and not _JOINS.isdisjoint(small):
        return True
    return any(word in _PARTS and "of" not in small[:at] for at, word in enumerate(small))
