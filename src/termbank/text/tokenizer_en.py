"""Split English text into tokens, at the granularity that each task needs.

All patterns are defined here and differ only in what they treat as one token:

* `tokens` and `words`: words with their apostrophes, figures and single marks, for the checks.
* `TERM_TOKEN`: what the matcher compares. Abbreviations with points are one token, quotation marks and hyphens between
  words are none, a run of Chinese characters is one.
* `SUBWORD_TOKEN`: what word alignment pairs. Letters, figures, possessives and every sign are tokens of their own.
* `SEGMENT_TOKEN`: what sentence alignment compares. Words without possessives, figures, marks and pauses.
* `QUERY_TOKEN`: what lookup indexes. Words without marks, and the signs that are read as words, in folded text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from termbank.model.span import Span
from termbank.text.characters_zh import HAN

_WORDS = r"[^\W_]+(?:['’ʼ＇][^\W\d_]+)*['’](?=\s|$)|[^\W_]+(?:['’ʼ＇][^\W\d_]+)*"
_WORD = re.compile(_WORDS)
_TOKEN = re.compile(rf"{_WORDS}|[^\w\s]|_")
_LETTER = rf"[^\W_{HAN}]"
_ALPHA = rf"[^\W\d_{HAN}]"
_PARAGRAPH, _CONJUNCTION = r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)", r"\s+(?:and|or|&)\b"
TERM_TOKEN = re.compile(
    rf"(?:[A-Z]\.){{2,}}|{_LETTER}+(?:['’]{_ALPHA}+)*|{_PARAGRAPH}|--+|(?<=\s)-(?=\s)|,(?!{_CONJUNCTION})"
    rf"|[^\w\s\"'“”‘’`,-]|[_{HAN}]+"
)
"""A token of a term or text in matching; `matching.batch.characters_en` finds the same ones by `rare_parts`."""
SUBWORD_TOKEN = re.compile(r"[A-Z]{1,3}\$|[’']s\b|[^\W\d_]+|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?|[^\w\s]|_")
"""A token of word alignment: “AI+” and “weak-side” are several, since they are rendered part by part."""
LATIN, FIGURE = r"(?P<latin>[A-Za-zÀ-ɏ]+)", r"(?P<number>[0-9][0-9,.]*)"
SEGMENT_TOKEN = re.compile(
    rf"{LATIN}(?:['’](?:s|S)\b)?|{FIGURE}|(?P<mark>[?!“”\":;(])|(?P<pause>[,.](?=\s)|—|--|…)"
)
"""A token of sentence alignment, with the group that says what it is."""
QUERY_TOKEN = re.compile(r"[^\W_]+(?:'s\b)?|[+&]")
"""A token of a query or an indexed term; the text is folded, so that all apostrophes are straight."""


class RareParts(NamedTuple):
    """The parts of `TERM_TOKEN` that are rare. Each begins with one character, to be found fast, except `paragraph`."""

    apostrophe: re.Pattern[str]
    abbreviation: re.Pattern[str]
    dash: re.Pattern[str]
    silent_comma: re.Pattern[str]
    paragraph: re.Pattern[str]
    paragraph_of_line_feeds: re.Pattern[str]


@cache
def rare_parts() -> RareParts:
    """The rare parts, compiled when a long text first asks for them."""
    return RareParts(
        re.compile(rf"'(?<={_LETTER}'){_ALPHA}+"),
        re.compile(rf"\.(?<=[A-Z]\.)(?<!{_LETTER}[A-Z]\.)(?<!{_LETTER}'[A-Z]\.)(?:[A-Z]\.)+"),
        re.compile(r"-(?:-+|(?<=\s-)(?=\s))"),
        re.compile(f",{_CONJUNCTION}"),
        re.compile(_PARAGRAPH),
        re.compile(r"\n[^\S\r\n]*\n"),
    )


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
        Token(found.group(), Span(found.start(), found.end()), lower_form(found.group()))
        for found in _TOKEN.finditer(text)
    ]


def words(text: str) -> list[tuple[int, str]]:
    """The words and figures of a text in order, each with its start; marks are left out.

    >>> words("The Party’s “AI+” plan")
    [(0, 'The'), (4, 'Party’s'), (13, 'AI'), (18, 'plan')]
    """
    return [(found.start(), found.group()) for found in _WORD.finditer(text)]


class TermToken(NamedTuple):
    """A word or mark that counts in matching, with its place."""

    text: str
    start: int
    end: int


def term_tokens(text: str) -> list[TermToken]:
    """The words and marks of a term or text that count in matching, in order.

    >>> [token.text for token in term_tokens("the “U.S.” data-base, and")]
    ['the', 'U.S.', 'data', 'base', 'and']
    """
    return [TermToken(found.group(), *found.span()) for found in TERM_TOKEN.finditer(text)]


def lower_form(word: str) -> str:
    """A word in lower case with straight apostrophes and without its possessive ending.

    >>> lower_form("Party’s"), lower_form("States'"), lower_form("don’t")
    ('party', 'states', "don't")
    """
    lower = word.lower()
    if lower.isalnum():
        return lower
    lower = lower.replace("’", "'").replace("ʼ", "'").replace("＇", "'")
    if lower.endswith("'s") and len(lower) > 2:
        return lower[:-2]
    return lower[:-1] if lower.endswith("'") and len(lower) > 1 else lower
