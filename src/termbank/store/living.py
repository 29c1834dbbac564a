"""Which things the history says there are, so that a row that is gone from the bank is missed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from termbank.store.rows import Row, digest_of

Rows = Callable[..., list[Any]]


class LivingThings:
    """The keys of the things that the history leads to; read on from decision to decision."""

    def __init__(self, rows: Rows) -> None:
        """`rows` runs a reading statement with its values."""
        self._rows = rows
        self._read = 0
        self._ids: dict[str, set[str]] = {}

    def ids(self, kind: str, latest: int) -> set[str]:
        """The ids of the things of a kind after the decision `latest`, the last one."""
        if latest < self._read:
            self._read, self._ids = 0, {}
        if latest > self._read:
            # The first reading follows the rows themselves: an index may be damaged without a trace.
            how = "" if self._read else "NOT INDEXED"
            for id, kind_of, removed in self._rows(
                f"SELECT id, kind, body IS NULL FROM change {how} WHERE decision > ? ORDER BY decision",
                (self._read,),
            ):
                ids = self._ids.setdefault(kind_of, set())
                (ids.discard if removed else ids.add)(id)
            self._read = latest
        return self._ids.get(kind, set())

    def is_sound(self, kind: str, id: str) -> bool:
        """Whether the last row of the history on a thing is as it was written; rows of 0.1 have no digest of their own."""
        found = self._rows(
            "SELECT body, schema, digest FROM change WHERE kind = ? AND id = ? ORDER BY decision DESC LIMIT 1",
            (kind, id),
        )
        if not found:
            return False
        body, schema, digest = found[0]
        return digest is None or fits(kind, id, None if body is None else Row(body, schema), digest)


def fits(kind: Any, id: Any, row: Row | None, digest: bytes | None) -> bool:
    """Whether a row has this digest; False also for one that holds no text at all."""
    try:
        return digest_of(kind, id, row) == digest
    except ValueError:  # bytes that are no UTF-8
        return False
