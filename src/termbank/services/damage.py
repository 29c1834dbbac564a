"""What of the bank was found damaged while it was read, in a sentence."""

from __future__ import annotations

from termbank.model.message import message, plural
from termbank.services.short_list import list_names
from termbank.store.bank import Bank


def damage_remarks(bank: Bank) -> tuple[str, ...]:
    """A sentence that names the records that were left out because they are damaged; none where all were sound."""
    if not bank.damaged:
        return ()
    names = [
        message("{kind} “{id}” ({reason})", kind=kind, id=id, reason=reason)
        for (kind, id), reason in sorted(bank.damaged.items(), key=str)
    ]
    return (
        plural(
            "{count} record of the bank is damaged and was left out: {names}. `termbank doctor --repair` restores it.",
            "{count} records of the bank are damaged and were left out: {names}. `termbank doctor --repair` restores them.",
            len(names),
            names=list_names(names),
        ),
    )
