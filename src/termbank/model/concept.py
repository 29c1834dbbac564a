"""Concept, Term and Attestation: the entry, after ISO 704 and ISO 30042.

A concept holds the terms that name it in each language; a term holds the attestations that show who used it, when and
where. Two statuses are kept apart, as in ISO 12620: the administrative status of a term is here, institutional use is
on the attestations. All values are frozen; the order of terms is fixed (`sort_key`), so that the same entry always gives
the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol, TypeVar

from termbank.model.concept_facts import (
    BodyFacts,
    ConceptType,
    ContextPair,
    Description,
    EarliestUse,
    ExternalId,
    LawFacts,
    Member,
    PairReference,
    Profile,
    Relation,
    TermForm,
)
from termbank.model.document import Source
from termbank.model.language import Language
from termbank.model.span import Span


class Status(StrEnum):
    """Administrative status, in the order of ISO 10241-1: the first is what to write."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    PROPOSED = "proposed"
    SUPERSEDED = "superseded"
    DEPRECATED = "deprecated"

    @property
    def rank(self) -> int:
        return _STATUS_ORDER[self]

    @property
    def is_approved(self) -> bool:
        return self in (Status.PREFERRED, Status.ADMITTED)


_STATUS_ORDER = {status: rank for rank, status in enumerate(Status)}


class TermType(StrEnum):
    """How a term relates to the concept's main designation."""

    FULL_FORM = "full form"
    SHORT_FORM = "short form"
    ABBREVIATION = "abbreviation"
    VARIANT = "variant"


class Grammar(StrEnum):
    """What kind of phrase a headword is; a translator must know a verb phrase when one comes."""

    NOUN_PHRASE = "noun phrase"
    VERB_PHRASE = "verb phrase"
    ADJECTIVE = "adjective"
    CLAUSE = "clause"


class MatchFlag(StrEnum):
    """How a term asks to be matched.

    `CASE` exactly as cased, `EXACT` uninflected, `ALWAYS` at any word edge; `ALIGNED` for ordinary words, which
    count only beside the Chinese term.
    """

    CASE = "case"
    EXACT = "exact"
    ALWAYS = "always"
    ALIGNED = "aligned"


@dataclass(frozen=True)
class Attestation:
    """One use of a term in one document.

    `own_date` is given where the use is dated otherwise than its source. `span` is the place in the
    source's text where that text is in the corpus. `alongside` says the other language stood beside
    it; `copied` that it was seen on a re-posting; `inferred` that the two were paired by inference.
    `text_hash` is the SHA-256 (hex) of the corpus text that `span` is a place in, `pair` the pair there.
    """

    source: Source
    own_date: str | None = None
    alongside: bool = False
    copied: bool = False
    quotation: str | None = None
    span: Span | None = None
    inferred: bool = False
    text_hash: str | None = None
    pair: PairReference | None = None

    @property
    def date(self) -> str | None:
        return self.own_date or self.source.date

    @property
    def sort_key(self) -> tuple[str, str, int, str]:
        start = self.span.start if self.span is not None else -1
        return (self.date or "", self.source.id, start, self.quotation or "")

    @property
    def identity(self) -> tuple[str, str, int, str]:
        """Two attestations with one identity are one fact and are kept once."""
        start = self.span.start if self.span is not None else -1
        return (self.source.id, self.date or "", start, (self.quotation or "") if start < 0 else "")


