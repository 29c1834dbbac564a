"""The passage: everything known about one attestation, with its text where the bank holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from termbank.model.concept import Attestation, Concept, Term
from termbank.model.errors import TermbankError
from termbank.model.span import Span
from termbank.text.display_width import fit
from termbank.text.line_wrap import breaks, wrapped
from termbank.tui.browser import open_address
from termbank.tui.keys import Key, KeyLine, bindings
from termbank.tui.styles import clean, marked, title
from termbank.tui.widgets.virtual_list import Lines

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank

NAME = 11


class PassageScreen(ModalScreen[None]):
    """Who used the term, where and when, and the words around it."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("o", "open_address", "open the address in the browser", "address"),
        Key("y", "copy", "copy the passage, or the title where there is none", "copy"),
        Key("escape,q,enter", "dismiss", "close the passage", "close", "Esc, q, Enter", priority=True),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, bank: Bank, concept: Concept, term: Term, attestation: Attestation) -> None:
        super().__init__()
        self._bank = bank
        self._concept = concept
        self._term = term
        self._attestation = attestation
        self._passage: str | None = None

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Lines(shows_cursor=False, id="passage")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Lines).focus()
        self._passage = self._found()

    def on_resize(self, _event: events.Resize) -> None:
        self.call_after_refresh(self._draw)

    def _found(self) -> str | None:
        from termbank.services.corpus import passage

        try:
            return passage(self._bank, self._attestation) or self._attestation.quotation
        except TermbankError as error:
            self.notify(clean(str(error)), severity="error", markup=False)
            return self._attestation.quotation

    def _draw(self) -> None:
        lines = self.query_one(Lines)
        width = max(NAME + 12, lines.scrollable_content_region.width)
        rows = [*self._facts(width), Text(), *self._words(width)]
        lines.show(len(rows), lambda row, _width: rows[row].copy(), lambda _row: False)

    def _facts(self, width: int) -> list[Text]:
        rows = [Text.assemble((clean(self._term.text), "bold"), "  ", clean(self._concept.headword)), Text()]
        source = self._attestation.source
        told = [
            ("title", title(source)),
            ("publisher", clean(source.publisher_name)),
            ("kind", source.kind.value),
            ("date", _dated(self._attestation.date)),
            ("address", clean(source.url or "not known")),
            ("Chinese", "stands beside it" if self._attestation.alongside else "not seen beside it"),
        ]
        if self._attestation.copied:
            told.append(("seen", "on a re-posting"))
        for name, value in told:
            first, *rest = wrapped(value, width - NAME)
            rows.append(Text.assemble((fit(name, NAME), "dim"), first))
            rows += [Text(" " * NAME + line) for line in rest]
        return rows

    def _words(self, width: int) -> list[Text]:
        if not self._passage:
            said = "The text of this document is not in the bank; only the fact of its use is known."
            return [Text(line, style="dim") for line in wrapped(said, width)]
        rows: list[Text] = []
        for paragraph in self._passage.splitlines():
            text = marked(paragraph, places(paragraph, self._term.text))
            rows += [text[span.start : span.end] for span in breaks(text.plain, width)]
        return rows

    def action_open_address(self) -> None:
        open_address(self.app, self._attestation.source.url)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._passage or self._attestation.source.title)
        self.notify("copied", markup=False)


def _dated(date: str | None) -> str:
    known = {4: " (only the year is known)", 7: " (only the month is known)"}
    return f"{date}{known.get(len(date), '')}" if date else "not known"


def places(text: str, term: str) -> list[Span]:
    """Where a term stands in a text, letter for letter, case aside."""
    low, wanted = text.lower(), term.lower()
    if len(low) != len(text) or not wanted:
        return []
    found, at = [], low.find(wanted)
    while at >= 0:
        found.append(Span(at, at + len(wanted)))
        at = low.find(wanted, at + len(wanted))
    return found
