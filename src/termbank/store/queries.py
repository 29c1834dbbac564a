"""Questions that the derived tables answer: the queue by state, and whose an external id is."""

from __future__ import annotations

from termbank.store.bank import Bank


def candidates_in_state(bank: Bank, state: str) -> list[str]:
    """The ids of the candidates of the queue that are in a state, sorted."""
    return [id for (id,) in bank.rows("SELECT id FROM candidate_state WHERE state = ? ORDER BY id", (state,))]


def concept_of_external_id(bank: Bank, system: str, id: str) -> str | None:
    """The concept that an external id belongs to, or None."""
    found = bank.rows("SELECT concept FROM external_id WHERE system = ? AND id = ?", (system, id))
    return found[0][0] if found else None
