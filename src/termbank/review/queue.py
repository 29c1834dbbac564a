"""Candidates as they wait in the bank's queue, and merging one that is found again.

A queued candidate has every rendering's count per source and the sentences that show it. A pair that was rejected is
remembered with the count it had: it comes back only where its evidence has grown and the person asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from termbank.model.candidate import Candidate, Evidence
from termbank.model.span import Span
from termbank.text.normalize import fold

LEAST_NEWS = 0.4
"""A new rendering of a known concept less sure than this waits among the rest."""
EVIDENCE_KEPT = 12
_FILLING = re.compile(r"[\W_]+|\b(?:the|an|a)\b")


class Standing(StrEnum):
    """The state of a candidate in the queue."""

    WAITING = "waiting"
    DEFERRED = "deferred"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class QueuedRendering:
    """A rendering that waits. `seen` counts its uses by source id; `term` is the bank's term it is one of.

    `rejected` is the count it had when it was rejected, None where it was not.
    """

    text: str
    score: float = 0.0
    forms: tuple[str, ...] = ()
    term: str | None = None
    seen: tuple[tuple[str, int], ...] = ()
    rejected: int | None = None
    reason: str | None = None

    @property
    def count(self) -> int:
        return sum(count for _, count in self.seen)


@dataclass(frozen=True)
class QueuedCandidate:
    """A Chinese term that waits with its renderings.

    Attributes:
        known: The id of the concept that has the term: the target that the renderings would join. None for a new one.
        standing: Its state.
        seen: In how many places of each source it was seen: where it comes from.
        origin: How it was found: extraction, import …
        proposer: Who put it in the queue first.
        features: The named values behind the score, as they were when it was surest.
    """

    id: str
    zh: str
    score: float = 0.0
    known: str | None = None
    renderings: tuple[QueuedRendering, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    standing: Standing = Standing.WAITING
    reason: str | None = None
    seen: tuple[tuple[str, int], ...] = ()
    origin: str = "extraction"
    proposer: str | None = None
    features: tuple[tuple[str, float], ...] = ()

    @property
    def count(self) -> int:
        """In how many places the Chinese term was seen."""
        return sum(count for _, count in self.seen)

    @property
    def open_renderings(self) -> tuple[QueuedRendering, ...]:
        """Those that have not been rejected."""
        return tuple(r for r in self.renderings if r.rejected is None)

    @property
    def sort_key(self) -> tuple[int, float, float, str]:
        """A likely new rendering of a known concept comes first, the surest before; the deferred come last."""
        new = [r.score for r in self.open_renderings if r.term is None] if self.known is not None else []
        news = max(new, default=0.0)
        return (
            self.standing is Standing.DEFERRED,
            -news if news >= LEAST_NEWS else 0.0,
            -self.score,
            self.id,
        )

    def with_terms(self, texts: Iterable[str]) -> QueuedCandidate:
        """The candidate once these renderings are terms of the bank."""
        terms = {_wording(text): text for text in texts}
        return replace(
            self,
            renderings=tuple(replace(r, term=terms.get(_wording(r.text), r.term)) for r in self.renderings),
        )

    def record(self) -> dict[str, Any]:
        """The body that the bank keeps."""
        return _kept(
            id=self.id,
            zh=self.zh,
            score=round(self.score, 4),
            target=self.known,
            origin=self.origin,
            proposer=self.proposer,
            state=self.standing.value,
            features=dict(self.features),
            reason=self.reason,
            seen=dict(self.seen),
            renderings=[
                _kept(
                    text=r.text,
                    score=round(r.score, 4),
                    forms=list(r.forms),
                    term=r.term,
                    seen=dict(r.seen),
                    rejected=r.rejected,
                    reason=r.reason,
                )
                for r in self.renderings
            ],
            evidence=[
                _kept(
                    zh=e.zh,
                    en=e.en,
                    zh_span=list(e.zh_span) if e.zh_span else None,
                    en_span=list(e.en_span) if e.en_span else None,
                    source=e.source,
                    en_parts=[list(part) for part in e.en_parts],
                )
                for e in self.evidence
            ],
        )

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> QueuedCandidate:
        """The candidate that the bank keeps as this body, of today's schema."""
        return cls(
            str(body["id"]),
            str(body["zh"]),
            float(body.get("score", 0.0)),
            body.get("target"),
            tuple(
                QueuedRendering(
                    str(r["text"]),
                    float(r.get("score", 0.0)),
                    tuple(r.get("forms", ())),
                    r.get("term"),
                    _counts(r.get("seen", {})),
                    r.get("rejected"),
                    r.get("reason"),
                )
                for r in body.get("renderings", ())
            ),
            tuple(
                Evidence(
                    str(e.get("zh", "")),
                    str(e.get("en", "")),
                    Span(*e["zh_span"]) if e.get("zh_span") else None,
                    Span(*e["en_span"]) if e.get("en_span") else None,
                    e.get("source"),
                    tuple(Span(*part) for part in e.get("en_parts", ())),
                )
                for e in body.get("evidence", ())
            ),
            Standing(body.get("state", Standing.WAITING)),
            body.get("reason"),
            _counts(body.get("seen", {})),
            str(body.get("origin", "extraction")),
            body.get("proposer"),
            tuple(sorted((str(name), float(value)) for name, value in body.get("features", {}).items())),
        )


