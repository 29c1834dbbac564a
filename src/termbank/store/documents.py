"""The documents of the corpus: their texts and pairs, whichever schema they were kept in.

A document names its texts and its alignment by hash; one that termbank 0.1 kept holds them itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbank.model.records import Record
from termbank.store.bank import Bank
from termbank.store.contents import Place, alignment_places, keep_alignment, keep_text, text_hash, text_of

SIDES = ("zh", "en")


def keep_document(
    bank: Bank,
    id: str,
    title: str,
    texts: tuple[str, str],
    sources: tuple[str | None, str | None],
    places: Sequence[Place],
) -> Record:
    """Keep the Chinese and the English text and their alignment, within a decision; the record that names them."""
    zh, en = (keep_text(bank, text) for text in texts)
    sides = {
        side: {"source": source, "text": name} if source else {"text": name}
        for side, source, name in zip(SIDES, sources, (zh, en), strict=True)
    }
    return {"id": id, "title": title, **sides, "alignment": keep_alignment(bank, zh, en, places)}


def document_text(bank: Bank, record: Record, side: str) -> str:
    """The text of one side, “zh” or “en”.

    Raises:
        BankError: It is missing or damaged.
    """
    text = str(record[side]["text"])
    return text_of(bank, text) if "alignment" in record else text


def document_hashes(record: Record) -> tuple[str, str]:
    """By which hashes the texts of a document are known, also of one that holds them itself."""
    zh, en = (str(record[side]["text"]) for side in SIDES)
    return (zh, en) if "alignment" in record else (text_hash(zh), text_hash(en))


def document_places(bank: Bank, record: Record) -> list[Place]:
    """Where the pairs of a document stand in its texts, in order."""
    if "alignment" in record:
        return alignment_places(bank, str(record["alignment"]))
    return [tuple(place) for place in record["pairs"]]


def document_pairs(bank: Bank, record: Record) -> Iterator[tuple[str, str]]:
    """The Chinese and the English of each pair, in order."""
    zh, en = (document_text(bank, record, side) for side in SIDES)
    for place in document_places(bank, record):
        yield zh[place[0] : place[1]], en[place[2] : place[3]]
