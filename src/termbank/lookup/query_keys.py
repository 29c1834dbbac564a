"""What a term is found by: its plain key, its units and their neighbours, stems, grams and first letters.

Any text comes in, in either language and script; strings to compare and to look up come out. A
key is coarser than the matcher's rules on purpose: it finds what may be meant, and `search` or
the concordance says what is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from termbank.model.span import Span
from termbank.text.normalize import fold, folded

_HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_UNIT = re.compile(r"[0-9a-z]+|\S")
_KEPT = re.compile(r"[0-9a-z]+|\+|[^\W_]")
_WORD = re.compile(r"[^\W_]+(?:'s\b)?|[+&]")
_SIGNS = {"+": "plus", "&": "and"}
SMALL = frozenset(
    ("a", "an", "the", "of", "and", "to", "in", "for", "on", "with", "by", "at", "from", "as", "its")
)


def has_han(text: str) -> bool:
    return _HAN.search(text) is not None


def plain(text: str) -> str:
    """The key of a text: folded, letters and figures only, one space between English words.

    `+` is a letter of 人工智能+, and the word “plus” in English.

    >>> plain("“人工智能＋”行动"), plain("AI-Plus  Initiative"), plain("AI+ initiative")
    ('人工智能+行动', 'ai plus initiative', 'ai plus initiative')
    """
    text = fold(text).replace("&", " and ")
    if not has_han(text):
        text = text.replace("+", " plus ").replace("'s ", "s ")
        return " ".join("".join(char if char.isalnum() else " " for char in text.replace("'", "")).split())
    return plain_chinese(text)


def plain_chinese(text: str) -> str:
    """The key of a text that is Chinese, or may hold some: as `plain`, but `+` is a letter."""
    kept: list[str] = []
    for unit in _KEPT.findall(fold(text)):
        if kept and kept[-1].isascii() and unit.isascii() and "+" not in (kept[-1], unit):
            kept.append(" ")
        kept.append(unit)
    return "".join(kept)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an English text: its stem and its place in the text as given."""

    stem: str
    span: Span


def english_words(text: str) -> list[Word]:
    """The words of an English text, `+` being “plus” and `&` “and”.

    >>> [word.stem for word in english_words("The AI+ policies")]
    ['the', 'ai', 'plus', 'policy']
    """
    given = folded(text)
    place = (lambda start, end: Span(start, end)) if text.isascii() else given.span
    return [
        Word(_SIGNS.get(found.group(), "") or stem(found.group().replace("'", "")), place(*found.span()))
        for found in _WORD.finditer(given.text)
    ]


def joined(neighbours: tuple[str, str]) -> str:
    """Two neighbouring words as one token, which no single word is."""
    return f"{neighbours[0]}+{neighbours[1]}"


_WHOLE = frozenset(("news", "goods", "customs", "arms", "means", "thus", "this", "need", "feed", "speed"))
_BRITISH = (
    (re.compile(r"our(?=s|ed|ing|ful|able|al|$)"), "or"),
    (re.compile(r"is(?=ation|e[ds]?$|ing$)"), "iz"),
    (re.compile(r"tre(?=d$)"), "tere"),
    (re.compile(r"tre(?=s?$)"), "ter"),
    (re.compile(r"ll(?=ed$|ing$)"), "l"),
)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its inflection, roughly: for finding, never for matching.

    >>> [stem(w) for w in ("forces", "policies", "opening", "modernisation", "planning", "process")]
    ['forc', 'policy', 'open', 'modernization', 'plan', 'process']
    """
    if len(word) < 4 or word in _WHOLE or not word.isascii() or word.isdigit():
        return word
    for pattern, american in _BRITISH:
        if len(word) > 5:
            word = pattern.sub(american, word)
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "xes", "ches", "shes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 - (ending == "ed"):
            bare = word[: -len(ending)]
            if re.search("[aeiouy]", bare):
                word = bare[:-1] if bare[-1] == bare[-2] and bare[-1] not in "lsz" else bare
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def simplify(key: str, simplified: Mapping[str, str]) -> str:
    """The key in simplified characters, one for one."""
    return "".join(simplified.get(char, char) for char in key) if has_han(key) else key


def units(key: str) -> tuple[str, ...]:
    """The units of a Chinese key: characters, and runs of Latin letters and figures."""
    return tuple(_UNIT.findall(key))


def pairs(key: str) -> tuple[str, ...]:
    """Neighbouring units of a key, joined."""
    found = units(key)
    return tuple(one + other for one, other in pairwise(found))


def grams(letters: str, size: int = 3) -> tuple[str, ...]:
    """Every run of `size` letters, each once, in order."""
    return tuple(dict.fromkeys(letters[i : i + size] for i in range(len(letters) - size + 1)))


def first_letters(words: Sequence[str]) -> tuple[str, ...]:
    """What a phrase is abbreviated to: the first letters of its words, of its weighty words, and the plural."""
    every = "".join(word[0] for word in words)
    weighty = "".join(word[0] for word in words if word not in SMALL)
    plural = (weighty + "s",) if words[-1].endswith("s") and len(weighty) > 2 else ()
    return tuple(dict.fromkeys((every, weighty, *plural)))
