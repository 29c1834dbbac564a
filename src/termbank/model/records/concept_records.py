"""Concepts as records, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from termbank.model.concept import Concept, Status, Term, TermType, sort_facts, sort_terms
from termbank.model.concept_facts import ConceptType, Profile
from termbank.model.document import Source
from termbank.model.message import message
from termbank.model.records import fact_records as facts
from termbank.model.records.field_readers import (
    Complain,
    Fields,
    read_choice,
    read_identifier,
    read_tables,
    read_text,
)
from termbank.model.records.shape import Record, without_empty
from termbank.model.records.term_records import read_term, term_record

_RARE = frozenset("type definitions notes contexts relations ids members body law first_use".split())
"""Most concepts have none of these fields, so they are looked for all at once."""


def concept_record(concept: Concept) -> Record:
    record: Record = {"id": concept.id} if concept.id else {}
    if concept.type is not ConceptType.TERM:
        record["type"] = concept.type.value
    if concept.subject:
        record["subject"] = concept.subject
    if (
        concept.definitions or concept.notes or concept.contexts or concept.relations or concept.external_ids
        or concept.members or concept.body or concept.law or concept.first_use
    ):  # fmt: skip
        record |= _rare_fields(concept)
    if concept.terms:
        record["term"] = list(map(term_record, sort_terms(concept.terms)))
    return record


def _rare_fields(concept: Concept) -> Record:
    return without_empty(
        ("definitions", [facts.description_record(one) for one in sort_facts(concept.definitions)]),
        ("notes", [facts.description_record(one) for one in sort_facts(concept.notes)]),
        ("contexts", [facts.context_record(one) for one in sort_facts(concept.contexts)]),
        ("relations", [facts.relation_record(one) for one in sort_facts(concept.relations)]),
        ("ids", [facts.external_id_record(one) for one in sort_facts(concept.external_ids)]),
        ("members", [facts.member_record(one) for one in concept.members]),
        ("body", facts.body_record(concept.body) if concept.body else None),
        ("law", facts.law_record(concept.law) if concept.law else None),
        ("first_use", facts.first_use_record(concept.first_use) if concept.first_use else None),
    )


def read_concept(record: Fields, sources: Mapping[str, Source], complain: Complain) -> Concept:
    """The concept that a record of today's schema describes; `complain` is called with each fault in it."""
    name = read_identifier(record, complain)

    def about(fault: str) -> None:
        complain(message("concept “{name}”: {fault}", name=name, fault=fault))

    terms = [
        term
        for item in read_tables(record, "term", about)
        if (term := read_term(item, sources, about)) is not None
    ]
    if not terms:
        about(message("it has no terms."))
    _check_terms(terms, about)
    plain = (name, sort_terms(terms), read_text(record, "subject", about))
    return Concept(*plain) if _RARE.isdisjoint(record) else _read_facts(plain, record, sources, about)


def _read_facts(
    plain: tuple[str, tuple[Term, ...], str | None],
    record: Fields,
    sources: Mapping[str, Source],
    complain: Complain,
) -> Concept:
    word = read_text(record, "type", complain)
    described = facts.read_description
    definitions = facts.read_facts(
        record, "definitions", described, lambda one: one.identity, sources, complain
    )
    notes = facts.read_facts(record, "notes", described, lambda one: one.identity, sources, complain)
    contexts = facts.read_facts(
        record, "contexts", facts.read_context, lambda one: one.identity, sources, complain
    )
    relations = facts.read_facts(
        record, "relations", facts.read_relation, lambda one: one.identity, sources, complain
    )
    ids = facts.read_facts(record, "ids", facts.read_external_id, lambda one: one.identity, sources, complain)
    members = facts.read_facts(
        record, "members", facts.read_member, lambda one: one.identity, sources, complain
    )
    return Concept(
        *plain,
        read_choice(ConceptType, word, "concept type", ConceptType.TERM, complain),
        sort_facts(definitions),
        sort_facts(notes),
        sort_facts(contexts),
        sort_facts(relations),
        sort_facts(ids),
        tuple(members),
        facts.read_body(record, complain),
        facts.read_law(record, complain),
        facts.read_first_use(record, sources, complain),
    )


def _check_terms(terms: Iterable[Term], complain: Complain) -> None:
    """Complain of a term listed twice, of an abbreviation of no term, and of rival preferred full forms."""
    seen: set[tuple[str, str]] = set()
    preferred: dict[tuple[str, Profile | None], str] = {}
    for term in terms:
        if (term.language, term.text) in seen:
            complain(
                message(
                    "the term “{text}” ({language}) is listed twice.", text=term.text, language=term.language
                )
            )
        seen.add((term.language, term.text))
        if term.type is TermType.FULL_FORM and (term.profiles or term.status is Status.PREFERRED):
            _check_preferred(term, preferred, complain)
    for term in terms:
        whole = term.abbreviation_of
        if whole is not None and (whole == term.text or (term.language, whole) not in seen):
            complain(
                message(
                    "“{text}” is an abbreviation of “{whole}”, which is no other {language} term of the concept. "
                    "Add that term, or leave “abbreviation_of” out.",
                    text=term.text,
                    whole=whole,
                    language=term.language,
                )
            )


def _check_preferred(
    term: Term, preferred: dict[tuple[str, Profile | None], str], complain: Complain
) -> None:
    for profile in term.profiles or (None,):
        rival = preferred.setdefault((term.language, profile), term.text)
        if rival == term.text:
            continue
        if profile is None:
            complain(
                message(
                    "two preferred {language} terms, “{preferred}” and “{text}”. Make one of them admitted.",
                    language=term.language,
                    preferred=rival,
                    text=term.text,
                )
            )
        else:
            complain(
                message(
                    "two preferred {language} terms for the profile {profile}, “{preferred}” and “{text}”. "
                    "Take “{profile}” out of the profiles of one.",
                    language=term.language,
                    profile=profile.value,
                    preferred=rival,
                    text=term.text,
                )
            )
