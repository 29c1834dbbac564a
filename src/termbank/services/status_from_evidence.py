"""The one rule for what status the evidence of a rendering allows; `docs/curation.md` gives its reasons.

Packs, review, import and survey ask here. A person may lower a status, and what a person set is never recomputed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from termbank.model.concept import Attestation, Concept, Status, Term, TermType, sort_terms
from termbank.model.document import PublisherKind
from termbank.model.language import Language
from termbank.model.reliability import AUTHORITIES, PROFESSIONALS

_OFFICIAL_COUNTS = 3


def allowed_status(term: Term) -> Status:
    """The highest status that the attestations of a rendering allow: preferred, admitted or proposed."""
    authorities = [one for one in term.attestations if one.source.kind in AUTHORITIES]
    if not all(one.inferred for one in authorities) or len(_publishers(authorities)) > 1:
        return Status.PREFERRED
    if authorities or _two_professionals(term.attestations):
        return Status.ADMITTED
    return Status.PROPOSED


def _is_alongside(attestation: Attestation) -> bool:
    return attestation.alongside and not attestation.inferred


def _two_professionals(attestations: tuple[Attestation, ...]) -> bool:
    """Whether two publishers among scholars, think tanks, law firms and the press use it, one beside the Chinese."""
    found = [one for one in attestations if one.source.kind in PROFESSIONALS]
    return len(_publishers(found)) > 1 and any(map(_is_alongside, found))


def _publishers(attestations: Iterable[Attestation]) -> set[str]:
    """By their ids; a source without one stands for itself."""
    return {one.source.publisher.id if one.source.publisher else one.source.id for one in attestations}


def with_statuses_from_evidence(concept: Concept) -> Concept:
    """The concept with the status of each English rendering as its evidence allows.

    Statuses set by hand stay, and so do superseded and deprecated, which only a reader gives. Of the renderings that
    may be preferred, the one with the most documents is, an official one counting three; then the most recent.
    """
    free = [term for term in concept.english if _is_free(term)]
    fixed = any(term.status is Status.PREFERRED and not _is_free(term) for term in concept.english)
    statuses = {term.text: min(allowed_status(term), Status.ADMITTED, key=_least) for term in free}
    rivals = [t for t in free if t.type is TermType.FULL_FORM and allowed_status(t) is Status.PREFERRED]
    if rivals and not fixed:
        best = max(rivals, key=lambda term: (_documents(term), term.last or "", term.text))
        statuses[best.text] = Status.PREFERRED
    terms = (
        replace(term, status=statuses[term.text])
        if term.language is Language.EN and term.text in statuses
        else term
        for term in concept.terms
    )
    return replace(concept, terms=sort_terms(terms))


def _least(status: Status) -> int:
    return -status.rank


def _is_free(term: Term) -> bool:
    return not term.by_hand and term.status not in (Status.SUPERSEDED, Status.DEPRECATED)


def _documents(term: Term) -> int:
    """How many documents of authority pair it with the Chinese for certain, an official one counting three."""
    found = {
        one.source.id: one.source.kind
        for one in term.attestations
        if one.source.kind in AUTHORITIES and not one.inferred
    }
    return sum(_OFFICIAL_COUNTS if kind is PublisherKind.OFFICIAL else 1 for kind in found.values())
