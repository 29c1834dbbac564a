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
    """One thing after the decision: `kind` is concept, source, publisher, candidate, document or origin.

    Attributes:
        body: The thing as a record; None where it is removed.
        read: What the writer has read: the number of the decision that last touched the thing (0 where there was none).
            Where another decision has touched it since, changes to other fields are merged, and to the same fields
            refused. None: the writer does not say, and the body is kept as it is given.
    """

    kind: str
    id: str
    body: Mapping[str, Any] | None
    read: int | None = None


@dataclass(frozen=True)
class Decision:
    """What was decided, by whom and when.

    Attributes:
        act: One word (import, accept, reject, defer, edit, merge, prefer, deprecate, survey, undo …).
        when: UTC, ISO 8601 to the second; never before the decision before it.
        number: Given by the bank and never used twice.
        undoes: The decision that this one takes back. A redo takes back an undo.
        session: The run of the interface, server or command in which it was taken.
        clock: What the clock said, where it was behind the decision before.
    """

    act: str
    who: str
    when: str
    why: str | None = None
    changes: tuple[Change, ...] = ()
    number: int = 0
    undoes: int | None = None
    session: str | None = None
    clock: str | None = None
