"""The lookup screen: a search box, results while one types, and the page of the result under the cursor.

The search box keeps the focus; the arrow keys move through the results below it. The search runs in a thread: a key never
waits for the bank, and only the last query typed is answered. On a wide terminal results and page are side by side; on a
narrow one the page is below the results and takes their place when it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from termbank.model.errors import TermbankError
from termbank.model.message import _, message, ngettext
from termbank.tui.formatting import clean
from termbank.tui.keys import Key, bindings
from termbank.tui.notifications import notify, notify_error
from termbank.tui.widgets.concept_page import ConceptPage
from termbank.tui.widgets.key_line import KeyLine
from termbank.tui.widgets.search_results import HITS, ResultFinder, ResultRow, format_result
from termbank.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank

WIDE = 110
SHORT = 16
LONGEST_PASTE = 200
LONG_QUERY = 30


class QueryBox(Input):
    """The search box; pasted lines are joined, since copied text is often broken into lines."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key(
            "",
            "",
            message("search by Chinese characters in either script, pinyin, initials, English or an id"),
            message("search"),
            message("type"),
        ),
        Key("up", "screen.move(-1)", message("previous result"), "", "↑"),
        Key("down", "screen.move(1)", message("next result"), message("results"), "↓"),
        Key("pageup", "screen.page(-1)", message("one screen of results up"), "", "PgUp"),
        Key("pagedown", "screen.page(1)", message("one screen of results down"), "", "PgDn"),
        Key("", "", message("read the page of the concept"), message("read"), "Enter"),
        Key("escape", "screen.back", message("clear the search box"), message("clear"), "Esc"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Leave the question mark to the help; no term is searched by one."""
        return not key.endswith("question_mark") and super().check_consume_key(key, character)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = join_lines(event.text)[:LONGEST_PASTE]
        if text:
            self.replace(text, *self.selection)


def join_lines(text: str) -> str:
    """Join lines into one, without a space between two Chinese characters.

    >>> join_lines("新质\\n生产力 new\\n quality")
    '新质生产力 new quality'
    """
    joined = ""
    for line in filter(None, (clean(line).strip() for line in text.splitlines())):
        chinese = joined and ord(joined[-1]) > 0x2E7F and ord(line[0]) > 0x2E7F
        joined += line if not joined or chinese else f" {line}"
    return joined


class LookupScreen(Screen[None]):
    """Look a concept up and read its page."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("tab,shift+tab", "other", message("to the page, or back to the search box"), "", "Tab"),
        Key("slash", "box", message("back to the search box"), "", "/"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    class Answered(Message):
        """The results of a search, or the error that stopped it."""

        def __init__(self, query: str, rows: Sequence[ResultRow], fault: TermbankError | None) -> None:
            super().__init__()
            self.query = query
            self.rows = rows
            self.fault = fault

    class Indexing(Message):
        """The progress of building the search index."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

    def __init__(self, bank: Bank) -> None:
        super().__init__()
        self._bank = bank
        self._finder = ResultFinder(bank)
        self._query = ""
        self._rows: Sequence[ResultRow] = ()
        self._shown: str | None = None
        self._searching = False
        self._search_pending = False
        self._read_when_found = False

    def compose(self) -> ComposeResult:
        yield QueryBox(
            placeholder="新质生产力 · xinzhi · xzscl · new quality",
            id="query",
            select_on_focus=False,
        )
        yield Static("", id="state", markup=False)
        with Container(id="body"):
            yield VirtualList(id="hits")
            yield ConceptPage(self._bank, id="page")
        yield KeyLine()

    def on_mount(self) -> None:
        self.hits.can_focus = False
        self.hits.add_class("-led")
        self.box.focus()
        # The first paint comes before the first reading of the bank.
        self.call_after_refresh(self.search_again)

    @property
    def box(self) -> QueryBox:
        return self.query_one(QueryBox)

    @property
    def hits(self) -> VirtualList:
        return self.query_one("#hits", VirtualList)

    @property
    def page(self) -> ConceptPage:
        return self.query_one(ConceptPage)

    # -- searching -------------------------------------------------------------------------

    @on(Input.Changed, "#query")
    def search(self, event: Input.Changed) -> None:
        if event.value.strip() != self._query:
            self._query = event.value.strip()
            self.search_again()

    def search_again(self) -> None:
        """Search for the current query in the bank as it is now."""
        if self._searching:
            self._search_pending = True
        else:
            self._searching = True
            self._search(self._query)

    @work(thread=True, group="search", exit_on_error=False)
    def _search(self, query: str) -> None:
        worker = get_current_worker()

        def report_progress(done: int, total: int) -> None:
            if worker.is_cancelled:  # The person has quit; the unfinished index is discarded.
                raise TermbankError(message("interrupted."))
            self.post_message(self.Indexing(done, total))

        try:
            self.post_message(self.Answered(query, self._finder.find(query, report_progress), None))
        except TermbankError as error:
            self.post_message(self.Answered(query, (), error))
        except Exception as error:  # An internal error must not leave the search box without an answer.
            failure = TermbankError(message("the search failed: {error}.", error=error))
            self.post_message(self.Answered(query, (), failure))

    def on_lookup_screen_indexing(self, event: Indexing) -> None:
        part = 100 * event.done // max(1, event.total)
        self._show_state(_("building the search index: {percent} %", percent=part))

    def on_lookup_screen_answered(self, event: Answered) -> None:
        self._searching = False
        if self._search_pending or event.query != self._query:
            self._search_pending = False
            self.search_again()
            return
        if event.fault is not None:
            notify_error(self, event.fault)
        self._show(event.query, event.rows)

    def _show(self, query: str, rows: Sequence[ResultRow]) -> None:
        cursor = self.hits.cursor if query == self._shown else 0
        self._rows, self._shown = rows, query
        self._show_count()
        self._arrange()
        self.hits.show(len(rows), lambda row, width: format_result(rows[row], width), cursor=cursor)
        self._show_concept()
        if self._read_when_found:
            self._read_when_found = False
            self.action_read()

    def _show_count(self) -> None:
        count = len(self._rows)
        if not self._query:
            text = (
                ngettext("{count:,} concept", "{count:,} concepts", count)
                if count
                else _("The bank is empty. Fill it with `termbank init`.")
            )
        elif count and not any(row.exact for row in self._rows):
            text = ngettext("No exact match; {count} near", "No exact match; {count} near", count)
        elif count >= HITS:
            text = _("the first {count} results", count=HITS)
        elif count:
            text = ngettext("{count} result", "{count} results", count)
        elif len(self._query) > LONG_QUERY:
            text = _("Nothing found. To find the terms of a whole document: termbank scan FILE")
        else:
            text = _("Nothing found. Try fewer letters, pinyin, or the initials of the syllables.")
        self._show_state(text)

    def _show_state(self, text: str) -> None:
        """Show a text in the line below the search box."""
        if self._bank.read_only:
            text = _("{text}  (read-only)", text=text)
        self.query_one("#state", Static).update(text)

    # -- the page --------------------------------------------------------------------------

    @on(VirtualList.Moved, "#hits")
    def _show_concept(self) -> None:
        try:
            self.page.read(self._rows[self.hits.cursor].id if self._rows else None)
        except TermbankError as error:
            notify_error(self, error)

    @on(ConceptPage.Changed)
    def _refresh_after_change(self) -> None:
        self._show_concept()
        self.search_again()

    def on_resize(self, _event: events.Resize) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Put results and page side by side or one above the other, by the width of the terminal."""
        width, height = self.app.size
        wide = width >= WIDE
        self.set_class(not wide, "narrow")
        self.set_class(not wide and height < SHORT, "short")
        most = max(3, (height - 3) * 2 // 5)
        few = not wide and height >= SHORT
        self.hits.styles.height = min(max(1, len(self._rows)), most) if few else "1fr"

    # -- keys ------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        self.hits.action_move(step)

    def action_page(self, step: int) -> None:
        self.hits.action_page(step)

    @on(Input.Submitted, "#query")
    def _submit(self) -> None:
        if self._searching:
            self._read_when_found = True
        else:
            self.action_read()

    @on(VirtualList.Chosen, "#hits")
    def action_read(self) -> None:
        """Go to the page of the result under the cursor."""
        if self._rows:
            self.add_class("reading")
            self.page.focus()

    def action_other(self) -> None:
        if self.page.has_focus:
            self.action_box()
        else:
            self.action_read()

    @on(ConceptPage.Left)
    def action_box(self) -> None:
        self.remove_class("reading")
        self.box.focus()

    def action_back(self) -> None:
        if self.box.value:
            self.box.value = ""
        else:
            notify(self, _("Press Ctrl+Q to quit."), seconds=2)
