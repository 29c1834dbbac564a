"""Long texts and alignments: immutable rows, each kept once under the SHA-256 of its content.

The history and the documents name them by hash. Removing or realigning a document only unlinks them, so that undo, a copy
of the bank and a repair keep working. They are written within a decision, and verified as they are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from termbank.model.errors import BankError
from termbank.model.message import message
from termbank.store.bank import Bank

PART = 1 << 20
"""Characters of a text that are one row: what is in memory at once while a text is streamed."""
Place = tuple[int, int, int, int, float]
"""A pair: start and end in the Chinese text, start and end in the English one, confidence."""


def text_hash(text: str) -> str:
    """The name of a text."""
    return sha256(text.encode()).hexdigest()


def text_digest(parts: Iterable[str]) -> str:
    """The name that these parts of a text give; empty where they are damaged and no text at all."""
    digest = sha256()
    try:
        for part in parts:
            digest.update(part.encode())
    except (ValueError, AttributeError):  # bytes that are no UTF-8
        return ""
    return digest.hexdigest()


def keep_text(bank: Bank, text: str) -> str:
    """Keep a text, within a decision; its hash."""
    name = text_hash(text)
    parts = ((name, part, text[at : at + PART]) for part, at in enumerate(range(0, max(1, len(text)), PART)))
    bank.write("INSERT INTO text_part (hash, part, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", parts)
    return name


def text_parts(bank: Bank, name: str) -> Iterator[str]:
    """The parts of a text in order, read one at a time.

    Raises:
        BankError: After the last part, where they are not the text of this hash.
    """
    digest = sha256()
    for (part,) in bank.rows("SELECT part FROM text_part WHERE hash = ? ORDER BY part", (name,)):
        ((body,),) = bank.rows("SELECT body FROM text_part WHERE hash = ? AND part = ?", (name, part))
        try:
            digest.update(body.encode())
        except (ValueError, AttributeError):  # bytes that are no UTF-8
            raise _damage_error(bank, message("a text of the corpus"), name) from None
        yield body
    if bank.verifies and digest.hexdigest() != name:
        raise _damage_error(bank, message("a text of the corpus"), name)


def text_of(bank: Bank, name: str) -> str:
    """A whole text.

    Raises:
        BankError: It is missing or damaged.
    """
    return "".join(text_parts(bank, name))


def alignment_hash(zh: str, en: str, places: Iterable[Place]) -> str:
    """The name of an alignment of two texts, given by their hashes."""
    digest = sha256(f"{zh}\n{en}\n".encode())
    for place in places:
        digest.update(f"{place}\n".encode())
    return digest.hexdigest()


def keep_alignment(bank: Bank, zh: str, en: str, places: Sequence[Place]) -> str:
    """Keep an alignment of two kept texts, within a decision; its hash."""
    places = [(*map(int, place[:4]), float(place[4])) for place in places]  # type: ignore[misc]
    name = alignment_hash(zh, en, places)
    bank.write(
        "INSERT INTO alignment (hash, zh, en, pairs) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(name, zh, en, len(places))],
    )
    bank.write(
        "INSERT INTO pair (alignment, number, zh_start, zh_end, en_start, en_end, confidence) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        ((name, number, *place) for number, place in enumerate(places)),
    )
    return name


def alignment_places(bank: Bank, name: str) -> list[Place]:
    """The pairs of an alignment, in order.

    Raises:
        BankError: It is missing or damaged.
    """
    sides = bank.rows("SELECT zh, en FROM alignment WHERE hash = ?", (name,))
    places = [
        tuple(row)
        for row in bank.rows(
            "SELECT zh_start, zh_end, en_start, en_end, confidence FROM pair WHERE alignment = ? ORDER BY number",
            (name,),
        )
    ]
    try:
        sound = bool(sides) and (
            not bank.verifies or alignment_hash(sides[0][0], sides[0][1], places) == name
        )
    except ValueError:  # bytes that are no UTF-8
        sound = False
    if not sound:
        raise _damage_error(bank, message("an alignment of the corpus"), name)
    return places


def _damage_error(bank: Bank, what: str, name: str) -> BankError:
    return BankError(
        message("{what} is damaged ({name}).", what=what, name=name[:12]),
        file=str(bank.path),
        remedy=message("`termbank doctor --repair` removes what is left of it; then add the file again."),
    )
