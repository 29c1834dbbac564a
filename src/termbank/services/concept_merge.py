"""One concept told twice made one: what the bank knows joined with what a file says.

Nothing is erased: terms and attestations are added. Where both speak, a trusted file (one with the bank's own
ids) wins and a stranger's does not; what a file's format cannot keep, it does not speak of. Every change is
told in words.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from termbank.files.glossaries import Field
from termbank.model.concept import Attestation, Concept, Status, Term, TermType, sort_terms


def merge(
    before: Concept, concept: Concept, keeps: Collection[Field], *, trusted: bool
) -> tuple[Concept, tuple[str, ...]]:
    """The bank's concept joined with a file's, and what changed in words.

    Where both speak, the file wins if `trusted`; only fields that the file's format keeps count.
    """
    said: list[str] = []
    terms = {(term.language, term.text): term for term in before.terms}
    given: set[tuple[object, str]] = set()
    for term in concept.terms:
        key = (term.language, term.text)
        if not trusted and key not in terms and term.language.is_chinese:
            key = next((k for k in terms if k[1] == term.text and k[0].is_chinese), key)
        given.add(key)
        known = terms.get(key)
        if known is None:
            terms[key] = term
            said.append(
                f"new {'term' if term.language.is_chinese else 'rendering'} “{term.text}” ({term.status})"
            )
        else:
            terms[key] = _merged_term(known, term, keeps, trusted, said)
    settled = _one_preferred(
        list(terms.values()), given if trusted else {(t.language, t.text) for t in before.terms}, said
    )

    def chosen(old: str | None, new: str | None, what: Field, word: str) -> str | None:
        if what not in keeps or not new or new == old or (old and not trusted):
            return old
        said.append(f"{word} changed" if old else f"{word} added")
        return new

    related = concept.related if trusted and concept.related and Field.RELATED in keeps else before.related
    if related != before.related:
        said.append("related concepts changed")
    after = Concept(
        before.id,
        sort_terms(settled),
        chosen(before.subject, concept.subject, Field.SUBJECT, "subject"),
        chosen(before.definition, concept.definition, Field.DEFINITION, "definition"),
        chosen(before.note, concept.note, Field.NOTE, "note"),
        related,
    )
    return after, tuple(said)


def _merged_term(known: Term, term: Term, keeps: Collection[Field], trusted: bool, said: list[str]) -> Term:
    after = known
    if trusted:
        if Field.STATUS in keeps and term.status is not known.status:
            said.append(f"“{term.text}”: {known.status} → {term.status}")
            after = replace(after, status=term.status)
        if Field.TYPE in keeps:
            after = replace(after, type=term.type)
        if Field.GRAMMAR in keeps:
            after = replace(after, grammar=term.grammar)
        if Field.MATCHING in keeps:
            after = replace(after, flags=term.flags, never_inside=term.never_inside)
    if Field.PERIOD in keeps:
        since, until = (term.since or known.since, term.until or known.until) if trusted else (
            known.since or term.since, known.until or term.until,
        )  # fmt: skip
        after = replace(after, since=since, until=until)
    if Field.TERM_NOTE in keeps and term.note:
        after = replace(after, note=term.note if trusted else known.note or term.note)
    attestations = _union(known.attestations, term.attestations, trusted)
    added = len(attestations) - len(known.attestations)
    if added:
        said.append(f"“{term.text}”: {added} attestation{'s' if added > 1 else ''} added")
    after = replace(after, attestations=attestations)
    if after != known and not (added or after.status is not known.status):
        said.append(f"“{term.text}”: details changed")
    return after


def _union(
    known: tuple[Attestation, ...], more: tuple[Attestation, ...], trusted: bool
) -> tuple[Attestation, ...]:
    """Every attestation once: of two with one identity, the file's if it is trusted."""
    pair = (known, more) if trusted else (more, known)
    found = {attestation.identity: attestation for part in pair for attestation in part}
    return tuple(sorted(found.values(), key=lambda attestation: attestation.sort_key))


def _one_preferred(terms: list[Term], winners: Collection[tuple[object, str]], said: list[str]) -> list[Term]:
    """At most one preferred full form per language: one of the winners, the others become admitted."""
    kept = list(terms)
    for language in {term.language for term in terms}:
        rivals = [
            t for t in kept
            if t.language is language and t.status is Status.PREFERRED and t.type is TermType.FULL_FORM
        ]  # fmt: skip
        best = next((t for t in rivals if (t.language, t.text) in winners), rivals[0] if rivals else None)
        for rival in rivals:
            if best is not None and rival is not best:
                kept[kept.index(rival)] = replace(rival, status=Status.ADMITTED)
                said.append(f"“{rival.text}” is admitted, since “{best.text}” is preferred")
    return kept
