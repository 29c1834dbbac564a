"""The lookup screen: one box, the hits as one types, and the page of the hit under the cursor.

The box keeps the focus; the arrows move through the hits beneath it. The search runs beside the
keyboard: a key never waits for the bank, and only the last query typed is answered. On a wide
terminal hits and page stand side by side, on a narrow one the page lies under the hits and takes
their place when it is read.
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
from termbank.tui.keys import Key, KeyLine, bindings
from termbank.tui.styles import clean
from termbank.tui.widgets.concept_page import ConceptPage
from termbank.tui.widgets.result_list import HITS, Finder, Row, hit_text
from termbank.tui.widgets.virtual_list import Lines

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank
    from termbank.tui.app import TermbankApp

WIDE = 110
SHORT = 16
LONGEST_PASTE = 200
LONG_QUERY = 30


class QueryBox(Input):
    """The box; what is pasted over several lines is taken as one, as copied text often is broken."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("", "", "find by hanzi of either script, pinyin, initials, English or an id", "find", "type"),
        Key("up", "screen.move(-1)", "one hit up", "", "↑"),
        Key("down", "screen.move(1)", "one hit down", "hits", "↓"),
        Key("pageup", "screen.page(-1)", "one screen of hits up", "", "PgUp"),
        Key("pagedown", "screen.page(1)", "one screen of hits down", "", "PgDn"),
        Key("", "", "read the concept's page", "read", "Enter"),
        Key("escape", "screen.back", "clear the box", "clear", "Esc"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """A question mark asks for help even here; no term is looked for by one."""
        return not key.endswith("question_mark") and super().check_consume_key(key, character)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = joined(event.text)[:LONGEST_PASTE]
        if text:
            self.replace(text, *self.selection)


def joined(text: str) -> str:
    """Lines made into one: without a space where Chinese meets Chinese.

    >>> joined("新质\\n生产力 new\\n quality")
    '新质生产力 new quality'
    """
    said = ""
    for line in filter(None, (clean(line).strip() for line in text.splitlines())):
        chinese = said and ord(said[-1]) > 0x2E7F and ord(line[0]) > 0x2E7F
        said += line if not said or chinese else f" {line}"
    return said


class LookupScreen(Screen[None]):
    """Look a concept up and read its page."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("tab,shift+tab", "other", "to the page, or back to the box", "", "Tab"),
        Key("slash", "box", "back to the box", "", "/"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    app: TermbankApp

    class Answered(Message):
        """What a search has found, or why it could not."""

        def __init__(self, query: str, rows: Sequence[Row], fault: TermbankError | None) -> None:
            super().__init__()
            self.query = query
            self.rows = rows
            self.fault = fault

    class Indexing(Message):
        """How far the index is made."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

    def __init__(self, bank: Bank) -> None:
        super().__init__()
        self._bank = bank
        self._finder = Finder(bank)
        self._query = ""
        self._rows: Sequence[Row] = ()
        self._shown: str | None = None
        self._searching = False
        self._again = False
        self._read_next = False

    def compose(self) -> ComposeResult:
        yield QueryBox(
            placeholder="新质生产力 · xinzhi · xzscl · new quality",
            id="query",
            select_on_focus=False,
        )
        yield Static("", id="state", markup=False)
        with Container(id="body"):
            yield Lines(id="hits")
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
    def hits(self) -> Lines:
        return self.query_one("#hits", Lines)

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
        """Have the query answered from what the bank holds now."""
        if self._searching:
            self._again = True
        else:
            self._searching = True
            self._search(self._query)

    @work(thread=True, group="search", exit_on_error=False)
    def _search(self, query: str) -> None:
        worker = get_current_worker()

        def told(done: int, total: int) -> None:
            if worker.is_cancelled:  # The person has left; an index half made is thrown away.
                raise TermbankError("stopped.")
            self.post_message(self.Indexing(done, total))

        try:
            self.post_message(self.Answered(query, self._finder.find(query, told), None))
        except TermbankError as error:
            self.post_message(self.Answered(query, (), error))
        except Exception as error:  # A fault of ours must not leave the box dead.
            self.post_message(self.Answered(query, (), TermbankError(f"the search failed: {error}.")))

    def on_lookup_screen_indexing(self, message: Indexing) -> None:
        part = 100 * message.done // max(1, message.total)
        self._say(f"making the search index: {part} %")

    def on_lookup_screen_answered(self, message: Answered) -> None:
        self._searching = False
        if self._again or message.query != self._query:
            self._again = False
            self.search_again()
            return
        if message.fault is not None:
            self.app.say(message.fault)
        self._show(message.query, message.rows)

    def _show(self, query: str, rows: Sequence[Row]) -> None:
        cursor = self.hits.cursor if query == self._shown else 0
        self._rows, self._shown = rows, query
        self._say_state()
        self._arrange()
        self.hits.show(len(rows), lambda row, width: hit_text(rows[row], width), cursor=cursor)
        self._show_concept()
        if self._read_next:
            self._read_next = False
            self.action_read()

    def _say_state(self) -> None:
        count = len(self._rows)
        if not self._query:
            said = f"{count:,} concepts" if count else "The bank is empty: `termbank init` fills it."
        elif count >= HITS:
            said = f"the first {HITS}"
        elif count:
            said = f"{count} found"
        elif len(self._query) > LONG_QUERY:
            said = "Nothing found. To find the terms of a whole text: termbank scan FILE."
        else:
            said = "Nothing found. Try fewer letters, pinyin, or the initials of the syllables."
        self._say(said)

    def _say(self, said: str) -> None:
        self.query_one("#state", Static).update(said + ("  (read-only)" if self._bank.read_only else ""))

    # -- the page --------------------------------------------------------------------------

    @on(Lines.Moved, "#hits")
    def _show_concept(self) -> None:
        try:
            self.page.read(self._rows[self.hits.cursor].id if self._rows else None)
        except TermbankError as error:
            self.app.say(error)

    @on(ConceptPage.Changed)
    def _changed(self) -> None:
        self._show_concept()
        self.search_again()

    def on_resize(self, _event: events.Resize) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Side by side or one above the other, as the terminal allows."""
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
    def _entered(self) -> None:
        if self._searching:
            self._read_next = True
        else:
            self.action_read()

    @on(Lines.Chosen, "#hits")
    def action_read(self) -> None:
        """Go to the page of the hit under the cursor."""
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
            self.notify("Ctrl+Q leaves termbank.", markup=False, timeout=2)
