"""Rules on what concepts say of one another, and on terms that several of them have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from termbank.checks.glossary_rules.rule_input import RuleInput
from termbank.model.concept import Concept
from termbank.model.glossary_finding import GlossaryFinding
from termbank.model.message import message


def find_dangling_relations(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find relations, members, predecessors and successors that lead to no concept of the glossary."""
    known = given.glossary.by_id
    for concept in given.glossary:
        for field, target in _targets(concept):
            if target not in known:
                yield GlossaryFinding(
                    "dangling-relation",
                    concept.id,
                    message("{field} names “{id}”, which is no concept here.", field=field, id=target),
                    message("Correct the id, or add the concept."),
                )


def _targets(concept: Concept) -> Iterator[tuple[str, str]]:
    """The fields that name a concept, and what they name."""
    yield from (("relations", one.concept) for one in concept.relations)
    yield from (("members", one.concept) for one in concept.members if one.concept)
    if concept.body is not None:
        yield from (("body.predecessors", id) for id in concept.body.predecessors)
        yield from (("body.successors", id) for id in concept.body.successors)


def find_duplicate_chinese(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find Chinese terms of two concepts under one subject; different subjects may share one."""
    owners: defaultdict[tuple[str | None, str], dict[str, None]] = defaultdict(dict)
    for concept in given.glossary:
        for term in concept.chinese:
            owners[concept.subject, term.text][concept.id] = None
    for (_subject, text), concepts in owners.items():
        first, *others = concepts
        for other in others:
            yield GlossaryFinding(
                "duplicate-chinese",
                other,
                message("“{term}” is a term of {concept} too.", term=text, concept=first),
                message("Merge the two, or give each a subject of its own."),
            )


def find_incomplete_members(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find members of numbered formulas that are given in one language only."""
    for concept in given.glossary:
        for member in concept.members:
            if not member.zh.strip() or not (member.en or "").strip():
                yield GlossaryFinding(
                    "member-without-both-languages",
                    concept.id,
                    message("the member “{member}” has no rendering.", member=member.zh or member.en),
                    message("Give it in Chinese and in English."),
                )


def find_unknown_full_forms(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find abbreviations of a full form that the concept does not have in their language."""
    for concept in given.glossary:
        for term in concept.terms:
            full = term.abbreviation_of
            if full is not None and not any(
                one.text == full and one.language is term.language for one in concept.terms
            ):
                yield GlossaryFinding(
                    "unknown-full-form",
                    concept.id,
                    message(
                        "“{term}” abbreviates “{full}”, which is no term here.", term=term.text, full=full
                    ),
                    message("Add the full form to the concept, or correct abbreviation_of."),
                )
