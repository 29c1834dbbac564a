"""Merging what the bank knows of a concept with what a file says of it.

Nothing is erased: terms and attestations are added. Where both have a value, a trusted file (one with the bank's own
ids) decides and any other does not; of what the file's format cannot keep, the bank's value stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from termbank.files.glossaries import Field
from termbank.model.concept import Attestation, Concept, Status, Term, TermType, sort_terms
from termbank.model.concept_facts import Profile
from termbank.model.message import Message, message, plural
from termbank.services.fact_merge import merge_facts

_Key = tuple[object, str]
"""The language and text of a term."""


@dataclass(frozen=True)
class Merge:
    """A merged concept, each change as a message, and remarks on renderings that are nearly the same."""

    concept: Concept
    changes: tuple[Message, ...]
    remarks: tuple[Message, ...] = ()


def merge_concepts(before: Concept, concept: Concept, keeps: Collection[Field], *, trusted: bool) -> Merge:
    """Merge a file's concept into the bank's.

    Args:
        before: The concept as the bank has it.
        concept: The concept as the file has it.
        keeps: What the file's format keeps.
        trusted: Whether the file decides where both have a value.
    """
    changes: list[Message] = []
    remarks: list[Message] = []
    terms, given = _merge_terms(before, concept, keeps, trusted, changes, remarks)
    decides = given if trusted else {(term.language, term.text) for term in before.terms}
    kept = _one_preferred(terms, decides, changes)
    described = merge_facts(before, concept, keeps, trusted, changes)
    after = replace(described, terms=sort_terms(kept))
    return Merge(after, tuple(changes), (*remarks, *_near_remarks(before, concept)))


def _merge_terms(
    before: Concept,
    concept: Concept,
    keeps: Collection[Field],
    trusted: bool,
    changes: list[Message],
    remarks: list[Message],
) -> tuple[list[Term], set[_Key]]:
    """The terms of both, and the keys of those that the file has."""
    terms: dict[_Key, Term] = {(term.language, term.text): term for term in before.terms}
    given: set[_Key] = set()
    for term in concept.terms:
        key: _Key = (term.language, term.text)
        if (
            not trusted and key not in terms and term.language.is_chinese
        ):  # a file may guess the script wrongly
            key = next((k for k in terms if k[1] == term.text and terms[k].language.is_chinese), key)
        given.add(key)
        if key in terms:
            known = terms[key]
            terms[key] = _merge_term(known, term, keeps, trusted, changes)
            remarks += _by_hand_remark(known, term, keeps, trusted)
        else:
            terms[key] = term
            changes.append(
                message("new term “{text}” ({status})", text=term.text, status=term.status.value)
                if term.language.is_chinese
                else message("new rendering “{text}” ({status})", text=term.text, status=term.status.value)
            )
    return list(terms.values()), given


def _merge_term(
    known: Term, term: Term, keeps: Collection[Field], trusted: bool, changes: list[Message]
) -> Term:
    after = known
    if trusted:
        after = _take_values(known, term, keeps)
    if after.status is not known.status:
        changes.append(
            message(
                "“{text}”: {old} → {new}",
                text=term.text,
                old=known.status.value,
                new=after.status.value,
            )
        )
    if Field.PERIOD in keeps:
        first, second = (term, known) if trusted else (known, term)
        after = replace(after, since=first.since or second.since, until=first.until or second.until)
    if Field.TERM_NOTE in keeps and term.note:
        after = replace(after, note=term.note if trusted else known.note or term.note)
    after = _merge_details(after, term, keeps, trusted)
    attestations = _merge_attestations(known.attestations, term.attestations, trusted)
    added = len(attestations) - len(known.attestations)
    if added:
        changes.append(
            plural(
                "“{text}”: {count} attestation added",
                "“{text}”: {count} attestations added",
                added,
                text=term.text,
            )
        )
    after = replace(after, attestations=attestations)
    if after != known and not (added or after.status is not known.status):
        changes.append(message("“{text}”: details changed", text=term.text))
    return after


def _take_values(known: Term, term: Term, keeps: Collection[Field]) -> Term:
    """The known term with everything the format keeps that a trusted file decides."""
    after = known
    if Field.STATUS in keeps and not _keeps_status(known, term, keeps):
        after = replace(after, status=term.status, by_hand=known.by_hand or term.by_hand)
    if Field.TYPE in keeps:
        after = replace(after, type=term.type)
    if Field.GRAMMAR in keeps:
        after = replace(after, grammar=term.grammar)
    if Field.MATCHING in keeps:
        after = replace(after, flags=term.flags, never_inside=term.never_inside)
    return after


def _keeps_status(known: Term, term: Term, keeps: Collection[Field]) -> bool:
    """Whether the bank's status stands: it was set by hand and the file's was not, or the file cannot say it."""
    if Field.PROFILES not in keeps and known.general_status is term.status:
        return True  # the file says what it can of a term that is preferred for some profiles
    return known.by_hand and not (Field.BY_HAND in keeps and term.by_hand)


def _by_hand_remark(known: Term, term: Term, keeps: Collection[Field], trusted: bool) -> Iterable[Message]:
    if not trusted or Field.STATUS not in keeps or known.general_status is term.status:
        return
    if _keeps_status(known, term, keeps):
        yield message(
            "“{text}” stays {status}, which was set by hand; the file says {other}.",
            text=known.text,
            status=known.status.value,
            other=term.status.value,
        )


def _merge_details(known: Term, term: Term, keeps: Collection[Field], trusted: bool) -> Term:
    """The known term with the file's full form, form, profiles and document, where the format keeps them."""
    first, second = (term, known) if trusted else (known, term)
    after = known
    if Field.FULL_FORM in keeps:
        after = replace(after, abbreviation_of=first.abbreviation_of or second.abbreviation_of)
    if Field.FORM in keeps:
        after = replace(after, form=first.form or second.form)
    if Field.PROFILES in keeps:
        after = replace(after, profiles=known.profiles | term.profiles if trusted else known.profiles)
    if Field.FIXED_BY in keeps:
        after = replace(after, fixed_by=first.fixed_by or second.fixed_by)
    return after


