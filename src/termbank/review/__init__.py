"""Reviewing candidates: what a reviewer's decision makes of a concept, and how candidates wait in the queue.

Functions take and return frozen values; `services.review` and `services.queue` read and write the bank. Accepting adds
terms with the attestations that show them in use and never loses anything: a known term gains attestations and keeps
its status unless one is chosen.
"""

from __future__ import annotations

from termbank.review.concept_changes import (
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
