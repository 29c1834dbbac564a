"""`termbank doctor --stale`: preferred renderings that no document attests since a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from termbank.model.concept import Status
from termbank.model.date import first_day, last_day
from termbank.model.document_counts import count_documents
from termbank.services.history import require_date
from termbank.store.bank import Bank


@dataclass(frozen=True)
class StaleTerm:
    """A preferred rendering with its last date; None where no document is dated, or none attests it."""

    concept: str
    zh: str
    text: str
    last: str | None
    documents: int
    undated: int


def find_stale_terms(bank: Bank, date: str) -> list[StaleTerm]:
    """The preferred renderings last attested before a day, the oldest first; then those without a date.

    A month or year counts by its last day: what is attested in 2022 may be as late as its last day. Raises TermbankError
    where `date` is no date.
    """
    require_date(date)
    found = []
    for concept in bank.glossary():
        for term in concept.english:
            counts = count_documents(term.attestations)
            is_stale = counts.last is None or last_day(counts.last) < first_day(date)
            if term.status is Status.PREFERRED and is_stale:
                found.append(
                    StaleTerm(
                        concept.id, concept.headword, term.text, counts.last, counts.documents, counts.undated
                    )
                )
    return sorted(found, key=lambda one: (one.last is None, one.last or "", not one.documents, one.concept))


def stale_record(one: StaleTerm) -> dict[str, Any]:
    """A term in the form that `doctor --stale --json` writes."""
    return {
        "concept": one.concept,
        "zh": one.zh,
        "text": one.text,
        "last": one.last,
        "documents": one.documents,
        "undated": one.undated,
    }
