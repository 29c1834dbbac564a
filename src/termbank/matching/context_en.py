"""Decide whether a word in a text is the term's word: by its case, and by what stands directly around it.

An abbreviation keeps its case (ON is not on), a capitalised word its capital (the opinions are not the Opinions); a prefix
with a hyphen makes another word (non-contract).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from termbank.matching.word_families_en import PatternWord, family_form
from termbank.model.resources import read_json
from termbank.text.morphology_en import noun_forms
from termbank.text.spelling_en import word_set
from termbank.text.tokenizer_en import TermToken

_WORDS = read_json("termbank.matching", "english.json")
_BINDING = word_set(_WORDS["binding_prefixes"])
_LOOSE = word_set(_WORDS["loose_prefixes"])
_TITLES = word_set(_WORDS["titles"])
_ALSO_SMALL = word_set(_WORDS["also_small"])
_PLURALS = ("", "s", "es", "'s", "’s", "s'", "s’")
COMMON_CAPS = word_set(_WORDS["common_capitals"])
_NEW_LINE = re.compile(r"[\r\n]\s*(?:The|An?)\b")
_LABEL = re.compile(r"\s[A-HJ-Z]\b(?![&'’-]|\.\s*[A-Z])")
_PLUS_HEADS = word_set(_WORDS["plus_heads"])


def is_allowed_form(word: PatternWord, written: str, cased: bool) -> bool:
    """Whether a text writes a form that the term's word may take, in the case that it asks for."""
    if family_form(written) not in word.forms:
        return False
    return not (cased or _is_abbreviation(word.text)) or _same_case(word.text, written)


@lru_cache(maxsize=1 << 16)
def _is_abbreviation(word: str) -> bool:
    """Whether a word is written in capitals, but for a plural s."""
    return sum(char.isupper() for char in word) > 1 and (word.isupper() or word[:-1].isupper())


def is_common_word_in_capitals(word: str, here: Sequence[TermToken], text: str) -> bool:
    """Whether what looks like a short abbreviation is a common word in a line of capitals."""
    if word.lower() not in COMMON_CAPS or not word.isupper():
        return False
    around = text[max(0, here[0].start - 30) : here[-1].end + 30]
    return len([other for other in re.findall(r"[A-Za-z]{4,}", around) if other.isupper()]) > 1


def _same_case(term: str, written: str) -> bool:
    """Whether a word is written in the case of the term; an abbreviation may have small letters inside (PBoC, MoUs)."""
    term, written = term.replace(".", ""), written.replace(".", "")
    if (
        len(term) > 2
        and _is_abbreviation(term)
        and written[0].isupper()
        and written[: len(term)][-1].isupper()
    ):
        return len(written) == len(term) or written[len(term) :] in _PLURALS
    shared = 0
    for one, other in zip(term, written, strict=False):
        if one.lower() != other.lower():
            break
        if one != other:
            return False
        shared += 1
    rest = written[shared:]
    return shared > 0 and (not _is_abbreviation(term) or rest in _PLURALS)


def is_capitalised(word: str, token: TermToken, text: str) -> bool:
    """Whether a term of one capitalised word is capitalised in the text, and not only because a sentence begins."""
    if not word[0].isupper() or not word[1:].islower():
        return True
    if token.start and text[token.start - 1] in "“‘\"'《「":
        return True
    if word.lower() in _ALSO_SMALL:
        return True
    if not token.text[0].isupper() or _LABEL.match(text, token.end):
        return False
    if _TITLES.isdisjoint(noun_forms(family_form(word))):
        return True
    if family_form(token.text) != family_form(word):
        return False
    if not _is_sentence_start(text, token.start):
        return True
    after = text[token.end : token.end + 14]
    return re.match(r"\s+(?:of|on|for|concerning|regarding)\b|\s+[A-Z]|$", after) is not None


def is_possessive(word: str) -> bool:
    """Whether a word ends in a possessive 's."""
    return word[-2:] in ("'s", "’s", "'S")


def is_within_sentence(here: Sequence[TermToken], text: str) -> bool:
    """Whether no capitalised article between two words begins a sentence on a new line; in a title it may."""
    for one, other in pairwise(here):
        if other.start - one.end > 3 and _NEW_LINE.search(text, one.end, other.start):
            return all(token.text[:1].isupper() for token in here if len(token.text) > 3)
    return True


def _is_sentence_start(text: str, at: int) -> bool:
    """Whether a sentence or line begins at a place."""
    before = text[max(0, at - 4) : at].rstrip(" \t\"“'‘(")
    return not before or before[-1] in ".!?\n:;。！？"


def is_plus_of_a_name(here: Sequence[TermToken], text: str) -> bool:
    """Whether a small “plus” belongs to a name, not to a sum: hyphenated, quoted, or before the word initiative."""
    end = here[-1].end
    if text[here[-1].start - 1] == "-" or text[end : end + 1] in ("”", '"', "’", "'"):
        return True
    after = re.match(r"[\s-]+([A-Za-z]+)", text[end : end + 24])
    return after is not None and not _PLUS_HEADS.isdisjoint(noun_forms(family_form(after.group(1))))


def has_binding_prefix(here: Sequence[TermToken], text: str) -> bool:
    """Whether a word and a hyphen before the term make another word of the term's first word.

    A prefix does so with any word (non-contract), another word with the first of several: third-party members are not
    members of the Party. Names and prefixes of opposition leave a term as it is: US-China trade, anti-money laundering.
    """
    first = here[0]
    if not first.start or text[first.start - 1] != "-":
        return False
    before = re.search(r"([A-Za-z]+)-$", text[max(0, first.start - 16) : first.start])
    if before is None:
        return False
    prefix = before.group(1)
    if prefix.lower() in _BINDING:
        return True
    if len(here) == 1 or not prefix.islower() or prefix in _LOOSE or text[first.end : first.end + 1] == "-":
        return False
    return first.text.islower()
