"""The bottom line: what the keys do where the focus is."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.screen import ModalScreen
from textual.widget import Widget

from termbank.model.message import message, translate
from termbank.text.display_width import cells
from termbank.tui.keys import Key, keys_of


class KeyLine(Widget):
    """As many keys of the focused widget as fit, and always the help."""

    DEFAULT_CSS = "KeyLine { dock: bottom; height: 1; background: $panel; color: $foreground; }"
    HELP_KEY: ClassVar[Key] = Key("question_mark", "", message("help"), message("help"), "?")

    def on_mount(self) -> None:
        self.watch(self.screen, "focused", self._redraw)
        self.watch(self.app, "theme", self._redraw)

    def _redraw(self) -> None:
        self.refresh()

    def render(self) -> Text:
        focused = self.screen.focused or self.screen
        end = self._format(self.HELP_KEY)
        available = self.size.width - end.cell_len - 1
        line = Text(" ")
        shown: set[str] = set()
        elsewhere = getattr(self.app, "KEYS", ()) if isinstance(self.screen, ModalScreen) else ()
        for key in keys_of(focused):
            if not key.label or key.label in shown or key in elsewhere:
                continue
            shown.add(key.label)
            if line.cell_len + cells(key.name) + cells(translate(key.label)) + 3 > available:
                break
            line.append_text(self._format(key)).append("  ")
        line.append(" " * max(0, self.size.width - line.cell_len - end.cell_len - 1))
        return line.append_text(end)

    def _format(self, key: Key) -> Text:
        colour = self.app.theme_variables.get("accent" if self.app.current_theme.dark else "primary", "")
        return Text.assemble((key.name, f"bold {colour}"), " ", translate(key.label))
