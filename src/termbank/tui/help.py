"""Help: the keys of the screen beneath, told by that screen itself, and those that work everywhere."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen

from termbank.lang.width import fit
from termbank.tui.lines import Lines

EVERYWHERE = (
    ("?, F1", "this help"),
    ("F2", "review the waiting candidates"),
    ("F3", "light or dark"),
    ("Ctrl+Q", "leave"),
)
STATUSES = (
    ("preferred", "what to write"),
    ("admitted", "may be written"),
    ("proposed", "seen, and waiting for a decision"),
    ("superseded", "was right once; its dates say until when"),
    ("deprecated", "not to be written"),
)


class HelpScreen(ModalScreen[None]):
    """The keys, on one page; any of ?, Esc, q or Enter closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,question_mark,f1", "dismiss", "Close", priority=True)
    ]

    def __init__(self, beneath: Screen[object]) -> None:
        super().__init__()
        keys: tuple[tuple[str, str], ...] = getattr(beneath, "HELP", ())
        self._sections = (("On this screen", keys), ("Everywhere", EVERYWHERE), ("Status", STATUSES))

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Lines(shows_cursor=False, id="help")

    def on_mount(self) -> None:
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        from textwrap import wrap

        lines = self.query_one(Lines)
        width = max(30, lines.scrollable_content_region.width)
        rows: list[Text] = []
        for title, keys in self._sections:
            if not keys:
                continue
            rows.append(Text(title, style="bold underline"))
            for key, meaning in keys:
                first, *rest = wrap(meaning, width - 19) or [""]
                rows.append(Text.assemble("  ", (fit(key, 15), "bold"), "  ", first))
                rows.extend(Text(" " * 19 + line) for line in rest)
            rows.append(Text())
        rows.append(Text("Esc closes this page.", style="dim"))
        lines.show(len(rows), lambda row, _width: rows[row].copy(), lambda _row: False)
        lines.focus()
