"""`termbank variants --new-since`: what changed in the renderings since a day.

Two clocks are read. Documents, renderings and periods go by their own dates: what was written since the day. Statuses go by
the bank's decisions: what was decided since the day. A date counts where all of it is on or after the day; an undated use
counts nowhere, and a rendering that has one is not called new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from termbank.model.concept import Attestation, Concept, Term
from termbank.model.date import first_day, last_day
from termbank.model.language import Language
from termbank.model.variant_changes import ConceptChanges, StatusChange, VariantChanges
from termbank.services.history import require_date
from termbank.services.variants import attestation_filter, concepts_asked, describe_filters
from termbank.store.bank import Bank
from termbank.store.history import decision_numbered, decisions, version_before
from termbank.surveying.usage import AttestationFilter


def changes_since(
    bank: Bank, date: str, query: str | None = None, *, by: str | None = None, kind: str | None = None
) -> VariantChanges:
    """What changed since a date: in the concepts asked for, or in all.

    `by` and `kind` limit the documents as in `variants`; what is no document is then left out. Raises TermbankError for a
    date that is none and for an unknown concept, publisher or kind.
    """
    require_date(date)
    wanted = attestation_filter(bank, by, kind)
    concepts = concepts_asked(bank, query)
    filters = describe_filters(by, kind)
    statuses = {} if filters else _status_changes(bank, date, {concept.id for concept in concepts})
    found = (
        _changes_of(concept, date, wanted, statuses.get(concept.id, ()), only_documents=bool(filters))
        for concept in concepts
    )
    return VariantChanges(date, tuple(one for one in found if one), filters)


def _changes_of(
    concept: Concept,
    date: str,
    wanted: AttestationFilter,
    statuses: Collection[StatusChange],
    *,
    only_documents: bool,
) -> ConceptChanges:
    uses = [(term, use) for term in concept.english for use in term.attestations]
    new = [(term, use) for term, use in uses if wanted(use) and _is_since(use.date, date)]
    renderings = () if only_documents else tuple(term for term in concept.english if _is_new(term, date))
    periods = () if only_documents else tuple(term for term in concept.english if _has_turned(term, date))
    return ConceptChanges(
        concept.id, concept.headword, tuple(sorted(new, key=_in_time)), renderings, periods, tuple(statuses)
    )


def _in_time(item: tuple[Term, Attestation]) -> tuple[str, str, str]:
    term, use = item
    return (use.date or "", term.text, use.source.id)


def _is_since(date: str | None, day: str) -> bool:
    return date is not None and first_day(date) >= first_day(day)


def _is_new(term: Term, day: str) -> bool:
    return bool(term.attestations) and all(_is_since(use.date, day) for use in term.attestations)


def _has_turned(term: Term, day: str) -> bool:
    """Whether a period of the term began or ended since the day."""
    ended = term.until is not None and last_day(term.until) >= first_day(day)
    return _is_since(term.since, day) or ended


def _status_changes(bank: Bank, day: str, ids: Collection[str]) -> Mapping[str, list[StatusChange]]:
    """By concept, the changes of status that were decided since the day; the first filling of the bank changes none."""
    start = f"{first_day(day)}T00:00:00Z"
    found: defaultdict[str, list[StatusChange]] = defaultdict(list)
    for decision in decisions(bank)[1:]:
        if decision.when < start:
            continue
        for change in decision_numbered(bank, decision.number).changes:
            if change.kind != "concept" or change.id not in ids or change.body is None:
                continue
            before = _statuses(version_before(bank, "concept", change.id, decision.number))
            for text, status in _statuses(change.body).items():
                if before.get(text, status) != status:
                    found[change.id].append(StatusChange(text, before[text], status, decision))
    return found


def _statuses(record: Mapping[str, Any] | None) -> dict[str, str]:
    """The status of each rendering of a record."""
    terms = (record or {}).get("term", ())
    return {str(t["text"]): str(t["status"]) for t in terms if t["language"] == Language.EN.value}
