"""The application: opens the bank, holds the screens, owns the look.

The first screen looks terms up; the queue, help and passages are screens above it. Nothing is
computed here: a wish becomes a service call, an answer becomes lines.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from termbank.core.errors import TermbankError
from termbank.tui.lookup import LookupScreen

if TYPE_CHECKING:
    from termbank.services.bank import Bank


class TermbankApp(App[None]):
    """termbank in the terminal."""

    TITLE = "termbank"
    ENABLE_COMMAND_PALETTE = False
    ANIMATION_LEVEL = "none"
    CSS_PATH = "app.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", "Help", key_display="?", priority=True),
        Binding("f2", "review", "Review"),
        Binding("f3", "look", "Light/dark"),
        Binding("ctrl+q,ctrl+c", "quit", "Quit", key_display="^q", priority=True),
    ]

    def __init__(self, bank: Bank, *, query: str = "", review: bool = False) -> None:
        super().__init__()
        self.bank = bank
        self._first_query = query
        self._first_review = review
        self.animation_level = "none"

    def on_mount(self) -> None:
        self.theme = "textual-dark"
        self.push_screen(LookupScreen(self.bank, self._first_query))
        if self._first_review:
            self.action_review()

    def action_help(self) -> None:
        from termbank.tui.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_review(self) -> None:
        from termbank.tui.review import ReviewScreen

        if not isinstance(self.screen, ReviewScreen):
            self.push_screen(ReviewScreen(self.bank), lambda _: self._refresh_lookup())

    def _refresh_lookup(self) -> None:
        if isinstance(self.screen, LookupScreen):
            self.screen.search_again()

    def action_look(self) -> None:
        """Change between dark and light."""
        self.theme = "textual-light" if self.theme == "textual-dark" else "textual-dark"

    def say(self, error: TermbankError) -> None:
        """Show a fault as a sentence; markup in it is text."""
        self.notify(str(error), severity="error", markup=False, timeout=8)


def run(path: Path | None, *, query: str = "", review: bool = False) -> None:
    """Open the interface on a bank (the default one for None) and stay until the person leaves."""
    from termbank.services.bank import open_bank

    with open_bank(path) as bank:
        TermbankApp(bank, query=query, review=review).run()
