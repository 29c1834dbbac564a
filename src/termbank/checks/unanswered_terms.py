"""Finds the Chinese terms of a pair that no rendering in the English answers.

A term is answered by any rendering of any concept it may name, and by what a reader takes for one: initials, or the
words that they abbreviate, a shortened name, “the Commission” where the full name was used before. Terms of which the
glossary is not sure, and terms that are only a part of a longer name, need no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from termbank.checks.expected_renderings import HEADS, ExpectedRendering, RenderingIndex, first_letters
from termbank.checks.pair import Pair, TermFinder, neighbours
from termbank.checks.wrong_names import NameComparison, words_of_name
from termbank.matching.match import Match
from termbank.model.concept import Concept, Grammar, Status, Term
from termbank.model.concept_facts import ConceptType
from termbank.text import tokenizer_en as english
from termbank.text.scripts import to_simplified

_SHORTEST_PHRASE = 5
"""Characters of a phrase from which on the terms in it are asked for."""


class UnansweredTerm(NamedTuple):
    """A Chinese term without a known rendering in its pair.

    Attributes:
        matches: every place of the concept in the Chinese.
        head_concepts: ids of concepts whose last word the English takes up (“the Commission”); if one of them was
            rendered in full before, the term is answered.
        rendered_nearby: whether a neighbouring pair renders it: a pronoun refers to it, or sentences are divided otherwise.
        rendered_before: whether one of the two pairs before renders it.
    """

    matches: tuple[Match, ...]
    head_concepts: frozenset[str]
    rendered_nearby: bool
    rendered_before: bool = False

    @property
    def concept(self) -> Concept:
        return self.matches[0].concept


class Surroundings(NamedTuple):
    """The pairs beside one: those just before and after it, and the two before it."""

    near: Sequence[Pair] = ()
    before: Sequence[Pair] = ()


def surroundings(pairs: Sequence[Pair], number: int) -> Surroundings:
    """The pairs beside one of a batch."""
    return Surroundings(neighbours(pairs, number), pairs[max(0, number - 2) : number])


def find_unanswered(
    pair: Pair, beside: Surroundings, expected: RenderingIndex, matcher: TermFinder | None = None
) -> list[UnansweredTerm]:
    """The unanswered terms of a pair, one for each concept, in the order of the Chinese.

    Args:
        matcher: finds the terms inside a phrase that binds nobody (优化营商环境): they are asked for instead.
    """
    if not pair.segment.zh or not pair.segment.en.strip():
        return []
    by_concept: dict[str, list[Match]] = {}
    for match in pair.zh_matches:
        if match.concept.id in pair.en_concepts:
            continue
        for one in _terms_of_phrase(match, pair, expected, matcher):
            by_concept.setdefault(one.concept.id, []).append(one)
    if not by_concept:
        return []
    paraphrases = _Paraphrases(pair)
    found = (
        _find_unanswered(pair, tuple(matches), beside, expected, paraphrases)
        for matches in by_concept.values()
    )
    return [term for term in found if term is not None]


def _terms_of_phrase(
    match: Match, pair: Pair, expected: RenderingIndex, matcher: TermFinder | None
) -> list[Match]:
    """The match itself where its term binds; else the terms inside it that the English does not render."""
    concepts = (match.concept, *match.also)
    is_phrase = match.concept.type is ConceptType.PHRASE or match.term.grammar is not Grammar.NOUN_PHRASE
    if (
        matcher is None
        or not is_phrase
        or len(match.text) < _SHORTEST_PHRASE
        or _is_binding(expected.of(match.concept), match.term)
        or any(concept.id in pair.en_concepts for concept in concepts)
    ):
        return [match]
    inner = expected.terms_inside(match.text, lambda: _longest_terms(match.text, matcher))
    found = (one._replace(span=one.span.shifted(match.span.start)) for one in inner)
    return [one for one in found if one.concept.id not in pair.en_concepts] or [match]


def _longest_terms(phrase: str, matcher: TermFinder) -> tuple[Match, ...]:
    """The terms inside a phrase, the longest of those that overlap."""
    longest: list[Match] = []
    inner = (one for one in matcher.chinese(phrase, nested=True) if one.text != phrase)
    for one in sorted(inner, key=lambda found: -len(found.text)):
        if not any(other.span.overlaps(one.span) for other in longest):
            longest.append(one)
    return tuple(sorted(longest, key=lambda found: found.span))


def _find_unanswered(
    pair: Pair,
    matches: tuple[Match, ...],
    beside: Surroundings,
    expected: RenderingIndex,
    paraphrases: _Paraphrases,
) -> UnansweredTerm | None:
    """The matches of one concept as an unanswered term, or None where nothing needs to be said."""
    if not _is_binding(expected.of(matches[0].concept), matches[0].term):
        return None
    concepts = {concept.id: concept for match in matches for concept in (match.concept, *match.also)}
    if not pair.en_concepts.keys().isdisjoint(concepts):
        return None
    readings = {name: expected.of(concept) for name, concept in concepts.items()}
    if any(paraphrases.has(rendering) for rendering in readings.values()):
        return None
    own = readings[matches[0].concept.id]
    if own.is_name and len(matches[0].text) <= _SHORT_NAME and _is_traditional(pair.segment.zh):
        return None
    if any(_is_part_of_a_name(pair.segment.zh, match, own) for match in matches):
        return None
    heads = frozenset(name for name, rendering in readings.items() if paraphrases.has_head_of(rendering))
    return UnansweredTerm(
        matches, heads, _is_rendered_in(beside.near, concepts), _is_rendered_in(beside.before, concepts)
    )


_SHORT_NAME = 4
"""Characters up to which a name in a text in traditional characters may be that of a body of Hong Kong or Taiwan."""


@lru_cache(maxsize=1 << 10)
def _is_traditional(zh: str) -> bool:
    return to_simplified(zh) != zh


def _is_rendered_in(pairs: Sequence[Pair], concepts: Mapping[str, Concept]) -> bool:
    return any(not other.en_concepts.keys().isdisjoint(concepts) for other in pairs)


_ACRONYM = re.compile(r"(?<!\()\b(?=[A-Za-z]*[A-Z][A-Za-z]*[A-Z])[A-Za-z]{3,8}\b")
_TWO_CAPITALS = re.compile("[A-Z][A-Za-z]*[A-Z]")
_LETTERS = re.compile(r"[A-Za-z]+")
_DETERMINERS = frozenset(("the", "this", "that", "these", "those", "our", "its", "such", "said"))


_LIST_OF_BODIES = re.compile(
    r"\b(?:ministries|departments|commissions|bureaus|offices|administrations|agencies) (?:of|for|in charge of) ",
    re.I,
)
_SAME_BEGINNING = 5
"""Letters by which the words of a list are compared: transport, transportation."""


class _Paraphrases:
    """What the English of a pair has that may refer to a concept without being one of its renderings."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.en = pair.segment.en

    def has(self, rendering: ExpectedRendering) -> bool:
        """Whether a concept is abbreviated, shortened or spelled out.

        A text may coin its own abbreviation (PBoC, NDRC); the glossary need not have it.
        """
        return (
            not self._abbreviations.isdisjoint(rendering.initials)
            or any(self._has_shortened(name) for name in rendering.shortened_names)
            or (rendering.blends is not None and rendering.blends.search(self.en) is not None)
            or (rendering.is_name and self._is_listed(rendering))
            or (rendering.is_name and self.names.has_name_of(rendering.concept))
            or (bool(rendering.acronyms) and self._spells_out(rendering.acronyms))
        )

    @cached_property
    def names(self) -> NameComparison:
        return NameComparison(self.pair)

    def _has_shortened(self, name: str) -> bool:
        """Whether a shortened name stands there, and nothing that would make it another one: “of …”, another capital."""
        return (
            name in self.en
            and re.search(rf"{re.escape(name)}(?! (?:of|for|on) | [A-Z])", self.en) is not None
        )

    def _is_listed(self, rendering: ExpectedRendering) -> bool:
        """Whether several bodies are named at once, with the word for them in the plural: the ministries of finance and trade."""
        list_ = _LIST_OF_BODIES.search(self.en)
        if list_ is None:
            return False
        named = {word[:_SAME_BEGINNING] for word in words_of_name(self.en[list_.end() :])}
        return any(
            not own.isdisjoint(named)
            for term in rendering.concept.english
            if (own := {w[:_SAME_BEGINNING] for w in words_of_name(term.text) if w not in HEADS})
        )

    def has_head_of(self, rendering: ExpectedRendering) -> bool:
        """Whether the English has “the Commission” or “this Initiative”, and no other concept explains it."""
        if not any(head in self._lower for head in rendering.heads):
            return False
        return not (self._heads_referred_to.isdisjoint(rendering.heads) or self._has_unasked_rendering)

    @cached_property
    def _abbreviations(self) -> frozenset[str]:
        """The abbreviations in the English, except one that is being introduced: “… (PBoC)”."""
        if _TWO_CAPITALS.search(self.en) is None:
            return frozenset()
        return frozenset(word.rstrip("s").upper() for word in _ACRONYM.findall(self.en))

    @cached_property
    def _first_letters(self) -> tuple[str, str]:
        return first_letters(_LETTERS.findall(self.en))

    def _spells_out(self, acronyms: Sequence[Sequence[str]]) -> bool:
        """Whether the English has words of which a rendering is the initials."""
        full, main = self._first_letters
        return any(all(one in full or one in main for one in some) for some in acronyms)

    @cached_property
    def _lower(self) -> str:
        return self.en.lower()

    @cached_property
    def _heads_referred_to(self) -> frozenset[str]:
        """The words that follow a determiner."""
        return frozenset(
            english.lower_form(word)
            for (_, before), (_, word) in pairwise(self.pair.en_words)
            if english.lower_form(before) in _DETERMINERS
        )

    @cached_property
    def _has_unasked_rendering(self) -> bool:
        """Whether the English has a rendering whose concept the Chinese does not name: it may refer to this one."""
        in_zh = self.pair.zh_concepts
        return any(
            match.concept.id not in in_zh and all(other.id not in in_zh for other in match.also)
            for match in self.pair.en_outermost
        )


