"""Merging what two versions of a concept say beside their terms: definitions, relations, ids, facts.

Nothing is erased. Two values with one identity are one: a definition is its language, source and text, a relation its
type and target. Of what a file's format cannot keep, the value in the bank stays and makes no second one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from termbank.files.glossaries import Field
from termbank.files.xml import without_illegal
from termbank.model.concept import Concept, unique_facts
from termbank.model.concept_facts import ConceptType, Description, Member, Relation
from termbank.model.message import Message, message, plural

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class _Rules:
    """What the file's format keeps, and whether the file decides where both have a value."""

    keeps: Collection[Field]
    trusted: bool

    def choose(self, old: _Value, new: _Value, field: Field) -> _Value:
        """The value after the merge, where an empty one says nothing."""
        if field not in self.keeps or not new:
            return old
        return new if self.trusted or not old else old

    def text_key(self, text: str) -> str:
        return text if Field.CONTROLS in self.keeps else without_illegal(text)

    def description_key(self, one: Description) -> object:
        source = one.identity[1] if Field.CITATIONS in self.keeps else ""
        return (one.language, source, self.text_key(one.text))

    def relation_key(self, one: Relation) -> object:
        return one.identity if Field.RELATION_TYPES in self.keeps else one.concept

    def union(
        self, old: Iterable[_Value], new: Iterable[_Value], key: Callable[[_Value], object], field: Field
    ) -> tuple[_Value, ...]:
        """Both lists, in the order of the first; of two with one key, the file's where it says more and is trusted."""
        if field not in self.keeps:
            return tuple(old)
        found = list(old)
        places: dict[object, int] = {}
        for place, one in enumerate(found):
            places.setdefault(key(one), place)
        for one in new:
            place = places.setdefault(key(one), len(found))
            if place == len(found):
                found.append(one)
            elif self.trusted and Field.CITATIONS in self.keeps and Field.RELATION_TYPES in self.keeps:
                found[place] = _fill(one, found[place])
        return tuple(found)


def _fill(one: Any, other: Any) -> Any:
    """A value with its empty fields filled from another of its class."""
    empty = {each.name: getattr(other, each.name) for each in fields(one) if not getattr(one, each.name)}
    return replace(one, **empty) if empty else one


def merge_facts(
    before: Concept, concept: Concept, keeps: Collection[Field], trusted: bool, changes: list[Message]
) -> Concept:
    """The bank's concept with what the file says beside the terms; each change is appended as a message."""
    rules = _Rules(keeps, trusted)
    after = replace(
        before,
        subject=rules.choose(before.subject, concept.subject, Field.SUBJECT),
        type=_merge_type(before.type, concept.type, rules),
        definitions=unique_facts(
            rules.union(before.definitions, concept.definitions, rules.description_key, Field.DEFINITION)
        ),
        notes=unique_facts(rules.union(before.notes, concept.notes, rules.description_key, Field.NOTE)),
        contexts=unique_facts(
            rules.union(before.contexts, concept.contexts, lambda one: one.identity, Field.CONTEXTS)
        ),
        relations=unique_facts(
            rules.union(before.relations, concept.relations, rules.relation_key, Field.RELATED)
        ),
        external_ids=unique_facts(
            rules.union(before.external_ids, concept.external_ids, lambda one: one.identity, Field.IDS)
        ),
        members=rules.union(before.members, concept.members, _member_key, Field.MEMBERS),
        body=_merge_record(before.body, concept.body, rules, Field.FACTS),
        law=_merge_record(before.law, concept.law, rules, Field.FACTS),
        first_use=_merge_record(before.first_use, concept.first_use, rules, Field.FIRST_USE),
    )
    changes += _changes(before, after)
    return after


def _member_key(one: Member) -> object:
    return one.identity


def _merge_type(old: ConceptType, new: ConceptType, rules: _Rules) -> ConceptType:
    if Field.CONCEPT_TYPE not in rules.keeps or new is ConceptType.TERM:
        return old
    return new if rules.trusted or old is ConceptType.TERM else old


def _merge_record(old: _Value | None, new: _Value | None, rules: _Rules, field: Field) -> _Value | None:
    """The facts of both; where both have a value, a trusted file decides."""
    if new is None or old is None or field not in rules.keeps:
        return old if new is None or field not in rules.keeps else new
    first, second = (new, old) if rules.trusted else (old, new)
    found: _Value = _fill(first, second)
    lists: Mapping[str, tuple[str, ...]] = {
        each.name: tuple(sorted({*getattr(old, each.name), *getattr(new, each.name)}))
        for each in fields(old)  # type: ignore[arg-type]
        if isinstance(getattr(old, each.name), tuple)
    }
    return replace(found, **lists) if lists else found  # type: ignore[type-var]


def _changes(before: Concept, after: Concept) -> Iterable[Message]:
    if after.subject != before.subject:
        yield message("subject changed") if before.subject else message("subject added")
    if after.type is not before.type:
        yield message("type: {old} → {new}", old=before.type.value, new=after.type.value)
    yield from _count_changes(before, after)
    for field, changed in (
        ("members", message("members changed")),
        ("body", message("facts of the body changed")),
        ("law", message("facts of the law changed")),
        ("first_use", message("first use changed")),
    ):
        if getattr(after, field) != getattr(before, field):
            yield changed


def _count_changes(before: Concept, after: Concept) -> Iterable[Message]:
    count = len(after.definitions) - len(before.definitions)
    if count:
        yield plural("{count} definition added", "{count} definitions added", count)
    count = len(after.notes) - len(before.notes)
    if count:
        yield plural("{count} note added", "{count} notes added", count)
    count = len(after.contexts) - len(before.contexts)
    if count or after.contexts != before.contexts:
        yield plural("{count} context added", "{count} contexts added", count)
    if after.relations != before.relations:
        yield message("related concepts changed")
    count = len(after.external_ids) - len(before.external_ids)
    if count:
        yield plural("{count} external id added", "{count} external ids added", count)
