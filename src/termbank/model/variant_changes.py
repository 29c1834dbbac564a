"""What changed in the renderings of concepts since a day: documents, renderings, periods and statuses."""

from __future__ import annotations

from dataclasses import dataclass

from termbank.model.concept import Attestation, Term
from termbank.model.decision import Decision


@dataclass(frozen=True)
class StatusChange:
    """A decision that changed the status of a rendering."""

    text: str
    before: str
    after: str
    decision: Decision


@dataclass(frozen=True)
class ConceptChanges:
    """What is new of one concept.

    Attributes:
        concept: its id.
        zh: its headword.
        attestations: the uses dated since the day, with their renderings, in order of time.
        renderings: the renderings whose every use is dated since the day.
        periods: the renderings whose status began or ended since the day, as their periods say.
        statuses: what the bank's decisions since the day changed, in their order.
    """

    concept: str
    zh: str
    attestations: tuple[tuple[Term, Attestation], ...] = ()
    renderings: tuple[Term, ...] = ()
    periods: tuple[Term, ...] = ()
    statuses: tuple[StatusChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.attestations or self.renderings or self.periods or self.statuses)


@dataclass(frozen=True)
class VariantChanges:
    """The concepts in which something changed since a date; `filters` says in words what was left aside."""

    since: str
    concepts: tuple[ConceptChanges, ...]
    filters: str = ""
