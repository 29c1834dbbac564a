"""Compares the names in the English with that of a body, law, document, office or campaign.

Names do not vary but in case, article, number, order (“20th CPC National Congress”) and the forms that the concept holds. A
name that shares most words but not all, beside others or in their place, is another name: the Ministry of Ecological
Environment is not the Ministry of Ecology and Environment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from termbank.checks.pair import Pair
from termbank.lexicon.dictionary import is_stop_word
from termbank.model.concept import Concept, Status, Term
from termbank.model.concept_facts import ConceptType
from termbank.model.span import Span
from termbank.text.morphology_en import lemma
from termbank.text.spelling_en import american

NAMES = frozenset(
    (ConceptType.BODY, ConceptType.LAW, ConceptType.DOCUMENT, ConceptType.OFFICE, ConceptType.CAMPAIGN)
)
"""The types of concepts that have names."""

_WORD = r"(?:[A-Z][\w’'-]*|\d+(?:st|nd|rd|th))"
_JOINT = r"(?:,? (?:of|for|on|and|in|to|with|under|by|the)\b){0,3}"
_NAME = re.compile(rf"{_WORD}(?:{_JOINT} {_WORD}|, {_WORD})*")
_SEPARATOR = re.compile(r",? and (?:the )?|, (?:the )?| with (?:the )?| by (?:the )?")
_COMPLEMENT = re.compile(r" (?:of|for|on) ")
_LONG_FORMS = (
    ("communist party of china", "cpc"),
    ("chinese communist party", "cpc"),
    ("ccp", "cpc"),
    ("people's republic of china", "prc"),
    ("national people's congress", "npc"),
)
"""Names inside names that may be abbreviated."""
_LEAST_SHARED = 2


class WrittenName(NamedTuple):
    """A name as the English has it: its place and its words."""

    span: Span
    words: frozenset[str]
    has_complement: bool


class NameComparison:
    """The names in the English of one pair."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.names = _names_of_text(pair.segment.en)

    def has_name_of(self, concept: Concept) -> bool:
        """Whether a name of the concept stands there with its words in another order, or with an abbreviation in it."""
        return any(
            own <= (name.words | {"cpc"} if "party" in name.words else name.words)
            for own in _own_names(concept)
            if len(own) > 1
            for name in self.names
        )

    def find_wrong_name(self, concept: Concept) -> Span | None:
        """The place of the name that is nearly the concept's; None where there is none.

        A name of which a concept that the Chinese names is rendered is not asked, nor is a shortened one without “of”.
        """
        best: tuple[float, int, Span] | None = None
        own_names = [own for own in _own_names(concept) if len(own) > _LEAST_SHARED]
        for name in self.names if own_names else ():
            if self._is_another_name(name.span):
                continue
            for own in own_names:
                shared = own & name.words
                others = name.words - own
                if len(shared) < _LEAST_SHARED or len(shared) * 2 < len(own):
                    continue
                if len(others) > len(own) or (not others and not name.has_complement):
                    continue
                score = (len(shared) / len(own) - len(others) / 100, -len(name.words), name.span)
                if best is None or score > best:
                    best = score
        return best[2] if best is not None else None

    def _is_another_name(self, span: Span) -> bool:
        """Whether the name is the rendering of something that the Chinese has."""
        in_zh = self.pair.zh_concepts
        return any(
            match.span.start <= span.start + 4 and span.end <= match.span.end + 4
            for match in self.pair.en_matches
            if match.concept.id in in_zh or any(other.id in in_zh for other in match.also)
        )


@lru_cache(maxsize=1 << 6)
def _names_of_text(text: str) -> tuple[WrittenName, ...]:
    return tuple(_names_in(text))


def _names_in(text: str) -> Iterator[WrittenName]:
    """The names in a text, whole and in the parts between “and” and commas."""
    for found in _NAME.finditer(text):
        spans = [Span(*found.span())]
        at = found.start()
        for separator in _SEPARATOR.finditer(text, found.start(), found.end()):
            spans.append(Span(at, separator.start()))
            at = separator.end()
        if at > found.start():
            spans.append(Span(at, found.end()))
        for span in spans:
            if span.start < span.end:
                part = _without_article(text, span)
                name = part.of(text)
                yield WrittenName(part, words_of_name(name), _COMPLEMENT.search(name) is not None)


def _without_article(text: str, span: Span) -> Span:
    article = re.match(r"(?:The|A|An) ", span.of(text))
    return Span(span.start + article.end(), span.end) if article else span


@lru_cache(maxsize=1 << 14)
def words_of_name(name: str) -> frozenset[str]:
    """The words of a name without stop words, in small letters and the singular; known names inside it abbreviated.

    >>> sorted(words_of_name("Third Session of the Communist Party of China’s 20th Central Committee"))
    ['20th', 'central', 'committee', 'cpc', 'session', 'third']
    """
    text = name.lower().replace("’", "'")
    for long, short in _LONG_FORMS:
        text = text.replace(long, short)
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text)
    kept = (word.removesuffix("'s") for word in words)
    return frozenset(american(_singular(word)) for word in kept if not is_stop_word(word))


def _singular(word: str) -> str:
    """A noun in the singular; other words as they are: ecological is not ecology."""
    return lemma(word) if word.endswith("s") else word


@lru_cache(maxsize=1 << 12)
def _own_names_of(terms: tuple[Term, ...]) -> tuple[frozenset[str], ...]:
    usable = (term for term in terms if term.status.rank <= Status.PROPOSED.rank)
    return tuple(dict.fromkeys(words_of_name(term.text) for term in usable))


def _own_names(concept: Concept) -> tuple[frozenset[str], ...]:
    """The words of each usable rendering."""
    return _own_names_of(concept.english)
