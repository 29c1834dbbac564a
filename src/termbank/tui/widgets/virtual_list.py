"""A list of any length that draws only what is on the screen.

Rows are given as a count and a function that renders row n at a width, so that a hundred thousand rows cost no more than
thirty. A cursor moves over the rows that can be chosen. Search results, the concept page, candidates and the help use it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from termbank.model.message import message
from termbank.tui.keys import Key, bindings

Render = Callable[[int, int], Text]
Choosable = Callable[[int], bool]


class VirtualList(ScrollView, can_focus=True):
    """Rows rendered on demand, with a cursor."""

    DEFAULT_CSS = """
    VirtualList {
        height: 1fr; overflow-x: hidden;
        scrollbar-size-horizontal: 0; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"virtual-list--cursor", "virtual-list--cursor-blurred"}

    MOVES: ClassVar[tuple[Key, ...]] = (
        Key("up,k", "move(-1)", message("one line up"), shown="↑, k"),
        Key("down,j", "move(1)", message("one line down"), shown="↓, j"),
        Key("pageup,b", "page(-1)", message("one screen up"), shown="PgUp, b"),
        Key("pagedown,space", "page(1)", message("one screen down"), shown="PgDn, Space"),
        Key("home,g", "edge(0)", message("to the first line"), shown="Home, g"),
        Key("end,G", "edge(1)", message("to the last line"), shown="End, G"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(MOVES),
        Binding("enter", "choose", "choose", show=False),
    ]

    cursor: reactive[int] = reactive(0, always_update=True)

    class Moved(Message):
        """The cursor moved to `row`."""

        def __init__(self, lines: VirtualList, row: int) -> None:
            super().__init__()
            self.lines = lines
            self.row = row

        @property
        def control(self) -> VirtualList:
            return self.lines

    class Chosen(Moved):
        """The person pressed Enter on `row`, or double-clicked it."""

    def __init__(self, *, shows_cursor: bool = True, id: str | None = None) -> None:
        super().__init__(id=id)
        self._count = 0
        self._render_row: Render = lambda _row, _width: Text("")
        self._choosable: Choosable = lambda _row: True
        self._shows_cursor = shows_cursor

    def show(self, count: int, render: Render, choosable: Choosable | None = None, cursor: int = 0) -> None:
        """Replace the rows; the cursor goes to the first row at or after `cursor` that can be chosen."""
        self._count = count
        self._render_row = render
        self._choosable = choosable or (lambda _row: True)
        self.virtual_size = Size(0, count)
        self.cursor = self._nearest(cursor, 1) if count else 0
        self.scroll_to(y=0, animate=False)
        self._scroll_to_cursor()
        self.refresh()

    @property
    def count(self) -> int:
        return self._count

    def render_line(self, y: int) -> Strip:
        """The strip of screen line `y`."""
        row = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if row >= self._count or width <= 0:
            return Strip.blank(max(width, 0), self.rich_style)
        text = self._render_row(row, width)
        text.truncate(width, overflow="ellipsis", pad=True)
        segments = list(text.render(self.app.console))
        style = self.rich_style
        if self._shows_cursor and row == self.cursor and self._choosable(row):
            name = "virtual-list--cursor" if self._active() else "virtual-list--cursor-blurred"
            style = self.get_component_rich_style(name)
            # On the background of the cursor the colours of a line would not be legible.
            segments = [Segment(s.text, s.style.without_color if s.style else None) for s in segments]
        return Strip(segments).apply_style(style).adjust_cell_length(width, style)

    def _active(self) -> bool:
        """Whether keys reach the list: it has the focus, or the search box passes them on."""
        return self.has_focus or self.has_class("-led")

    def watch_cursor(self, before: int, after: int) -> None:
        if before != after:
            self.refresh()
            self._scroll_to_cursor()

    def _scroll_to_cursor(self) -> None:
        height = self.size.height
        if not self._count or not height:
            return
        # Lines above the first that can be chosen (a heading) come into view with it.
        above = range(max(0, self.cursor - height + 1), self.cursor)
        if self.cursor < height and not any(self._choosable(row) for row in above):
            self.scroll_to(y=0, animate=False, force=True)
            return
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    def _nearest(self, row: int, step: int) -> int:
        """The first choosable row from `row` on in the direction of `step`, else the cursor's own."""
        row = min(max(row, 0), self._count - 1)
        for candidate in range(row, self._count if step > 0 else -1, step):
            if self._choosable(candidate):
                return candidate
        for candidate in range(row, -1 if step > 0 else self._count, -step):
            if self._choosable(candidate):
                return candidate
        return row

    def _go(self, row: int, step: int) -> None:
        if not self._count:
            return
        if not any(self._choosable(n) for n in range(min(self._count, 5000))):
            self.scroll_relative(y=row - self.cursor, animate=False)
            return
        found = self._nearest(row, step)
        if found == self.cursor:
            self.scroll_relative(y=step, animate=False)
            return
        self.cursor = found
        self.post_message(self.Moved(self, found))

    def action_move(self, step: int) -> None:
        self._go(self.cursor + step, step)

    def action_page(self, step: int) -> None:
        self._go(self.cursor + step * max(1, self.size.height - 1), step)

    def action_edge(self, last: int) -> None:
        self._go(self._count - 1 if last else 0, -1 if last else 1)
        if not last:
            self.scroll_to(y=0, animate=False)

    def action_choose(self) -> None:
        if self._count:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        row = event.y + self.scroll_offset.y
        if row < self._count and self._choosable(row):
            again = row == self.cursor and event.chain > 1
            self.cursor = row
            self.post_message((self.Chosen if again else self.Moved)(self, row))
