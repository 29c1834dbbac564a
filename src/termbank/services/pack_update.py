"""Taking a newer version of the shipped packs: what the users have not touched follows them, and what they have changed stays.

Each record is merged field by field (`model.record_merge`) between how the pack had it when the bank last took it, how the
bank has it now and how the pack has it now. Where both have changed one field, the bank's value stays and is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from termbank.model.decision import Change
from termbank.model.record_merge import WHOLE_RECORD, FieldConflict, find_preferred_rivals, merge_records
from termbank.model.records import Record
from termbank.store.bank import Bank
from termbank.store.bases import base_digest, base_record, origin_change
from termbank.store.history import last_version_by


@dataclass(frozen=True)
class PackRecord:
    """A record of a pack, and the pack it is in."""

    pack: str
    kind: str
    record: Record

    @property
    def id(self) -> str:
        return str(self.record["id"])


@dataclass
class PackUpdate:
    """The changes that bring a bank up to the packs, and what they come to, in numbers of concepts.

    Attributes:
        added: New in the bank.
        updated: Followed the pack in at least one field.
        unchanged: Already as the pack has them, or changed by the users alone.
        conflicts: Fields of a concept that both have changed; the bank's value stays.
    """

    bank: Bank
    packs: Sequence[PackRecord]
    by: str
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicts: list[tuple[str, FieldConflict]] = field(default_factory=list)

    def changes(self) -> Iterator[Change]:
        """What taking the packs changes, within the decision that takes them."""
        held = {kind: dict(self.bank.bodies(kind)) for kind in ("publisher", "source", "concept", "origin")}
        for one in self.packs:
            now = held[one.kind].get(one.id)
            if one.kind == "concept":
                yield from self._concept(one, now, held["origin"].get(one.id))
            elif now is None:
                yield Change(one.kind, one.id, one.record)
            elif now != one.record:
                base = last_version_by(self.bank, one.kind, one.id, self.by)
                merged, _ = merge_records(base, now, one.record)
                yield Change(one.kind, one.id, merged)

    def _concept(self, one: PackRecord, now: Record | None, origin: Record | None) -> Iterator[Change]:
        if origin is not None and origin["base"] == base_digest(one.id, one.record):
            self.unchanged += 1
            return
        if now is None and origin is None and not self.bank.last_touch("concept", one.id):
            self.added += 1
            yield Change("concept", one.id, one.record)
            yield origin_change(self.bank, one.pack, one.id, one.record, one.record)
            return
        base = (
            base_record(self.bank, origin)
            if origin
            else last_version_by(self.bank, "concept", one.id, self.by)
        )
        if base is None and now is not None:  # the users' own concept, which has the id by chance
            self.conflicts.append((one.id, FieldConflict(WHOLE_RECORD, None, now, one.record)))
            return
        merged, conflicts = merge_records(base, now, one.record)
        merged = merged and _with_one_preferred(merged, now)
        if now is not None:  # what the users have removed stays removed, without a word
            self.conflicts += ((one.id, conflict) for conflict in conflicts)
        if merged == now:
            self.unchanged += 1
        else:
            self.updated += 1
            yield Change("concept", one.id, merged)
        yield origin_change(self.bank, one.pack, one.id, one.record, merged)


def _with_one_preferred(merged: Record, now: Record | None) -> Record:
    """The record with at most one preferred term in each language and profile: the bank's, where it has one."""
    rivals = find_preferred_rivals(merged)
    if not rivals:
        return merged
    ours = {(t["language"], t["text"]) for t in (now or {}).get("term", ()) if t.get("status") == "preferred"}
    terms = [dict(term) for term in merged["term"]]
    for (language, _), texts in rivals.items():
        kept = next((text for text in texts if (language, text) in ours), texts[0])
        for term in terms:
            if term["language"] == language and term["text"] in texts and term["text"] != kept:
                term["status"] = "admitted"
    return merged | {"term": terms}
