"""Ask: one question above the screen, answered by typing, by choosing, or by a digit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from termbank.tui.lines import Lines
from termbank.tui.marks import clean


class AskScreen(ModalScreen[str | None]):
    """Choices, each with a digit; or, with `text`, a box to type in. Escape answers None."""

    HELP = (("1–9", "choose"), ("Enter", "answer"), ("Esc", "leave it as it is"))

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel", priority=True)]

    def __init__(
        self,
        question: str,
        choices: Sequence[str] = (),
        *,
        text: str | None = None,
        complete: Callable[[str], Sequence[tuple[str, str]]] | None = None,
    ) -> None:
        super().__init__()
        self._question = question
        self._choices = [(choice, choice) for choice in choices]
        self._text = text
        self._complete = complete

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._question, markup=False)
            if self._text is not None:
                yield Input(self._text, id="answer")
            if self._choices or self._complete:
                yield Lines(id="choices")

    def on_mount(self) -> None:
        if self._text is not None:
            self.query_one(Input).focus()
        if self._complete is not None:
            self.query_one(Lines).add_class("-led")
            self._choices = list(self._complete(self._text or ""))
        if self._choices or self._complete:
            self._show_choices()
            if self._text is None:
                self.query_one(Lines).focus()

    def _show_choices(self) -> None:
        numbered = self._text is None

        def render(row: int, _width: int) -> Text:
            mark = f"{row + 1} " if numbered and row < 9 else "  "
            return Text.assemble((mark, "bold"), clean(self._choices[row][1]))

        self.query_one(Lines).show(len(self._choices), render)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if self._complete is not None:
            self._choices = list(self._complete(event.value))
            self._show_choices()

    def on_key(self, event: events.Key) -> None:
        if self._text is None and event.character and event.character.isdigit():
            number = int(event.character) - 1
            if 0 <= number < len(self._choices):
                event.stop()
                self.dismiss(self._choices[number][0])
        elif self._complete is not None and event.key in ("up", "down"):
            self.query_one(Lines).action_move(-1 if event.key == "up" else 1)
            event.stop()

    @on(Lines.Chosen)
    def _chosen(self, event: Lines.Chosen) -> None:
        self.dismiss(self._choices[event.row][0])

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if self._complete is not None:
            cursor = self.query_one(Lines).cursor
            self.dismiss(self._choices[cursor][0] if self._choices else None)
        else:
            self.dismiss(event.value.strip() or None)
