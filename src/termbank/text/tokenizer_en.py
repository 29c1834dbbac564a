"""What English looks like: its tokens and the dictionary forms of its words.

Text comes in; tokens with their places, or the dictionary form of a word, go out. `lemma` asks simplemma, loaded
on first use, and lets our own lists overrule it. For the forms a word may take see `inflection`, for British
and American see `spelling`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from termbank.model.span import Span
from termbank.text.morphology_en import BASE_VERB, NEVER_FOLDED, SINGULAR, singular
from termbank.text.spelling_en import american

_WORDS = r"[^\W_]+(?:['’ʼ＇][^\W\d_]+)*['’](?=\s|$)|[^\W_]+(?:['’ʼ＇][^\W\d_]+)*"
_WORD = re.compile(_WORDS)
_TOKEN = re.compile(rf"{_WORDS}|[^\w\s]|_")


class Token(NamedTuple):
    """A word, figure or mark, with its place and its lower-case form (straight apostrophes, no possessive)."""

    text: str
    span: Span
    lower: str


def tokens(text: str) -> list[Token]:
    """The words, figures and marks of a text in order; spaces are left out.

    >>> [token.lower for token in tokens("The Party’s “AI+” plan")]
    ['the', 'party', '“', 'ai', '+', '”', 'plan']
    """
    return [
        Token(found.group(), Span(found.start(), found.end()), plain(found.group()))
        for found in _TOKEN.finditer(text)
    ]


def words(text: str) -> list[tuple[int, str]]:
    """The words and figures of a text in order, each with where it begins; marks are left out.

    >>> words("The Party’s “AI+” plan")
    [(0, 'The'), (4, 'Party’s'), (13, 'AI'), (18, 'plan')]
    """
    found, at = [], 0
    for word in _WORD.findall(text):
        at = text.index(word, at)
        found.append((at, word))
        at += len(word)
    return found


def plain(word: str) -> str:
    """A word in lower case without its possessive ending."""
    lower = word.lower()
    if lower.isalnum():
        return lower
    lower = lower.replace("’", "'").replace("ʼ", "'").replace("＇", "'")
    if lower.endswith("'s") and len(lower) > 2:
        return lower[:-2]
    return lower[:-1] if lower.endswith("'") and len(lower) > 1 else lower


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """The dictionary form of one word, in American spelling.

    >>> lemma("Forces"), lemma("goods"), lemma("thieves"), lemma("modernisation")
    ('force', 'goods', 'thief', 'modernization')
    """
    lower = plain(word)
    known = SINGULAR.get(lower) or BASE_VERB.get(lower)
    if known:
        return american(known)
    if lower in NEVER_FOLDED or not lower.isalpha() or not lower.isascii():
        return american(lower)
    import simplemma

    found: str = simplemma.lemmatize(lower, lang="en")
    if found == lower and lower.endswith("ies") and len(lower) > 4:
        found = lower[:-3] + "y"
    return american(found.lower())


@lru_cache(maxsize=65536)
def lemmas(word: str) -> frozenset[str]:
    """Every dictionary form a word may come from.

    >>> sorted(lemmas("bases"))
    ['base', 'basis']
    """
    lower = plain(word)
    found = {lemma(word)}
    if lower not in NEVER_FOLDED:
        found.add(american(singular(lower)) if lower not in SINGULAR else american(lower[:-1]))
        found.update(american(table[lower]) for table in (SINGULAR, BASE_VERB) if lower in table)
    return frozenset(found)
