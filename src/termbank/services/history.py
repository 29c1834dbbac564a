"""What was decided: by whom, when and why; taken back, traced to a term, or seen as it was.

Everything here is a reading of the bank's append-only history; taking back is itself a decision.
"""

from __future__ import annotations

from dataclasses import dataclass

from termbank.model.date import is_date, last_day
from termbank.model.decision import Decision
from termbank.model.errors import NotFoundError, TermbankError
from termbank.model.glossary import Glossary
from termbank.model.message import message, plural
from termbank.model.records import Record
from termbank.services import settings
from termbank.services.bank_setup import SHIPPED_BY
from termbank.store.bank import Bank
from termbank.store.canonical_json import glossary_of
from termbank.store.history import decision_numbered, decisions, last_until, replay, versions
from termbank.store.history import undo as take_back


def history(bank: Bank, concept: str | None = None) -> tuple[Decision, ...]:
    """Decisions in order; those that touched one concept, named by id or by one of its terms."""
    return decisions(bank, None if concept is None else concept_named(bank, concept))


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


def undo(bank: Bank, number: int | None = None, *, why: str | None = None) -> Decision:
    """Undo a decision: the one numbered, or the last of the person's own that is not undone.

    ConflictError where something it changed was changed again since. The first filling with the
    shipped glossaries is only taken back by number.
    """
    if number is None:
        number = _last_standing(bank)
    return take_back(bank, number, who=settings.who(), when=settings.now(), why=why)


def describe_undo(bank: Bank, taken: Decision) -> str:
    """A sentence that names the decision which `taken` undid, and how much that changed."""
    undone = decision_numbered(bank, taken.undoes or 0)
    what = undone.act
    if undone.why:
        what = undone.why if undone.why.startswith(undone.act) else f"{undone.act}, {undone.why}"
    concepts = sum(change.kind == "concept" for change in taken.changes)
    if not concepts:
        return message("Undid decision {number}: {what}.", number=undone.number, what=what)
    return plural(
        "Undid decision {number}: {what} ({count} concept).",
        "Undid decision {number}: {what} ({count} concepts).",
        concepts,
        number=undone.number,
        what=what,
    )


def _last_standing(bank: Bank) -> int:
    undone: set[int] = set()
    for decision in reversed(decisions(bank)):
        if decision.number in undone:
            continue
        if decision.undoes is not None:
            undone.add(decision.undoes)
        elif decision.who != SHIPPED_BY:
            return decision.number
    raise NotFoundError(
        message("there is nothing to undo."), remedy=message("`termbank history` shows what was decided.")
    )


@dataclass(frozen=True)
class Blame:
    """Of one term, who brought it into the bank and who changed it last."""

    language: str
    text: str
    first: Decision
    last: Decision


def blame(bank: Bank, concept: str) -> tuple[Blame, ...]:
    """For every term that the concept has now, the decision that brought it and the last that changed it."""
    taken = {decision.number: decision for decision in decisions(bank, concept)}
    first: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], int] = {}
    before: dict[tuple[str, str], Record] = {}
    for number, record in versions(bank, "concept", concept):
        now = {(str(t["language"]), str(t["text"])): t for t in (record or {}).get("term", ())}
        for key, term in now.items():
            if key not in before:
                first[key] = number
            if before.get(key) != term:
                last[key] = number
        before = now
    return tuple(Blame(*key, taken[first[key]], taken[last[key]]) for key in before)


def as_of(bank: Bank, date: str) -> Glossary:
    """The concepts as they stood at the end of a day (2025, 2025-08 and 2025-08-26 mean their last day, UTC)."""
    if not is_date(date):
        raise TermbankError(
            message("“{date}” is not a date.", date=date),
            remedy=message("Write 2025, 2025-08 or 2025-08-26."),
        )
    last = last_until(bank, f"{last_day(date)}T23:59:59Z")
    return glossary_of(replay(bank, last), bank.path.stem)
