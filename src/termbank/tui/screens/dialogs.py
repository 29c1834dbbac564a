"""Dialogs: one question above the screen, answered with a digit, by typing, or by searching.

Escape cancels: the answer is None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from termbank.model.message import _, message
from termbank.tui.formatting import clean
from termbank.tui.keys import Key, bindings
from termbank.tui.widgets.key_line import KeyLine
from termbank.tui.widgets.virtual_list import VirtualList

Choice = tuple[str, str]
"""The value that is returned, and the text that is shown."""

CANCEL = Key("escape", "dismiss(None)", message("cancel"), message("cancel"), "Esc", priority=True)


class ChoiceScreen(ModalScreen[str | None]):
    """Choose one of a few answers; each has a digit."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("", "", message("choose"), message("choose"), "1–9"),
        Key("", "", message("choose the line under the cursor"), "", "Enter"),
        CANCEL,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, question: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._question = question
        self._choices = list(choices)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(clean(self._question), markup=False)
            yield VirtualList(id="choices")
        yield KeyLine()

    def on_mount(self) -> None:
        lines = self.query_one(VirtualList)
        lines.styles.height = min(len(self._choices), 12)
        lines.show(len(self._choices), self._line)
        lines.focus()

    def _line(self, row: int, _width: int) -> Text:
        mark = f"{row + 1}  " if row < 9 else "   "
        return Text.assemble((mark, "bold"), clean(self._choices[row][1]))

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in "123456789":
            event.stop()
            number = int(event.character) - 1
            if number < len(self._choices):
                self.dismiss(self._choices[number][0])

    @on(VirtualList.Chosen)
    def _choose(self, event: VirtualList.Chosen) -> None:
        self.dismiss(self._choices[event.row][0])


class InputScreen(ModalScreen[str | None]):
    """Type an answer and press Enter. An empty answer is None unless `empty` is allowed."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("", "", message("confirm the answer"), message("confirm"), "Enter"),
        CANCEL,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, question: str, text: str = "", *, empty: bool = False) -> None:
        super().__init__()
        self._question = question
        self._text = text
        self._empty = empty

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(clean(self._question), markup=False)
            yield Input(self._text, id="answer", select_on_focus=False)
        yield KeyLine()

    @on(Input.Submitted)
    def _confirm(self, event: Input.Submitted) -> None:
        answer = " ".join(event.value.split())
        self.dismiss(answer if answer or self._empty else None)


class SearchScreen(ModalScreen[str | None]):
    """Type to search, choose with the arrows; the answer is the value of the chosen line."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("", "", message("search"), message("search"), message("type")),
        Key("up", "move(-1)", message("one line up"), "", "↑"),
        Key("down", "move(1)", message("one line down"), "", "↓"),
        Key("", "", message("choose the line under the cursor"), message("choose"), "Enter"),
        CANCEL,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, question: str, text: str, find: Callable[[str], Sequence[Choice]]) -> None:
        super().__init__()
        self._question = question
        self._text = text
        self._find = find
        self._found: list[Choice] = []

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(clean(self._question), markup=False)
            yield Input(self._text, id="answer", select_on_focus=True)
            yield VirtualList(id="choices")
        yield KeyLine()

    def on_mount(self) -> None:
        lines = self.query_one(VirtualList)
        lines.can_focus = False
        lines.add_class("-led")
        self._show(self._text)

    def _show(self, text: str) -> None:
        self._found = list(self._find(text))
        lines = self.query_one(VirtualList)
        if self._found:
            lines.show(len(self._found), lambda row, _width: Text(clean(self._found[row][1])))
        else:
            lines.show(1, lambda _row, _width: Text(_("nothing found"), style="dim"), lambda _row: False)

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self._show(event.value)

    def action_move(self, step: int) -> None:
        self.query_one(VirtualList).action_move(step)

    @on(Input.Submitted)
    @on(VirtualList.Chosen)
    def _choose(self) -> None:
        if self._found:
            self.dismiss(self._found[self.query_one(VirtualList).cursor][0])
