"""What a format does not keep: a glossary as it comes back from one, and what is lost by writing in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from termbank.files.glossaries.format import Field, Format
from termbank.files.xml import without_illegal
from termbank.model.concept import Concept, Grammar, Status, Term, TermType, sort_terms
from termbank.model.glossary import Glossary
from termbank.model.message import Message, message, plural


def _reduce_term(term: Term, fields: frozenset[Field]) -> Term:
    """The term with only what `fields` keep; the rest gets its default value."""
    text = _cleaner(fields)
    return Term(
        text(term.text) or "",
        term.language,
        term.status if Field.STATUS in fields else Status.PROPOSED,
        term.type if Field.TYPE in fields else TermType.FULL_FORM,
        term.grammar if Field.GRAMMAR in fields else Grammar.NOUN_PHRASE,
        term.since if Field.PERIOD in fields else None,
        term.until if Field.PERIOD in fields else None,
        text(term.note) if Field.TERM_NOTE in fields else None,
        term.flags if Field.MATCHING in fields else frozenset(),
        tuple(text(each) or "" for each in term.never_inside) if Field.MATCHING in fields else (),
        term.attestations if Field.ATTESTATIONS in fields else (),
    )


def _cleaner(fields: frozenset[Field]) -> Callable[[str | None], str | None]:
    if Field.CONTROLS in fields:
        return lambda text: text
    return lambda text: without_illegal(text) or None if text else None


def _is_rejected(term: Term) -> bool:
    return term.status in (Status.SUPERSEDED, Status.DEPRECATED)


def reduce_to(glossary: Glossary, fields: frozenset[Field]) -> Glossary:
    """Reduce a glossary to what a format that keeps these fields gives back."""
    inside = None if Field.OUTSIDE in fields else set(glossary.by_id)
    reduced = (_reduce_concept(concept, fields, inside) for concept in glossary)
    return Glossary.of(concept for concept in reduced if concept is not None)


def _reduce_concept(concept: Concept, fields: frozenset[Field], inside: set[str] | None) -> Concept | None:
    """The concept with what is kept, related ones only if `inside` (None: all); None where it is left out whole."""
    text = _cleaner(fields)
    terms = [term for term in concept.terms if text(term.text) and _is_kept(term, fields)]
    sides = {term.language.is_chinese for term in terms}
    if not terms or (len(sides) < 2 and Field.ONE_SIDED not in fields):
        return None
    related = tuple(id for id in concept.related if inside is None or id in inside)
    return Concept(
        concept.id,
        sort_terms(_reduce_term(term, fields) for term in terms),
        text(concept.subject) if Field.SUBJECT in fields else None,
        text(concept.definition) if Field.DEFINITION in fields else None,
        text(concept.note) if Field.NOTE in fields else None,
        related if Field.RELATED in fields else (),
    )


def _is_kept(term: Term, fields: frozenset[Field]) -> bool:
    if _is_rejected(term) and Field.REJECTED not in fields:
        return False
    return term.language.is_chinese or Field.ENGLISH in fields


_CARRIES: dict[Field, Callable[[Concept], bool]] = {
    Field.SUBJECT: lambda c: c.subject is not None,
    Field.DEFINITION: lambda c: c.definition is not None,
    Field.NOTE: lambda c: c.note is not None,
    Field.RELATED: lambda c: bool(c.related),
    Field.STATUS: lambda c: any(t.status is not Status.PROPOSED for t in c.terms),
    Field.TYPE: lambda c: any(t.type is not TermType.FULL_FORM for t in c.terms),
    Field.GRAMMAR: lambda c: any(t.grammar is not Grammar.NOUN_PHRASE for t in c.terms),
    Field.PERIOD: lambda c: any(t.since or t.until for t in c.terms),
    Field.TERM_NOTE: lambda c: any(t.note for t in c.terms),
    Field.MATCHING: lambda c: any(t.flags or t.never_inside for t in c.terms),
    Field.ATTESTATIONS: lambda c: any(t.attestations for t in c.terms),
    Field.REJECTED: lambda c: any(_is_rejected(t) for t in c.terms),
    Field.ONE_SIDED: lambda c: not c.chinese or not c.english,
    Field.ENGLISH: lambda c: bool(c.english),
    Field.CONTROLS: lambda c: any(without_illegal(text) != text for text in _texts_of(c)),
}


def _texts_of(concept: Concept) -> Iterable[str]:
    yield from filter(None, (concept.subject, concept.definition, concept.note))
    for term in concept.terms:
        yield from (term.text, term.note or "", *term.never_inside)


def list_losses(glossary: Iterable[Concept], format: Format) -> tuple[Message, ...]:
    """What these concepts lose when they are written in this format: “definitions (of 12 concepts)”."""
    concepts = tuple(glossary)
    ids = {concept.id for concept in concepts}
    lost: list[Message] = []
    for field in Field:
        if field in format.keeps:
            continue
        if field is Field.OUTSIDE:
            related = Field.RELATED in format.keeps
            count = sum(not ids.issuperset(c.related) for c in concepts) if related else 0
        elif field in _CARRIES:
            count = sum(map(_CARRIES[field], concepts))
        else:
            count = len(concepts)
        if count:
            what = message(field.value)
            lost.append(
                plural("{what} (of {count} concept)", "{what} (of {count} concepts)", count, what=what)
            )
    return tuple(lost)
