"""The review queue: candidates wait there, with their evidence, until a person decides.

A candidate is queued with the source it was found in; one that is found again gains the new evidence, and a rejected pair
is remembered. `services.review` decides on candidates.
"""

from __future__ import annotations

from collections import Counter
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
    "queue_all",
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


def queue(bank: Bank, candidates: Iterable[Candidate], source: Source, *, again: bool = False) -> Queued:
    """Put candidates in the queue with their evidence, as found in `source` (the English document).

    What the bank knows whole is left out. What was rejected stays out, unless `again` asks for it and
    its evidence has grown.
    """
    return queue_all(bank, [(candidates, source)], again=again)


def queue_all(
    bank: Bank, found: Iterable[tuple[Iterable[Candidate], Source]], *, again: bool = False
) -> Queued:
    """Put the candidates of several documents in the queue, in one decision; a candidate of two gains the evidence of both."""
    entries = [
        (queue_entry(candidate, source.id, settings.who()), source)
        for candidates, source in found
        for candidate in candidates
    ]
    titles = list(dict.fromkeys(source.title for _, source in entries))
    outcome = Queued()

    def changes() -> Iterator[Change]:
        nonlocal outcome
        kept: dict[str, QueuedCandidate] = {}
        sources: dict[str, Source] = {}
        known: set[str] = set()
        first: dict[str, QueuedCandidate | None] = {}
        for one, source in entries:
            if one.id not in first:
                body = bank.body("candidate", one.id)
                first[one.id] = QueuedCandidate.of(body) if body else None
            before = kept.get(one.id, first[one.id])
            if before is None and _is_known(one):
                known.add(one.id)
                continue
            kept[one.id] = merge_candidate(before, one, again=again)
            sources[source.id] = source
        counts = Counter(_what_became(first[id], after) for id, after in kept.items())
        outcome = Queued(counts["new"], counts["grown"], counts["rejected"], len(known - kept.keys()))
        for source in sources.values():
            yield from source_changes(bank, source)
        yield from (Change("candidate", id, one.record()) for id, one in kept.items())

    why = f"extracted from {titles[0]}" if len(titles) == 1 else f"extracted from {len(titles)} documents"
    taken = bank.decide(settings.decision("queue", why), changes)
    return replace(outcome, decision=taken.number)


def _what_became(before: QueuedCandidate | None, after: QueuedCandidate) -> str:
    """How a candidate counts: new, grown, rejected, or unchanged."""
    if before is None or (before.standing not in OPEN and after.standing in OPEN):
        return "new"
    if after.standing is Standing.REJECTED:
        return "rejected"
    return "grown" if after.standing in OPEN and after != before else "unchanged"


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
