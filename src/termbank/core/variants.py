"""Variants: the renderings of a concept by who used them and when.

Counts are of attestations; a date is as precise as its source. Undated attestations are counted and
said, and never guessed into a year.
"""

from __future__ import annotations

from dataclasses import dataclass

from termbank.core.concept import Attestation, Status
from termbank.core.document import PublisherKind


@dataclass(frozen=True)
class UsedBy:
    """One publisher's use of one rendering."""

    publisher: str
    kind: PublisherKind
    count: int
    first: str | None
    last: str | None


@dataclass(frozen=True)
class Variant:
    """One rendering with its uses: by publisher, by year, and how many are without a date."""

    text: str
    status: Status
    count: int
    first: str | None
    last: str | None
    by_publisher: tuple[UsedBy, ...] = ()
    by_year: tuple[tuple[str, int], ...] = ()
    undated: int = 0
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True)
class Switch:
    """A publisher that used one rendering and later another; the dates are the last and first known."""

    publisher: str
    before: str
    last: str
    after: str
    first: str


@dataclass(frozen=True)
class AsOf:
    """What was the rendering at a date: `text` with what shows it, or None where the dates are too thin.

    `thin` says why the answer is weak or missing; `others` are the renderings that were still used.
    """

    date: str
    text: str | None
    shown_by: tuple[Attestation, ...] = ()
    others: tuple[tuple[str, str, str], ...] = ()
    thin: str | None = None


@dataclass(frozen=True)
class ConceptVariants:
    """All there is to say on one concept, after the filters that were asked for."""

    concept: str
    zh: str
    variants: tuple[Variant, ...]
    switches: tuple[Switch, ...] = ()
    as_of: AsOf | None = None

    @property
    def years(self) -> tuple[str, ...]:
        """Every year from the first dated use to the last."""
        known = sorted(year for variant in self.variants for year, _ in variant.by_year)
        if not known:
            return ()
        return tuple(str(year) for year in range(int(known[0]), int(known[-1]) + 1))
