"""Decision: one change of the bank by a person, with who, when, what and why.

A decision holds the things it changed, whole, so that the history replayed from the start gives the bank again, byte for
byte. A body of None means that the thing was removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Change:
    """One thing after the decision: `kind` is concept, source, publisher, candidate or document."""

    kind: str
    id: str
    body: Mapping[str, Any] | None


@dataclass(frozen=True)
class Decision:
    """`act` is one word (import, accept, reject, defer, edit, merge, prefer, deprecate, survey, undo …).

    `when` is UTC, ISO 8601 to the second; `number` is given by the bank and never used twice.
    """

    act: str
    who: str
    when: str
    why: str | None = None
    changes: tuple[Change, ...] = ()
    number: int = 0
    undoes: int | None = None
