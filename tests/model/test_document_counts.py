"""Counts say what they count: documents, each once, with the undated ones."""

from __future__ import annotations

from termbank.model.concept import Attestation
from termbank.model.document import PublisherKind, Source
from termbank.model.document_counts import (
    count_documents,
    describe_counts,
    describe_documents,
    describe_range,
)


def seen(id: str, kind: PublisherKind, date: str | None = None, own_date: str | None = None) -> Attestation:
    return Attestation(Source(id, id, own_kind=kind, date=date), own_date)


USES = (
    seen("a", PublisherKind.OFFICIAL, "2024-03"),
    seen("a", PublisherKind.OFFICIAL, "2024-03", "2025"),
    seen("b", PublisherKind.STATE_MEDIA),
    seen("c", PublisherKind.STUDY_LIST),
    seen("c", PublisherKind.STUDY_LIST, own_date="2023"),
    seen("d", PublisherKind.PRESS),
)


def test_a_document_counts_once_however_often_it_is_cited() -> None:
    counts = count_documents(USES)
    assert (counts.documents, counts.official, counts.state_media, counts.other) == (4, 1, 1, 2)


def test_a_document_is_undated_where_none_of_its_uses_is_dated() -> None:
    counts = count_documents(USES)
    assert (counts.undated, counts.first, counts.last) == (2, "2023", "2025")


def test_counts_in_words_name_their_kinds_and_hide_no_undated_document() -> None:
    assert (
        describe_counts(count_documents(USES)) == "4 documents: 1 official, 1 state media, 2 other; 2 undated"
    )
    assert describe_documents(count_documents(USES)).endswith("; 2 undated; 2023 to 2025")
    assert describe_documents(count_documents(USES[:1])) == "1 document: 1 official; 2024-03"
    assert describe_documents(count_documents(USES[3:4])) == "1 document: 1 other; 1 undated"
    assert describe_documents(count_documents(())) == ""
    assert describe_range(None, None) == "undated"
