"""Asking: one question above the screen, answered by a digit, by typing, or by choosing what is found.

Escape leaves everything as it is: the answer is None.
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

from termbank.tui.keys import Key, KeyLine, bindings
from termbank.tui.styles import clean
from termbank.tui.widgets.virtual_list import Lines

Choice = tuple[str, str]
"""What a choice means to the caller, and how it is shown."""

LEAVE = Key("escape", "dismiss(None)", "leave everything as it is", "leave it", "Esc", priority=True)


class ChoiceScreen(ModalScreen[str | None]):
    """Choose one of a few; each has a digit."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("", "", "choose", "choose", "1–9"),
        Key("", "", "choose the line under the cursor", "", "Enter"),
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, question: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._question = question
        self._choices = list(choices)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(clean(self._question), markup=False)
            yield Lines(id="choices")
        yield KeyLine()

    def on_mount(self) -> None:
        lines = self.query_one(Lines)
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

    @on(Lines.Chosen)
    def _chosen(self, event: Lines.Chosen) -> None:
        self.dismiss(self._choices[event.row][0])


class WriteScreen(ModalScreen[str | None]):
    """Write the answer; Enter gives it. An empty answer is None unless `empty` is allowed."""

    KEYS: ClassVar[tuple[Key, ...]] = (Key("", "", "give the answer", "done", "Enter"), LEAVE)
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
    def _submitted(self, event: Input.Submitted) -> None:
        answer = " ".join(event.value.split())
        self.dismiss(answer if answer or self._empty else None)


class FindScreen(ModalScreen[str | None]):
    """Type to find, choose with the arrows; the answer is what the chosen line means."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("", "", "find", "find", "type"),
        Key("up", "move(-1)", "one line up", "", "↑"),
        Key("down", "move(1)", "one line down", "", "↓"),
        Key("", "", "choose the line under the cursor", "choose", "Enter"),
        LEAVE,
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
            yield Lines(id="choices")
        yield KeyLine()

    def on_mount(self) -> None:
        lines = self.query_one(Lines)
        lines.can_focus = False
        lines.add_class("-led")
        self._show(self._text)

    def _show(self, text: str) -> None:
        self._found = list(self._find(text))
        lines = self.query_one(Lines)
        if self._found:
            lines.show(len(self._found), lambda row, _width: Text(clean(self._found[row][1])))
        else:
            lines.show(1, lambda _row, _width: Text("nothing found", style="dim"), lambda _row: False)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def action_move(self, step: int) -> None:
        self.query_one(Lines).action_move(step)

    @on(Input.Submitted)
    @on(Lines.Chosen)
    def _chosen(self) -> None:
        if self._found:
            self.dismiss(self._found[self.query_one(Lines).cursor][0])
