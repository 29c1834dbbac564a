"""The seal of a decision: a digest of what it says and does, and of the seal before it.

Two histories with one seal are one history. Version 1, which 0.1 wrote, covers the changed bodies themselves; version 2
covers the digests of their rows, so that one damaged body is not taken for an altered decision.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from termbank.model.decision import Decision
from termbank.store.canonical_json import KINDS
from termbank.store.living import Rows

SEAL_VERSION = 2
_ORDER = {kind: place for place, kind in enumerate(KINDS)}
_MOST_MISSING = 1000
"""A gap in the numbers is so many decisions at most; a larger one is a number that is damaged itself."""


@dataclass(frozen=True)
class ChangeRow:
    """A row of the history as it is kept; `body` is None where the thing was removed, `digest` in rows of 0.1."""

    kind: str
    id: str
    body: str | None
    schema: int
    digest: bytes | None


def in_order(changes: Iterable[ChangeRow]) -> list[ChangeRow]:
    """The changes of a decision in the order in which its seal covers them."""
    return sorted(changes, key=lambda row: (_ORDER.get(row.kind, len(KINDS)), str(row.id)))


def broken_decisions(rows: Rows, history: Iterable[tuple[int, ChangeRow]]) -> set[int]:
    """The decisions that are missing, or whose seal does not fit what is kept of them.

    Args:
        rows: Runs a reading statement.
        history: Every row of the history, with the number of its decision.
    """
    changes: dict[int, list[ChangeRow]] = defaultdict(list)
    for number, change in history:
        changes[number].append(change)
    before, expected = "", 1
    broken: set[int] = set()
    for number, act, who, at, why, undoes, session, clock, seal, version in rows(
        "SELECT number, act, who, at, why, undoes, session, clock, seal, seal_version FROM decision NOT INDEXED "
        "ORDER BY number"
    ):
        if number - expected < _MOST_MISSING:
            broken.update(range(expected, number))
        decision = Decision(act, who, at, why, (), number, undoes, session, clock)
        try:
            fitting = seal_of(version, before, decision, in_order(changes.get(number, ()))) == seal
        except (ValueError, TypeError):  # bytes that are no text
            fitting = False
        if not fitting:
            broken.add(number)
        before, expected = str(seal), number + 1
        try:
            before.encode()
        except ValueError:
            before = ""
    return broken | {number for number in changes if number >= expected}


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
