"""Changing a concept by hand: setting a term's status, removing a term, or any other change.

Each is one decision, read and written in one transaction; the history keeps what was before. A writer that has shown the
concept before says which decision it had read: what others have changed since is merged field by field, and where both
changed one field the write is refused (ConflictError with the fields).
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
from termbank.store.history import version_before

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
    read: int | None = None,
) -> Decision:
    """Set a term's house status; the term that was preferred becomes admitted where another is preferred.

    `read` is the decision at which the person saw the concept (see `change`).
    """
    why = why or message("“{term}” is {status}", term=text, status=label_message(status))
    return change(
        bank,
        _ACTS[status],
        concept,
        lambda before: with_status(before, text, status, language),
        why,
        read=read,
    )


def remove_term(
    bank: Bank, concept: str, text: str, *, language: Language | None = None, read: int | None = None
) -> Decision:
    """Take a term from a concept; the history keeps it. `read` as in `change`."""
    return change(
        bank,
        "remove",
        concept,
        lambda before: without_term(before, text, language),
        message("“{term}” removed", term=text),
        read=read,
    )


def change(
    bank: Bank,
    act: str,
    concept: str,
    after: Callable[[Concept], Concept],
    why: str | None = None,
    *,
    read: int | None = None,
) -> Decision:
    """A decision that makes one concept into another; read and written in one transaction.

    Args:
        bank: An open bank.
        act: What is done, in one word.
        concept: The id of the concept.
        after: The concept as it should be, from the concept as it was read.
        why: The reason, kept with the decision.
        read: The number of the decision that had last touched the concept when the person saw it; without it, the
            concept is changed as it is now.

    Raises:
        ConflictError: Another decision has changed the same field since `read`.
        NotFoundError: There is no such concept.
    """

    def changes() -> Iterator[Change]:
        now = bank.concept(concept)
        if read is None or bank.last_touch("concept", concept) == read:
            yield Change("concept", concept, concept_record(after(now)))
            return
        seen = version_before(bank, "concept", concept, read + 1)
        then = now if seen is None else bank.concept_of(seen)
        yield Change("concept", concept, concept_record(after(then)), read=read)

    return bank.decide(settings.decision(act, why), changes)
