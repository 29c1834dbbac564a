"""The review screen: one candidate after another, with its sentences; a decision takes one key or two.

The cursor is in the list of renderings; the sentences of the one under it are below. A service carries out every decision
at once, and the next candidate is shown; `u` undoes the last one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static

from termbank.model.concept import Concept, Status
from termbank.model.document import Source
from termbank.model.errors import ConflictError, NotFoundError, TermbankError
from termbank.model.labels import label
from termbank.model.message import _, message, translate
from termbank.text.display_width import fit
from termbank.tui.formatting import clean
from termbank.tui.keys import Key, bindings
from termbank.tui.layout.candidate_lines import evidence_lines, head_lines, rendering_text
from termbank.tui.notifications import notify, notify_error
from termbank.tui.review_session import ReviewSession
from termbank.tui.screens.dialogs import Choice, ChoiceScreen, InputScreen, SearchScreen
from termbank.tui.undoing import ask_or_do, plan_redo, plan_undo
from termbank.tui.widgets.key_line import KeyLine
from termbank.tui.widgets.renderings_list import RenderingsList
from termbank.tui.widgets.search_results import concept_choices
from termbank.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank
    from termbank.services.queue import QueuedRendering
    from termbank.services.undo import UndoPlan

WIDE = 110
MOST_RENDERINGS = 9
REASONS = (
    message("not a translation of it"),
    message("not a term"),
    message("words missing or too many"),
    message("right only in this text"),
    message("an error in the source"),
)
"""Reasons to reject, in English in the history and translated on the screen."""
OTHER = message("another reason …")
NEW_CONCEPT = "new"


class ReviewScreen(Screen[None]):
    """Decide on the candidates in the queue."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("escape,q", "leave", message("back to the lookup screen"), message("back"), "Esc, q"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, bank: Bank, clock: Callable[[], float]) -> None:
        super().__init__()
        self._bank = bank
        self._session = ReviewSession(bank, clock)
        self._sources: dict[str, Source | None] = {}
        self._concept: Concept | None = None
        self._zh = ""
        self._marked: set[str] = set()

    def compose(self) -> ComposeResult:
        yield Static("", id="progress", markup=False)
        with Horizontal():
            yield VirtualList(id="queue")
            with Vertical(id="candidate"):
                yield Static("", id="head", markup=False)
                yield RenderingsList(id="renderings")
                yield VirtualList(id="evidence", shows_cursor=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#queue", VirtualList).can_focus = False
        self.query_one("#evidence", VirtualList).can_focus = False
        self._list.focus()
        self._attempt(self._session.read)
        self._get_ready()

    @work(thread=True)
    def _get_ready(self) -> None:
        from termbank.services.review import get_ready

        get_ready()

    @property
    def _list(self) -> RenderingsList:
        return self.query_one(RenderingsList)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < WIDE, "narrow")
        self.call_after_refresh(self._draw)

    # -- showing ---------------------------------------------------------------------------

    def _source(self, id: str) -> Source | None:
        """A source, read once; None where it is not known or the bank cannot be read."""
        if id not in self._sources:
            with suppress(TermbankError):
                self._sources[id] = self._bank.source(id)
        return self._sources.get(id)

    def _next(self) -> None:
        """Show the candidate that is now the current one, as it was found."""
        candidate = self._session.current
        self._marked = set()
        self._zh = candidate.zh if candidate else ""
        known = candidate.known if candidate else None
        self._concept = self._bank.concepts([known]).get(known) if known else None
        self._draw(cursor=0)

    def _draw(self, cursor: int | None = None) -> None:
        cursor = self._list.cursor if cursor is None else cursor
        self.query_one("#progress", Static).update(self._session.progress())
        self._draw_queue()
        candidate, width = self._session.current, max(24, self._list.scrollable_content_region.width)
        head = self.query_one("#head", Static)
        renderings = self._session.renderings()
        self._list.styles.height = min(
            max(len(renderings), 1), MOST_RENDERINGS, max(2, self.app.size.height // 3)
        )
        if candidate is None:
            head.update(Text(_("The queue is empty. Fill it with `termbank extract ZH EN --queue`.")))
            self._list.show(0, lambda _row, _width: Text())
        else:
            head.update(Text("\n").join(head_lines(candidate, self._zh, self._concept, width)))
            self._list.show(len(renderings), self._rendering_line, cursor=cursor)
        self._draw_evidence()

    def _draw_queue(self) -> None:
        if self.has_class("narrow"):
            return
        waiting = self._session.queue

        def line(row: int, width: int) -> Text:
            one = waiting[row]
            best = one.open_renderings[0].text if one.open_renderings else ""
            return Text.assemble((fit(clean(one.zh), width // 2), "bold"), " ", clean(best))

        self.query_one("#queue", VirtualList).show(len(waiting), line, cursor=self._session.at)

    def _rendering_line(self, row: int, width: int) -> Text:
        rendering = self._session.renderings()[row]
        chosen = rendering.text in self._marked
        return rendering_text(rendering, row + 1, chosen, self._concept, self._source, width)

    @on(VirtualList.Moved, "#renderings")
    def _draw_evidence(self) -> None:
        lines = self.query_one("#evidence", VirtualList)
        candidate = self._session.current
        if candidate is None:
            lines.show(0, lambda _row, _width: Text())
            return
        width = max(24, lines.scrollable_content_region.width)
        rows = evidence_lines(candidate, self._rendering, self._source, width)
        lines.show(len(rows), lambda row, _width: rows[row].copy(), lambda _row: False)

    @property
    def _rendering(self) -> QueuedRendering | None:
        renderings = self._session.renderings()
        return renderings[self._list.cursor] if self._list.cursor < len(renderings) else None

    # -- moving ----------------------------------------------------------------------------

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_choose(self, number: int) -> None:
        if number <= self._list.count:
            self._list.cursor = number - 1
            self._draw_evidence()

    def action_mark(self) -> None:
        if self._rendering is not None:
            self._marked ^= {self._rendering.text}
            self._list.refresh()

    def action_go(self, step: int) -> None:
        self._session.go(step)
        self._attempt(lambda: None)

    def action_turn(self, step: int) -> None:
        self.query_one("#evidence", VirtualList).action_page(step)

    # -- deciding --------------------------------------------------------------------------

    def _attempt(self, act: Callable[[], None], *, shows: bool = True) -> None:
        """Do it and show the current candidate (unless `act` does); show an error as a sentence."""
        try:
            act()
        except TermbankError as error:
            notify_error(self, error)
            if not isinstance(error, ConflictError | NotFoundError):
                return
            # Another process has decided meanwhile: read the queue again.
            self._attempt(self._session.read)
            return
        if shows:
            self._next()

    def _accept(
        self, texts: list[str] | None = None, *, concept: str | None = None, status: Status | None = None
    ) -> None:
        from termbank.services.review import accept

        candidate, under = self._session.current, self._rendering
        if candidate is None:
            return
        wanted = texts or [r.text for r in self._session.renderings() if r.text in self._marked]
        wanted = wanted or ([under.text] if under is not None else [])
        zh = self._zh if self._zh != candidate.zh else None

        def do() -> None:
            accept(self._bank, candidate.id, renderings=wanted, zh=zh, concept=concept, status=status)
            self._session.finish()

        self._attempt(do)

    @on(VirtualList.Chosen, "#renderings")
    def action_accept(self) -> None:
        self._accept()

    def action_edit(self) -> None:
        if self._session.current is not None:
            under = self._rendering
            ask = InputScreen(
                _("{term}: the rendering to accept", term=self._zh), under.text if under else ""
            )
            self.app.push_screen(ask, lambda text: self._accept([text]) if text else None)

    def action_correct(self) -> None:
        if self._session.current is not None:
            ask = InputScreen(_("The Chinese term"), self._zh)
            self.app.push_screen(ask, self._correct)

    def _correct(self, text: str | None) -> None:
        if text:
            self._zh = text
            self._draw()

    def action_variant(self) -> None:
        if self._session.current is not None:
            start = self._concept.headword if self._concept else self._zh
            ask = SearchScreen(
                _("{term} is a variant of which concept?", term=self._zh), start, self._concepts
            )
            self.app.push_screen(ask, lambda id: self._accept(concept=id) if id else None)

    def _concepts(self, text: str) -> list[Choice]:
        try:
            return [*concept_choices(self._bank, text), (NEW_CONCEPT, _("a new concept"))]
        except TermbankError as error:
            notify_error(self, error)
            return []

    def action_status(self) -> None:
        if self._session.current is not None:
            choices = [(status.value, label(status)) for status in Status]
            self.app.push_screen(
                ChoiceScreen(_("Accept it as"), choices),
                lambda answer: self._accept(status=Status(answer)) if answer else None,
            )

    def action_defer(self) -> None:
        from termbank.services.review import defer

        candidate = self._session.current

        def do() -> None:
            if candidate is not None:
                defer(self._bank, candidate.id)
                self._session.defer()

        self._attempt(do)

    def action_reject(self) -> None:
        candidate = self._session.current
        if candidate is not None:
            self._ask_reason(
                _("Why is {term} rejected?", term=self._zh), lambda why: self._reject(candidate.id, why)
            )

    def action_strike(self) -> None:
        candidate, under = self._session.current, self._rendering
        if candidate is not None and under is not None:
            question = _("Why is “{term}” rejected?", term=under.text)
            self._ask_reason(question, lambda why: self._strike(candidate.id, under.text, why))

    def _ask_reason(self, question: str, then: Callable[[str], None]) -> None:
        def use_answer(answer: str | None) -> None:
            if answer == OTHER:
                self.app.push_screen(InputScreen(question), lambda why: then(why) if why else None)
            elif answer:
                then(answer)

        self.app.push_screen(
            ChoiceScreen(question, [(why, translate(why)) for why in (*REASONS, OTHER)]), use_answer
        )

    def _reject(self, id: str, why: str) -> None:
        from termbank.services.review import reject

        def do() -> None:
            reject(self._bank, id, why)
            self._session.finish()

        self._attempt(do)

    def _strike(self, id: str, text: str, why: str) -> None:
        from termbank.services.review import reject

        def strike() -> None:
            reject(self._bank, id, why, renderings=[text])
            if len(self._session.renderings()) == 1:
                self._session.finish()
            else:
                self._session.update()

        self._attempt(strike)

    def action_undo(self) -> None:
        self._attempt(lambda: self._reverse(plan_undo(self._bank)), shows=False)

    def action_redo(self) -> None:
        self._attempt(lambda: self._reverse(plan_redo(self._bank)), shows=False)

    def _reverse(self, plan: UndoPlan) -> None:
        """Undo or redo, after a question where it is not about the queue."""

        def do() -> None:
            self._session.reverse(plan)
            notify(self, translate(plan.after))

        ask_or_do(self, plan, lambda: self._attempt(do), ask="candidate" not in plan.kinds)
