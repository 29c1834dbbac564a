"""Concepts as plain records (dicts of JSON values) and back, without loss.

The one shape shared by the bank's rows, JSON exports and the native pack: fields in a fixed order, empty ones left out.
A record names its sources by id; sources and publishers are records of their own. Reading collects every fault instead
of stopping at the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from termbank.model.concept import (
    Attestation,
    Concept,
    Grammar,
    MatchFlag,
    Status,
    Term,
    TermType,
    sort_terms,
)
from termbank.model.date import is_date
from termbank.model.document import Publisher, PublisherKind, Source
from termbank.model.language import Language
from termbank.model.message import message
from termbank.model.span import Span

Record = dict[str, Any]
Complain = Callable[[str], None]
_Enum = TypeVar("_Enum", bound=StrEnum)

_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")


def _kept(pairs: Iterable[tuple[str, Any]]) -> Record:
    return {key: value for key, value in pairs if value not in (None, "", (), [], False)}


def publisher_record(publisher: Publisher) -> Record:
    return _kept(
        [
            ("id", publisher.id),
            ("name", publisher.name),
            ("kind", publisher.kind.value),
            ("language", publisher.language),
            ("aliases", list(publisher.aliases)),
        ]
    )


def source_record(source: Source) -> Record:
    return _kept(
        [
            ("id", source.id),
            ("title", source.title),
            ("publisher", source.publisher.id if source.publisher else None),
            ("kind", source.own_kind.value if source.own_kind else None),
            ("date", source.date),
            ("language", source.language),
            ("url", source.url),
            ("described", source.described),
        ]
    )


def attestation_record(attestation: Attestation) -> Record:
    own = attestation.own_date if attestation.own_date != attestation.source.date else None
    return _kept(
        [
            ("source", attestation.source.id),
            ("date", own),
            ("alongside", attestation.alongside),
            ("copy", attestation.copied),
            ("quote", attestation.quotation),
        ]
    ) | ({"start": attestation.span.start, "end": attestation.span.end} if attestation.span else {})


def term_record(term: Term) -> Record:
    return _kept(
        [
            ("language", term.language.value),
            ("text", term.text),
            ("status", term.status.value),
            ("type", None if term.type is TermType.FULL_FORM else term.type.value),
            ("grammar", None if term.grammar is Grammar.NOUN_PHRASE else term.grammar.value),
            ("since", term.since),
            ("until", term.until),
            ("note", term.note),
            ("match", sorted(flag.value for flag in term.flags)),
            ("never_inside", list(term.never_inside)),
            (
                "attestations",
                [attestation_record(a) for a in sorted(term.attestations, key=lambda a: a.sort_key)],
            ),
        ]
    )


def concept_record(concept: Concept) -> Record:
    return _kept(
        [
            ("id", concept.id),
            ("subject", concept.subject),
            ("definition", concept.definition),
            ("note", concept.note),
            ("related", list(concept.related)),
            ("term", [term_record(term) for term in sort_terms(concept.terms)]),
        ]
    )


def _text(record: Mapping[str, Any], key: str, complain: Complain, needed: bool = False) -> str | None:
    value = record.get(key)
    if value is None or value == "":
        if needed:
            complain(message("“{key}” is missing.", key=key))
        return None
    if not isinstance(value, str):
        complain(message("“{key}” must be text, not {value!r}.", key=key, value=value))
        return None
    return value


def _date(record: Mapping[str, Any], key: str, complain: Complain) -> str | None:
    value = _text(record, key, complain)
    if value is not None and not is_date(value):
        complain(
            message(
                "“{value}” is not a date for “{key}”. Write 2025, 2025-08 or 2025-08-26.",
                value=value,
                key=key,
            )
        )
        return None
    return value


def _flag(record: Mapping[str, Any], key: str, complain: Complain) -> bool:
    value = record.get(key, False)
    if not isinstance(value, bool):
        complain(message("“{key}” must be true or false, not {value!r}.", key=key, value=value))
        return False
    return value


def _texts(record: Mapping[str, Any], key: str, complain: Complain) -> tuple[str, ...]:
    value = record.get(key, [])
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        complain(message("“{key}” must be a list of texts.", key=key))
        return ()
    return tuple(value)


def _one_of(kinds: type[_Enum], value: str | None, what: str, default: _Enum, complain: Complain) -> _Enum:
    if value is None:
        return default
    try:
        return kinds(value)
    except ValueError:
        complain(
            message(
                "unknown {what} “{value}”. Use one of: {choices}.",
                what=what,
                value=value,
                choices=", ".join(kind.value for kind in kinds),
            )
        )
        return default


def _identifier(record: Mapping[str, Any], complain: Complain) -> str:
    value = _text(record, "id", complain, needed=True) or ""
    if value and not _ID.fullmatch(value):
        complain(message("the id “{value}” may hold only a–z, 0–9, single hyphens and dots.", value=value))
    return value


def read_publisher(record: Mapping[str, Any], complain: Complain) -> Publisher:
    kind = _one_of(
        PublisherKind, _text(record, "kind", complain), "kind of publisher", PublisherKind.UNKNOWN, complain
    )
    return Publisher(
        _identifier(record, complain),
        _text(record, "name", complain, needed=True) or "",
        kind,
        _text(record, "language", complain),
        _texts(record, "aliases", complain),
    )


def read_source(record: Mapping[str, Any], publishers: Mapping[str, Publisher], complain: Complain) -> Source:
    name = _text(record, "publisher", complain)
    if name is not None and name not in publishers:
        complain(
            message("the publisher “{name}” is not listed. Add a [[publisher]] with this id.", name=name)
        )
    kind = _text(record, "kind", complain)
    own = _one_of(PublisherKind, kind, "kind of publisher", PublisherKind.UNKNOWN, complain) if kind else None
    return Source(
        _identifier(record, complain),
        _text(record, "title", complain, needed=True) or "",
        publishers.get(name) if name else None,
        own,
        _date(record, "date", complain),
        _text(record, "language", complain),
        _text(record, "url", complain),
        _flag(record, "described", complain),
    )


def read_attestation(
    record: Mapping[str, Any], sources: Mapping[str, Source], complain: Complain
) -> Attestation | None:
    name = _text(record, "source", complain, needed=True)
    if name is None:
        return None
    source = sources.get(name)
    if source is None:
        complain(
            message(
                "the source “{name}” is not listed. Add a [[source]] with this id, or give the folder of all packs.",
                name=name,
            )
        )
        return None
    start, end = record.get("start"), record.get("end")
    span = None
    if start is not None or end is not None:
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
            span = Span(start, end)
        else:
            complain(
                message(
                    "“start” and “end” must be whole numbers with start < end, not {start!r}, {end!r}.",
                    start=start,
                    end=end,
                )
            )
    own = _date(record, "date", complain)
    return Attestation(
        source,
        own if own != source.date else None,
        _flag(record, "alongside", complain),
        _flag(record, "copy", complain),
        _text(record, "quote", complain),
        span,
    )


def _flags(record: Mapping[str, Any], complain: Complain) -> frozenset[MatchFlag]:
    words = _texts(record, "match", complain)
    return frozenset(_one_of(MatchFlag, word, "match flag", MatchFlag.EXACT, complain) for word in words)


def _records(record: Mapping[str, Any], key: str, complain: Complain) -> list[Mapping[str, Any]]:
    value = record.get(key, [])
    if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
        complain(message("“{key}” must be a list of tables.", key=key))
        return []
    return list(value)


def read_term(record: Mapping[str, Any], sources: Mapping[str, Source], complain: Complain) -> Term | None:
    text = _text(record, "text", complain, needed=True)
    tag = _text(record, "language", complain, needed=True)
    if text is None or tag is None:
        return None
    if tag not in tuple(Language):
        complain(
            message(
                "unknown language “{tag}” for “{text}”. Use one of: {choices}.",
                tag=tag,
                text=text,
                choices=", ".join(Language),
            )
        )
        return None

    def about(fault: str) -> None:
        complain(message("“{text}”: {fault}", text=text, fault=fault))

    attestations = [
        read_attestation(item, sources, about) for item in _records(record, "attestations", about)
    ]
    kept = {a.identity: a for a in attestations if a is not None}
    return Term(
        text,
        Language(tag),
        _one_of(Status, _text(record, "status", about), "status", Status.PROPOSED, about),
        _one_of(TermType, _text(record, "type", about), "term type", TermType.FULL_FORM, about),
        _one_of(Grammar, _text(record, "grammar", about), "grammar", Grammar.NOUN_PHRASE, about),
        _date(record, "since", about),
        _date(record, "until", about),
        _text(record, "note", about),
        _flags(record, about),
        _texts(record, "never_inside", about),
        tuple(sorted(kept.values(), key=lambda a: a.sort_key)),
    )


def _check_terms(terms: Iterable[Term], complain: Complain) -> None:
    """Complain of a term that is listed twice, and of a second preferred full form in a language."""
    seen: set[tuple[str, str]] = set()
    preferred: dict[str, str] = {}
    for term in terms:
        if (term.language, term.text) in seen:
            complain(
                message(
                    "the term “{text}” ({language}) is listed twice.", text=term.text, language=term.language
                )
            )
        seen.add((term.language, term.text))
        if term.status is Status.PREFERRED and term.type is TermType.FULL_FORM:
            if term.language in preferred:
                complain(
                    message(
                        "two preferred {language} terms, “{preferred}” and “{text}”. Make one of them admitted.",
                        language=term.language,
                        preferred=preferred[term.language],
                        text=term.text,
                    )
                )
            preferred[term.language] = term.text


def read_concept(record: Mapping[str, Any], sources: Mapping[str, Source], complain: Complain) -> Concept:
    """The concept that a record describes; `complain` is called with each fault in it."""
    name = _identifier(record, complain)

    def about(fault: str) -> None:
        complain(message("concept “{name}”: {fault}", name=name, fault=fault))

    terms = [
        term
        for item in _records(record, "term", about)
        if (term := read_term(item, sources, about)) is not None
    ]
    if not terms:
        about(message("it has no terms."))
    _check_terms(terms, about)
    return Concept(
        name,
        sort_terms(terms),
        _text(record, "subject", about),
        _text(record, "definition", about),
        _text(record, "note", about),
        _texts(record, "related", about),
    )
