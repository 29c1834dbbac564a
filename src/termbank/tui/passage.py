"""The passage: everything known about one attestation, with its text where the bank holds it."""

from __future__ import annotations

import webbrowser
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from termbank.core.concept import Attestation, Concept, Term
from termbank.lang.width import fit
from termbank.tui.lines import Lines
from termbank.tui.marks import clean

if TYPE_CHECKING:
    from termbank.services.bank import Bank


class PassageScreen(ModalScreen[None]):
    """Who used the term, where and when; `o` opens the address."""

    HELP = (("o", "open the address in the browser"), ("Esc", "close"))

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "Close", priority=True),
        Binding("o", "open_address", "Address"),
    ]

    def __init__(self, bank: Bank, concept: Concept, term: Term, attestation: Attestation) -> None:
        super().__init__()
        self._bank = bank
        self._concept = concept
        self._term = term
        self._attestation = attestation

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Lines(shows_cursor=False, id="passage")

    def on_mount(self) -> None:
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        lines = self.query_one(Lines)
        width = max(30, lines.scrollable_content_region.width)
        rows = list(self._rows(width))
        lines.show(len(rows), lambda row, _width: rows[row].copy(), lambda _row: False)
        lines.focus()

    def _rows(self, width: int) -> list[Text]:
        source = self._attestation.source
        rows = [
            Text.assemble((clean(self._term.text), "bold"), "  ", clean(self._concept.headword)),
            Text(),
        ]
        date = self._attestation.date
        precision = {4: "year known", 7: "month known"}.get(len(date or ""), "")
        told = [
            ("title", f"[{source.title}]" if source.described else source.title),
            ("publisher", f"{source.publisher_name} ({source.kind.value})"),
            ("date", f"{date}{f' ({precision})' if precision else ''}" if date else "not known"),
            ("address", source.url or "none known"),
            ("Chinese", "stands beside it" if self._attestation.alongside else "not seen beside it"),
        ]
        if self._attestation.copied:
            told.append(("seen", "on a re-posting"))
        for name, value in told:
            first, *rest = wrap(clean(value), width - 12) or [""]
            rows.append(Text.assemble((fit(name, 10), "dim"), "  ", first))
            rows += [Text(" " * 12 + line) for line in rest]
        passage = self._passage()
        if passage:
            rows.append(Text())
            rows += [Text(line) for line in wrap(clean(passage), width)]
        rows += [Text(), Text("Esc closes; o opens the address.", style="dim")]
        return rows

    def _passage(self) -> str | None:
        from termbank.services.corpus import passage

        found = passage(self._bank, self._attestation)
        return found or self._attestation.quotation

    def action_open_address(self) -> None:
        url = self._attestation.source.url
        if url and url.startswith(("http://", "https://")):
            webbrowser.open(url)
        else:
            self.notify("no address is known", markup=False)
