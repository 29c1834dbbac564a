"""The seal of a decision: a digest of what it says and does, and of the seal before it.

Two histories with one seal are one history. Version 1, which 0.1 wrote, covers the changed bodies themselves; version 2
covers the digests of their rows, so that one damaged body is told apart from an altered decision.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from termbank.model.decision import Decision

SEAL_VERSION = 2


@dataclass(frozen=True)
class ChangeRow:
    """A row of the history as it is kept; `body` is None where the thing was removed, `digest` in rows of 0.1."""

    kind: str
    id: str
    body: str | None
    schema: int
    digest: bytes | None


def seal_of(version: int, before: str, decision: Decision, changes: Iterable[ChangeRow]) -> str:
    """The seal of a numbered decision with its changes, in their order, after the seal `before`."""
    return (_seal_1 if version == 1 else _seal_2)(before, decision, changes)


def _seal_1(before: str, decision: Decision, changes: Iterable[ChangeRow]) -> str:
    digest = sha256(before.encode())
    head = [decision.number, decision.act, decision.who, decision.when, decision.why, decision.undoes]
    digest.update(json.dumps(head, ensure_ascii=False).encode())
    for change in changes:
        digest.update(f"\0{change.kind}\0{change.id}\0{change.body or ''}".encode())
    return digest.hexdigest()


def _seal_2(before: str, decision: Decision, changes: Iterable[ChangeRow]) -> str:
    digest = sha256(before.encode())
    head = [
        decision.number,
        decision.act,
        decision.who,
        decision.session,
        decision.when,
        decision.clock,
        decision.why,
        decision.undoes,
    ]
    digest.update(json.dumps(head, ensure_ascii=False).encode())
    for change in changes:
        digest.update(f"\0{change.kind}\0{change.id}\0".encode() + (change.digest or b""))
    return digest.hexdigest()
