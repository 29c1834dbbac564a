"""What was decided: by whom, when and why; traced to a term or a field, or the bank as it was on a day.

Everything here reads the bank's append-only history. `services.undo` adds to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from termbank.model.date import is_date, last_day
from termbank.model.decision import Decision
from termbank.model.errors import NotFoundError, TermbankError
from termbank.model.glossary import Glossary
from termbank.model.message import message
from termbank.model.record_merge import describe_path, fields_by_name
from termbank.model.records import Record
from termbank.store.bank import Bank
from termbank.store.canonical_json import glossary_of
from termbank.store.history import decisions, last_until, replay, versions


def history(
    bank: Bank, concept: str | None = None, *, who: str | None = None, date: str | None = None
) -> tuple[Decision, ...]:
    """Decisions in order.

    Args:
        bank: An open bank.
        concept: Only those that touched this concept, named by its id or one of its terms.
        who: Only this person's.
        date: Only those up to the end of this day (2025, 2025-08 and 2025-08-26 mean their last day, UTC).
    """
    id = None if concept is None else concept_named(bank, concept)
    return decisions(bank, id, who=who, until=None if date is None else end_of_day(date))


def concept_named(bank: Bank, name: str) -> str:
    """The id of the concept that a person means: an id, also of a concept since removed, or exactly a term."""
    if bank.last_touch("concept", name):
        return name
    from termbank.services.lookup import look_up

    found = [hit.concept.id for hit in look_up(bank, name, 5) if hit.how in ("exact", "folded", "script")]
    if len(found) == 1:
        return found[0]
    if found:
        raise TermbankError(
            message("“{name}” names several concepts: {ids}.", name=name, ids=", ".join(found)),
            remedy=message("Give one of these ids."),
        )
    raise NotFoundError(
        message("there is no concept “{name}” in the bank.", name=name),
        remedy=message("`termbank lookup` finds the id of a concept."),
    )


@dataclass(frozen=True)
class Blame:
    """Of one term, who brought it into the bank and who changed it last."""

    language: str
    text: str
    first: Decision
    last: Decision


def blame(bank: Bank, concept: str, date: str | None = None) -> tuple[Blame, ...]:
    """For every term of the concept (at the end of a day), the decision that brought it and the last that changed it."""
    taken = {decision.number: decision for decision in decisions(bank, concept)}
    first: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], int] = {}
    before: dict[tuple[str, str], Record] = {}
    for number, record in _versions(bank, concept, date):
        now = {(str(t["language"]), str(t["text"])): t for t in (record or {}).get("term", ())}
        for key, term in now.items():
            if key not in before:
                first[key] = number
            if before.get(key) != term:
                last[key] = number
        before = now
    return tuple(Blame(*key, taken[first[key]], taken[last[key]]) for key in before)


@dataclass(frozen=True)
class FieldBlame:
    """Of one field, what it holds and the decision that set it so; `field` names it for people, in English."""

    field: str
    value: Any
    decision: Decision


def blame_fields(bank: Bank, concept: str, date: str | None = None) -> tuple[FieldBlame, ...]:
    """For every field of the concept (at the end of a day), the decision that gave it its value.

    A term, definition, note, relation or attestation is one field, and each thing said of it another.
    """
    taken = {decision.number: decision for decision in decisions(bank, concept)}
    set_by: dict[Any, int] = {}
    before: dict[Any, Any] = {}
    for number, record in _versions(bank, concept, date):
        now = fields_by_name(record)
        for path, value in now.items():
            if path not in before or before[path] != value:
                set_by[path] = number
        before = now
    return tuple(
        FieldBlame(describe_path(path), value, taken[set_by[path]]) for path, value in before.items()
    )


def _versions(bank: Bank, concept: str, date: str | None) -> tuple[tuple[int, Record | None], ...]:
    found = versions(bank, "concept", concept)
    if date is None:
        return found
    last = last_until(bank, end_of_day(date))
    return tuple((number, record) for number, record in found if number <= last)


def as_of(bank: Bank, date: str) -> Glossary:
    """The concepts as they were at the end of a day (2025, 2025-08 and 2025-08-26 mean their last day, UTC)."""
    return glossary_of(replay(bank, last_until(bank, end_of_day(date))), bank.path.stem)


def end_of_day(date: str) -> str:
    """The last second of a day, a month or a year, as decisions are dated; TermbankError where it is no date."""
    require_date(date)
    return f"{last_day(date)}T23:59:59Z"


def require_date(date: str) -> None:
    """Raise TermbankError where a text is no date."""
    if not is_date(date):
        raise TermbankError(
            message("“{date}” is not a date.", date=date),
            remedy=message("Write 2025, 2025-08 or 2025-08-26."),
        )
