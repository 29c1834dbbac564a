"""The wordings of an English term, and whether the words at a place satisfy one.

A wording is a sequence of words with the forms that each may take there. A noun changes its number anywhere, a verb its
form only where a verb may be: in a verb phrase, in a phrase of three words or more, or as the first of two. Hyphenated
words may also be written apart or joined, and commas may be left out.

A hit is verified word by word: an abbreviation keeps its case (ON is not on), a capitalised word its capital (the opinions
are not the Opinions), an exact term its form; a prefix with a hyphen makes another word (non-contract).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from termbank.matching.context_en import (
    COMMON_CAPS,
    has_binding_prefix,
    is_allowed_form,
    is_capitalised,
    is_common_word_in_capitals,
    is_plus_of_a_name,
    is_possessive,
    is_within_sentence,
)
from termbank.matching.match import TermEntry
from termbank.matching.quotes import pair_quotes
from termbank.matching.word_families_en import (
    ADJECTIVAL,
    VERBS,
    PatternWord,
    family_form,
    split_compound,
    words_of,
)
from termbank.model.concept import Grammar, MatchFlag, Term
from termbank.model.resources import read_json
from termbank.model.span import Span
from termbank.text.morphology_en import noun_forms
from termbank.text.normalize import normalize
from termbank.text.spelling_en import word_set
from termbank.text.tokenizer_en import TermToken

PLAIN_TERM = re.compile(r"(?!(?:[Aa]n?|[Tt]he) )[A-Za-z]+(?: (?!(?:[Aa]n?|[Tt]he)\b)[A-Za-z]+)*")
_WORDS = read_json("termbank.matching", "english.json")
_LAWS = word_set(_WORDS["laws"])
_SMALL = word_set(_WORDS["small_in_titles"])
_PARTICLES = word_set(_WORDS["particles"])
_OBJECT = re.compile(r"\s+(?:an?|the|its|their|his|her|our|my|your|this|that|these|those)\b", re.IGNORECASE)
_LETTERED = word_set(_WORDS["lettered"])


class Wording(NamedTuple):
    """One sequence of words that a term may be written as; equal for all terms with the same conditions.

    Attributes:
        words: the words with their forms.
        texts: the words as the term writes them.
        is_simple: whether a place with just these texts is accepted without verification.
        is_cased: whether the case must be the term's.
        is_articled: whether the term itself has an article between its words.
        never_inside: longer strings in which the term is not meant.
    """

    words: tuple[PatternWord, ...]
    texts: tuple[str, ...]
    is_simple: bool
    is_cased: bool = False
    is_articled: bool = False
    never_inside: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.texts)

    @property
    def depends_on_context(self) -> bool:
        """Whether more than the words themselves and a hyphen before them decides about a place."""
        return not self.is_simple or _looks_behind([word.lower for word in self.words])

    def accepts(self, here: Sequence[TermToken], text: str) -> bool:
        """Whether the words at a place satisfy this wording: every form and case is allowed, and so is the context."""
        return (
            self._has_allowed_forms(here, text)
            and self._allows_articles(here, text)
            and is_within_sentence(here, text)
            and not self._has_object(here, text)
            and (len(here) > 1 or is_capitalised(self.words[0].text, here[0], text))
            and not self._is_bare_plus(here, text)
            and not (len(here) > 1 and self._is_common_law_name(here))
            and not has_binding_prefix(here, text)
            and not self._is_inside_longer(text, here[0].start, here[-1].end)
        )

    def _has_allowed_forms(self, here: Sequence[TermToken], text: str) -> bool:
        """Whether every word is written in a form and case that the term allows."""
        for word, token in zip(self.words, here, strict=True):
            if token is not here[-1] and is_possessive(token.text) and not is_possessive(word.text):
                return False
            if token.text == word.text:
                if len(word.text) <= 3 and is_common_word_in_capitals(word.text, here, text):
                    return False
            elif not is_allowed_form(word, token.text, self.is_cased):
                return False
        return True

    def _is_bare_plus(self, here: Sequence[TermToken], text: str) -> bool:
        """Whether the last word is a small “plus” that belongs to no name."""
        return (
            self.words[-1].lower == "plus" and here[-1].text == "plus" and not is_plus_of_a_name(here, text)
        )

    def _is_common_law_name(self, here: Sequence[TermToken]) -> bool:
        """Whether the name of one law is written small and in another number: basic laws are not the Basic Law."""
        if _LAWS.isdisjoint(noun_forms(self.words[-1].lower)):
            return False
        if any(token.text[:1].isupper() for token in here) or not all(
            word.text[:1].isupper() or word.lower in _SMALL for word in self.words
        ):
            return False
        return family_form(here[-1].text) != self.words[-1].lower

    def _allows_articles(self, here: Sequence[TermToken], text: str) -> bool:
        """Whether no article makes a verb of a participle (developing the country) or a clause of two nouns."""
        if len(here) == 1 or self.is_articled:
            return True
        for word, one, other in zip(self.words, here, here[1:], strict=False):
            if other.start - one.end < 3 or not text[one.end : other.start].strip(" \t\r\n-'\"’“”‘"):
                continue
            if word.lower in ADJECTIVAL or (
                len(here) == 2 and word.lower + "s" in word.forms and word.lower not in VERBS
            ):
                return False
        return True

    def _has_object(self, here: Sequence[TermToken], text: str) -> bool:
        """Whether a noun such as “opening up” is a verb here: what is opened comes next."""
        if not _may_have_object([word.lower for word in self.words]):
            return False
        return _OBJECT.match(text, here[-1].end) is not None

    def _is_inside_longer(self, text: str, start: int, end: int) -> bool:
        """Whether the place lies inside a longer string in which the term is not meant."""
        for longer in self.never_inside:
            low = max(0, end - len(longer))
            around, sought = text[low : start + len(longer)].lower(), longer.lower()
            at = around.find(sought)
            while at >= 0:
                if low + at <= start and end <= low + at + len(longer):
                    return True
                at = around.find(sought, at + 1)
        return False

    def span(self, here: Sequence[TermToken], text: str) -> Span:
        """The span of a place: without a possessive that is not the term's own, with quotation marks in pairs."""
        last = here[-1]
        possessive = last.text[-2:].lower() in ("'s", "’s") and self.words[-1].text[-2:].lower() not in (
            "'s",
            "’s",
        )
        return pair_quotes(text, Span(here[0].start, last.end - 2 * possessive)) or Span(
            here[0].start, last.end
        )


