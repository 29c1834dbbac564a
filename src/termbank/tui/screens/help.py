"""Help: the keys that work where the focus is, told from their own tables, and what the words mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from termbank.text.display_width import fit
from termbank.text.line_wrap import wrapped
from termbank.tui.keys import Key, KeyLine, bindings
from termbank.tui.widgets.virtual_list import Lines

STATUSES = (
    ("preferred", "what to write"),
    ("admitted", "may be written"),
    ("proposed", "seen, and waiting for a decision"),
    ("superseded", "was right once; its dates say until when"),
    ("deprecated", "not to be written"),
)
NAME = 14


class HelpScreen(ModalScreen[None]):
    """The keys, on one page."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("escape,q,enter", "dismiss", "close the help", "close", "Esc, q, Enter", priority=True),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, sections: Iterable[tuple[str, Iterable[Key]]]) -> None:
        super().__init__()
        told = [(title, [(key.name, key.meaning) for key in keys]) for title, keys in sections]
        self._sections = [*told, ("Status of a term", STATUSES)]

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Lines(shows_cursor=False, id="help")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Lines).focus()

    def on_resize(self, _event: events.Resize) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        lines = self.query_one(Lines)
        width = max(NAME + 12, lines.scrollable_content_region.width)
        rows: list[Text] = []
        for title, keys in self._sections:
            if not keys:
                continue
            rows.append(Text(title, style="bold underline"))
            for name, meaning in keys:
                first, *rest = wrapped(meaning, width - NAME - 2)
                rows.append(Text.assemble((fit(name, NAME), "bold"), "  ", first))
                rows += [Text(" " * (NAME + 2) + line) for line in rest]
            rows.append(Text())
        lines.show(len(rows), lambda row, _width: rows[row].copy(), lambda _row: False)
