"""What a concept says of itself beside its terms: definitions, relations, external ids, and the facts of its type.

All values are frozen and know the order in which they are written (`sort_key`). `identity` is what makes two of them one
when concepts are merged: a definition or note is its language, source and text; a relation its type and target.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from termbank.model.document import Source
from termbank.model.language import Language


class ConceptType(StrEnum):
    """What kind of thing the concept is."""

    TERM = "term"
    PHRASE = "phrase"
    BODY = "body"
    LAW = "law"
    DOCUMENT = "document"
    CAMPAIGN = "campaign"
    MEETING = "meeting"
    NUMBERED_FORMULA = "numbered formula"
    OFFICE = "office"


class RelationType(StrEnum):
    """How the target of a relation stands to the concept that has it."""

    BROADER = "broader"
    NARROWER = "narrower"
    PART_OF = "part of"
    REPLACED_BY = "replaced by"
    CONFUSED_WITH = "often confused with"
    RELATED = "related"

    @property
    def rank(self) -> int:
        return _RELATION_ORDER[self]


_RELATION_ORDER = {type: rank for rank, type in enumerate(RelationType)}


class Profile(StrEnum):
    """For whom a text is written; a term can be the preferred one of some profiles only."""

    PRC_OFFICIAL = "prc-official"
    US_GOVERNMENT = "us-government"
    HONG_KONG = "hong-kong"
    TAIWAN = "taiwan"
    NEUTRAL = "neutral"


class TermForm(StrEnum):
    """Whether the form of a region was seen in use, or converted from another form."""

    ATTESTED = "attested"
    CONVERTED = "converted"


def _id_of(source: Source | None) -> str:
    return source.id if source is not None else ""


@dataclass(frozen=True)
class Description:
    """A definition of a concept, or a note on it, in one language. Without a source it is our own."""

    text: str
    language: Language = Language.EN
    source: Source | None = None

    @property
    def identity(self) -> tuple[Language, str, str]:
        return (self.language, _id_of(self.source), self.text)

    @property
    def sort_key(self) -> tuple[int, str, str]:
        return (self.language.rank, _id_of(self.source), self.text)


@dataclass(frozen=True)
class ContextPair:
    """A sentence that uses the term, beside its translation."""

    zh: str
    en: str
    source: Source | None = None

    @property
    def identity(self) -> tuple[str, str]:
        return (self.zh, self.en)

    sort_key = identity


@dataclass(frozen=True)
class Relation:
    """A typed relation to another concept, which is given by its id."""

    type: RelationType
    concept: str

    @property
    def identity(self) -> tuple[str, str]:
        return (self.type.value, self.concept)

    @property
    def sort_key(self) -> tuple[int, str]:
        return (self.type.rank, self.concept)


@dataclass(frozen=True)
class ExternalId:
    """The concept's id in another base, which `system` names: (wikidata, Q1123). It belongs to one concept."""

    system: str
    id: str

    @property
    def identity(self) -> tuple[str, str]:
        return (self.system, self.id)

    sort_key = identity


@dataclass(frozen=True)
class Member:
    """One item of a numbered formula, in the formula's order; `concept` is the id of its own concept, if it has one."""

    zh: str
    en: str | None = None
    concept: str | None = None

    @property
    def identity(self) -> str:
        return self.zh


@dataclass(frozen=True)
class BodyFacts:
    """When a body was founded and renamed, and the concepts of the bodies before and after it. Dates are partial ISO."""

    founded: str | None = None
    renamed: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class LawFacts:
    """When a law was adopted, amended and came into force, and its short title in the two languages."""

    adopted: str | None = None
    amended: tuple[str, ...] = ()
    in_force: str | None = None
    short_title_zh: str | None = None
    short_title_en: str | None = None


@dataclass(frozen=True)
class EarliestUse:
    """The first use of the Chinese term that is known."""

    source: Source | None = None
    date: str | None = None
    quotation: str | None = None


class PairReference(NamedTuple):
    """One pair of an alignment in the corpus: the alignment's SHA-256 as hex, and the pair's number from 0."""

    alignment: str
    number: int
