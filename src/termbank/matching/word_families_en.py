"""The words of English terms: how a text is cut into them, which family a word is of, the forms it may take.

A text or a word comes in; words with their places, the form by which a family is known, or all forms that a kind of wording
allows go out. A noun changes its number anywhere; a verb its form where a verb may be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from termbank.text.morphology_en import base_verb, forms, noun_forms
from termbank.text.spelling_en import american, british_spellings, word_set
from termbank.text.tokenizer_en import lower_form

T = TypeVar("T")
_MARKS = {"+": "plus", "＋": "plus", "&": "and"}
_NUMBERS = {
    **{word: str(number) for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])},
    **{word: f"{number}th" for number, word in enumerate(
        ["zeroth", "-", "-", "-", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"])},
    "first": "1st", "second": "2nd", "third": "3rd",
}  # fmt: skip
_JOINED = re.compile(
    r"(cyber|micro|macro|multi|non|anti|semi|ultra|bio|eco|geo|socio|counter|hyper|mega|mini|neo|tele|super|self|well)"
    r"([a-z]{4,})|(inter|intra|trans|sub|over|under|post|pre|cross|mid)"
    r"(bank|regional|national|governmental|connect\w*|national|border|school|sea|invest\w*|capacity|supply|"
    r"development|war|pandemic|market|term|emptive|condition|sale|century)"
    r"|(co)(operat\w*|ordinat\w*|exist\w*|develop\w*|prosper\w*|locat\w*|found\w*)"
    r"|(e)(commerce|government|learning|book|business|mail|payment|cigarette|sport|bike|wallet|invoice|CNY)",
    re.IGNORECASE,
)
ADJECTIVAL = word_set(
    """
    developing developed emerging emerged leading led living existing working governing manufacturing
    shipping banking training housing engineering mining farming fishing shared planned fixed limited
    advanced united integrated coordinated balanced targeted trading
    """
)
VERBS = word_set(
    """
    deepen promote foster strengthen build implement ensure advance accelerate boost improve enhance
    optimize cultivate expand stabilize safeguard uphold adhere advocate establish develop pursue
    achieve realize maintain protect oppose combat eradicate eliminate alleviate tackle address govern
    adopt apply make keep hold carry encourage guide lead stimulate increase reduce cut lower raise
    resolve prevent defuse punish crack streamline delegate upgrade transform modernize revitalize
    consolidate coordinate integrate innovate create serve strive seek respect preserve restore remain
    follow pioneer explore mobilize unleash unlock tap nurture
    """
)


class Word(NamedTuple):
    """One word of a wording: as the term has it, in its plain form, and the forms it may take there."""

    text: str
    lower: str
    forms: frozenset[str]
    joined: bool = False


@lru_cache(maxsize=1 << 18)
def family_form(word: str) -> str:
    """A word as families know it: lower case, American, without its possessive; figures for number words.

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


def spelt_as(families: Mapping[str, T]) -> dict[str, T]:
    """What is told of forms, told of every lower-case word of letters and figures that `family_form` takes to one."""
    found = {form: told for form, told in families.items() if form.isascii() and form.isalnum()}
    for form, told in list(found.items()):
        for other in british_spellings(form):
            found[other] = told
    for word, figure in _NUMBERS.items():
        found.pop(word, None)
        if figure in families:
            found[word] = families[figure]
    return {word: told for word, told in found.items() if family_form(word) in families}


@lru_cache(maxsize=1 << 17)
def word_of(text: str, kind: str) -> Word:
    """A word of a wording with the forms that its kind lets it take."""
    lower = family_form(text)
    found = forms_of(lower, kind)
    if kind != "exact" and text.isupper() and len(text) > 1 and lower.isalpha():
        found |= {f"{lower}s"}
    return Word(text, lower, found)


def forms_of(lower: str, kind: str) -> frozenset[str]:
    """The forms that a word may take in wordings of a kind."""
    if kind == "exact" or not lower.isalpha():
        return frozenset((lower,))
    if kind == "noun" or (kind == "any" and lower in ADJECTIVAL):
        return noun_forms(lower)
    return forms(lower)


def words_of(texts: Sequence[str], kind: str) -> tuple[Word, ...]:
    """The words of a wording; the head of two may be a verb, the last of a noun's phrase is a noun."""
    if kind == "noun" and len(texts) == 2 and family_form(texts[0]) in VERBS:
        return word_of(texts[0], "verb"), word_of(texts[1], kind)
    words = [word_of(text, kind) for text in texts]
    if kind == "any" and not _may_act(words[0].lower) and words[-1].lower not in VERBS:
        words[-1] = word_of(texts[-1], "noun")
    return tuple(words)


def _may_act(first: str) -> bool:
    """Whether a phrase that begins so may be a verb's: its last word may be one too."""
    return first in VERBS or base_verb(first) is not None


@lru_cache(maxsize=1 << 16)
def apart(word: str) -> tuple[str, str] | None:
    """A joined word as its prefix and the rest, where the two are often hyphenated."""
    found = _JOINED.fullmatch(word)
    if not found:
        return None
    prefix, rest = (group for group in found.groups() if group)
    return prefix, rest
