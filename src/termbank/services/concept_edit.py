"""Changing a concept by hand: setting a term's status, removing a term, or any other change.

Each is one decision, read and written in one transaction; the history keeps what was before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from termbank.model.concept import Concept, Status
from termbank.model.decision import Change, Decision
from termbank.model.labels import label_message
from termbank.model.language import Language
from termbank.model.message import message
from termbank.model.records import concept_record
from termbank.review import with_status, without_term
from termbank.services import settings
from termbank.store.bank import Bank

_ACTS = {
    Status.PREFERRED: "prefer",
    Status.ADMITTED: "admit",
    Status.PROPOSED: "propose",
    Status.SUPERSEDED: "supersede",
    Status.DEPRECATED: "deprecate",
}


def set_status(
    bank: Bank,
    concept: str,
    text: str,
    status: Status,
    *,
    language: Language | None = None,
    why: str | None = None,
) -> Decision:
    """Set a term's house status; the term that was preferred becomes admitted where another is preferred."""
    why = why or message("“{term}” is {status}", term=text, status=label_message(status))
    return change(
        bank, _ACTS[status], concept, lambda before: with_status(before, text, status, language), why
    )


def remove_term(bank: Bank, concept: str, text: str, *, language: Language | None = None) -> Decision:
    """Take a term from a concept; the history keeps it."""
    return change(
        bank,
        "remove",
        concept,
        lambda before: without_term(before, text, language),
        message("“{term}” removed", term=text),
    )


def change(
    bank: Bank, act: str, concept: str, after: Callable[[Concept], Concept], why: str | None = None
) -> Decision:
    """A decision that makes one concept into another; read and written in one transaction."""

    def changes() -> Iterator[Change]:
        yield Change("concept", concept, concept_record(after(bank.concept(concept))))

    return bank.decide(settings.decision(act, why), changes)
