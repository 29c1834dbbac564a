"""Deciding on candidates in the queue: accept as they are or edited, reject, or defer.

Each decision is one transaction that writes the concept, its attestations and the candidate's new standing together. A
rejected candidate is kept with the reason. `services.history.undo` undoes a decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from termbank.model.concept import Attestation, Concept, Status
from termbank.model.decision import Change, Decision
from termbank.model.errors import ConflictError, NotFoundError, TermbankError
from termbank.model.language import Language
from termbank.model.message import Message, message
from termbank.model.records import concept_record
from termbank.model.span import Span
from termbank.review import (
    AttestedRendering,
    QueuedCandidate,
    QueuedRendering,
    Standing,
    accept_candidate,
    concept_id,
    same_pair,
)
from termbank.review.near_terms import SHORTEST, NearIndex, NearTerm, remark_on_near
from termbank.services import settings
from termbank.services.queue import OPEN, candidate
from termbank.store.bank import Bank
from termbank.store.index_queries import terms_sharing_an_edge

QUOTED = 200
"""The longest quotation kept with an attestation, in characters."""
SLACK = 3
"""By how many characters the key of a near term may be longer or shorter: one edit, and particles or punctuation."""


# Long: eight arguments, each described.
def accept(
    bank: Bank,
    id: str,
    *,
    renderings: Sequence[str] | None = None,
    zh: str | None = None,
    concept: str | None = None,
    status: Status | None = None,
    subject: str | None = None,
    why: str | None = None,
) -> Decision:
    """Accept a candidate, as it is or edited.

    Args:
        bank: The bank to write to.
        id: The candidate's id or Chinese term.
        renderings: The English texts to write, edited or not; by default the best one.
        zh: The Chinese as edited.
        concept: The concept it is a variant of, by default the one that has the Chinese term; “new” for a new one.
        status: The status of what is written; by default preferred where the language has no preferred term yet,
            and admitted otherwise.
        subject: The subject of a new concept.
        why: A reason, kept in the history.
    """

    def changes() -> Iterator[Change]:
        waiting = _open(bank, id)
        wanted = _renderings_to_write(waiting, renderings)
        before = _target(bank, waiting, concept)
        chinese = (zh or waiting.zh).strip()
        after = accept_candidate(
            before,
            id=before.id if before else _new_id(bank, wanted[0]),
            zh=chinese,
            language=_language(chinese),
            renderings=[AttestedRendering(text, _attestations(bank, waiting, text)) for text in wanted],
            status=status,
            subject=subject,
        )
        yield Change("concept", after.id, concept_record(after))
        done = replace(waiting.with_terms(wanted), standing=Standing.ACCEPTED, known=after.id, reason=why)
        yield Change("candidate", waiting.id, done.record())

    return bank.decide(settings.decision("accept", why), changes)


def _new_id(bank: Bank, english: str) -> str:
    return concept_id(english, set(bank.ids("concept")))


def _open(bank: Bank, id: str) -> QueuedCandidate:
    found = candidate(bank, id)
    if found.standing not in OPEN:
        raise ConflictError(
            message("“{zh}” has been accepted already.", zh=found.zh)
            if found.standing is Standing.ACCEPTED
            else message("“{zh}” has been rejected already.", zh=found.zh),
            remedy=message("Undo that decision first."),
        )
    return found


def _renderings_to_write(waiting: QueuedCandidate, renderings: Sequence[str] | None) -> list[str]:
    if renderings is not None:
        wanted = list(dict.fromkeys(text.strip() for text in renderings if text.strip()))
    else:
        new = [r for r in waiting.open_renderings if r.term is None] or list(waiting.open_renderings)
        wanted = [new[0].text] if new else []
    if not wanted:
        raise TermbankError(
            message("“{zh}” has no English rendering to accept.", zh=waiting.zh), remedy=message("Write one.")
        )
    return wanted


def _target(bank: Bank, waiting: QueuedCandidate, concept: str | None) -> Concept | None:
    if concept == "new":
        return None
    name = concept or waiting.known
    if name is None:
        return None
    return bank.concept(name) if concept else bank.concepts([name]).get(name)


def _language(chinese: str) -> Language:
    from termbank.text.scripts import script_of

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
            raise NotFoundError(message("“{zh}” has no such rendering in the queue.", zh=waiting.zh))
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

    return bank.decide(settings.decision("reject", why), changes)


def defer(bank: Bank, id: str, why: str | None = None) -> Decision:
    """Put a candidate at the end of the queue; one that is there already stays."""

    def changes() -> Iterator[Change]:
        waiting = _open(bank, id)
        yield Change(
            "candidate", waiting.id, replace(waiting, standing=Standing.DEFERRED, reason=why).record()
        )

    return bank.decide(settings.decision("defer", why), changes)


def near_concepts(bank: Bank, candidate: QueuedCandidate) -> tuple[NearTerm, ...]:
    """The concepts with a Chinese term that is nearly the candidate's, other than the one it is known to be.

    Only terms that share the candidate's edges are read from the search index (see `review.near_terms`).
    """
    from termbank.services.importing import term_key
    from termbank.services.lookup import index_of
    from termbank.text.pinyin import syllables

    key = term_key(candidate.zh)
    if len(key) < SHORTEST:
        return ()
    index = index_of(bank)
    index.current()
    rows = terms_sharing_an_edge(index, key, SLACK)
    near = NearIndex((term_key(text), NearTerm(concept, text)) for concept, text in rows)
    concepts = bank.concepts({concept for concept, _ in rows})

    def english(concept: str) -> list[str]:
        return [term.text for term in concepts[concept].english]

    renderings = [rendering.text for rendering in candidate.open_renderings]
    found = near.find(key, renderings, english, syllables)
    return tuple(term for term in found if term.concept != candidate.known and term_key(term.text) != key)


def near_remarks(bank: Bank, candidate: QueuedCandidate) -> tuple[Message, ...]:
    """Each near concept as a remark: “新質生産力” is close to “新质生产力” of new-quality-productive-forces."""
    return tuple(remark_on_near(candidate.zh, near) for near in near_concepts(bank, candidate))


def get_ready() -> None:
    """Load what the first decision would otherwise wait for: scripts, and readings for the index."""
    from termbank.text.pinyin import syllables
    from termbank.text.scripts import script_of

    script_of("产业")
    syllables("产业")
