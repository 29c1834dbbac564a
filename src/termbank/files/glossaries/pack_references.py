"""References between the concepts of packs: what is named must be there, and an external id belongs to one concept.

In a folder of packs a reference without a target is a fault; it is left out, and the concept is read. A single pack may
name concepts of others, which are counted in a remark.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from termbank.files.remarks import remark_on
from termbank.model.concept import Concept
from termbank.model.message import Message, message, plural
from termbank.model.records import concept_record
from termbank.model.references import references

Complain = Callable[[str, Message, Message], None]
"""Called with a concept's id, what is wrong and what to do."""


def _outside(concept: Concept, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """(field, id) of each concept that is named and not known."""
    if concept.relations or concept.members or concept.body is not None:
        for one in references("concept", concept_record(concept)):
            if one.kind == "concept" and one.id not in known:
                yield one.field, one.id


def remark_on_outside(concepts: Iterable[Concept], known: Collection[str], name: str) -> list[str]:
    """A remark that counts the concepts that a single pack names and does not hold, where there are any."""
    outside = {id for concept in concepts for _, id in _outside(concept, known)}
    if not outside:
        return []
    counted = plural(
        "names {count} concept that is not in it.", "names {count} concepts that are not in it.", len(outside)
    )
    return [remark_on(name, counted)]


def check_references(
    concepts: Mapping[str, Concept], known: Collection[str], complain: Complain
) -> dict[str, Concept]:
    """The concepts of a folder of packs without references to what is in none of them.

    Args:
        concepts: The concepts that were read, by id.
        known: The ids of all concepts in the packs, with those that have faults.
        complain: Is called for each reference that is left out.
    """
    found = {}
    for id, concept in concepts.items():
        outside = list(_outside(concept, known))
        for field, target in outside:
            fault = message(
                "concept “{id}”: {field} names “{target}”, which is in no pack.",
                id=id,
                field=field,
                target=target,
            )
            complain(id, fault, message("Correct the id, or add the concept."))
        lost = {target for _, target in outside}
        found[id] = _without(concept, lost) if lost else concept
    return _check_external_ids(found, complain)


def _without(concept: Concept, lost: Collection[str]) -> Concept:
    return with_targets(concept, lambda id: None if id in lost else id)


def concepts_named(concept: Concept) -> set[str]:
    """The ids of the concepts that a concept names."""
    return {id for _, id in _outside(concept, ())}


def with_targets(concept: Concept, target_of: Callable[[str], str | None]) -> Concept:
    """The concept with each concept that it names under another id, or without it where there is none."""
    body = concept.body
    relations = ((one, target_of(one.concept)) for one in concept.relations)
    return replace(
        concept,
        relations=tuple(replace(one, concept=target) for one, target in relations if target is not None),
        members=tuple(
            replace(one, concept=target_of(one.concept)) if one.concept is not None else one
            for one in concept.members
        ),
        body=body
        and replace(
            body,
            predecessors=_targets(body.predecessors, target_of),
            successors=_targets(body.successors, target_of),
        ),
    )


def _targets(ids: Iterable[str], target_of: Callable[[str], str | None]) -> tuple[str, ...]:
    found = map(target_of, ids)
    return tuple(target for target in found if target is not None)


def _check_external_ids(concepts: dict[str, Concept], complain: Complain) -> dict[str, Concept]:
    owners: dict[tuple[str, str], str] = {}
    found = dict(concepts)
    for id, concept in concepts.items():
        for one in concept.external_ids:
            owner = owners.setdefault(one.identity, id)
            if owner == id:
                continue
            fault = message(
                "concept “{id}”: the id “{external}” of {system} belongs to “{owner}” already.",
                id=id,
                external=one.id,
                system=one.system,
                owner=owner,
            )
            complain(id, fault, message("Take it out of one of the two."))
            kept = tuple(each for each in found[id].external_ids if each != one)
            found[id] = replace(found[id], external_ids=kept)
    return found
