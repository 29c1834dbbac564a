"""The review screen: one candidate after another, with its evidence; a decision is one key or two.

The renderings hold the cursor; the sentences of the one under it stand beneath. Every decision is
carried out by a service at once and the next candidate comes up; `u` takes the last one back.
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
from termbank.model.decision import Decision
from termbank.model.document import Source
from termbank.model.errors import ConflictError, NotFoundError, TermbankError
from termbank.text.display_width import fit
from termbank.tui.keys import Key, KeyLine, bindings
from termbank.tui.review_session import Sitting
from termbank.tui.screens.dialogs import Choice, ChoiceScreen, FindScreen, WriteScreen
from termbank.tui.styles import clean
from termbank.tui.widgets.candidate_lines import evidence_lines, head_lines, rendering_text
from termbank.tui.widgets.renderings_list import Renderings
from termbank.tui.widgets.result_list import concept_choices
from termbank.tui.widgets.virtual_list import Lines

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank
    from termbank.services.queue import QueuedRendering
    from termbank.tui.app import TermbankApp

WIDE = 110
MOST_RENDERINGS = 9
REASONS = (
    "not a translation of it",
    "not a term",
    "words missing or too many",
    "right only in this text",
    "a slip of the source",
)
OTHER = "another reason …"
NEW_CONCEPT: Choice = ("new", "a new concept of its own")


class ReviewScreen(Screen[None]):
    """Decide on the candidates that wait."""

    KEYS: ClassVar[tuple[Key, ...]] = (Key("escape,q", "leave", "back to looking up", "back", "Esc, q"),)
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    app: TermbankApp

    def __init__(self, bank: Bank, clock: Callable[[], float]) -> None:
        super().__init__()
        self._bank = bank
        self._sitting = Sitting(bank, clock)
        self._sources: dict[str, Source | None] = {}
        self._concept: Concept | None = None
        self._zh = ""
        self._marked: set[str] = set()

    def compose(self) -> ComposeResult:
        yield Static("", id="progress", markup=False)
        with Horizontal():
            yield Lines(id="queue")
            with Vertical(id="candidate"):
                yield Static("", id="head", markup=False)
                yield Renderings(id="renderings")
                yield Lines(id="evidence", shows_cursor=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#queue", Lines).can_focus = False
        self.query_one("#evidence", Lines).can_focus = False
        self._list.focus()
        self._attempt(self._sitting.read)
        self._get_ready()

    @work(thread=True)
    def _get_ready(self) -> None:
        from termbank.services.review import get_ready

        get_ready()

    @property
    def _list(self) -> Renderings:
        return self.query_one(Renderings)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < WIDE, "narrow")
        self.call_after_refresh(self._draw)

    # -- showing ---------------------------------------------------------------------------

    def _source(self, id: str) -> Source | None:
        """A source, asked for once; None where it is not known or the bank does not answer."""
        if id not in self._sources:
            with suppress(TermbankError):
                self._sources[id] = self._bank.source(id)
        return self._sources.get(id)

    def _next(self) -> None:
        """Show the candidate that is now before the person, as it was found."""
        candidate = self._sitting.current
        self._marked = set()
        self._zh = candidate.zh if candidate else ""
        known = candidate.known if candidate else None
        self._concept = self._bank.concepts([known]).get(known) if known else None
        self._draw(cursor=0)

    def _draw(self, cursor: int | None = None) -> None:
        cursor = self._list.cursor if cursor is None else cursor
        self.query_one("#progress", Static).update(self._sitting.progress())
        self._draw_queue()
        candidate, width = self._sitting.current, max(24, self._list.scrollable_content_region.width)
        head = self.query_one("#head", Static)
        renderings = self._sitting.renderings()
        self._list.styles.height = min(
            max(len(renderings), 1), MOST_RENDERINGS, max(2, self.app.size.height // 3)
        )
        if candidate is None:
            head.update(
                Text(
                    "Nothing waits here. `termbank extract ZH EN --queue` finds candidates and puts them here."
                )
            )
            self._list.show(0, lambda _row, _width: Text())
        else:
            head.update(Text("\n").join(head_lines(candidate, self._zh, self._concept, width)))
            self._list.show(len(renderings), self._rendering_line, cursor=cursor)
        self._draw_evidence()

    def _draw_queue(self) -> None:
        if self.has_class("narrow"):
            return
        waiting = self._sitting.queue

        def line(row: int, width: int) -> Text:
            one = waiting[row]
            best = one.open_renderings[0].text if one.open_renderings else ""
            return Text.assemble((fit(clean(one.zh), width // 2), "bold"), " ", clean(best))

        self.query_one("#queue", Lines).show(len(waiting), line, cursor=self._sitting.at)

    def _rendering_line(self, row: int, width: int) -> Text:
        rendering = self._sitting.renderings()[row]
        chosen = rendering.text in self._marked
        return rendering_text(rendering, row + 1, chosen, self._concept, self._source, width)

    @on(Lines.Moved, "#renderings")
    def _draw_evidence(self) -> None:
        lines = self.query_one("#evidence", Lines)
        candidate = self._sitting.current
        if candidate is None:
            lines.show(0, lambda _row, _width: Text())
            return
        width = max(24, lines.scrollable_content_region.width)
        rows = evidence_lines(candidate, self._rendering, self._source, width)
        lines.show(len(rows), lambda row, _width: rows[row].copy(), lambda _row: False)

    @property
    def _rendering(self) -> QueuedRendering | None:
        renderings = self._sitting.renderings()
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
        self._sitting.go(step)
        self._attempt(lambda: None)

    def action_turn(self, step: int) -> None:
        self.query_one("#evidence", Lines).action_page(step)

    # -- deciding --------------------------------------------------------------------------

    def _attempt(self, act: Callable[[], None]) -> None:
        """Do it and show what is now before the person; a fault becomes a sentence."""
        try:
            act()
        except TermbankError as error:
            self.app.say(error)
            if not isinstance(error, ConflictError | NotFoundError):
                return
            # Someone else has decided meanwhile: look again.
            self._attempt(self._sitting.read)
            return
        self._next()

    def _decide(self, taken: Decision) -> None:
        self._sitting.decided(taken)

    def _accept(
        self, texts: list[str] | None = None, *, concept: str | None = None, status: Status | None = None
    ) -> None:
        from termbank.services.review import accept

        candidate, under = self._sitting.current, self._rendering
        if candidate is None:
            return
        wanted = texts or [r.text for r in self._sitting.renderings() if r.text in self._marked]
        wanted = wanted or ([under.text] if under is not None else [])
        zh = self._zh if self._zh != candidate.zh else None
        self._attempt(
            lambda: self._decide(
                accept(self._bank, candidate.id, renderings=wanted, zh=zh, concept=concept, status=status)
            )
        )

    @on(Lines.Chosen, "#renderings")
    def action_accept(self) -> None:
        self._accept()

    def action_edit(self) -> None:
        if self._sitting.current is not None:
            under = self._rendering
            ask = WriteScreen(f"{self._zh}: the rendering to accept", under.text if under else "")
            self.app.push_screen(ask, lambda text: self._accept([text]) if text else None)

    def action_correct(self) -> None:
        if self._sitting.current is not None:
            ask = WriteScreen("The Chinese term", self._zh)
            self.app.push_screen(ask, self._correct)

    def _correct(self, text: str | None) -> None:
        if text:
            self._zh = text
            self._draw()

    def action_variant(self) -> None:
        if self._sitting.current is not None:
            start = self._concept.headword if self._concept else self._zh
            ask = FindScreen(f"{self._zh} is a variant of which concept?", start, self._concepts)
            self.app.push_screen(ask, lambda id: self._accept(concept=id) if id else None)

    def _concepts(self, text: str) -> list[Choice]:
        try:
            return [*concept_choices(self._bank, text), NEW_CONCEPT]
        except TermbankError as error:
            self.app.say(error)
            return []

    def action_status(self) -> None:
        if self._sitting.current is not None:
            choices = [(status.value, status.value) for status in Status]
            self.app.push_screen(
                ChoiceScreen("Accept it as", choices),
                lambda answer: self._accept(status=Status(answer)) if answer else None,
            )

    def action_defer(self) -> None:
        from termbank.services.review import defer

        candidate = self._sitting.current
        if candidate is not None:
            self._attempt(lambda: self._sitting.deferred(defer(self._bank, candidate.id)))

    def action_reject(self) -> None:
        candidate = self._sitting.current
        if candidate is not None:
            self._ask_reason(f"Why is {self._zh} rejected?", lambda why: self._reject(candidate.id, why))

    def action_strike(self) -> None:
        candidate, under = self._sitting.current, self._rendering
        if candidate is not None and under is not None:
            question = f"Why is “{under.text}” rejected?"
            self._ask_reason(question, lambda why: self._strike(candidate.id, under.text, why))

    def _ask_reason(self, question: str, then: Callable[[str], None]) -> None:
        def answered(answer: str | None) -> None:
            if answer == OTHER:
                self.app.push_screen(WriteScreen(question), lambda why: then(why) if why else None)
            elif answer:
                then(answer)

        self.app.push_screen(ChoiceScreen(question, [(why, why) for why in (*REASONS, OTHER)]), answered)

    def _reject(self, id: str, why: str) -> None:
        from termbank.services.review import reject

        self._attempt(lambda: self._decide(reject(self._bank, id, why)))

    def _strike(self, id: str, text: str, why: str) -> None:
        from termbank.services.review import reject

        def strike() -> None:
            taken = reject(self._bank, id, why, renderings=[text])
            last = len(self._sitting.renderings()) == 1
            self._sitting.decided(taken) if last else self._sitting.changed(taken)

        self._attempt(strike)

    def action_undo(self) -> None:
        def back() -> None:
            if self._sitting.undo() is None:
                self.notify("Nothing has been decided in this sitting.", markup=False)

        self._attempt(back)
