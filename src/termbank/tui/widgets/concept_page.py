"""The page of one concept: its terms, its timeline or its history, and the keys that act on them.

A service carries out every decision at once, and it can be undone. Escape leads from the timeline and the history back to
the terms, and from there to the screen that shows the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on
from textual.binding import BindingType
from textual.message import Message

from termbank.model.concept import Concept, Status, Term, TermType, sort_terms
from termbank.model.decision import Decision
from termbank.model.errors import ConflictError, TermbankError
from termbank.model.labels import label
from termbank.model.language import Language
from termbank.model.message import _, message, translate
from termbank.tui.browser import open_url
from termbank.tui.keys import Key, bindings
from termbank.tui.layout.concept_lines import PageLine, concept_lines, decision_lines
from termbank.tui.layout.timeline_lines import timeline_lines
from termbank.tui.notifications import notify, notify_error
from termbank.tui.screens.dialogs import ChoiceScreen, InputScreen
from termbank.tui.undoing import ask_or_do, plan_redo, plan_undo
from termbank.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank
    from termbank.services.undo import UndoPlan


class View(StrEnum):
    """What the page shows."""

    TERMS = "terms"
    TIMELINE = "timeline"
    HISTORY = "history"


class ConceptPage(VirtualList):
    """The concept's page, with a cursor over its terms, attestations or decisions."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("", "", message("on an attestation: open its passage"), message("passage"), "Enter"),
        Key("escape,q", "back", message("one step back"), message("back"), "Esc, q"),
        Key(
            "t",
            "view('timeline')",
            message("show the timeline: who used which rendering in which year"),
            message("timeline"),
        ),
        Key("h", "view('history')", message("show the decisions on this concept"), message("history")),
        Key("s", "status", message("set the status of the term under the cursor"), message("status")),
        Key("a", "add", message("add a rendering"), message("add")),
        Key("n", "note", message("edit the note on the term under the cursor"), message("note")),
        Key("x", "remove", message("remove the term under the cursor"), message("remove")),
        Key(
            "u",
            "undo",
            message("undo the last decision of this session; in the history, the one under the cursor"),
            message("undo"),
        ),
        Key("ctrl+r", "redo", message("redo what was undone last in this session"), "", "Ctrl+R"),
        Key("y", "copy", message("copy the term under the cursor"), message("copy")),
        Key("o", "open_url", message("open the web address of the attestation in a browser"), message("web")),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    class Left(Message):
        """The person leaves the page."""

    class Changed(Message):
        """A decision was taken; other widgets may be out of date."""

    def __init__(self, bank: Bank, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._bank = bank
        self._concept: Concept | None = None
        self._lines: list[PageLine] = []
        self._view = View.TERMS
        self._read = 0

    # -- showing ---------------------------------------------------------------------------

    def read(self, id: str | None) -> None:
        """Show the concept with this id as the bank has it now; nothing for None or where it was removed."""
        same = self._concept is not None and self._concept.id == id
        before = self._line
        self._read = self._bank.last_touch("concept", id) if id is not None else 0
        self._concept = self._bank.concepts([id]).get(id) if id is not None else None
        if not same:
            self._view = View.TERMS
        self.draw(self.cursor if same else 0)
        if same and before.term is not None:
            self._return_to(before)

    def _return_to(self, before: PageLine) -> None:
        """Move the cursor to the line of the same term, which a decision may have moved."""
        for row, line in enumerate(self._lines):
            if line.subject == before.subject:
                self.cursor = row
                return

    def on_resize(self, _event: events.Resize) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self._attempt(lambda: self.draw(self.cursor))

    def draw(self, cursor: int = 0) -> None:
        self._lines = self._format(self.scrollable_content_region.width or self.app.size.width)
        self.show(
            len(self._lines),
            lambda row, _width: self._lines[row].text.copy(),
            lambda row: self._lines[row].can_be_chosen,
            cursor,
        )

    def _format(self, width: int) -> list[PageLine]:
        if self._concept is None:
            return []
        if self._view is View.TIMELINE:
            return timeline_lines(self._concept, width)
        if self._view is View.HISTORY:
            from termbank.services.history import history

            return decision_lines(self._concept, history(self._bank, self._concept.id), width)
        return concept_lines(self._concept, width)

    def action_view(self, name: str) -> None:
        self._view = View(name) if self._view is not View(name) else View.TERMS
        self._attempt(self.draw)

    def action_back(self) -> None:
        if self._view is View.TERMS:
            self.post_message(self.Left())
        else:
            self.action_view(self._view)

    # -- what the cursor is on -------------------------------------------------------------

    @property
    def _line(self) -> PageLine:
        return self._lines[self.cursor] if self.cursor < len(self._lines) else PageLine(Text())

    @on(VirtualList.Chosen)
    def _open_passage(self) -> None:
        from termbank.tui.screens.passage import PassageScreen

        line = self._line
        if self._concept is not None and line.term is not None and line.attestation is not None:
            self.app.push_screen(PassageScreen(self._bank, self._concept, line.term, line.attestation))

    def action_copy(self) -> None:
        term = self._line.term
        if term is not None:
            self.app.copy_to_clipboard(term.text)
            notify(self, _("Copied {term}", term=term.text))

    def action_open_url(self) -> None:
        attestation = self._line.attestation
        open_url(self.app, attestation.source.url if attestation else None)

    # -- deciding --------------------------------------------------------------------------

    def _attempt(self, act: Callable[[], Decision | None]) -> None:
        """Do it; show an error as a sentence, and say which decision was taken."""
        try:
            taken = act()
        except TermbankError as error:
            notify_error(self, error)
            return
        if taken is not None:
            self.post_message(self.Changed())
            if taken.number and taken.undoes is None:
                notify(self, _("{decision}; undo it with u", decision=translate(taken.why or taken.act)))

    def _write(self, act: Callable[[int | None], Decision]) -> None:
        """Decide on the concept as it is shown. Where somebody else has changed the same, show both and ask."""
        try:
            taken = act(self._read)
        except ConflictError as error:
            if not error.conflicts:
                notify_error(self, error)
                return
            self.app.push_screen(
                ChoiceScreen(
                    "\n".join(
                        (translate(error.fault.message), *(translate(one.text) for one in error.conflicts))
                    ),
                    [("theirs", _("keep what is there now")), ("yours", _("write mine"))],
                ),
                lambda answer: self._settle(act, write=answer == "yours"),
            )
        except TermbankError as error:
            notify_error(self, error)
        else:
            self._attempt(lambda: taken)

    def _settle(self, act: Callable[[int | None], Decision], *, write: bool) -> None:
        """After a conflict: write over what is there now, or show it."""
        if write:
            self._attempt(lambda: act(None))
        elif self._concept is not None:
            self.read(self._concept.id)

    def action_status(self) -> None:
        concept, term = self._concept, self._line.term
        if concept is None or term is None:
            return
        self.app.push_screen(
            ChoiceScreen(
                _("Status of “{term}” (now {status})", term=term.text, status=label(term.status)),
                [(status.value, label(status)) for status in Status],
            ),
            lambda answer: self._set_status(concept, term, answer),
        )

    def _set_status(self, concept: Concept, term: Term, answer: str | None) -> None:
        from termbank.services.concept_edit import set_status

        if answer and answer != term.status.value:
            self._write(
                lambda read: set_status(
                    self._bank, concept.id, term.text, Status(answer), language=term.language, read=read
                )
            )

    def action_add(self) -> None:
        concept = self._concept
        if concept is not None:
            ask = InputScreen(_("A rendering of {concept} to propose", concept=concept.headword))
            self.app.push_screen(ask, lambda text: self._add(concept, text))

    def _add(self, concept: Concept, text: str | None) -> None:
        if text is None:
            return
        new = Term(text, Language.EN, Status.PROPOSED, TermType.VARIANT)

        def with_new(now: Concept) -> Concept:
            if any(term.text == text for term in now.english):
                raise ConflictError(
                    message("the concept has “{term}” already.", term=text),
                    remedy=message("Set its status with s."),
                )
            return replace(now, terms=sort_terms((*now.terms, new)))

        self._change("add", concept, with_new, message("“{term}” added", term=text))

    def action_note(self) -> None:
        concept, term = self._concept, self._line.term
        if concept is not None and term is not None:
            ask = InputScreen(
                _("Note on “{term}” (empty to remove it)", term=term.text), term.note or "", empty=True
            )
            self.app.push_screen(ask, lambda text: self._note(concept, term, text))

    def _note(self, concept: Concept, term: Term, text: str | None) -> None:
        if text is None or text == (term.note or ""):
            return

        def with_note(now: Concept) -> Concept:
            key = (term.language, term.text)
            terms = (replace(t, note=text or None) if (t.language, t.text) == key else t for t in now.terms)
            return replace(now, terms=sort_terms(terms))

        self._change("note", concept, with_note, message("note on “{term}”", term=term.text))

    def _change(self, act: str, concept: Concept, after: Callable[[Concept], Concept], why: str) -> None:
        from termbank.services.concept_edit import change

        self._write(lambda read: change(self._bank, act, concept.id, after, why, read=read))

    def action_remove(self) -> None:
        concept, term = self._concept, self._line.term
        if concept is None or term is None:
            return
        question = _("Remove “{term}”? The history keeps it.", term=term.text)
        self.app.push_screen(
            ChoiceScreen(question, [("no", _("keep it")), ("yes", _("remove it"))]),
            lambda answer: self._remove(concept, term) if answer == "yes" else None,
        )

    def _remove(self, concept: Concept, term: Term) -> None:
        from termbank.services.concept_edit import remove_term

        self._write(
            lambda read: remove_term(self._bank, concept.id, term.text, language=term.language, read=read)
        )

    def action_undo(self) -> None:
        """Undo this session's last decision; in the history the one under the cursor, after a question."""
        decision = self._line.decision
        with self._errors_shown():
            plan = plan_undo(self._bank, decision.number if decision else None)
            self._reverse(plan, ask=decision is not None or not self._concerns_page(plan.decision))

    def action_redo(self) -> None:
        """Redo what was undone last in this session."""
        with self._errors_shown():
            plan = plan_redo(self._bank)
            self._reverse(plan, ask=not self._concerns_page(plan.decision))

    def _concerns_page(self, decision: Decision) -> bool:
        """Whether a decision touched the concept that is shown."""
        from termbank.services.history import history

        if self._concept is None:
            return False
        return any(one.number == decision.number for one in history(self._bank, self._concept.id))

    def _reverse(self, plan: UndoPlan, *, ask: bool) -> None:
        from termbank.services.undo import carry_out

        def do() -> None:
            with self._errors_shown():
                carry_out(self._bank, plan)
                self.post_message(self.Changed())
                notify(self, translate(plan.after))

        ask_or_do(self, plan, do, ask=ask)

    @contextmanager
    def _errors_shown(self) -> Iterator[None]:
        """Show an error as a sentence."""
        try:
            yield
        except TermbankError as error:
            notify_error(self, error)
