"""The record last taken from a pack: what a newer pack is merged against.

A concept's origin (a thing of its own, so that undo and replay hold for it) names the pack and the digest of the record
as the pack had it. The record itself lies in the history where the bank took it as it was, and else is kept as a text.
"""

from __future__ import annotations

import json

from termbank.model.decision import Change
from termbank.model.records import Record
from termbank.store.bank import Bank
from termbank.store.canonical_json import canonical
from termbank.store.contents import keep_text, text_hash, text_of
from termbank.store.rows import SCHEMA, Row, digest_of, record_of


def origin_change(bank: Bank, pack: str, concept: str, theirs: Record, kept: Record | None) -> Change:
    """That a concept was taken from a pack, within the decision that takes it; a dry run keeps no text.

    Args:
        bank: The bank that takes it.
        pack: The name of the pack.
        concept: The id of the concept in the bank.
        theirs: The record as the pack has it.
        kept: The record as the bank keeps it; None where the users have removed it.
    """
    body = {"id": concept, "pack": pack, "base": base_digest(concept, theirs)}
    if kept is None or canonical(kept) != canonical(theirs):
        text = canonical(theirs)
        body["text"] = keep_text(bank, text) if bank.is_deciding else text_hash(text)
    return Change("origin", concept, body)


def base_digest(concept: str, record: Record) -> str:
    """The digest under which a record is known as a base."""
    return digest_of("concept", concept, Row(canonical(record))).hex()


def base_record(bank: Bank, origin: Record) -> Record | None:
    """The record that an origin names; None where nothing has it any more.

    Raises:
        BankError: Its text is damaged.
    """
    concept = str(origin["id"])
    if "text" in origin:
        return record_of("concept", Row(text_of(bank, str(origin["text"]))))
    found = bank.rows(
        "SELECT body FROM change WHERE kind = 'concept' AND id = ? AND schema = ? AND digest = ?",
        (concept, SCHEMA, bytes.fromhex(str(origin["base"]))),
    )
    record: Record | None = json.loads(found[0][0]) if found else None
    return record