def _may_have_object(words: Sequence[str]) -> bool:
    return len(words) == 2 and words[-1] in _PARTICLES and words[0].endswith("ing")


def _looks_behind(words: Sequence[str]) -> bool:
    """Whether the text after a place decides about it."""
    return words[-1] == "plus" or _may_have_object(words)


AcceptedWordings = list[tuple[Wording, list[TermEntry]]]


def kind_of(term: Term, count: int) -> str:
    """The kind of a term with so many words: how its words may be inflected."""
    if MatchFlag.EXACT in term.flags:
        return "exact"
    if term.grammar is Grammar.VERB_PHRASE:
        return "verb"
    return "any" if count > 2 else "noun"


def sequence(texts: Sequence[str], entry: TermEntry, articled: bool = False) -> Wording:
    """The wording of a term in these words."""
    term = entry.term
    return _wording(
        tuple(texts), kind_of(term, len(texts)), MatchFlag.CASE in term.flags, articled, term.never_inside
    )


@lru_cache(maxsize=1 << 12)
def _wording(
    texts: tuple[str, ...], kind: str, cased: bool, articled: bool, never_inside: tuple[str, ...]
) -> Wording:
    return Wording(
        words_of(texts, kind), texts, is_simple(texts, never_inside), cased, articled, never_inside
    )


def is_simple(texts: Sequence[str], never_inside: tuple[str, ...]) -> bool:
    """Whether the words, written as in the term, are accepted in any context but after a hyphen."""
    if never_inside or _looks_behind([text.lower() for text in texts]):
        return False
    if len(texts) == 1 and texts[0][:1].isupper() and texts[0][1:].islower():
        return False
    return not any(word.isupper() and word.lower() in COMMON_CAPS for word in texts)


def wordings(entry: TermEntry, tokens: Callable[[str], Sequence[TermToken]]) -> Iterator[Wording]:
    """The wordings of a term: as it is, without its commas, hyphenated words joined, compounds split."""
    text = entry.term.text
    if PLAIN_TERM.fullmatch(text):
        texts = text.split(" ")
        yield sequence(texts, entry)
        if len(texts) == 2:
            yield join_words(texts, 1, entry)
    else:
        text = text if text.isascii() else str(normalize(text, case=False).text)
        found = [token for token in tokens(text) if not token.text.isspace()]
        kept = [token for at, token in enumerate(found) if not _is_article(found, at)]
        texts = [token.text for token in kept]
        if not any(any(char.isalnum() for char in word) for word in texts):
            return
        yield sequence(texts, entry, len(kept) < len(found) and not _is_article(found, 0))
        if "," in texts:
            yield sequence([word for word in texts if word != ","], entry)
        yield from _join_wordings(entry, text, kept)
    for at, written in enumerate(texts):
        parts = split_compound(written)
        if parts:
            yield sequence([*texts[:at], *parts, *texts[at + 1 :]], entry)


def _join_wordings(entry: TermEntry, text: str, kept: Sequence[TermToken]) -> Iterator[Wording]:
    """The wordings with two words joined that are hyphenated in the term, or are all its words."""
    texts = [token.text for token in kept]
    for at in range(1, len(kept)):
        may_join = text[kept[at].start - 1] == "-" or len(kept) == 2
        if may_join and texts[at].isalpha() and texts[at - 1].isalpha():
            yield join_words(texts, at, entry)


def join_words(texts: Sequence[str], at: int, entry: TermEntry) -> Wording:
    """The wording in which a word is joined to the one before it."""
    found = sequence([*texts[: at - 1], texts[at - 1] + texts[at], *texts[at + 1 :]], entry)
    word = found.words[at - 1]._replace(joined=True)
    return found._replace(words=(*found.words[: at - 1], word, *found.words[at:]))


def _is_article(found: Sequence[TermToken], at: int) -> bool:
    """Whether a word of a term is an article, which texts may omit; the A of “A shares” is not."""
    word = found[at].text
    if word != "A":
        return word.lower() in ("a", "an", "the")
    after = found[at + 1].text.lower() if at + 1 < len(found) else ""
    return bool(after) and after not in _LETTERED
