"""How far the evidence of a term can be relied on: four levels, by a rule that `docs/curation.md` explains.

The idea is TBX's reliabilityCode (ISO 30042, 1 to 10); the levels are computed from the attestations and never stored.
"""

from __future__ import annotations

from enum import StrEnum

from termbank.model.concept import Attestation, Concept, Term
from termbank.model.document import PublisherKind


class Reliability(StrEnum):
    """From the least to the most reliable."""

    UNATTESTED = "unattested"
    WEAK = "weak"
    SUPPORTED = "supported"
    ESTABLISHED = "established"

    @property
    def rank(self) -> int:
        return _ORDER[self]


_ORDER = {level: rank for rank, level in enumerate(Reliability)}

AUTHORITIES = frozenset({PublisherKind.OFFICIAL, PublisherKind.STATE_MEDIA})
"""The kinds of publisher whose use has authority."""
PROFESSIONALS = frozenset(
    {PublisherKind.ACADEMIC, PublisherKind.THINK_TANK, PublisherKind.LAW_FIRM, PublisherKind.PRESS}
)
"""The kinds whose use counts where two of them agree."""

_WEIGHTS = {PublisherKind.OFFICIAL: 3.0, PublisherKind.STATE_MEDIA: 2.0} | dict.fromkeys(PROFESSIONALS, 1.0)
_SUPPORTED, _ESTABLISHED = 1.0, 3.0


def attestation_weight(attestation: Attestation) -> float:
    """What one attestation counts: 3, 2, 1 or 0 by its publisher's kind, halved for each of three doubts.

    The doubts: it was seen on a copy; the Chinese did not stand beside it (or was paired by inference); it has no date.
    """
    beside = attestation.alongside and not attestation.inferred
    doubts = (attestation.copied, not beside, attestation.date is None)
    return float(_WEIGHTS.get(attestation.source.kind, 0.0) / 2 ** sum(doubts))


def term_reliability(term: Term) -> Reliability:
    """The level of a term: the sum over its publishers, each counted once by its best attestation."""
    if not term.attestations:
        return Reliability.UNATTESTED
    best: dict[str, float] = {}
    for one in term.attestations:
        key = one.source.publisher.id if one.source.publisher is not None else f"source {one.source.id}"
        best[key] = max(best.get(key, 0.0), attestation_weight(one))
    total = sum(best.values())
    if total >= _ESTABLISHED and any(one.source.kind in AUTHORITIES for one in term.attestations):
        return Reliability.ESTABLISHED
    return Reliability.SUPPORTED if total >= _SUPPORTED else Reliability.WEAK


def concept_reliability(concept: Concept) -> Reliability:
    """The level of the concept's preferred term: of the rendering to write."""
    rendering = concept.rendering
    return term_reliability(rendering) if rendering is not None else Reliability.UNATTESTED
