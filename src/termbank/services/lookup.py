"""Look up a query of any kind in either language: the concepts that answer, best first.

Only the concepts found are read from the bank. The search index is opened once per bank and follows its decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from termbank.model.concept import Concept, Term
from termbank.model.concept_facts import Description
from termbank.model.document_counts import count_documents
from termbank.model.language import Language
from termbank.model.progress import Progress
from termbank.model.reliability import concept_reliability
from termbank.services.index_cache import index_place
from termbank.store.bank import Bank
from termbank.store.index import SearchIndex
from termbank.store.index_queries import all_concepts
from termbank.store.term_search import find_concepts

DEFAULT_LIMIT = 20


@dataclass(frozen=True)
class Hit:
    """A concept that answers a query.

    Attributes:
        concept: the concept.
        score: from 0 to 1 for the identical text.
        text: its term that answers best.
        language: the language of that term.
        how: the kind of key by which it was found, a value of `lookup.ranking.KeyKind`.
        exact: whether the query is a whole term of it, in its letters, sound, initials or stems; else it is only near.
    """

    concept: Concept
    score: float
    text: str
    language: Language
    how: str
    exact: bool

    @property
    def match(self) -> str:
        """Exact or near."""
        return "exact" if self.exact else "near"


@dataclass(frozen=True)
class ConceptLine:
    """A concept as a list shows it; `status` is that of its English rendering, None where it has none."""

    id: str
    chinese: str
    english: str
    status: str | None


def index_of(bank: Bank, progress: Progress | None = None) -> SearchIndex:
    """The bank's search index, one per open bank; `progress` is called while it is built."""
    index = bank.search_index
    if not isinstance(index, SearchIndex):
        index = SearchIndex(bank, index_place(bank.path), progress)
        bank.search_index = index
    elif progress is not None:
        index.progress = progress
    return index


def look_up(
    bank: Bank, query: str, limit: int = DEFAULT_LIMIT, *, progress: Progress | None = None
) -> list[Hit]:
    """The concepts that answer a query, best first; none for an empty query."""
    found = find_concepts(index_of(bank, progress), query, limit)
    concepts = bank.concepts(one.concept for one in found)
    return [
        Hit(concepts[one.concept], one.score, one.text, Language(one.language), one.how.value, one.is_whole)
        for one in found
        if one.concept in concepts
    ]


def browse(bank: Bank, *, progress: Progress | None = None) -> list[ConceptLine]:
    """Every concept of the bank, by id, without reading any of them whole."""
    index = index_of(bank, progress)
    index.current()
    return [ConceptLine(one.id, one.chinese, one.english, one.status or None) for one in all_concepts(index)]


def lookup_record(query: str, hits: list[Hit]) -> dict[str, Any]:
    """The answer in the form that `lookup --json` writes."""
    best = "exact" if any(hit.exact for hit in hits) else "near" if hits else "none"
    return {"schema": 1, "query": query, "match": best, "results": [_hit_record(hit) for hit in hits]}


def _hit_record(hit: Hit) -> dict[str, Any]:
    return {
        "concept": hit.concept.id,
        "score": hit.score,
        "match": hit.match,
        "matched": {"text": hit.text, "language": hit.language.value, "how": hit.how},
        "type": hit.concept.type.value,
        "definitions": list(map(_description_record, hit.concept.definitions)),
        "notes": list(map(_description_record, hit.concept.notes)),
        "relations": [{"type": one.type.value, "concept": one.concept} for one in hit.concept.relations],
        "members": [{"zh": one.zh, "en": one.en, "concept": one.concept} for one in hit.concept.members],
        "reliability": concept_reliability(hit.concept).value,
        "terms": [_term_record(term) for term in hit.concept.terms],
    }


def _term_record(term: Term) -> dict[str, Any]:
    return {
        "text": term.text,
        "language": term.language.value,
        "status": term.status.value,
        "note": term.note,
        "attested": _count_attestations(term),
    }


def _count_attestations(term: Term) -> dict[str, Any]:
    """How often, when and by whom a term is attested; each document is counted once, under its publisher's kind."""
    counts = count_documents(term.attestations)
    return {
        "count": counts.documents,
        "first": counts.first,
        "last": counts.last,
        "documents": counts.documents,
        "official": counts.official,
        "state_media": counts.state_media,
        "other": counts.other,
        "undated": counts.undated,
    }


def _description_record(one: Description) -> dict[str, Any]:
    """A definition or note; the source is its title, and null for our own."""
    source = one.source.title if one.source is not None else None
    return {"language": one.language.value, "text": one.text, "source": source}
