"""Writing one decision: what really changes, its place in the history, and the seal on both.

A decision that changes nothing is not written, and one that would leave a citation without its source is refused. The
bank begins and ends the transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace

from termbank.model.decision import Change, Decision
from termbank.model.errors import ConflictError
from termbank.model.message import message
from termbank.store.canonical_json import KINDS, canonical, change_of, citations, seal_of

_Bodies = Mapping[tuple[str, str], str | None]
"""By kind and id, what a thing is now as canonical text; None where it is gone."""


def take(connection: sqlite3.Connection, decision: Decision, wanted: Iterable[Change]) -> Decision:
    """Write a decision with those of the wanted changes that change something; its number is 0 for none."""
    new = _new_bodies(connection, wanted)
    if not new:
        return replace(decision, changes=(), number=0)
    last = connection.execute("SELECT number, seal FROM decision ORDER BY number DESC LIMIT 1").fetchone()
    number, before = (last[0] + 1, last[1]) if last else (1, "")
    seal = seal_of(before, number, decision, new)
    connection.execute(
        "INSERT INTO decision (number, act, who, at, why, undoes, seal) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, decision.act, decision.who, decision.when, decision.why, decision.undoes, seal),
    )
    connection.executemany(
        "INSERT INTO change (decision, kind, id, body) VALUES (?, ?, ?, ?)",
        [(number, kind, id, body) for (kind, id), body in new.items()],
    )
    connection.executemany(
        "INSERT INTO thing (kind, id, body, decision) VALUES (?, ?, ?, ?) ON CONFLICT (kind, id) "
        "DO UPDATE SET body = excluded.body, decision = excluded.decision",
        [(kind, id, body, number) for (kind, id), body in new.items() if body is not None],
    )
    connection.executemany(
        "DELETE FROM thing WHERE kind = ? AND id = ?", [key for key, body in new.items() if body is None]
    )
    _check_citations(connection, new)
    return replace(decision, number=number, changes=tuple(change_of(*key, body) for key, body in new.items()))


def _new_bodies(connection: sqlite3.Connection, wanted: Iterable[Change]) -> _Bodies:
    """What really changes, in the order of kinds and ids."""
    last: dict[tuple[str, str], str | None] = {}
    for change in wanted:
        if change.kind not in KINDS:
            raise ValueError(f"the bank holds no things of kind {change.kind!r}")
        if change.body is not None and change.kind != "candidate" and change.body.get("id") != change.id:
            raise ValueError(f"the body of {change.kind} {change.id!r} carries another id")
        last[change.kind, change.id] = None if change.body is None else canonical(change.body)
    kept = {}
    for key in sorted(last, key=lambda key: (KINDS.index(key[0]), key[1])):
        found = connection.execute("SELECT body FROM thing WHERE kind = ? AND id = ?", key).fetchone()
        if (found[0] if found else None) != last[key]:
            kept[key] = last[key]
    return kept


def _check_citations(connection: sqlite3.Connection, new: _Bodies) -> None:
    """No concept cites a source that is not there, no source a publisher that is not."""
    for citing, named in (("concept", "source"), ("document", "source"), ("source", "publisher")):
        if any(kind == named and body is None for (kind, _), body in new.items()):
            rows = connection.execute("SELECT body FROM thing WHERE kind = ?", (citing,))
            texts = [body for (body,) in rows]
        else:
            texts = [body for (kind, _), body in new.items() if kind == citing and body is not None]
        wanted: dict[str, str] = {}
        for text in texts:
            if f'"{named}":' not in text:  # most concepts of a long list cite nothing
                continue
            record = json.loads(text)
            for id in citations(record):
                wanted.setdefault(id, str(record["id"]))
        for id in sorted(wanted):
            held = connection.execute("SELECT 1 FROM thing WHERE kind = ? AND id = ?", (named, id)).fetchone()
            if held is None:
                raise ConflictError(
                    message(
                        "the {citing} “{wanted}” names the {named} “{id}”, which would not be in the bank.",
                        citing=citing,
                        wanted=wanted[id],
                        named=named,
                        id=id,
                    )
                )
