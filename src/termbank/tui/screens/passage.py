"""The passage screen: everything known about one attestation, with its text where the bank has it."""

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
from termbank.model.labels import label
from termbank.model.message import _, message, translate
from termbank.model.span import Span
from termbank.text.display_width import cells, fit
from termbank.text.line_wrap import breaks, wrapped
from termbank.tui.browser import open_url
from termbank.tui.formatting import clean, highlight, title
from termbank.tui.keys import Key, bindings
from termbank.tui.notifications import notify, notify_error
from termbank.tui.widgets.key_line import KeyLine
from termbank.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank

NAME = 11
"""The fewest cells of the column of names."""


class PassageScreen(ModalScreen[None]):
    """Who used the term, where and when, and the text around it."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("o", "open_url", message("open the web address in a browser"), message("web")),
        Key("y", "copy", message("copy the passage, or the title where there is none"), message("copy")),
        Key(
            "escape,q,enter",
            "dismiss",
            message("close the passage"),
            message("close"),
            "Esc, q, Enter",
            priority=True,
        ),
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
            yield VirtualList(shows_cursor=False, id="passage")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(VirtualList).focus()
        self._passage = self._read_passage()

    def on_resize(self, _event: events.Resize) -> None:
        self.call_after_refresh(self._draw)

    def _read_passage(self) -> str | None:
        from termbank.services.corpus import passage

        try:
            return passage(self._bank, self._attestation) or self._attestation.quotation
        except TermbankError as error:
            notify_error(self, error)
            return self._attestation.quotation

    def _draw(self) -> None:
        lines = self.query_one(VirtualList)
        width = max(NAME + 12, lines.scrollable_content_region.width)
        rows = [*self._facts(width), Text(), *self._words(width)]
        lines.show(len(rows), lambda row, _width: rows[row].copy(), lambda _row: False)

    def _facts(self, width: int) -> list[Text]:
        rows = [Text.assemble((clean(self._term.text), "bold"), "  ", clean(self._concept.headword)), Text()]
        source = self._attestation.source
        facts = [
            (_("title"), title(source)),
            (_("publisher"), clean(translate(source.publisher_name))),
            (_("kind"), label(source.kind)),
            (_("date"), _date_with_precision(self._attestation.date)),
            (_("web"), clean(source.url or _("not known"))),
            (_("Chinese"), _("beside it") if self._attestation.alongside else _("not seen beside it")),
        ]
        if self._attestation.copied:
            facts.append((_("seen"), _("on a copied page")))
        name_width = max(NAME, *(cells(name) + 1 for name, _value in facts))
        for name, value in facts:
            first, *rest = wrapped(value, width - name_width)
            rows.append(Text.assemble((fit(name, name_width), "dim"), first))
            rows += [Text(" " * name_width + line) for line in rest]
        return rows

    def _words(self, width: int) -> list[Text]:
        if not self._passage:
            text = _("The text of this document is not in the bank; only the use of the term is known.")
            return [Text(line, style="dim") for line in wrapped(text, width)]
        rows: list[Text] = []
        for paragraph in self._passage.splitlines():
            line = highlight(paragraph, find_term(paragraph, self._term.text))
            rows += [line[span.start : span.end] for span in breaks(line.plain, width)]
        return rows

    def action_open_url(self) -> None:
        open_url(self.app, self._attestation.source.url)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._passage or self._attestation.source.title)
        notify(self, _("Copied."))


def _date_with_precision(date: str | None) -> str:
    """The date, with a remark where only the year or the month is known."""
    if not date:
        return _("not known")
    if len(date) == len("2025"):
        return _("{date} (only the year is known)", date=date)
    if len(date) == len("2025-08"):
        return _("{date} (only the month is known)", date=date)
    return date


def find_term(text: str, term: str) -> list[Span]:
    """Find the spans of a term in a text, letter for letter, ignoring case."""
    low, wanted = text.lower(), term.lower()
    if len(low) != len(text) or not wanted:
        return []
    found, at = [], low.find(wanted)
    while at >= 0:
        found.append(Span(at, at + len(wanted)))
        at = low.find(wanted, at + len(wanted))
    return found
