"""What a format does not keep: a glossary as it comes back from one, and what is lost by writing in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from termbank.files.glossaries.format import Field, Format
from termbank.files.xml import without_illegal
from termbank.model.concept import Concept, Grammar, Status, Term, TermType, sort_terms, unique_facts
from termbank.model.concept_facts import (
    ConceptType,
    ContextPair,
    Description,
    ExternalId,
    Relation,
    RelationType,
)
from termbank.model.glossary import Glossary
from termbank.model.message import Message, message, plural


def _reduce_term(term: Term, fields: frozenset[Field]) -> Term:
    """The term with only what `fields` keep; the rest gets its default value."""
    text = _cleaner(fields)
    return Term(
        text(term.text) or "",
        term.language,
        _reduce_status(term, fields),
        term.type if Field.TYPE in fields else TermType.FULL_FORM,
        term.grammar if Field.GRAMMAR in fields else Grammar.NOUN_PHRASE,
        term.since if Field.PERIOD in fields else None,
        term.until if Field.PERIOD in fields else None,
        text(term.note) if Field.TERM_NOTE in fields else None,
        term.flags if Field.MATCHING in fields else frozenset(),
        tuple(text(each) or "" for each in term.never_inside) if Field.MATCHING in fields else (),
        term.attestations if Field.ATTESTATIONS in fields else (),
        text(term.abbreviation_of) if Field.FULL_FORM in fields else None,
        term.form if Field.FORM in fields else None,
        term.by_hand and Field.BY_HAND in fields,
        term.profiles if Field.PROFILES in fields else frozenset(),
        term.fixed_by if Field.FIXED_BY in fields else None,
    )


def _reduce_status(term: Term, fields: frozenset[Field]) -> Status:
    if Field.STATUS not in fields:
        return Status.PROPOSED
    return term.status if Field.PROFILES in fields else term.general_status


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
    return Concept(
        concept.id,
        sort_terms(_reduce_term(term, fields) for term in terms),
        text(concept.subject) if Field.SUBJECT in fields else None,
        concept.type if Field.CONCEPT_TYPE in fields else ConceptType.TERM,
        _reduce_descriptions(concept.definitions, fields) if Field.DEFINITION in fields else (),
        _reduce_descriptions(concept.notes, fields) if Field.NOTE in fields else (),
        _reduce_contexts(concept.contexts, fields) if Field.CONTEXTS in fields else (),
        _reduce_relations(concept.relations, fields, inside) if Field.RELATED in fields else (),
        _reduce_ids(concept.external_ids, fields) if Field.IDS in fields else (),
        concept.members if Field.MEMBERS in fields else (),
        concept.body if Field.FACTS in fields else None,
        concept.law if Field.FACTS in fields else None,
        concept.first_use if Field.FIRST_USE in fields else None,
    )


def _reduce_descriptions(
    descriptions: Iterable[Description], fields: frozenset[Field]
) -> tuple[Description, ...]:
    text = _cleaner(fields)
    cited = Field.CITATIONS in fields
    kept = (
        Description(text(one.text) or "", one.language, one.source if cited else None) for one in descriptions
    )
    return unique_facts(one for one in kept if one.text)


def _reduce_contexts(contexts: Iterable[ContextPair], fields: frozenset[Field]) -> tuple[ContextPair, ...]:
    cited = Field.CITATIONS in fields
    return unique_facts(replace(one, source=one.source if cited else None) for one in contexts)


def _reduce_relations(
    relations: Iterable[Relation], fields: frozenset[Field], inside: set[str] | None
) -> tuple[Relation, ...]:
    typed = Field.RELATION_TYPES in fields
    return unique_facts(
        Relation(one.type if typed else RelationType.RELATED, one.concept)
        for one in relations
        if inside is None or one.concept in inside
    )


def _reduce_ids(ids: Iterable[ExternalId], fields: frozenset[Field]) -> tuple[ExternalId, ...]:
    text = _cleaner(fields)
    return unique_facts(ExternalId(one.system, id) for one in ids if (id := text(one.id)))


def _is_kept(term: Term, fields: frozenset[Field]) -> bool:
    if _is_rejected(term) and Field.REJECTED not in fields:
        return False
    return term.language.is_chinese or Field.ENGLISH in fields


_CARRIES: dict[Field, Callable[[Concept], bool]] = {
    Field.SUBJECT: lambda c: c.subject is not None,
    Field.CONCEPT_TYPE: lambda c: c.type is not ConceptType.TERM,
    Field.DEFINITION: lambda c: bool(c.definitions),
    Field.NOTE: lambda c: bool(c.notes),
    Field.CONTEXTS: lambda c: bool(c.contexts),
    Field.CITATIONS: lambda c: (
        any(one.source for one in (*c.definitions, *c.notes)) or any(one.source for one in c.contexts)
    ),
    Field.RELATED: lambda c: bool(c.relations),
    Field.RELATION_TYPES: lambda c: any(one.type is not RelationType.RELATED for one in c.relations),
    Field.IDS: lambda c: bool(c.external_ids),
    Field.MEMBERS: lambda c: bool(c.members),
    Field.FACTS: lambda c: c.body is not None or c.law is not None,
    Field.FIRST_USE: lambda c: c.first_use is not None,
    Field.BY_HAND: lambda c: any(t.by_hand for t in c.terms),
    Field.PROFILES: lambda c: any(t.profiles for t in c.terms),
    Field.FULL_FORM: lambda c: any(t.abbreviation_of for t in c.terms),
    Field.FORM: lambda c: any(t.form for t in c.terms),
    Field.FIXED_BY: lambda c: any(t.fixed_by for t in c.terms),
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
    yield concept.subject or ""
    yield from (one.text for one in (*concept.definitions, *concept.notes))
    yield from (one.id for one in concept.external_ids)
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
