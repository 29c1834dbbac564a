"""The keys by which lookup and concordance find a text: normalised key, Chinese units, English stems, n-grams, initials.

A key is coarser than the matcher's rules on purpose: it finds candidates, which `ranking` or the concordance then
judges.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from termbank.model.span import Span
from termbank.text.computed_dict import ComputedDict
from termbank.text.morphology_en import inflection_stem
from termbank.text.normalize import fold, normalize
from termbank.text.tokenizer_en import QUERY_TOKEN

_HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_UNIT = re.compile(r"[0-9a-z]+|\S")
_KEPT = re.compile(r"[0-9a-z]+|\+|[^\W_]")
_PLAIN = re.compile("[\u4e00-\u9fff]+|[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_SIGNS = {"+": "plus", "&": "and"}
FUNCTION_WORDS = frozenset("a an the of and to in for on with by at from as its".split())
"""Words that an abbreviation may leave out and that alone find nothing."""


def has_han(text: str) -> bool:
    """Whether a text contains a Chinese character."""
    return _HAN.search(text) is not None


def search_key(text: str) -> str:
    """The key of a text: folded, only letters and figures, one space between English words.

    `+` is a letter of 人工智能+, and the word “plus” in English.

    >>> search_key("“人工智能＋”行动"), search_key("AI-Plus  Initiative"), search_key("AI+ initiative")
    ('人工智能+行动', 'ai plus initiative', 'ai plus initiative')
    """
    if _PLAIN.fullmatch(text):  # most terms: nothing but their case is folded
        return text.lower()
    text = fold(text).replace("&", " and ")
    if not has_han(text):
        text = text.replace("+", " plus ").replace("'s ", "s ")
        return " ".join("".join(char if char.isalnum() else " " for char in text.replace("'", "")).split())
    return _chinese_key(text)


def chinese_search_key(text: str) -> str:
    """The key of a text that is Chinese or may contain Chinese: as `search_key`, but `+` is a letter."""
    return _chinese_key(fold(text))


def chinese_units(folded: str, simplified: Mapping[str, str]) -> list[str]:
    """The `units` of the simplified `chinese_search_key` of a text, without making the key.

    Args:
        folded: The text, folded.
        simplified: Traditional characters to their simplified forms.
    """
    found = _KEPT.findall(folded)
    return list(map(simplified.get, found, found))


def _chinese_key(folded: str) -> str:
    kept: list[str] = []
    for unit in _KEPT.findall(folded):
        if kept and kept[-1].isascii() and unit.isascii() and "+" not in (kept[-1], unit):
            kept.append(" ")
        kept.append(unit)
    return "".join(kept)


@dataclass(frozen=True, slots=True)
class IndexedWord:
    """A word of an English text: its stem, and its place in the text as given."""

    stem: str
    span: Span


def english_words(text: str) -> list[IndexedWord]:
    """The words of an English text, `+` being “plus” and `&` “and”.

    >>> [word.stem for word in english_words("The AI+ policies")]
    ['the', 'ai', 'plus', 'policy']
    """
    given = normalize(text)
    place = (lambda start, end: Span(start, end)) if text.isascii() else given.span
    found = list(QUERY_TOKEN.finditer(given.text))
    return [IndexedWord(_STEMS[word.group()], place(*word.span())) for word in found]


def english_stems(text: str) -> list[str]:
    """The stems of `english_words`, without their places."""
    return [_STEMS[word] for word in QUERY_TOKEN.findall(fold(text))]


_STEMS: ComputedDict[str, str] = ComputedDict(
    lambda word: _SIGNS.get(word, "") or inflection_stem(word.replace("'", ""))
)


def pair_token(neighbours: tuple[str, str]) -> str:
    """Two neighbouring stems as one token, which differs from every single stem."""
    return f"{neighbours[0]}+{neighbours[1]}"


def simplify(key: str, simplified: Mapping[str, str]) -> str:
    """The key with each character replaced by its simplified form."""
    return "".join(map(simplified.get, key, key)) if has_han(key) else key


def units(key: str) -> tuple[str, ...]:
    """The units of a Chinese key: characters, and runs of Latin letters and figures."""
    return tuple(_UNIT.findall(key))


def bigrams(key: str) -> tuple[str, ...]:
    """The bigrams of the units of a key."""
    found = units(key)
    return tuple(map(str.__add__, found, found[1:]))


def grams(letters: str, size: int = 3) -> tuple[str, ...]:
    """The distinct n-grams of `size` letters, in order."""
    return tuple(dict.fromkeys(letters[i : i + size] for i in range(len(letters) - size + 1)))


def abbreviations(words: Sequence[str]) -> tuple[str, ...]:
    """How a phrase may be abbreviated: by the first letters of its words, of its content words, and their plural."""
    every = "".join(word[0] for word in words)
    content = "".join(word[0] for word in words if word not in FUNCTION_WORDS)
    plural = (content + "s",) if words[-1].endswith("s") and len(content) > 2 else ()
    return tuple(dict.fromkeys((every, content, *plural)))
