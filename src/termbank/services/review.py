"""The review queue: what was found, put before a person, one candidate after another.

Candidates come in with the source they were found in; each decision is one transaction that
writes concepts, their attestations and the candidate's new standing together. A pair that was
rejected is remembered. Undoing is the history's: `services.history.undo`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from termbank.core.candidate import Candidate
from termbank.core.concept import Attestation, Concept, Status
from termbank.core.decision import Change, Decision
from termbank.core.document import Source
from termbank.core.errors import ConflictError, NotFoundError, TermbankError
from termbank.core.language import Language
from termbank.core.record import concept_record, publisher_record, source_record
from termbank.core.span import Span
from termbank.review import (
    QueuedCandidate,
    QueuedRendering,
    Standing,
    UsedRendering,
    accepted,
    concept_id,
    merged,
    queued,
    same_pair,
    with_status,
    without_term,
)
from termbank.services import settings
from termbank.store.bank import Bank

__all__ = ["Progress", "QueuedCandidate", "QueuedRendering", "Standing"]

QUOTED = 200
"""The longest quotation kept with an attestation, in characters."""

_OPEN = (Standing.WAITING, Standing.DEFERRED)
_PAUSE_SECONDS = 600


@dataclass(frozen=True)
class Queued:
    """What queueing did, in numbers of Chinese terms; `decision` is 0 where nothing changed."""

    new: int = 0
    grown: int = 0
    rejected: int = 0
    known: int = 0
    decision: int = 0

    def __str__(self) -> str:
        said = [f"{self.new} candidates queued"]
        if self.grown:
            said.append(f"{self.grown} in the queue gained evidence")
        if self.known:
            said.append(f"{self.known} left out, since the bank has all their renderings")
        if self.rejected:
            said.append(f"{self.rejected} left out, since they were rejected before")
        return "; ".join(said) + "."


def queue(
    bank: Bank,
    candidates: Iterable[Candidate],
    source: Source,
    *,
    again: bool = False,
    why: str | None = None,
) -> Queued:
    """Put candidates in the queue with their evidence, as found in `source` (the English document).

    What the bank knows whole is left out. What was rejected stays out, unless `again` asks for it and
    its evidence has grown.
    """
    found = [queued(candidate, source.id) for candidate in candidates]
    outcome = Queued()

    def changes() -> Iterator[Change]:
        nonlocal outcome
        new = grown = rejected = known = 0
        kept = []
        for one in found:
            body = bank.body("candidate", one.id)
            before = QueuedCandidate.of(body) if body else None
            after = merged(before, one, again=again)
            if before is None and _is_known(one):
                known += 1
                continue
            kept.append(after)
            if before is None or (before.standing not in _OPEN and after.standing in _OPEN):
                new += 1
            elif after.standing is Standing.REJECTED:
                rejected += 1
            elif after.standing in _OPEN and after != before:
                grown += 1
        outcome = Queued(new, grown, rejected, known)
        if kept:
            yield from _source_changes(bank, source)
        yield from (Change("candidate", one.id, one.record()) for one in kept)

    taken = bank.decide(_decision("queue", why or f"extracted from {source.title}"), changes)
    return replace(outcome, decision=taken.number)


def _is_known(candidate: QueuedCandidate) -> bool:
    return candidate.known is not None and all(r.term is not None for r in candidate.renderings)


def _source_changes(bank: Bank, source: Source) -> Iterator[Change]:
    """The source and its publisher, unless the bank has them."""
    publisher = source.publisher
    if publisher is not None and bank.body("publisher", publisher.id) is None:
        yield Change("publisher", publisher.id, publisher_record(publisher))
    if bank.body("source", source.id) is None:
        yield Change("source", source.id, source_record(source))


# -- reading the queue -------------------------------------------------------------------------


def candidates(bank: Bank, standing: Standing | None = None) -> tuple[QueuedCandidate, ...]:
    """Every candidate of a standing; by default those still open. New renderings of known concepts first."""
    found = []
    for wanted in (standing,) if standing is not None else _OPEN:
        rows = bank.rows(f"SELECT id {_STANDING}", (_mark(wanted),))
        found += [QueuedCandidate.of(body) for _, body in bank.bodies("candidate", (id for (id,) in rows))]
    return tuple(sorted(found, key=lambda one: one.sort_key))


_STANDING = "FROM thing WHERE kind = 'candidate' AND instr(body, ?) > 0"


def _mark(standing: Standing) -> str:
    """How a body says its standing; within a text of the body the quotation marks would be escaped."""
    return f'"standing":"{standing.value}"'


def candidate(bank: Bank, id: str) -> QueuedCandidate:
    """The candidate of this id, or for this Chinese term; NotFoundError where there is none."""
    body = bank.body("candidate", id)
    if body is not None:
        return QueuedCandidate.of(body)
    for one in candidates(bank):
        if one.zh == id:
            return one
    raise NotFoundError(
        f"there is no candidate “{id}” in the queue.", remedy="`termbank review list` shows them."
    )


def next_candidate(bank: Bank) -> QueuedCandidate | None:
    """The one to decide on now; None where the queue is empty."""
    return next(iter(candidates(bank)), None)


@dataclass(frozen=True)
class Progress:
    """How far the queue is worked through; `per_minute` is the pace of the present sitting, or None."""

    waiting: int
    deferred: int
    accepted: int
    rejected: int
    per_minute: float | None = None

    @property
    def decided(self) -> int:
        return self.accepted + self.rejected

    @property
    def total(self) -> int:
        return self.waiting + self.deferred + self.decided


def progress(bank: Bank) -> Progress:
    """How many candidates stand where, and the pace of decisions since the last long pause."""
    counts = {one: int(bank.rows(f"SELECT count(*) {_STANDING}", (_mark(one),))[0][0]) for one in Standing}
    return Progress(
        counts[Standing.WAITING],
        counts[Standing.DEFERRED],
        counts[Standing.ACCEPTED],
        counts[Standing.REJECTED],
        _pace(bank),
    )


def _pace(bank: Bank) -> float | None:
    rows = bank.rows(
        "SELECT at FROM decision WHERE act IN ('accept', 'reject') ORDER BY number DESC LIMIT 200"
    )
    times = [datetime.fromisoformat(at) for (at,) in rows]
    sitting = 1
    while sitting < len(times) and (times[sitting - 1] - times[sitting]).total_seconds() < _PAUSE_SECONDS:
        sitting += 1
    if sitting < 3:
        return None
    seconds = (times[0] - times[sitting - 1]).total_seconds()
    return round(60 * (sitting - 1) / seconds, 1) if seconds else None


def get_ready() -> None:
    """Load what the first decision would otherwise wait for: scripts, and readings for the index."""
    from termbank.lang.pinyin import syllables
    from termbank.lang.script import script_of

    script_of("产业")
    syllables("产业")


# -- deciding ----------------------------------------------------------------------------------


def accept(
    bank: Bank,
    id: str,
    *,
    renderings: Sequence[str] | None = None,
    zh: str | None = None,
    concept: str | None = None,
    status: Status | None = None,
    subject: str | None = None,
    note: str | None = None,
    why: str | None = None,
) -> Decision:
    """Accept a candidate, as it is or edited.

    `renderings` are the English texts to write, edited or not (by default the best one); `zh` is the
    Chinese as edited; `concept` the known concept that it is a variant of (by default the one that has
    the Chinese term; "new" asks for a new one). Without a `status`, what a reader has accepted is
    preferred where the language has no preferred term yet, and admitted otherwise.
    """
    name = ""

    def changes() -> Iterator[Change]:
        nonlocal name
        waiting = _open(bank, id)
        wanted = _wanted(waiting, renderings)
        before = _target(bank, waiting, concept)
        taken_ids = {row for (row,) in bank.rows("SELECT id FROM thing WHERE kind = 'concept'")}
        chinese = (zh or waiting.zh).strip()
        after = accepted(
            before,
            id=before.id if before else concept_id(wanted[0], taken_ids),
            zh=chinese,
            language=_language(chinese),
            renderings=[UsedRendering(text, _attestations(bank, waiting, text)) for text in wanted],
            status=status,
            subject=subject,
            note=note,
        )
        name = after.id
        yield Change("concept", after.id, concept_record(after))
        done = replace(waiting.written(wanted), standing=Standing.ACCEPTED, known=after.id, reason=why)
        yield Change("candidate", waiting.id, done.record())

    return bank.decide(_decision("accept", why), changes)


def _open(bank: Bank, id: str) -> QueuedCandidate:
    found = candidate(bank, id)
    if found.standing not in _OPEN:
        raise ConflictError(
            f"“{found.zh}” has been {found.standing.value} already.", remedy="Undo that decision first."
        )
    return found


def _wanted(waiting: QueuedCandidate, renderings: Sequence[str] | None) -> list[str]:
    if renderings is not None:
        wanted = list(dict.fromkeys(text.strip() for text in renderings if text.strip()))
    else:
        new = [r for r in waiting.open_renderings if r.term is None] or list(waiting.open_renderings)
        wanted = [new[0].text] if new else []
    if not wanted:
        raise TermbankError(f"“{waiting.zh}” has no English rendering to accept.", remedy="Write one.")
    return wanted


def _target(bank: Bank, waiting: QueuedCandidate, concept: str | None) -> Concept | None:
    if concept == "new":
        return None
    name = concept or waiting.known
    if name is None:
        return None
    return bank.concept(name) if concept else bank.concepts([name]).get(name)


def _language(chinese: str) -> Language:
    from termbank.lang.script import script_of

    return script_of(chinese) or Language.ZH_HANS


def _attestations(bank: Bank, waiting: QueuedCandidate, text: str) -> tuple[Attestation, ...]:
    """One attestation for each source in which this rendering was seen, with a sentence that shows it.

    A rendering edited by the reviewer keeps the evidence of the one it was edited from only where they
    are one pair; a wording that no source has is attested by none.
    """
    rendering = next((r for r in waiting.renderings if same_pair(r.text, text)), None)
    if rendering is None:
        rendering = next((r for r in waiting.renderings if text in r.forms), None)
    if rendering is None:
        return ()
    found = []
    for source_id, count in rendering.seen:
        source = bank.source(source_id)
        if source is not None and count:
            found.append(
                Attestation(source, alongside=True, quotation=_quotation(waiting, rendering, source_id))
            )
    return tuple(found)


def _quotation(waiting: QueuedCandidate, rendering: QueuedRendering, source: str) -> str | None:
    forms = {form.casefold() for form in (rendering.text, *rendering.forms)}
    for evidence in waiting.evidence:
        span = evidence.en_span
        if evidence.source == source and span is not None and evidence.rendering.casefold() in forms:
            return _around(evidence.en, span)
    return None


def _around(text: str, span: Span) -> str:
    """The words around a span, whole where they are few."""
    if len(text) <= QUOTED:
        return " ".join(text.split())
    room = max(0, QUOTED - (span.end - span.start)) // 2
    start = text.find(" ", max(0, span.start - room), span.start) + 1 if span.start > room else 0
    end = text.rfind(" ", span.end, span.end + room) if span.end + room < len(text) else len(text)
    end = end if end >= span.end else span.end
    return ("… " if start else "") + " ".join(text[start:end].split()) + (" …" if end < len(text) else "")


def reject(bank: Bank, id: str, why: str, *, renderings: Sequence[str] | None = None) -> Decision:
    """Reject a candidate, or only some of its renderings, for a reason that is kept.

    The pair stays out of the queue until it has been seen more often and someone asks for it.
    """

    def changes() -> Iterator[Change]:
        waiting = _open(bank, id)
        after = tuple(
            replace(r, rejected=r.count, reason=why)
            if r.rejected is None and (renderings is None or any(same_pair(r.text, t) for t in renderings))
            else r
            for r in waiting.renderings
        )
        if renderings is not None and after == waiting.renderings:
            raise NotFoundError(f"“{waiting.zh}” has no such rendering in the queue.")
        whole = renderings is None or all(r.rejected is not None for r in after)
        yield Change(
            "candidate",
            waiting.id,
            replace(
                waiting,
                renderings=after,
                standing=Standing.REJECTED if whole else waiting.standing,
                reason=why if whole else waiting.reason,
            ).record(),
        )

    return bank.decide(_decision("reject", why), changes)


def defer(bank: Bank, id: str, why: str | None = None) -> Decision:
    """Put a candidate at the end of the queue; one that is there already stays."""
    return _stand(bank, id, "defer", Standing.DEFERRED, why)


def bring_back(bank: Bank, id: str, why: str | None = None) -> Decision:
    """Let a deferred candidate wait with the others again."""
    return _stand(bank, id, "bring back", Standing.WAITING, why)


def _stand(bank: Bank, id: str, act: str, standing: Standing, why: str | None) -> Decision:
    def changes() -> Iterator[Change]:
        waiting = _open(bank, id)
        yield Change("candidate", waiting.id, replace(waiting, standing=standing, reason=why).record())

    return bank.decide(_decision(act, why), changes)


# -- concepts ----------------------------------------------------------------------------------

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
    why = why or f"“{text}” is {status.value}"
    return change(
        bank, _ACTS[status], concept, lambda before: with_status(before, text, status, language), why
    )


def remove_term(bank: Bank, concept: str, text: str, *, why: str | None = None) -> Decision:
    """Take a term from a concept; the history keeps it."""
    return change(
        bank, "remove", concept, lambda before: without_term(before, text), why or f"“{text}” removed"
    )


def change(
    bank: Bank, act: str, concept: str, after: Callable[[Concept], Concept], why: str | None = None
) -> Decision:
    """A decision that makes one concept into another; read and written in one transaction."""

    def changes() -> Iterator[Change]:
        yield Change("concept", concept, concept_record(after(bank.concept(concept))))

    return bank.decide(_decision(act, why), changes)


def _decision(act: str, why: str | None) -> Decision:
    return Decision(act, settings.who(), settings.now(), why)
