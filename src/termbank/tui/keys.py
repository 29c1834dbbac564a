"""Keys: one table per screen or widget, from which its bindings, its help and the bottom line are made.

A key that is listed here does what it says, and a key that does something is listed: bindings are
never written by hand. A `Key` without an action is a way of using the screen that needs telling
(typing, a digit) and binds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.widget import Widget

from termbank.text.display_width import cells


@dataclass(frozen=True)
class Key:
    """`keys` are Textual's names; `shown` is what stands on the key; `label` the word in the bottom line."""

    keys: str
    action: str
    meaning: str
    label: str = ""
    shown: str = ""
    priority: bool = False

    @property
    def name(self) -> str:
        return self.shown or self.keys


def bindings(keys: Iterable[Key]) -> list[BindingType]:
    """The bindings of a table of keys."""
    return [
        Binding(key.keys, key.action, key.meaning, show=False, priority=key.priority)
        for key in keys
        if key.action
    ]


def keys_of(node: DOMNode | None) -> Iterator[Key]:
    """The keys that work at a place: those of the widget, then of what it lies in."""
    while node is not None:
        yield from getattr(node, "KEYS", ())
        node = node.parent


class KeyLine(Widget):
    """The bottom line: what the keys do where the focus is, as many as fit, and always the help."""

    DEFAULT_CSS = "KeyLine { dock: bottom; height: 1; background: $panel; color: $foreground; }"
    HELP_KEY: ClassVar[Key] = Key("question_mark", "", "help", "help", "?")

    def on_mount(self) -> None:
        self.watch(self.screen, "focused", self._draw_again)
        self.watch(self.app, "theme", self._draw_again)

    def _draw_again(self) -> None:
        self.refresh()

    def render(self) -> Text:
        focused = self.screen.focused or self.screen
        end = self._said(self.HELP_KEY)
        room = self.size.width - end.cell_len - 1
        line = Text(" ")
        told: set[str] = set()
        elsewhere = getattr(self.app, "KEYS", ()) if isinstance(self.screen, ModalScreen) else ()
        for key in keys_of(focused):
            if not key.label or key.label in told or key in elsewhere:
                continue
            told.add(key.label)
            if line.cell_len + cells(key.name) + cells(key.label) + 3 > room:
                break
            line.append_text(self._said(key)).append("  ")
        line.append(" " * max(0, self.size.width - line.cell_len - end.cell_len - 1))
        return line.append_text(end)

    def _said(self, key: Key) -> Text:
        name = "accent" if self.app.current_theme.dark else "primary"
        return Text.assemble((key.name, f"bold {self.app.theme_variables.get(name, '')}"), " ", key.label)