def _merge_attestations(
    known: tuple[Attestation, ...], more: tuple[Attestation, ...], trusted: bool
) -> tuple[Attestation, ...]:
    """Every attestation once: of two with one identity, the file's if it is trusted."""
    pair = (known, more) if trusted else (more, known)
    found = {attestation.identity: attestation for part in pair for attestation in part}
    return tuple(sorted(found.values(), key=lambda attestation: attestation.sort_key))


def _one_preferred(terms: list[Term], decides: Collection[_Key], changes: list[Message]) -> list[Term]:
    """At most one preferred full form in a language and profile: one whose key decides.

    A rival that was preferred for all becomes admitted; another is no longer the preferred one of the profile.
    """
    kept = list(terms)
    for language in dict.fromkeys(term.language for term in terms):
        for profile in (None, *Profile):
            rivals = [term for term in kept if term.language is language and _is_preferred(term, profile)]
            best = next((t for t in rivals if (t.language, t.text) in decides), rivals[0] if rivals else None)
            for rival in rivals:
                if best is None or rival is best:
                    continue
                if profile is None:
                    kept[kept.index(rival)] = replace(rival, status=Status.ADMITTED)
                    change = message(
                        "“{text}” is admitted, since “{preferred}” is preferred",
                        text=rival.text,
                        preferred=best.text,
                    )
                else:
                    kept[kept.index(rival)] = _without_profile(rival, profile)
                    change = message(
                        "“{text}” is not preferred for {profile}, since “{preferred}” is",
                        text=rival.text,
                        profile=profile.value,
                        preferred=best.text,
                    )
                changes.append(change)
    return kept


def _is_preferred(term: Term, profile: Profile | None) -> bool:
    """Whether it is the preferred full form of a profile; of all profiles for None."""
    if term.type is not TermType.FULL_FORM:
        return False
    return profile in term.profiles if profile else term.status is Status.PREFERRED and not term.profiles


def _without_profile(term: Term, profile: Profile) -> Term:
    """The term without a profile; admitted where that was its last, so that it does not become preferred for all."""
    left = term.profiles - {profile}
    if left or term.status is not Status.PREFERRED:
        return replace(term, profiles=left)
    return replace(term, profiles=left, status=Status.ADMITTED)


def _near_remarks(before: Concept, concept: Concept) -> Iterable[Message]:
    """A remark for each new rendering that is nearly one that the bank has."""
    known = {term.text for term in before.english}
    new = [term.text for term in concept.english if term.text not in known]
    if not new:
        return
    from termbank.review.near_terms import NearTerm, near_renderings, remark_on_near

    for text in new:
        for other in near_renderings(text, known):
            yield remark_on_near(text, NearTerm(before.id, other))
