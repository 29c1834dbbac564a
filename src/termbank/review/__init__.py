"""What a reviewer's word does to the bank: a concept before, a concept after.

Concepts and queued candidates come in with a decision, new ones go out; nothing is read or
written here. Accepting writes terms together with the attestations that show them in use, and
never loses what is there: a term already known gains attestations, and keeps its status unless
one is chosen.
"""

from __future__ import annotations

from termbank.review.decide import (
    AttestedRendering,
    accept_candidate,
    concept_id,
    with_rendering,
    with_status,
    without_term,
)
from termbank.review.queue import (
    QueuedCandidate,
    QueuedRendering,
    Standing,
    merge_candidate,
    queue_entry,
    same_pair,
)

__all__ = [
    "AttestedRendering",
    "QueuedCandidate",
    "QueuedRendering",
    "Standing",
    "accept_candidate",
    "concept_id",
    "merge_candidate",
    "queue_entry",
    "same_pair",
    "with_rendering",
    "with_status",
    "without_term",
]
