"""Publishers and sources as records, and back."""

from __future__ import annotations

from collections.abc import Mapping

from termbank.model.document import Publisher, PublisherKind, Source
from termbank.model.message import message
from termbank.model.records.field_readers import (
    Complain,
    Fields,
    read_choice,
    read_date,
    read_flag,
    read_identifier,
    read_text,
    read_texts,
)
from termbank.model.records.shape import Record, without_empty


def publisher_record(publisher: Publisher) -> Record:
    return without_empty(
        ("id", publisher.id),
        ("name", publisher.name),
        ("kind", publisher.kind.value),
        ("language", publisher.language),
        ("aliases", list(publisher.aliases)),
    )


def source_record(source: Source) -> Record:
    return without_empty(
        ("id", source.id),
        ("title", source.title),
        ("publisher", source.publisher.id if source.publisher else None),
        ("kind", source.own_kind.value if source.own_kind else None),
        ("date", source.date),
        ("language", source.language),
        ("url", source.url),
        ("described", source.described),
    )


def read_publisher(record: Fields, complain: Complain) -> Publisher:
    kind = read_text(record, "kind", complain)
    return Publisher(
        read_identifier(record, complain),
        read_text(record, "name", complain, needed=True) or "",
        read_choice(PublisherKind, kind, "kind of publisher", PublisherKind.UNKNOWN, complain),
        read_text(record, "language", complain),
        read_texts(record, "aliases", complain),
    )


def read_source(record: Fields, publishers: Mapping[str, Publisher], complain: Complain) -> Source:
    name = read_text(record, "publisher", complain)
    if name is not None and name not in publishers:
        complain(
            message("the publisher “{name}” is not listed. Add a [[publisher]] with this id.", name=name)
        )
    kind = read_text(record, "kind", complain)
    unknown = PublisherKind.UNKNOWN
    own = read_choice(PublisherKind, kind, "kind of publisher", unknown, complain) if kind else None
    return Source(
        read_identifier(record, complain),
        read_text(record, "title", complain, needed=True) or "",
        publishers.get(name) if name else None,
        own,
        read_date(record, "date", complain),
        read_text(record, "language", complain),
        read_text(record, "url", complain),
        read_flag(record, "described", complain),
    )