@dataclass(frozen=True)
class Term:
    """A designation of a concept in one language, with its administrative status and its attestations.

    `since` and `until` bound the period in which the status held (partial ISO dates).

    Attributes:
        abbreviation_of: The text of the term of this concept and language that it abbreviates.
        form: Whether the form of a region was attested or converted; None where it is not known.
        by_hand: Whether a person set the status; evidence never changes it then.
        profiles: The profiles it is the preferred term of. A preferred term with none is the default for all.
        fixed_by: The document that fixed the rendering.
    """

    text: str
    language: Language
    status: Status = Status.PROPOSED
    type: TermType = TermType.FULL_FORM
    grammar: Grammar = Grammar.NOUN_PHRASE
    since: str | None = None
    until: str | None = None
    note: str | None = None
    flags: frozenset[MatchFlag] = frozenset()
    never_inside: tuple[str, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    abbreviation_of: str | None = None
    form: TermForm | None = None
    by_hand: bool = False
    profiles: frozenset[Profile] = frozenset()
    fixed_by: Source | None = None

    def __repr__(self) -> str:
        """Brief, for notebooks and failing tests: <Term zh-Hans 新质生产力, preferred>."""
        return f"<Term {self.language.value} {self.text}, {self.status.value}>"

    @property
    def sort_key(self) -> tuple[int, int, str]:
        return (self.language.rank, self.status.rank, self.text)

    @property
    def general_status(self) -> Status:
        """The status for a text of no profile: what is preferred for some profiles only is admitted."""
        return Status.ADMITTED if self.profiles and self.status is Status.PREFERRED else self.status

    @property
    def standing(self) -> tuple[int, bool, bool, int, str]:
        """Before which other renderings it is shown: by status, those for every profile and full forms first."""
        not_full = self.type is not TermType.FULL_FORM
        return (self.status.rank, bool(self.profiles), not_full, -len(self.attestations), self.text)

    @property
    def first(self) -> str | None:
        """The earliest date on which it is attested, or None."""
        return min((a.date for a in self.attestations if a.date), default=None)

    @property
    def last(self) -> str | None:
        """The latest date on which it is attested, or None."""
        return max((a.date for a in self.attestations if a.date), default=None)


@dataclass(frozen=True)
class Concept:
    """One notion with its terms in every language, in their fixed order."""

    id: str
    terms: tuple[Term, ...]
    subject: str | None = None
    type: ConceptType = ConceptType.TERM
    definitions: tuple[Description, ...] = ()
    notes: tuple[Description, ...] = ()
    contexts: tuple[ContextPair, ...] = ()
    relations: tuple[Relation, ...] = ()
    external_ids: tuple[ExternalId, ...] = ()
    members: tuple[Member, ...] = ()
    body: BodyFacts | None = None
    law: LawFacts | None = None
    first_use: EarliestUse | None = None

    def __repr__(self) -> str:
        """Brief: <Concept new-quality-productive-forces: 新质生产力 = new quality productive forces>."""
        english = self.rendering
        return f"<Concept {self.id}: {self.headword}{f' = {english.text}' if english else ''}>"

    def in_language(self, language: Language) -> Iterator[Term]:
        return (term for term in self.terms if term.language is language)

    @property
    def chinese(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.language.is_chinese)

    @cached_property
    def english(self) -> tuple[Term, ...]:
        """The renderings as they are shown: preferred first, then as `Term.standing` says."""
        found = [term for term in self.terms if term.language is Language.EN]
        return tuple(found if len(found) < 2 else sorted(found, key=lambda term: term.standing))

    @property
    def headword(self) -> str:
        """The Chinese term to show for the concept, or its first term where there is none."""
        for term in self.terms:
            if term.language.is_chinese:
                return term.text
        return self.terms[0].text if self.terms else self.id

    @property
    def rendering(self) -> Term | None:
        """The English term to write: the first not superseded or deprecated, or None."""
        for term in self.english:
            if term.status.rank <= Status.PROPOSED.rank:
                return term
        return None

    @property
    def related(self) -> tuple[str, ...]:
        """The ids of all concepts that it has a relation to, each once."""
        return tuple(dict.fromkeys(relation.concept for relation in self.relations))

    def sources(self) -> Iterator[Source]:
        """Every source that it cites, as often as it does."""
        for term in self.terms:
            for attestation in term.attestations:
                yield attestation.source
            if term.fixed_by is not None:
                yield term.fixed_by
        if self.definitions or self.notes or self.contexts:
            descriptions = (one.source for one in (*self.definitions, *self.notes))
            contexts = (one.source for one in self.contexts)
            yield from (source for source in (*descriptions, *contexts) if source is not None)
        if self.first_use is not None and self.first_use.source is not None:
            yield self.first_use.source


class _Sortable(Protocol):
    @property
    def identity(self) -> Any: ...

    @property
    def sort_key(self) -> Any: ...


_Fact = TypeVar("_Fact", bound=_Sortable)


def sort_facts(facts: Iterable[_Fact]) -> tuple[_Fact, ...]:
    """Definitions, notes, contexts, relations or external ids in their fixed order."""
    return tuple(sorted(facts, key=lambda fact: fact.sort_key))


def unique_facts(facts: Iterable[_Fact]) -> tuple[_Fact, ...]:
    """Each fact once, the last given of those with one identity, in their fixed order."""
    return sort_facts({fact.identity: fact for fact in facts}.values())


def sort_terms(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Terms in their fixed order, each with its attestations in theirs."""
    return tuple(sorted(terms, key=lambda term: term.sort_key))
