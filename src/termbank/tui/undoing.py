"""Undoing and redoing in the interface: one's own decisions are those of this session.

What is a bulk decision, somebody else's, or about something else than the screen shows is asked for first. Edits of a file
that are not saved yet are no decisions; the screen that holds them undoes them itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.widget import Widget

from termbank.model.message import _, translate
from termbank.tui.screens.dialogs import ChoiceScreen

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank
    from termbank.services.undo import UndoPlan


def plan_undo(bank: Bank, number: int | None = None) -> UndoPlan:
    """What `u` would undo: this session's last decision, or the one numbered. Raises what `services.undo` raises."""
    from termbank.services import settings, undo

    return undo.plan_undo(bank, number, session=settings.session())


def plan_redo(bank: Bank) -> UndoPlan:
    """What Ctrl+R would redo: what was undone last in this session. Raises what `services.undo` raises."""
    from termbank.services import settings, undo

    return undo.plan_redo(bank, session=settings.session())


def ask_or_do(place: Widget, plan: UndoPlan, do: Callable[[], None], *, ask: bool = False) -> None:
    """Call `do`, after a question where the plan or the place asks for one."""
    if not (ask or plan.must_ask):
        do()
        return
    yes = _("undo it") if plan.act == "undo" else _("redo it")
    place.app.push_screen(
        ChoiceScreen(translate(plan.before), [("no", _("leave it")), ("yes", yes)]),
        lambda answer: do() if answer == "yes" else None,
    )
