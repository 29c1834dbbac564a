"""The lookup screen: one box, the hits as one types, and the page of the hit under the cursor.

The box keeps the focus; the arrows move through the hits beneath it. On a narrow terminal the
page takes the hits' place when Enter is pressed, and Escape gives them back.
"""

from __future__ import annotations

import webbrowser
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Footer, Input, Static

from termbank.core.concept import Concept, Status, Term
from termbank.core.errors import TermbankError
from termbank.lang.width import cells, fit
from termbank.tui.lines import Lines
from termbank.tui.marks import STATUS_STYLES, clean
from termbank.tui.page import PageLine, concept_lines

if TYPE_CHECKING:
    from termbank.services.bank import Bank
    from termbank.tui.app import TermbankApp

WIDE = 100
HITS = 200


@dataclass(frozen=True)
class Row:
    """One line of the hits."""

    id: str
    chinese: str
    english: str
    status: Status | None
    how: str = ""


class LookupScreen(Screen[None]):
    """Look a concept up and read its page."""

    HELP = (
        ("type", "hanzi in either script, pinyin, initials, English, an abbreviation or a concept id"),
        ("↑ ↓ PgUp PgDn", "move through the hits"),
        ("Enter, Tab", "go to the concept's page; again on an attestation: open its passage"),
        ("Esc", "back to the box; then: clear it"),
        ("s", "on a page: set the status of the term under the cursor"),
        ("y", "on a page: copy the term under the cursor"),
        ("o", "on a page: open the address of the attestation in the browser"),
        ("h", "on a page: show the decisions taken on the concept"),
        ("u", "on a page: undo the last decision"),
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False, priority=True),
        Binding("tab", "other", "Page", key_display="⇥", priority=True),
        Binding("s", "status", "Status", show=False),
        Binding("y", "copy", "Copy", show=False),
        Binding("o", "open_address", "Address", show=False),
        Binding("h", "history", "History", show=False),
        Binding("u", "undo", "Undo", show=False),
        Binding("slash", "box", "Search", show=False),
    ]

    app: TermbankApp

    def __init__(self, bank: Bank, query: str = "") -> None:
        super().__init__()
        self._bank = bank
        self._query = query
        self._rows: list[Row] = []
        self._concept: Concept | None = None
        self._page: list[PageLine] = []
        self._with_history = False

    def compose(self) -> ComposeResult:
        yield Input(self._query, placeholder="新质生产力 · xinzhi · xzscl · new quality", id="query")
        yield Static("", id="state", markup=False)
        with Horizontal(id="body"):
            yield Lines(id="hits")
            yield Lines(id="page")
        yield Footer()

    def on_mount(self) -> None:
        self.hits.can_focus = False
        self.hits.add_class("-led")
        self.query_one(Input).focus()
        self._fit(self.app.size.width)
        # The first paint comes before the first reading of the bank.
        self.call_after_refresh(self.search_again)

    @property
    def hits(self) -> Lines:
        return self.query_one("#hits", Lines)

    @property
    def page(self) -> Lines:
        return self.query_one("#page", Lines)

    # -- searching -------------------------------------------------------------------------

    @on(Input.Changed, "#query")
    def search(self, event: Input.Changed) -> None:
        if event.value != self._query:
            self._query = event.value
            self.search_again()

    def search_again(self) -> None:
        """Look the query up once more and show the hits."""
        try:
            self._rows = self._found(self._query.strip())
        except TermbankError as error:
            self.app.say(error)
            self._rows = []
        self._say_state()
        self.hits.show(len(self._rows), self._hit_text)
        self._show_concept()

    def _found(self, query: str) -> list[Row]:
        if not query:
            from termbank.services.lookup import browse

            return [
                Row(line.id, line.chinese, line.english, Status(line.status) if line.status else None)
                for line in browse(self._bank)
            ]
        from termbank.services.lookup import look_up

        rows = []
        for hit in look_up(self._bank, query, HITS):
            rendering = hit.concept.rendering
            rows.append(
                Row(
                    hit.concept.id,
                    hit.concept.headword,
                    rendering.text if rendering else "",
                    rendering.status if rendering else None,
                    hit.text,
                )
            )
        return rows

    def _say_state(self) -> None:
        count = len(self._rows)
        if self._query.strip():
            said = "no concept found; try fewer letters, or pinyin" if not count else f"{count} found"
            if count >= HITS:
                said = f"the first {HITS}"
        else:
            said = f"{count:,} concepts" if count else "the bank is empty; `termbank init` fills it"
        self.query_one("#state", Static).update(said)

    def _hit_text(self, row: int, width: int) -> Text:
        hit = self._rows[row]
        chinese = clean(hit.chinese)
        room = min(max(16, width // 3), 34)
        rest = max(0, width - room - 2)
        text = Text.assemble((fit(chinese, room), "bold"), " ")
        style = STATUS_STYLES[hit.status] if hit.status else "dim"
        english = clean(hit.english) or "no rendering yet"
        seen = clean(hit.how)
        if seen not in ("", chinese, english) and rest - cells(english) > 8:
            text.append(english, style)
            text.append(f"  ← {seen}", "dim")
        else:
            text.append(english, style)
        return text

    # -- the page --------------------------------------------------------------------------

    @on(Lines.Moved, "#hits")
    def _moved(self) -> None:
        self._show_concept()

    def _show_concept(self) -> None:
        if self._rows:
            id = self._rows[self.hits.cursor].id
            if self._concept is None or self._concept.id != id:
                self._with_history = False
            self._concept = self._bank.concepts([id]).get(id)
        else:
            self._concept = None
        self._draw_page()

    def _draw_page(self, cursor: int = 0) -> None:
        if self._concept is None:
            self._page = []
        else:
            decisions = self._bank.history(self._concept.id) if self._with_history else ()
            self._page = concept_lines(self._concept, self._page_width(), decisions)
        self.page.show(
            len(self._page),
            lambda row, _width: self._page[row].text.copy(),
            lambda row: self._page[row].can_be_chosen,
            cursor,
        )

    def _page_width(self) -> int:
        width = self.page.scrollable_content_region.width
        return width or (self.app.size.width if self.has_class("narrow") else self.app.size.width // 2)

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.width)
        self.call_after_refresh(self._draw_page, self.page.cursor)

    def _fit(self, width: int) -> None:
        self.set_class(width < WIDE, "narrow")

    def _line(self) -> PageLine | None:
        return self._page[self.page.cursor] if self._page else None

    def _term(self) -> Term | None:
        line = self._line()
        return line.term if line else None

    # -- keys ------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """The arrows in the box move through the hits; letters on the hits go to the box."""
        if not isinstance(self.focused, Input):
            return
        moves = {"up": (-1, 0), "down": (1, 0), "pageup": (0, -1), "pagedown": (0, 1)}
        if event.key in moves:
            step, page = moves[event.key]
            self.hits.action_page(page) if page else self.hits.action_move(step)
            event.stop()
            event.prevent_default()

    @on(Input.Submitted, "#query")
    @on(Lines.Chosen, "#hits")
    def action_read(self) -> None:
        """Go to the page of the hit under the cursor."""
        if self._concept is not None:
            self.add_class("reading")
            self.call_after_refresh(self._enter_page)

    def _enter_page(self) -> None:
        self._draw_page(self.page.cursor)
        self.page.focus()

    def action_other(self) -> None:
        if self.page.has_focus:
            self.action_box()
        else:
            self.action_read()

    def action_box(self) -> None:
        self.remove_class("reading")
        self.query_one(Input).focus()

    def action_back(self) -> None:
        box = self.query_one(Input)
        if self.has_class("reading") or not box.has_focus:
            self.action_box()
        elif box.value:
            box.value = ""

    @on(Lines.Chosen, "#page")
    def open_passage(self) -> None:
        line = self._line()
        if line is None or self._concept is None:
            return
        from termbank.tui.passage import PassageScreen

        if line.attestation is not None and line.term is not None:
            self.app.push_screen(PassageScreen(self._bank, self._concept, line.term, line.attestation))

    def action_copy(self) -> None:
        term = self._term()
        if term is not None and self.page.has_focus:
            self.app.copy_to_clipboard(term.text)
            self.notify(f"copied: {clean(term.text)}", markup=False)

    def action_open_address(self) -> None:
        line = self._line()
        attestation = line.attestation if line else None
        url = attestation.source.url if attestation else None
        if url and url.startswith(("http://", "https://")):
            webbrowser.open(url)
        elif self.page.has_focus:
            self.notify("no address is known for this line", markup=False)

    def action_history(self) -> None:
        if self.page.has_focus:
            self._with_history = not self._with_history
            self._draw_page(self.page.cursor)
            if self._with_history:
                self.page.scroll_end(animate=False)

    def action_status(self) -> None:
        term, concept = self._term(), self._concept
        if term is None or concept is None or not self.page.has_focus:
            return
        from termbank.tui.ask import AskScreen

        choices = [status.value for status in Status]
        question = f"Status of “{clean(term.text)}” (now {term.status.value})"
        self.app.push_screen(
            AskScreen(question, choices), lambda answer: self._set_status(concept, term, answer)
        )

    def _set_status(self, concept: Concept, term: Term, answer: str | None) -> None:
        if answer is None or answer == term.status.value:
            return
        from termbank.services.review import set_status

        cursor = self.page.cursor
        try:
            set_status(self._bank, concept.id, term.text, Status(answer))
        except TermbankError as error:
            self.app.say(error)
            return
        self._show_concept()
        self._draw_page(cursor)
        self.notify(f"{clean(term.text)}: {answer}. u takes it back.", markup=False)

    def action_undo(self) -> None:
        if not self.page.has_focus:
            return
        from termbank.services.history import undo

        try:
            taken = undo(self._bank)
        except TermbankError as error:
            self.app.say(error)
            return
        self.search_again()
        self.notify(f"decision {taken.undoes} taken back", markup=False)
