"""Which Chinese terms of a pair no rendering in the English answers.

A term is answered by any rendering of any concept it may name, and by what a reader takes for one: initials
or the words that they stand for, a name cut short, “the Commission” where the full name was used before.
Terms that the glossary is not sure of, and those that are only a part of a longer name, ask for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from termbank.checks.expected_renderings import Wanted, first_letters
from termbank.checks.pair import Reading
from termbank.matching.overlap import Match
from termbank.model.concept import Grammar, Status, Term
from termbank.text import tokenizer_en as english


def open_terms(reading: Reading) -> list[tuple[tuple[Match, ...], frozenset[str]]]:
    """The Chinese terms that the glossary is sure of and that no rendering in the English answers.

    Given by concept, each with all its places, and with the concepts of which the English may take up the last word
    if they were rendered in full before: then the term is answered.
    """
    if not reading.pair.zh or not reading.pair.en.strip():
        return []
    groups: dict[str, list[Match]] = {}
    answers = reading.answers
    for match in reading.zh:
        if match.concept.id not in answers:
            groups.setdefault(match.concept.id, []).append(match)
    if not groups:
        return []
    said = _Said(reading)
    found = []
    for matches in groups.values():
        if not _is_binding(reading.memory.of(matches[0].concept), matches[0].term):
            continue
        concepts = {concept.id: concept for match in matches for concept in (match.concept, *match.also)}
        if not answers.keys().isdisjoint(concepts):
            continue
        wanted = {name: reading.memory.of(concept) for name, concept in concepts.items()}
        if any(said.otherwise(one) for one in wanted.values()):
            continue
        if any(_is_in_a_name(reading.pair.zh, match, wanted[match.concept.id]) for match in matches):
            continue
        found.append(
            (tuple(matches), frozenset(name for name, one in wanted.items() if said.by_its_head(one)))
        )
    return found


_ACRONYM = re.compile(r"(?<!\()\b(?=[A-Za-z]*[A-Z][A-Za-z]*[A-Z])[A-Za-z]{3,8}\b")
_TWO_CAPITALS = re.compile("[A-Z][A-Za-z]*[A-Z]")
_LETTERS = re.compile(r"[A-Za-z]+")
_POINTERS = frozenset(("the", "this", "that", "these", "those", "our", "its", "such", "said"))


class _Said:
    """What the English of a pair says that may stand for a name without being one of its renderings."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.en = reading.pair.en

    def otherwise(self, wanted: Wanted) -> bool:
        """Whether it is abbreviated, cut short or spelled out.

        A text may coin its own abbreviation (PBoC, NDRC); the glossary need not have it.
        """
        return (
            not self._abbreviations.isdisjoint(wanted.initials)
            or any(head in self.en for head in wanted.cut_short)
            or (bool(wanted.acronyms) and self._spells_out(wanted.acronyms))
        )

    @cached_property
    def _abbreviations(self) -> frozenset[str]:
        """The abbreviations in the English, but not the one in “… (PBoC)”."""
        if _TWO_CAPITALS.search(self.en) is None:
            return frozenset()
        return frozenset(word.rstrip("s").upper() for word in _ACRONYM.findall(self.en))

    @cached_property
    def _first_letters(self) -> tuple[str, str]:
        return first_letters(_LETTERS.findall(self.en))

    def _spells_out(self, acronyms: Sequence[Sequence[str]]) -> bool:
        """Whether words stand there of which a rendering has only the initials."""
        full, main = self._first_letters
        return any(all(one in full or one in main for one in some) for some in acronyms)

    def by_its_head(self, wanted: Wanted) -> bool:
        """Whether the English speaks of “the Commission” or “this Initiative”, and nothing else claims that."""
        if not any(head in self._lower for head in wanted.heads):
            return False
        return not (self._taken_up.isdisjoint(wanted.heads) or self._has_a_stray)

    @cached_property
    def _lower(self) -> str:
        return self.en.lower()

    @cached_property
    def _taken_up(self) -> frozenset[str]:
        """The words that follow a pointing word."""
        return frozenset(
            english.plain(word)
            for (_, before), (_, word) in pairwise(self.reading.words)
            if english.plain(before) in _POINTERS
        )

    @cached_property
    def _has_a_stray(self) -> bool:
        """Whether a rendering stands there for which the Chinese names no concept: it may stand for this one."""
        asked = self.reading.asked
        return any(
            match.concept.id not in asked and all(other.id not in asked for other in match.also)
            for match in self.reading.en
        )


_GOES_ON_WITH = (
    "委员会|委員會|委会|委會|[部局署司厅廳院處处辦办會会所行]長|[部局署司廳厅院處处辦办會会所行]长|机构|機構|总局|總局|当局|當局"
    "|中心|协会|協會|联盟|聯盟|公司|集团|集團|条例|條例|法案|草案|大学|大學|长|長"
)
_BODY_LETTER = (
    "(?<![布格结結全])局(?![面部势勢限])|(?<![全内內外])部(?![分署门門队隊委级級])|(?<!部)署|司(?![法机機])"
    "|(?<=[员員理事协協商工联聯金基])[会會](?![议議计計员員见見谈談上同])|院(?!校)"
)
_NAME_ENDS_SOON = re.compile(
    rf"(?:(?![和与與及的在于於为為是对對向由使让讓])[㐀-鿿]){{0,3}}?(?:{_GOES_ON_WITH}|{_BODY_LETTER})"
)
_NAME_ENDS_HERE = re.compile(
    rf"{_GOES_ON_WITH}|[㐀-鿿]{{0,4}}(?:研究中心|研究院|研究所|研究室|办公厅|辦公廳|办公室|辦公室|委员会|委員會|领导小组|領導小組)"
)
_GENERIC_BODY = re.compile(r"(?:委员会|委員會|部|局|署|司|院|处|處|办|辦|厅|廳|所|会|會|公司|中心)$")
_NAMES_ANOTHER = frozenset("国國洲邦州省市县縣区區亚亞联聯务務业業府")
"""Letters before a body's name that make it another's: 美国财政部, 瑞士联邦财政部, 证券及期货事务监察委员会."""


def _is_in_a_name(zh: str, match: Match, wanted: Wanted) -> bool:
    """Whether the term is only a part of a longer name that the glossary does not have.

    公务员 in 公务员制度委员会, 财政部 in 瑞士联邦财政部: what is named is another body.
    """
    after = zh[match.span.end : match.span.end + 10]
    if (_NAME_ENDS_HERE if wanted.is_proper else _NAME_ENDS_SOON).match(after) is not None:
        return True
    before = zh[: match.span.start][-1:] or " "
    short = len(match.text) <= 5 and _GENERIC_BODY.search(match.text) is not None
    return short and before in _NAMES_ANOTHER


def _is_binding(wanted: Wanted, term: Term) -> bool:
    """Whether the glossary is sure enough of a term and its concept to hold a text to it."""
    if term.status in (Status.DEPRECATED, Status.SUPERSEDED) or term.grammar is not Grammar.NOUN_PHRASE:
        return False
    return wanted.is_sure
