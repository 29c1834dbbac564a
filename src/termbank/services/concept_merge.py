"""Merging what the bank knows of a concept with what a file says of it.

Nothing is erased: terms and attestations are added. Where both have a value, a trusted file (one with the bank's own
ids) decides and any other does not; of what the file's format cannot keep, the bank's value stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from termbank.files.glossaries import Field
from termbank.model.concept import Attestation, Concept, Status, Term, TermType, sort_terms
from termbank.model.message import Message, message, plural

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
    terms, given = _merge_terms(before, concept, keeps, trusted, changes)
    decides = given if trusted else {(term.language, term.text) for term in before.terms}
    kept = _one_preferred(terms, decides, changes)
    related = concept.related if trusted and concept.related and Field.RELATED in keeps else before.related
    if related != before.related:
        changes.append(message("related concepts changed"))
    for field, what in _TEXTS:
        changes += _text_change(field, what, before, concept, keeps, trusted)

    def text(field: Field) -> str | None:
        old, new = _value(before, field), _value(concept, field)
        return new if _is_replaced(field, old, new, keeps, trusted) else old

    after = Concept(
        before.id,
        sort_terms(kept),
        text(Field.SUBJECT),
        text(Field.DEFINITION),
        text(Field.NOTE),
        related,
    )
    return Merge(after, tuple(changes), tuple(_near_remarks(before, concept)))


_TEXTS = (
    (Field.SUBJECT, (message("subject added"), message("subject changed"))),
    (Field.DEFINITION, (message("definition added"), message("definition changed"))),
    (Field.NOTE, (message("note added"), message("note changed"))),
)


def _value(concept: Concept, field: Field) -> str | None:
    return {Field.SUBJECT: concept.subject, Field.DEFINITION: concept.definition, Field.NOTE: concept.note}[
        field
    ]


def _is_replaced(
    field: Field, old: str | None, new: str | None, keeps: Collection[Field], trusted: bool
) -> bool:
    return field in keeps and bool(new) and new != old and (trusted or not old)


def _text_change(
    field: Field,
    what: tuple[Message, Message],
    before: Concept,
    concept: Concept,
    keeps: Collection[Field],
    trusted: bool,
) -> Iterable[Message]:
    old, new = _value(before, field), _value(concept, field)
    if _is_replaced(field, old, new, keeps, trusted):
        yield what[bool(old)]


def _merge_terms(
    before: Concept, concept: Concept, keeps: Collection[Field], trusted: bool, changes: list[Message]
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
            terms[key] = _merge_term(terms[key], term, keeps, trusted, changes)
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
    if Field.STATUS in keeps:
        after = replace(after, status=term.status)
    if Field.TYPE in keeps:
        after = replace(after, type=term.type)
    if Field.GRAMMAR in keeps:
        after = replace(after, grammar=term.grammar)
    if Field.MATCHING in keeps:
        after = replace(after, flags=term.flags, never_inside=term.never_inside)
    return after


def _merge_attestations(
    known: tuple[Attestation, ...], more: tuple[Attestation, ...], trusted: bool
) -> tuple[Attestation, ...]:
    """Every attestation once: of two with one identity, the file's if it is trusted."""
    pair = (known, more) if trusted else (more, known)
    found = {attestation.identity: attestation for part in pair for attestation in part}
    return tuple(sorted(found.values(), key=lambda attestation: attestation.sort_key))


def _one_preferred(terms: list[Term], decides: Collection[_Key], changes: list[Message]) -> list[Term]:
    """At most one preferred full form in a language: one whose key decides; the others become admitted."""
    kept = list(terms)
    for language in dict.fromkeys(term.language for term in terms):
        rivals = [
            term
            for term in kept
            if term.language is language
            and term.status is Status.PREFERRED
            and term.type is TermType.FULL_FORM
        ]
        best = next((t for t in rivals if (t.language, t.text) in decides), rivals[0] if rivals else None)
        for rival in rivals:
            if best is not None and rival is not best:
                kept[kept.index(rival)] = replace(rival, status=Status.ADMITTED)
                changes.append(
                    message(
                        "“{text}” is admitted, since “{preferred}” is preferred",
                        text=rival.text,
                        preferred=best.text,
                    )
                )
    return kept


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
