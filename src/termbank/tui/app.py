"""The application: opens the bank, switches between the screens, and sets the theme.

The first screen looks terms up; the queue, help and passages are screens above it. Nothing is computed here: the
application calls services and shows their answers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from termbank.model.errors import TermbankError
from termbank.model.message import _, message, translate
from termbank.tui.keys import Key, bindings, keys_of
from termbank.tui.notifications import notify
from termbank.tui.screens.lookup import LookupScreen
from termbank.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank

DAMAGE_SECONDS, DAMAGE_SHOWN_SECONDS = 2, 30
DARK, LIGHT = "textual-dark", "textual-light"


class TermbankApp(App[TermbankError | None]):
    """termbank in the terminal.

    `run` returns the error where the bank could not be opened. `bank` is an open bank, or a function that opens it while
    the first screen waits. `clock` gives seconds.
    """

    TITLE = "termbank"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "app.tcss"

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key(
            "question_mark,fullwidth_question_mark,f1",
            "help",
            message("show this help"),
            "",
            "?, F1",
            priority=True,
        ),
        Key("f2", "review", message("review the candidates in the queue, and back"), message("review"), "F2"),
        Key("f3", "look", message("switch between light and dark"), "", "F3"),
        Key("ctrl+q,ctrl+c", "quit", message("quit"), message("quit"), "Ctrl+Q", priority=True),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(
        self,
        bank: Bank | Callable[[], Bank],
        *,
        review: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        self.clock = clock
        self.bank: Bank | None = None
        self._opening = bank
        self._first_review = review
        self._damaged = 0

    def compose(self) -> ComposeResult:
        yield Static(_("Opening the bank; a new one is filled with the shipped glossaries …"), id="opening")

    def on_mount(self) -> None:
        self.theme = DARK
        if callable(self._opening):
            self._open(self._opening)
        else:
            self._begin(self._opening)

    @work(thread=True)
    def _open(self, opening: Callable[[], Bank]) -> None:
        try:
            bank = opening()
        except TermbankError as error:
            self.call_from_thread(self.exit, error)
        else:
            self.call_from_thread(self._begin, bank)

    def _begin(self, bank: Bank) -> None:
        self.bank = bank
        self.push_screen(LookupScreen(bank))
        self.set_interval(DAMAGE_SECONDS, self._name_damage)
        if self._first_review:
            self.action_review()

    def _name_damage(self) -> None:
        """Name the records that have proved damaged since this was last asked."""
        if self.bank is not None and len(self.bank.damaged) > self._damaged:
            from termbank.services.damage import damage_remarks

            self._damaged = len(self.bank.damaged)
            for remark in damage_remarks(self.bank):
                notify(self, translate(remark), seconds=DAMAGE_SHOWN_SECONDS)

    def action_help(self) -> None:
        """Open the help for where the focus is; on the help itself, close it."""
        from termbank.tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
            return
        here = [key for key in keys_of(self.focused or self.screen) if key not in self.KEYS]
        moves = VirtualList.MOVES if isinstance(self.focused, VirtualList) else ()
        self.push_screen(HelpScreen(((_("Here"), here), (_("Moving"), moves), (_("Everywhere"), self.KEYS))))

    def action_review(self) -> None:
        """Open the queue; on the queue itself, go back to the lookup screen."""
        from termbank.tui.screens.review import ReviewScreen

        if isinstance(self.screen, ReviewScreen):
            self.screen.dismiss(None)
        elif self.bank is not None and isinstance(self.screen, LookupScreen):
            self.push_screen(ReviewScreen(self.bank, self.clock), self._after_review)

    def _after_review(self, _answer: object) -> None:
        if isinstance(self.screen, LookupScreen):
            self.screen.search_again()

    def action_look(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT if self.theme == DARK else DARK


def run(path: Path | None, *, review: bool = False) -> None:
    """Open the interface on a bank (the default one for None) and return when the person quits.

    Raises:
        BankError: The bank cannot be opened.
    """
    from termbank.services.bank_setup import open_bank
    from termbank.services.settings import bank_path

    new = not bank_path(path).expanduser().exists()
    app = TermbankApp((lambda: open_bank(path)) if new else open_bank(path), review=review)
    try:
        error = app.run()
    finally:
        if app.bank is not None:
            app.bank.close()
    if error is not None:
        raise error
