"""What a concept says beside its terms (`model.concept_facts`) as records, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from termbank.model.concept_facts import (
    BodyFacts,
    ContextPair,
    Description,
    EarliestUse,
    ExternalId,
    LawFacts,
    Member,
    Relation,
    RelationType,
)
from termbank.model.document import Source
from termbank.model.message import message
from termbank.model.records.field_readers import (
    Complain,
    Fields,
    is_id,
    read_choice,
    read_cited,
    read_date,
    read_dates,
    read_language,
    read_reference,
    read_references,
    read_table,
    read_tables,
    read_text,
)
from termbank.model.records.shape import Record, without_empty

Sources = Mapping[str, Source]
_Fact = TypeVar("_Fact")


def description_record(one: Description) -> Record:
    return without_empty(
        ("language", one.language.value),
        ("text", one.text),
        ("source", one.source.id if one.source else None),
    )


def context_record(one: ContextPair) -> Record:
    return without_empty(("zh", one.zh), ("en", one.en), ("source", one.source.id if one.source else None))


def relation_record(one: Relation) -> Record:
    return {"type": one.type.value, "concept": one.concept}


def external_id_record(one: ExternalId) -> Record:
    return {"system": one.system, "id": one.id}


def member_record(one: Member) -> Record:
    return without_empty(("zh", one.zh), ("en", one.en), ("concept", one.concept))


def body_record(body: BodyFacts) -> Record:
    return without_empty(
        ("founded", body.founded),
        ("renamed", list(body.renamed)),
        ("predecessors", list(body.predecessors)),
        ("successors", list(body.successors)),
    )


def law_record(law: LawFacts) -> Record:
    return without_empty(
        ("adopted", law.adopted),
        ("amended", list(law.amended)),
        ("in_force", law.in_force),
        ("short_title", without_empty(("zh", law.short_title_zh), ("en", law.short_title_en))),
    )


def first_use_record(use: EarliestUse) -> Record:
    return without_empty(
        ("source", use.source.id if use.source else None), ("date", use.date), ("quote", use.quotation)
    )


def read_description(record: Fields, sources: Sources, complain: Complain) -> Description | None:
    text = read_text(record, "text", complain, needed=True)
    language = read_language(record, (text or "")[:60], complain)
    source = read_cited(record, "source", sources, complain)
    return None if text is None or language is None else Description(text, language, source)


def read_context(record: Fields, sources: Sources, complain: Complain) -> ContextPair | None:
    zh, en = (read_text(record, side, complain, needed=True) for side in ("zh", "en"))
    source = read_cited(record, "source", sources, complain)
    return None if zh is None or en is None else ContextPair(zh, en, source)


def read_relation(record: Fields, _sources: Sources, complain: Complain) -> Relation | None:
    word = read_text(record, "type", complain, needed=True)
    type = read_choice(RelationType, word, "type of relation", RelationType.RELATED, complain)
    target = read_reference(record, "concept", complain, needed=True)
    return None if word is None or target is None else Relation(type, target)


def read_external_id(record: Fields, _sources: Sources, complain: Complain) -> ExternalId | None:
    system = read_text(record, "system", complain, needed=True)
    if system is not None and not is_id(system):
        complain(
            message(
                "“system” names the base that the id comes from, in small letters as “wikidata”; “{system}” does not.",
                system=system,
            )
        )
    id = read_text(record, "id", complain, needed=True)
    return None if system is None or id is None else ExternalId(system, id)


def read_member(record: Fields, _sources: Sources, complain: Complain) -> Member | None:
    zh = read_text(record, "zh", complain, needed=True)
    en = read_text(record, "en", complain)
    concept = read_reference(record, "concept", complain)
    return None if zh is None else Member(zh, en, concept)


def read_facts(
    record: Fields,
    key: str,
    read: Callable[[Fields, Sources, Complain], _Fact | None],
    identity: Callable[[_Fact], object],
    sources: Sources,
    complain: Complain,
) -> Iterable[_Fact]:
    """The facts listed under a key, each once by its identity; faults name the key and the number from 1."""
    found: dict[object, _Fact] = {}
    for number, item in enumerate(read_tables(record, key, complain), 1):

        def about(fault: str, number: int = number) -> None:
            complain(message("{key} {number}: {fault}", key=key, number=number, fault=fault))

        fact = read(item, sources, about)
        if fact is not None:
            found[identity(fact)] = fact
    return found.values()


def _about(key: str, complain: Complain) -> Complain:
    return lambda fault: complain(message("{key}: {fault}", key=key, fault=fault))


def read_body(record: Fields, complain: Complain) -> BodyFacts | None:
    table = read_table(record, "body", complain)
    if table is None:
        return None
    about = _about("body", complain)
    return BodyFacts(
        read_date(table, "founded", about),
        read_dates(table, "renamed", about),
        read_references(table, "predecessors", about),
        read_references(table, "successors", about),
    )


def read_law(record: Fields, complain: Complain) -> LawFacts | None:
    table = read_table(record, "law", complain)
    if table is None:
        return None
    about = _about("law", complain)
    short = read_table(table, "short_title", about) or {}
    return LawFacts(
        read_date(table, "adopted", about),
        read_dates(table, "amended", about),
        read_date(table, "in_force", about),
        read_text(short, "zh", about),
        read_text(short, "en", about),
    )


def read_first_use(record: Fields, sources: Sources, complain: Complain) -> EarliestUse | None:
    table = read_table(record, "first_use", complain)
    if table is None:
        return None
    about = _about("first_use", complain)
    return EarliestUse(
        read_cited(table, "source", sources, about),
        read_date(table, "date", about),
        read_text(table, "quote", about),
    )
