"""Help: the keys that work where the focus is, from their tables, and what each status means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from termbank.model.concept import Status
from termbank.model.labels import label
from termbank.model.message import _, message, translate
from termbank.text.display_width import fit
from termbank.text.line_wrap import wrapped
from termbank.tui.keys import Key, bindings
from termbank.tui.widgets.key_line import KeyLine
from termbank.tui.widgets.virtual_list import VirtualList

STATUSES = (
    (Status.PREFERRED, message("the rendering to write")),
    (Status.ADMITTED, message("may be written too")),
    (Status.PROPOSED, message("seen in documents, not decided yet")),
    (Status.SUPERSEDED, message("was right in the past; its dates say until when")),
    (Status.DEPRECATED, message("not to be written")),
)
NAME = 14
"""The cells of the column of key names."""


class HelpScreen(ModalScreen[None]):
    """The keys, on one page."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key(
            "escape,q,enter",
            "dismiss",
            message("close the help"),
            message("close"),
            "Esc, q, Enter",
            priority=True,
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, sections: Iterable[tuple[str, Iterable[Key]]]) -> None:
        super().__init__()
        statuses = [(label(status), translate(meaning)) for status, meaning in STATUSES]
        self._sections = [
            *((title, [(key.name, translate(key.meaning)) for key in keys]) for title, keys in sections),
            (_("Status of a term"), statuses),
        ]

    def compose(self) -> ComposeResult:
        with Vertical():
            yield VirtualList(shows_cursor=False, id="help")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(VirtualList).focus()

    def on_resize(self, _event: events.Resize) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        lines = self.query_one(VirtualList)
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
