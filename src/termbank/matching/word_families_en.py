"""Families of English words: the form that stands for a family, and the forms that a word of a term may take.

A noun changes its number anywhere; a verb its form only where a verb may be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from termbank.model.resources import read_json
from termbank.text.morphology_en import base_verb, forms, noun_forms
from termbank.text.spelling_en import american, british_spellings, word_set
from termbank.text.tokenizer_en import lower_form

T = TypeVar("T")
_MARKS = {"+": "plus", "＋": "plus", "&": "and"}
_WORDS = read_json("termbank.matching", "english.json")
_NUMBERS: dict[str, str] = _WORDS["numbers"]
_COMPOUND = re.compile(
    "|".join(f"({first})({rest})" for first, rest in _WORDS["compounds"].items()), re.IGNORECASE
)
ADJECTIVAL = word_set(_WORDS["adjectival"])
VERBS = word_set(_WORDS["verbs"])


class PatternWord(NamedTuple):
    """One word of a term's wording.

    Attributes:
        text: as the term writes it.
        lower: its family form.
        forms: the family forms of all words that may stand for it.
        joined: whether it joins two words of the term.
    """

    text: str
    lower: str
    forms: frozenset[str]
    joined: bool = False


@lru_cache(maxsize=1 << 18)
def family_form(word: str) -> str:
    """The form by which families know a word: lower case, American, without possessive; figures for number words.

    >>> family_form("Programme’s"), family_form("&"), family_form("Fourteenth"), family_form("U.S.")
    ('program', 'and', '14th', 'us')
    """
    if word.isascii() and word.replace("-", "").isalpha():
        lower = word.replace("-", "").lower()
        return _NUMBERS.get(lower) or american(lower)
    mark = _MARKS.get(word)
    if mark is not None:
        return mark
    if len(word) > 2 and word[1] == "." and word[-1] == ".":
        return word.replace(".", "").lower()
    return american(lower_form(word))


def with_spellings(families: Mapping[str, T]) -> dict[str, T]:
    """The values of family forms under every lower-case word of letters and figures that `family_form` takes to one."""
    found = {form: value for form, value in families.items() if form.isascii() and form.isalnum()}
    for form, value in list(found.items()):
        for other in british_spellings(form):
            found[other] = value
    for word, figure in _NUMBERS.items():
        found.pop(word, None)
        if figure in families:
            found[word] = families[figure]
    return {word: value for word, value in found.items() if family_form(word) in families}


@lru_cache(maxsize=1 << 17)
def word_of(text: str, kind: str) -> PatternWord:
    """A word of a wording with the forms that it may take in wordings of a kind."""
    lower = family_form(text)
    found = forms_of(lower, kind)
    if kind != "exact" and text.isupper() and len(text) > 1 and lower.isalpha():
        found |= {f"{lower}s"}
    return PatternWord(text, lower, found)


def forms_of(lower: str, kind: str) -> frozenset[str]:
    """The forms that a word may take in wordings of a kind."""
    if kind == "exact" or not lower.isalpha():
        return frozenset((lower,))
    if kind == "noun" or (kind == "any" and lower in ADJECTIVAL):
        return noun_forms(lower)
    return forms(lower)


def words_of(texts: Sequence[str], kind: str) -> tuple[PatternWord, ...]:
    """The words of a wording: the first of two may be a verb, the last of a noun phrase is a noun."""
    if kind == "noun" and len(texts) == 2 and family_form(texts[0]) in VERBS:
        return word_of(texts[0], "verb"), word_of(texts[1], kind)
    words = [word_of(text, kind) for text in texts]
    if kind == "any" and not _may_act(words[0].lower) and words[-1].lower not in VERBS:
        words[-1] = word_of(texts[-1], "noun")
    return tuple(words)


def _may_act(first: str) -> bool:
    """Whether a phrase with this first word may be a verb phrase, so that its last word may be a verb too."""
    return first in VERBS or base_verb(first) is not None


@lru_cache(maxsize=1 << 16)
def split_compound(word: str) -> tuple[str, str] | None:
    """The prefix and the rest of a compound that is often hyphenated: cyber, security; None for other words."""
    found = _COMPOUND.fullmatch(word)
    if not found:
        return None
    prefix, rest = (group for group in found.groups() if group)
    return prefix, rest
