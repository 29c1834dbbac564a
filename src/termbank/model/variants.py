"""Variants: who used which rendering of a concept, how often and when.

Counts are those of attestations; nothing here is guessed. An undated use is counted as undated, and a question about a
day that the dated uses do not reach has no answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from termbank.model.concept import Attestation, Term
from termbank.model.decision import Decision


@dataclass(frozen=True)
class PublisherUse:
    """One publisher's uses of a rendering; `first` and `last` are None where none is dated."""

    publisher: str
    kind: str
    count: int
    first: str | None
    last: str | None


@dataclass(frozen=True)
class UsedRendering:
    """A rendering with its uses after filtering: `years` counts the dated ones, sorted by year."""

    term: Term
    uses: tuple[Attestation, ...]
    publishers: tuple[PublisherUse, ...]
    years: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        return len(self.uses)

    @property
    def undated(self) -> int:
        return sum(use.date is None for use in self.uses)

    @property
    def first(self) -> str | None:
        return min((use.date for use in self.uses if use.date), default=None)

    @property
    def last(self) -> str | None:
        return max((use.date for use in self.uses if use.date), default=None)


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
