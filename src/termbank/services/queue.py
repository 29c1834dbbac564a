"""The review queue: candidates wait there, with their evidence, until a person decides.

A candidate is queued with the source it was found in; one that is found again gains the new evidence, and a rejected pair
is remembered. `services.review` decides on candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from termbank.model.candidate import Candidate
from termbank.model.decision import Change
from termbank.model.document import Source
from termbank.model.errors import NotFoundError
from termbank.model.message import message, plural
from termbank.review import QueuedCandidate, QueuedRendering, Standing, merge_candidate, queue_entry
from termbank.services import settings
from termbank.services.provenance import source_changes
from termbank.store.bank import Bank
from termbank.store.queries import candidates_in_state

__all__ = [
    "OPEN",
    "QueueProgress",
    "Queued",
    "QueuedCandidate",
    "QueuedRendering",
    "Standing",
    "candidate",
    "candidates",
    "progress",
    "queue",
]

OPEN = (Standing.WAITING, Standing.DEFERRED)
"""The standings of a candidate that may still be decided on."""


@dataclass(frozen=True)
class Queued:
    """What queueing did, in numbers of Chinese terms; `decision` is 0 where nothing changed."""

    new: int = 0
    grown: int = 0
    rejected: int = 0
    known: int = 0
    decision: int = 0

    def __str__(self) -> str:
        text: str = plural("Queued {count} candidate.", "Queued {count} candidates.", self.new)
        details = (
            (
                self.grown,
                plural(
                    "{count} in the queue gained evidence.",
                    "{count} in the queue gained evidence.",
                    self.grown,
                ),
            ),
            (
                self.known,
                plural(
                    "{count} was left out: the bank has all its renderings.",
                    "{count} were left out: the bank has all their renderings.",
                    self.known,
                ),
            ),
            (
                self.rejected,
                plural(
                    "{count} was left out: it was rejected before.",
                    "{count} were left out: they were rejected before.",
                    self.rejected,
                ),
            ),
        )
        for count, detail in details:
            if count:
                text = message("{text} {detail}", text=text, detail=detail)
        return text


def queue(
    bank: Bank,
    candidates: Iterable[Candidate],
    source: Source,
    *,
    again: bool = False,
) -> Queued:
    """Put candidates in the queue with their evidence, as found in `source` (the English document).

    What the bank knows whole is left out. What was rejected stays out, unless `again` asks for it and
    its evidence has grown.
    """
    found = [queue_entry(candidate, source.id, settings.who()) for candidate in candidates]
    outcome = Queued()

    def changes() -> Iterator[Change]:
        nonlocal outcome
        new = grown = rejected = known = 0
        kept = []
        for one in found:
            body = bank.body("candidate", one.id)
            before = QueuedCandidate.of(body) if body else None
            after = merge_candidate(before, one, again=again)
            if before is None and _is_known(one):
                known += 1
                continue
            kept.append(after)
            if before is None or (before.standing not in OPEN and after.standing in OPEN):
                new += 1
            elif after.standing is Standing.REJECTED:
                rejected += 1
            elif after.standing in OPEN and after != before:
                grown += 1
        outcome = Queued(new, grown, rejected, known)
        if kept:
            yield from source_changes(bank, source)
        yield from (Change("candidate", one.id, one.record()) for one in kept)

    taken = bank.decide(settings.decision("queue", f"extracted from {source.title}"), changes)
    return replace(outcome, decision=taken.number)


def _is_known(candidate: QueuedCandidate) -> bool:
    return candidate.known is not None and all(r.term is not None for r in candidate.renderings)


# -- reading the queue -------------------------------------------------------------------------


def candidates(bank: Bank, standing: Standing | None = None) -> tuple[QueuedCandidate, ...]:
    """Every candidate of a standing; by default those still open. New renderings of known concepts first."""
    found = []
    for wanted in (standing,) if standing is not None else OPEN:
        ids = candidates_in_state(bank, wanted.value)
        found += [QueuedCandidate.of(body) for _, body in bank.bodies("candidate", ids)]
    return tuple(sorted(found, key=lambda one: one.sort_key))


def candidate_records(bank: Bank, listed: Iterable[QueuedCandidate]) -> list[dict[str, Any]]:
    """Candidates as `review list --json` writes them.

    `version` is the number of the decision that last touched the candidate; `known` and `standing` are the names that
    `target` and `state` had in 0.1.
    """
    return [
        one.record()
        | {
            "known": one.known,
            "standing": one.standing.value,
            "version": bank.last_touch("candidate", one.id),
        }
        for one in listed
    ]


def candidate(bank: Bank, id: str) -> QueuedCandidate:
    """The candidate of this id, or for this Chinese term; NotFoundError where there is none."""
    body = bank.body("candidate", id)
    if body is not None:
        return QueuedCandidate.of(body)
    for one in candidates(bank):
        if one.zh == id:
            return one
    raise NotFoundError(
        message("there is no candidate “{id}” in the queue.", id=id),
        remedy=message("`termbank review list` shows them."),
    )


@dataclass(frozen=True)
class QueueProgress:
    """How far the queue is worked through."""

    waiting: int
    deferred: int
    accepted: int
    rejected: int

    @property
    def decided(self) -> int:
        return self.accepted + self.rejected

    @property
    def total(self) -> int:
        return self.waiting + self.deferred + self.decided


def progress(bank: Bank) -> QueueProgress:
    """How many candidates stand where."""
    counts = {one: len(candidates_in_state(bank, one.value)) for one in Standing}
    return QueueProgress(
        counts[Standing.WAITING],
        counts[Standing.DEFERRED],
        counts[Standing.ACCEPTED],
        counts[Standing.REJECTED],
    )
