"""Concepts changed by a reviewer: renderings accepted, a status set, a term removed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from termbank.model.concept import Attestation, Concept, Status, Term, TermType, sort_terms
from termbank.model.errors import NotFoundError, TermbankError
from termbank.model.ids import free_id, hyphenate
from termbank.model.language import Language
from termbank.model.message import message

_SMALL_WORDS = frozenset({"a", "an", "the", "of", "and", "to", "in", "for", "on"})


@dataclass(frozen=True)
class AttestedRendering:
    """An English rendering to be written, with the uses that show it."""

    text: str
    attestations: tuple[Attestation, ...] = ()


def concept_id(english: str, taken: Collection[str]) -> str:
    """A readable id that no concept has yet.

    >>> concept_id("New Quality Productive Forces", {"new-quality-productive-forces"})
    'new-quality-productive-forces-2'
    """
    words = re.findall(r"[a-z0-9]+", english.lower().replace("+", " plus ").replace("'", "").replace("’", ""))
    kept = [word for word in words if word not in _SMALL_WORDS] or words or ["concept"]
    return free_id(hyphenate(kept), taken)


def accept_candidate(
    concept: Concept | None,
    *,
    id: str,
    zh: str,
    language: Language,
    renderings: Iterable[AttestedRendering],
    status: Status | None = None,
    subject: str | None = None,
) -> Concept:
    """The concept once a candidate is accepted: a new one, or `concept` grown by it.

    Without a chosen `status`, the first full form that a language has is preferred, and those that
    come after it are admitted: the person has read them, so they are not merely proposed.
    """
    grown = concept or Concept(id, (), subject=subject)
    if not any(term.text == zh for term in grown.chinese):
        new = Term(zh, language, status or _next_status(grown, language), by_hand=True)
        grown = _with_term(grown, new)
    for rendering in renderings:
        grown = with_rendering(grown, rendering, status)
    return grown


def with_rendering(concept: Concept, rendering: AttestedRendering, status: Status | None = None) -> Concept:
    """The concept with an English term and its uses; a term it has already gains the uses."""
    for term in concept.english:
        if term.text == rendering.text:
            after = replace(term, attestations=_union(term.attestations, rendering.attestations))
            if status is not None and status is not term.status:
                return with_status(_replace_term(concept, term, after), after.text, status, Language.EN)
            return _replace_term(concept, term, after)
    new = Term(
        rendering.text,
        Language.EN,
        _next_status(concept, Language.EN) if status is None else Status.PROPOSED,
        by_hand=True,
        attestations=_union((), rendering.attestations),
    )
    grown = _with_term(concept, new)
    return grown if status is None else with_status(grown, rendering.text, status, Language.EN)


def with_status(concept: Concept, text: str, status: Status, language: Language | None = None) -> Concept:
    """The concept with one term's house status set.

    The status counts as set by hand: evidence never changes it. There is one preferred full form in a language and
    profile: the one that was preferred for all becomes admitted. A rejected term is preferred for no profile.
    NotFoundError where the concept has no such term.
    """
    found = [t for t in concept.terms if t.text == text and language in (None, t.language)]
    if not found:
        raise NotFoundError(message("the concept “{id}” has no term “{text}”.", id=concept.id, text=text))
    for term in found:
        if status is Status.PREFERRED and term.type is TermType.FULL_FORM:
            for other in concept.in_language(term.language):
                full = other.type is TermType.FULL_FORM and other.text != term.text
                if full and other.general_status is Status.PREFERRED and not term.profiles:
                    concept = _replace_term(concept, other, replace(other, status=Status.ADMITTED))
        profiles = term.profiles if status.rank <= Status.PROPOSED.rank else frozenset()
        after = replace(term, status=status, by_hand=True, profiles=profiles)
        concept = _replace_term(concept, term, after)
    return concept


def without_term(concept: Concept, text: str, language: Language | None = None) -> Concept:
    """The concept without a term; its last term cannot be taken away."""
    kept = tuple(t for t in concept.terms if t.text != text or language not in (None, t.language))
    if len(kept) == len(concept.terms):
        raise NotFoundError(message("the concept “{id}” has no term “{text}”.", id=concept.id, text=text))
    if not kept:
        raise TermbankError(
            message(
                "“{text}” is the only term of “{id}”; remove the concept instead.", text=text, id=concept.id
            )
        )
    return replace(concept, terms=kept)


def _next_status(concept: Concept, language: Language) -> Status:
    preferred = any(term.status is Status.PREFERRED for term in concept.in_language(language))
    return Status.ADMITTED if preferred else Status.PREFERRED


def _with_term(concept: Concept, term: Term) -> Concept:
    return replace(concept, terms=sort_terms((*concept.terms, term)))


def _replace_term(concept: Concept, before: Term, after: Term) -> Concept:
    return replace(concept, terms=sort_terms(after if term == before else term for term in concept.terms))


def _union(known: Iterable[Attestation], new: Iterable[Attestation]) -> tuple[Attestation, ...]:
    """Each fact once, in the fixed order; what was known first stays as it was."""
    kept: dict[object, Attestation] = {}
    for attestation in (*known, *new):
        kept.setdefault(attestation.identity, attestation)
    return tuple(sorted(kept.values(), key=lambda attestation: attestation.sort_key))
