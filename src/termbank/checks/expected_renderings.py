"""What is wanted where a concept stands: its approved renderings, and the other ways of naming it.

A concept comes in; what the checks ask of it at each place is found once for each and kept, so that a long text
costs no more than its terms do.
"""

from __future__ import annotations

import re
from functools import cached_property

from termbank.checks.lexicon_stems import content, stem
from termbank.lexicon.dictionary import is_stop_word
from termbank.matching.overlap import Match
from termbank.model.concept import Concept, Grammar, Status, Term
from termbank.model.survey import same_wording
from termbank.text.scripts import to_simplified

HEADS = frozenset(
    "ministry commission office bureau administration council committee court procuratorate department agency congress "
    "conference authority academy association federation bank corporation group board".split()
)
"""What a body is, as the last word of its name or near it."""
_ACRONYMS = re.compile(r"[A-Z]{3,}s?(?:/[A-Z]{3,}s?)*")
_BODIES = tuple("部委局院会署处办厅所府")


def approved(concept: Concept) -> tuple[Term, ...]:
    """What may be written for a concept: what the house approves; what is only proposed where it approves none."""
    good = tuple(term for term in concept.english if term.status.is_approved)
    return good or tuple(term for term in concept.english if term.status is Status.PROPOSED)


class Wanted:
    """One concept as the checks ask after it."""

    def __init__(self, concept: Concept) -> None:
        self.concept = concept

    @cached_property
    def is_sure(self) -> bool:
        """Whether the glossary is sure enough of the concept to hold a text to it."""
        best = approved(self.concept)
        return bool(best) and best[0].status.is_approved and best[0].grammar is Grammar.NOUN_PHRASE

    @cached_property
    def is_proper(self) -> bool:
        rendering = self.concept.rendering
        return rendering is not None and rendering.text[:1].isupper()

    @cached_property
    def names_a_body(self) -> bool:
        """Whether it is an institution or office, by the last letter of the one name and the head of the other."""
        rendering = self.concept.rendering
        if rendering is None or not self.concept.headword.endswith(_BODIES) or len(self.concept.headword) < 3:
            return False
        words = rendering.text.split()
        capital = sum(word[:1].isupper() for word in words)
        return capital * 2 > len(words) and any(word.lower() in HEADS for word in words)

    @cached_property
    def stems(self) -> tuple[tuple[str, ...], ...]:
        """The stems of each approved rendering."""
        return tuple(tuple(map(stem, content(term.text))) for term in approved(self.concept))

    @cached_property
    def own(self) -> frozenset[str]:
        return frozenset(one for some in self.stems for one in some)

    @cached_property
    def letters(self) -> tuple[frozenset[str], ...]:
        """The letters of each Chinese term."""
        return tuple(frozenset(to_simplified(term.text)) for term in self.concept.chinese)

    @cached_property
    def initials(self) -> frozenset[str]:
        """The abbreviations that a text may coin for it."""
        several = (term.text for term in self.concept.english if len(term.text.split()) > 1)
        return frozenset(name for text in several for name in initials(text))

    @cached_property
    def cut_short(self) -> tuple[str, ...]:
        """Its names without what follows their “of”: the Political Bureau, the State Administration."""
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


class Memory:
    """What was found of the concepts of one glossary."""

    def __init__(self) -> None:
        self._wanted: dict[str, Wanted] = {}
        self._terms: dict[tuple[str, str], Term | None] = {}

    def of(self, concept: Concept) -> Wanted:
        found = self._wanted.get(concept.id)
        if found is None:
            found = self._wanted[concept.id] = Wanted(concept)
        return found

    def term_of(self, concept: Concept, match: Match) -> Term | None:
        """The concept's own term for what was found, where another concept may own the match."""
        if match.concept.id == concept.id:
            return match.term
        wording = match.term.text
        try:
            return self._terms[concept.id, wording]
        except KeyError:
            found = next((term for term in concept.english if same_wording(term.text, wording)), None)
            self._terms[concept.id, wording] = found
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
    """The first letters of words, in capitals: of all of them, and of those that say something."""
    full = "".join(word[0] for word in words).upper()
    return full, "".join(word[0] for word in words if not is_stop_word(word.lower())).upper()
