"""The page of one concept: its terms, its timeline or its history, and the keys that act on them.

Everything a person decides here goes to a service at once and can be taken back. Escape leads from
the timeline and the history back to the terms, and from there to whoever holds the page.
"""

from __future__ import annotations

from collections.abc import Callable
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
from termbank.model.language import Language
from termbank.tui.browser import open_address
from termbank.tui.keys import Key, bindings
from termbank.tui.screens.dialogs import ChoiceScreen, WriteScreen
from termbank.tui.styles import clean
from termbank.tui.widgets.concept_lines import PageLine, concept_lines, decision_lines
from termbank.tui.widgets.timeline import timeline_lines
from termbank.tui.widgets.virtual_list import Lines

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank
    from termbank.tui.app import TermbankApp


class View(StrEnum):
    TERMS = "terms"
    TIMELINE = "timeline"
    HISTORY = "history"


class ConceptPage(Lines):
    """The concept's page, with a cursor over its terms, attestations or decisions."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("", "", "on an attestation: open its passage", "passage", "Enter"),
        Key("escape,q", "back", "one step back", "back", "Esc, q"),
        Key("t", "view('timeline')", "the timeline: who used which rendering in which year", "timeline"),
        Key("h", "view('history')", "the decisions taken on this concept", "history"),
        Key("s", "status", "set the status of the term under the cursor", "status"),
        Key("a", "add", "add a rendering", "add"),
        Key("n", "note", "write a note on the term under the cursor", "note"),
        Key("x", "remove", "take the term under the cursor away", "remove"),
        Key("u", "undo", "take back your last decision; in the history, the one under the cursor", "undo"),
        Key("y", "copy", "copy the term under the cursor", "copy"),
        Key("o", "open_address", "open the attestation's address in the browser", "address"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    app: TermbankApp

    class Left(Message):
        """The person goes back from the page."""

    class Changed(Message):
        """A decision was taken; what is shown elsewhere may be out of date."""

    def __init__(self, bank: Bank, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._bank = bank
        self._concept: Concept | None = None
        self._lines: list[PageLine] = []
        self._view = View.TERMS

    # -- showing ---------------------------------------------------------------------------

    def read(self, id: str | None) -> None:
        """Show the concept of this id, as the bank has it now; nothing for None or where it is gone."""
        same = self._concept is not None and self._concept.id == id
        before = self._line
        self._concept = self._bank.concepts([id]).get(id) if id is not None else None
        if not same:
            self._view = View.TERMS
        self.draw(self.cursor if same else 0)
        if same and before.term is not None:
            self._return_to(before)

    def _return_to(self, before: PageLine) -> None:
        """Keep the cursor on what it was on, wherever a decision has moved it."""
        for row, line in enumerate(self._lines):
            if line.stands_for == before.stands_for:
                self.cursor = row
                return

    def on_resize(self, _event: events.Resize) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self._attempt(lambda: self.draw(self.cursor))

    def draw(self, cursor: int = 0) -> None:
        self._lines = self._drawn(self.scrollable_content_region.width or self.app.size.width)
        self.show(
            len(self._lines),
            lambda row, _width: self._lines[row].text.copy(),
            lambda row: self._lines[row].can_be_chosen,
            cursor,
        )

    def _drawn(self, width: int) -> list[PageLine]:
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

    @on(Lines.Chosen)
    def _open_passage(self) -> None:
        from termbank.tui.screens.passage import PassageScreen

        line = self._line
        if self._concept is not None and line.term is not None and line.attestation is not None:
            self.app.push_screen(PassageScreen(self._bank, self._concept, line.term, line.attestation))

    def action_copy(self) -> None:
        term = self._line.term
        if term is not None:
            self.app.copy_to_clipboard(term.text)
            self.notify(f"copied: {clean(term.text)}", markup=False)

    def action_open_address(self) -> None:
        attestation = self._line.attestation
        open_address(self.app, attestation.source.url if attestation else None)

    # -- deciding --------------------------------------------------------------------------

    def _attempt(self, act: Callable[[], Decision | None]) -> None:
        """Do it; a fault becomes a sentence, a decision is shown and said."""
        try:
            taken = act()
        except TermbankError as error:
            self.app.say(error)
            return
        if taken is not None:
            self.post_message(self.Changed())
            if taken.number:
                what = f"decision {taken.undoes} taken back" if taken.undoes else f"{taken.why}; u undoes it"
                self.notify(clean(what), markup=False)

    def action_status(self) -> None:
        concept, term = self._concept, self._line.term
        if concept is None or term is None:
            return
        self.app.push_screen(
            ChoiceScreen(
                f"Status of “{term.text}” (now {term.status.value})",
                [(status.value, status.value) for status in Status],
            ),
            lambda answer: self._set_status(concept, term, answer),
        )

    def _set_status(self, concept: Concept, term: Term, answer: str | None) -> None:
        from termbank.services.concept_edit import set_status

        if answer and answer != term.status.value:
            self._attempt(
                lambda: set_status(self._bank, concept.id, term.text, Status(answer), language=term.language)
            )

    def action_add(self) -> None:
        concept = self._concept
        if concept is not None:
            ask = WriteScreen(f"A rendering of {concept.headword} to propose")
            self.app.push_screen(ask, lambda text: self._add(concept, text))

    def _add(self, concept: Concept, text: str | None) -> None:
        if text is None:
            return
        new = Term(text, Language.EN, Status.PROPOSED, TermType.VARIANT)

        def grown(now: Concept) -> Concept:
            if any(term.text == text for term in now.english):
                raise ConflictError(f"“{text}” is there already.", remedy="Set its status with s.")
            return replace(now, terms=sort_terms((*now.terms, new)))

        self._change("add", concept, grown, f"“{text}” added")

    def action_note(self) -> None:
        concept, term = self._concept, self._line.term
        if concept is not None and term is not None:
            ask = WriteScreen(f"Note on “{term.text}” (empty removes it)", term.note or "", empty=True)
            self.app.push_screen(ask, lambda text: self._note(concept, term, text))

    def _note(self, concept: Concept, term: Term, text: str | None) -> None:
        if text is None or text == (term.note or ""):
            return

        def noted(now: Concept) -> Concept:
            key = (term.language, term.text)
            terms = (replace(t, note=text or None) if (t.language, t.text) == key else t for t in now.terms)
            return replace(now, terms=sort_terms(terms))

        self._change("note", concept, noted, f"note on “{term.text}”")

    def _change(self, act: str, concept: Concept, after: Callable[[Concept], Concept], why: str) -> None:
        from termbank.services.concept_edit import change

        self._attempt(lambda: change(self._bank, act, concept.id, after, why))

    def action_remove(self) -> None:
        concept, term = self._concept, self._line.term
        if concept is None or term is None:
            return
        question = f"Take “{term.text}” away? The history keeps it."
        self.app.push_screen(
            ChoiceScreen(question, [("no", "leave it"), ("yes", "take it away")]),
            lambda answer: self._remove(concept, term) if answer == "yes" else None,
        )

    def _remove(self, concept: Concept, term: Term) -> None:
        from termbank.services.concept_edit import remove_term

        self._attempt(lambda: remove_term(self._bank, concept.id, term.text, language=term.language))

    def action_undo(self) -> None:
        from termbank.services.history import undo

        decision = self._line.decision
        if decision is None:
            self._attempt(lambda: undo(self._bank))
            return
        question = f"Take back decision {decision.number} ({decision.act}) with everything it changed?"
        self.app.push_screen(
            ChoiceScreen(question, [("no", "leave it"), ("yes", "take it back")]),
            lambda answer: (
                self._attempt(lambda: undo(self._bank, decision.number)) if answer == "yes" else None
            ),
        )
