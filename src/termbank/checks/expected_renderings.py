"""What the checks expect where the Chinese names a concept: its approved renderings, and other ways of naming it.

Everything is derived once for each concept and kept, so that a long text costs no more than the terms in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cached_property

from termbank.checks.lexicon_stems import content_lemmas, stem_of_lemma
from termbank.checks.wrong_names import NAMES
from termbank.lexicon.dictionary import is_stop_word
from termbank.matching.match import Match
from termbank.model.concept import Concept, Grammar, Status, Term
from termbank.text.scripts import to_simplified

HEADS = frozenset(
    "ministry commission office bureau administration council committee court procuratorate department agency congress "
    "conference authority academy association federation bank corporation group board".split()
)
"""Words that end the English name of an institution, or stand near its end."""
FIXED_BY_PUBLISHERS = 2
"""Publishers from which on a rendering is a fixed term."""
_ACRONYMS = re.compile(r"[A-Z]{3,}s?(?:/[A-Z]{3,}s?)*")
_ONE_WORD = re.compile("[a-z]{8,}")
_INSTITUTION_ENDINGS = tuple("部委局院会署处办厅所府")
"""Characters that end the Chinese name of an institution or office."""


def usable_renderings(concept: Concept) -> tuple[Term, ...]:
    """The renderings that may be written for a concept: the approved ones, or the proposed ones where none is."""
    good = tuple(term for term in concept.english if term.status.is_approved)
    return good or tuple(term for term in concept.english if term.status is Status.PROPOSED)


class ExpectedRendering:
    """What the checks expect for one concept.

    Attributes:
        is_house_term: whether it is of a glossary that the person named, whose renderings bind strictly.
    """

    def __init__(self, concept: Concept, is_house_term: bool = False) -> None:
        self.concept = concept
        self.is_house_term = is_house_term and any(term.status.is_approved for term in concept.english)

    @cached_property
    def is_sure(self) -> bool:
        """Whether the glossary is sure enough of the concept to hold a text to it."""
        if self.is_house_term:
            return True
        best = usable_renderings(self.concept)
        return bool(best) and best[0].status.is_approved and best[0].grammar is Grammar.NOUN_PHRASE

    @cached_property
    def is_fixed(self) -> bool:
        """Whether several publishers use one of its approved renderings, so that another wording stands out."""
        return self._publishers >= FIXED_BY_PUBLISHERS

    @cached_property
    def is_of_one_publisher(self) -> bool:
        """Whether one publisher alone is known to use its approved renderings; False where nothing is known."""
        return self._publishers == 1

    @cached_property
    def _publishers(self) -> int:
        """The most publishers that use one of its approved renderings."""
        return max(
            (
                len({a.source.publisher.id for a in term.attestations if a.source.publisher is not None})
                for term in self.concept.english
                if term.status.is_approved
            ),
            default=0,
        )

    @cached_property
    def is_proper(self) -> bool:
        """Whether its rendering is a proper name."""
        rendering = self.concept.rendering
        return rendering is not None and rendering.text[:1].isupper()

    @cached_property
    def is_institution(self) -> bool:
        """Whether it is an institution or office, by the last character of its Chinese and the head of its English name."""
        rendering = self.concept.rendering
        if (
            rendering is None
            or not self.concept.headword.endswith(_INSTITUTION_ENDINGS)
            or len(self.concept.headword) < 3
        ):
            return False
        words = rendering.text.split()
        capital = sum(word[:1].isupper() for word in words)
        return capital * 2 > len(words) and any(word.lower() in HEADS for word in words)

    @cached_property
    def is_name(self) -> bool:
        """Whether it is a body, law, document, office or campaign: its renderings do not vary."""
        return self.concept.type in NAMES or self.is_institution

    @cached_property
    def stems(self) -> tuple[tuple[str, ...], ...]:
        """The stems of each approved rendering."""
        return tuple(
            tuple(map(stem_of_lemma, content_lemmas(term.text))) for term in usable_renderings(self.concept)
        )

    @cached_property
    def all_stems(self) -> frozenset[str]:
        """The stems of all approved renderings."""
        return frozenset(one for some in self.stems for one in some)

    @cached_property
    def zh_characters(self) -> tuple[frozenset[str], ...]:
        """The characters of each Chinese term, simplified."""
        return tuple(frozenset(to_simplified(term.text)) for term in self.concept.chinese)

    @cached_property
    def initials(self) -> frozenset[str]:
        """The abbreviations that a text may coin for it."""
        several = (term.text for term in self.concept.english if len(term.text.split()) > 1)
        return frozenset(name for text in several for name in initials(text))

    @cached_property
    def shortened_names(self) -> tuple[str, ...]:
        """Its names without what follows “of”: the Political Bureau, the State Administration."""
        found = []
        for term in self.concept.english:
            head = re.split(r" (?:of|for|under|on) (?=the |[A-Z])", term.text)[0]
            words = head.split()
            if head == term.text and len(words) > 2 and words[-1].lower() in HEADS:
                head = " ".join(words[:-1])  # the Federal Reserve, without its Board
            if head != term.text and len(head.split()) > 1 and head[:1].isupper():
                found.append(head)
        return tuple(found)

    @cached_property
    def blends(self) -> re.Pattern[str] | None:
        """What matches the two words of which a rendering is a blend: biological diversity for biodiversity."""
        found = [
            rf"{word[:at]}[a-z]* {word[at:]}"
            for term in self.concept.english
            if _ONE_WORD.fullmatch(word := term.text)
            for at in range(3, len(word) - 4)
        ]
        return re.compile(rf"\b(?:{'|'.join(found)})\b", re.I) if found else None

    @cached_property
    def acronyms(self) -> tuple[tuple[str, ...], ...]:
        """The initials of which a rendering consists: HKAB, GDP, A/B."""
        return tuple(
            tuple(re.findall("[A-Z]{3,}", term.text))
            for term in self.concept.english
            if _ACRONYMS.fullmatch(term.text)
        )

    @cached_property
    def heads(self) -> frozenset[str]:
        """The last words of its names of several words."""
        return frozenset(
            words[-1].lower() for term in self.concept.english if len(words := term.text.split()) > 1
        )


class RenderingIndex:
    """The expected renderings of the concepts of one glossary, made when they are first asked for.

    Args:
        house_terms: ids of the concepts whose renderings bind strictly.
    """

    def __init__(self, house_terms: Collection[str] = ()) -> None:
        self._by_id: dict[str, ExpectedRendering] = {}
        self._house_terms = frozenset(house_terms)
        self._inside: dict[str, tuple[Match, ...]] = {}

    def terms_inside(self, phrase: str, find: Callable[[], tuple[Match, ...]]) -> tuple[Match, ...]:
        """The terms inside a Chinese phrase; `find` is called where they are not known yet."""
        found = self._inside.get(phrase)
        if found is None:
            found = self._inside[phrase] = find()
        return found

    def of(self, concept: Concept) -> ExpectedRendering:
        """What is expected for a concept."""
        found = self._by_id.get(concept.id)
        if found is None:
            is_house_term = concept.id in self._house_terms
            found = self._by_id[concept.id] = ExpectedRendering(concept, is_house_term)
        return found


def initials(text: str) -> frozenset[str]:
    """The abbreviations that a rendering may have.

    >>> sorted(initials("People’s Bank of China"))
    ['PBC', 'PBOC']
    """
    return frozenset(
        name for name in first_letters(re.findall(r"[A-Za-z]+(?:[’'][a-z]+)?", text)) if len(name) > 2
    )


def first_letters(words: list[str]) -> tuple[str, str]:
    """The first letters of words, in capitals: of all words, and of all but stop words."""
    full = "".join(word[0] for word in words).upper()
    return full, "".join(word[0] for word in words if not is_stop_word(word.lower())).upper()