_NAME_PARTS = (
    "委员会|委員會|委会|委會|[部局署司厅廳院處处辦办會会所行]長|[部局署司廳厅院處处辦办會会所行]长|机构|機構|总局|總局|当局|當局"
    "|中心|协会|協會|联盟|聯盟|公司|集团|集團|条例|條例|法案|草案|大学|大學|长|長"
)
_INSTITUTION_CHARACTER = (
    "(?<![布格结結全])局(?![面部势勢限])|(?<![全内內外])部(?![分署门門队隊委级級])|(?<!部)署|司(?![法机機])"
    "|(?<=[员員理事协協商工联聯金基])[会會](?![议議计計员員见見谈談上同])|院(?!校)"
)
_NAME_ENDS_SOON = re.compile(
    rf"(?:(?![和与與及的在于於为為是对對向由使让讓])[㐀-鿿]){{0,3}}?(?:{_NAME_PARTS}|{_INSTITUTION_CHARACTER})"
)
_NAME_ENDS_HERE = re.compile(
    rf"{_NAME_PARTS}|[㐀-鿿]{{0,4}}(?:研究中心|研究院|研究所|研究室|办公厅|辦公廳|办公室|辦公室|委员会|委員會|领导小组|領導小組)"
)
_INSTITUTION = re.compile(r"(?:委员会|委員會|部|局|署|司|院|处|處|办|辦|厅|廳|所|会|會|公司|中心)$")
_OTHER_OWNERS = frozenset("国國洲邦州省市县縣区區亚亞联聯务務业業府")
"""Characters before an institution's name that make it another institution: 美国财政部, 瑞士联邦财政部, 证券及期货事务监察委员会."""


def _is_part_of_a_name(zh: str, match: Match, rendering: ExpectedRendering) -> bool:
    """Whether the term is only a part of a longer name that the glossary does not have.

    公务员 in 公务员制度委员会, 财政部 in 瑞士联邦财政部: the name is that of another institution.
    """
    after = zh[match.span.end : match.span.end + 10]
    if (_NAME_ENDS_HERE if rendering.is_proper else _NAME_ENDS_SOON).match(after) is not None:
        return True
    before = zh[: match.span.start][-1:] or " "
    short = len(match.text) <= 5 and _INSTITUTION.search(match.text) is not None
    return short and before in _OTHER_OWNERS


def _is_binding(rendering: ExpectedRendering, term: Term) -> bool:
    """Whether the glossary is sure enough of a term and its concept to hold a text to it."""
    if term.status in (Status.DEPRECATED, Status.SUPERSEDED):
        return False
    return rendering.is_house_term or (term.grammar is Grammar.NOUN_PHRASE and rendering.is_sure)
