"""How an English term may be worded, and whether a wording stands where it was found.

A term comes in; its wordings go out: sequences of words with the forms each may take there. A noun changes
its number anywhere, a verb its form where a verb may be: in a verb phrase, in a phrase of three words or
more, or at the head of two. Hyphenated words are also worded apart and joined, commas may be left out.

What was found is verified word by word: an abbreviation keeps its case (ON is not on), a capitalised word its
capital (the opinions are not the Opinions), a term asked for exactly its form; a prefix with a hyphen makes
another word (non-contract).
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
from termbank.matching.overlap import TermEntry
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
from termbank.model.span import Span
from termbank.text.morphology_en import noun_forms
from termbank.text.normalize import normalize
from termbank.text.spelling_en import word_set
from termbank.text.tokenizer_en import TermToken

PLAIN_TERM = re.compile(r"(?!(?:[Aa]n?|[Tt]he) )[A-Za-z]+(?: (?!(?:[Aa]n?|[Tt]he)\b)[A-Za-z]+)*")
_LAWS = word_set("law act code charter constitution ordinance convention treaty")
_SMALL = word_set("a an the of and in on for to with by")
_PARTICLES = word_set("up out off in on down over")
_OBJECT = re.compile(r"\s+(?:an?|the|its|their|his|her|our|my|your|this|that|these|those)\b", re.IGNORECASE)
_LETTERED = word_set("share shares level levels grade class stock stocks b")


class Wording(NamedTuple):
    """One sequence of words that a term may be written as; alike for all terms that ask alike.

    A simple one that is written as the term has it stands without being looked at word by word.
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
    def looks_around(self) -> bool:
        """Whether anything but the words themselves and a hyphen before them may tell against a place."""
        return not self.is_simple or _looks_behind([word.lower for word in self.words])

    def stands(self, here: Sequence[TermToken], text: str) -> bool:
        """Whether every word is a form that its word may take, cased as the term asks, at an edge of its own."""
        for word, piece in zip(self.words, here, strict=True):
            if piece is not here[-1] and is_possessive(piece.text) and not is_possessive(word.text):
                return False
            if piece.text == word.text:
                if len(word.text) <= 3 and is_common_word_in_capitals(word.text, here, text):
                    return False
            elif not is_allowed_form(word, piece.text, self.is_cased):
                return False
        if not self._articles(here, text) or not is_within_sentence(here, text):
            return False
        if self._has_object(here, text):
            return False
        if len(here) == 1 and not is_capitalised(self.words[0].text, here[0], text):
            return False
        if self.words[-1].lower == "plus" and here[-1].text == "plus" and not is_plus_of_a_name(here, text):
            return False
        if len(here) > 1 and self._is_any(here):
            return False
        return not has_binding_prefix(here, text) and not self._forbidden(text, here[0].start, here[-1].end)

    def _is_any(self, here: Sequence[TermToken]) -> bool:
        """Whether the name of one law is written small and in another number: basic laws are not the Basic Law."""
        if _LAWS.isdisjoint(noun_forms(self.words[-1].lower)):
            return False
        if any(piece.text[:1].isupper() for piece in here) or not all(
            word.text[:1].isupper() or word.lower in _SMALL for word in self.words
        ):
            return False
        return family_form(here[-1].text) != self.words[-1].lower

    def _articles(self, here: Sequence[TermToken], text: str) -> bool:
        """Whether no article stands where it makes a verb of a participle or a sentence of two nouns."""
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

    def _forbidden(self, text: str, start: int, end: int) -> bool:
        """Whether the place lies in a string in which the term is not itself."""
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
        """The place, without a possessive that is not the term's own, its quotation marks paired."""
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
    """Whether it matters what stands behind a place."""
    return words[-1] == "plus" or _may_have_object(words)


Standing = list[tuple[Wording, list[TermEntry]]]


def kind_of(term: Term, count: int) -> str:
    """How the words of a term of so many words may change."""
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
    """Whether words that are written as the term has them stand, whatever is around them but a hyphen before."""
    if never_inside or _looks_behind([text.lower() for text in texts]):
        return False
    if len(texts) == 1 and texts[0][:1].isupper() and texts[0][1:].islower():
        return False
    return not any(word.isupper() and word.lower() in COMMON_CAPS for word in texts)


def wordings(entry: TermEntry, pieces: Callable[[str], Sequence[TermToken]]) -> Iterator[Wording]:
    """The wordings of a term: as it is, without its commas, hyphenated words joined, joined ones apart."""
    text = entry.term.text
    texts: list[str]
    if PLAIN_TERM.fullmatch(text):
        texts = text.split(" ")
        yield sequence(texts, entry)
        if len(texts) == 2:
            yield whole(texts, 1, entry)
    else:
        text = text if text.isascii() else str(normalize(text, case=False).text)
        found = [piece for piece in pieces(text) if not piece.text.isspace()]
        kept = [piece for at, piece in enumerate(found) if not _silent(found, at)]
        texts = [piece.text for piece in kept]
        if not any(any(char.isalnum() for char in word) for word in texts):
            return
        yield sequence(texts, entry, len(kept) < len(found) and not _silent(found, 0))
        if "," in texts:
            yield sequence([word for word in texts if word != ","], entry)
        for at in range(1, len(kept)):
            hyphenated = text[kept[at].start - 1] == "-"
            if (hyphenated or len(kept) == 2) and texts[at].isalpha() and texts[at - 1].isalpha():
                yield whole(texts, at, entry)
    for at, written in enumerate(texts):
        parts = split_compound(written)
        if parts:
            yield sequence([*texts[:at], *parts, *texts[at + 1 :]], entry)


def whole(texts: Sequence[str], at: int, entry: TermEntry) -> Wording:
    """The wording in which a word and the one before it are written as one."""
    found = sequence([*texts[: at - 1], texts[at - 1] + texts[at], *texts[at + 1 :]], entry)
    word = found.words[at - 1]._replace(joined=True)
    return found._replace(words=(*found.words[: at - 1], word, *found.words[at:]))


def _silent(found: Sequence[TermToken], at: int) -> bool:
    """Whether a word of a term is an article, which texts have or leave out; the A of “A shares” is none."""
    word = found[at].text
    if word != "A":
        return word.lower() in ("a", "an", "the")
    after = found[at + 1].text.lower() if at + 1 < len(found) else ""
    return bool(after) and after not in _LETTERED
