"""Variants: who used which rendering of a concept, how often and when.

Counts are those of documents: one that is cited twice counts once. Nothing here is guessed. An undated use is counted as
undated, and a question about a day that the dated uses do not reach has no answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from termbank.model.concept import Attestation, Term
from termbank.model.decision import Decision
from termbank.model.document_counts import DocumentCounts, count_documents


@dataclass(frozen=True)
class PublisherUse:
    """The documents of one publisher that use a rendering; `first` and `last` are None where none is dated."""

    publisher: str
    kind: str
    count: int
    first: str | None
    last: str | None


@dataclass(frozen=True)
class UsedRendering:
    """A rendering with its uses after filtering: `years` counts the documents of each year, sorted by year."""

    term: Term
    uses: tuple[Attestation, ...]
    publishers: tuple[PublisherUse, ...]
    years: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        return self.documents.documents

    @cached_property
    def documents(self) -> DocumentCounts:
        return count_documents(self.uses)

    @property
    def undated(self) -> int:
        return self.documents.undated

    @property
    def first(self) -> str | None:
        return self.documents.first

    @property
    def last(self) -> str | None:
        return self.documents.last


@dataclass(frozen=True)
class AsOf:
    """What was written on a day: `terms` and the sentence that says on what grounds.

    No terms where the evidence is too thin. `lagging` are dated uses, up to that day, of renderings whose
    time was over when they were made; `beside` those of other renderings in the years just before it.
    """

    date: str
    terms: tuple[Term, ...]
    grounds: str
    lagging: tuple[tuple[Term, Attestation], ...] = ()
    beside: tuple[tuple[Term, Attestation], ...] = ()


@dataclass(frozen=True)
class ConceptVariants:
    """One concept's renderings, in house order, and the decisions that touched it."""

    concept: str
    zh: str
    renderings: tuple[UsedRendering, ...]
    as_of: AsOf | None = None
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Variants:
    """The answer to one question; `filters` says in words what was left aside."""

    concepts: tuple[ConceptVariants, ...]
    filters: str = ""
    remarks: tuple[str, ...] = ()