def _kept(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _counts(seen: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((str(source), int(count)) for source, count in seen.items()))


def candidate_id(zh: str) -> str:
    """One id for one Chinese term, however wide its characters and quotes are."""
    return "c" + sha256(fold(zh).encode()).hexdigest()[:12]


def same_pair(one: str, other: str) -> bool:
    """Whether two renderings differ only in case, punctuation or articles: one pair to a reviewer."""
    return _wording(one) == _wording(other)


def _wording(text: str) -> str:
    return _FILLING.sub(" ", fold(text).replace("+", " plus ")).strip()


def queue_entry(candidate: Candidate, source: str, proposer: str | None = None) -> QueuedCandidate:
    """A candidate as it enters the queue from one source, put there by `proposer`."""
    renderings = tuple(
        QueuedRendering(r.text, r.score, r.forms, r.term, ((source, r.count),))
        for r in candidate.renderings
        if r.text.strip() and r.count
    )
    evidence = tuple(replace(e, source=source) for e in candidate.evidence[:EVIDENCE_KEPT])
    return QueuedCandidate(
        candidate_id(candidate.zh),
        candidate.zh,
        candidate.score,
        candidate.known,
        renderings,
        evidence,
        seen=((source, candidate.count),),
        proposer=proposer,
        features=candidate.features,
    )


def merge_candidate(
    before: QueuedCandidate | None, new: QueuedCandidate, *, again: bool = False
) -> QueuedCandidate:
    """A candidate found once more, with the evidence of both.

    It waits again where it has a rendering that nobody has judged. What was rejected stays so, unless
    `again` asks for it and it has been seen more often than when it was rejected.
    """
    if before is None:
        return new
    renderings = list(before.renderings)
    for found in new.renderings:
        for at, known in enumerate(renderings):
            if same_pair(known.text, found.text):
                renderings[at] = _grown(known, found, again)
                break
        else:
            renderings.append(found)
    judged = {_wording(r.text) for r in before.renderings}
    fresh = any(_wording(r.text) not in judged for r in new.renderings)
    returned = any(
        old.rejected is not None and now.rejected is None
        for old, now in zip(before.renderings, renderings, strict=False)
    )
    standing = before.standing
    if standing in (Standing.REJECTED, Standing.ACCEPTED) and (fresh or returned):
        standing = Standing.WAITING
    return replace(
        before,
        score=max(before.score, new.score),
        known=new.known or before.known,
        renderings=tuple(sorted(renderings, key=lambda r: (r.rejected is not None, -r.score, r.text))),
        evidence=tuple(dict.fromkeys((*before.evidence, *new.evidence)))[:EVIDENCE_KEPT],
        standing=standing,
        seen=_larger(before.seen, new.seen),
        features=new.features if new.score > before.score or not before.features else before.features,
    )


def _grown(known: QueuedRendering, found: QueuedRendering, again: bool) -> QueuedRendering:
    grown = replace(
        known,
        score=max(known.score, found.score),
        forms=tuple(dict.fromkeys((*known.forms, *found.forms))),
        term=found.term or known.term,
        seen=_larger(known.seen, found.seen),
    )
    if again and known.rejected is not None and grown.count > known.rejected:
        return replace(grown, rejected=None, reason=None)
    return grown


def _larger(one: Iterable[tuple[str, int]], other: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Counts by source; the same source read twice is not counted twice."""
    counts = dict(one)
    for source, count in other:
        counts[source] = max(count, counts.get(source, 0))
    return tuple(sorted(counts.items()))
