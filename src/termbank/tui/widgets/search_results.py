"""Search results: the concepts that match a query, or the whole bank without a query, as rows of a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from termbank.model.concept import Status
from termbank.model.labels import label
from termbank.model.message import _
from termbank.model.progress import Progress
from termbank.text.display_width import cells, fit
from termbank.tui.formatting import STATUS_STYLES, clean, status_cells

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank

HITS = 50
"""The most concepts shown for a query; for others, the person types one more letter."""

CHOICES = 20
"""The most concepts offered as choices."""
LEAST_WIDTH_FOR_STATUS = 60
"""In cells; the status is shown from this width on."""


@dataclass(frozen=True)
class ResultRow:
    """One search result; `by` is the term that matched, where it is neither of the two shown.

    Where two concepts have the same headword, `by` is the subject, which distinguishes them. `exact` says that the query
    is a whole term of the concept; else it is only near.
    """

    id: str
    chinese: str
    english: str
    status: Status | None
    by: str = ""
    exact: bool = True


class ResultFinder:
    """Answers queries on one bank; the list of all concepts is cached until the bank changes."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._everything: tuple[int, list[ResultRow]] = (-1, [])

    def find(self, query: str, progress: Progress | None = None) -> list[ResultRow]:
        """The rows for a query; `progress` is called where the index has to be built first."""
        return self._search(query, progress) if query else self._all(progress)

    def _search(self, query: str, progress: Progress | None) -> list[ResultRow]:
        from termbank.services.lookup import look_up

        rows = []
        hits = look_up(self._bank, query, HITS, progress=progress)
        named = Counter(hit.concept.headword for hit in hits)
        for hit in hits:
            concept, rendering = hit.concept, hit.concept.rendering
            english = rendering.text if rendering else ""
            by = hit.text if hit.text not in (concept.headword, english) else ""
            if named[concept.headword] > 1:
                by = concept.subject or concept.id
            rows.append(
                ResultRow(
                    concept.id,
                    concept.headword,
                    english,
                    rendering.status if rendering else None,
                    by,
                    hit.exact,
                )
            )
        return rows

    def _all(self, progress: Progress | None) -> list[ResultRow]:
        from termbank.services.lookup import browse

        latest = self._bank.latest
        if self._everything[0] != latest:
            rows = [
                ResultRow(line.id, line.chinese, line.english, Status(line.status) if line.status else None)
                for line in browse(self._bank, progress=progress)
            ]
            self._everything = (latest, rows)
        return self._everything[1]


def concept_choices(bank: Bank, text: str) -> list[tuple[str, str]]:
    """The concepts that match a text: the id and a line to show for each."""
    from termbank.services.lookup import look_up

    found = []
    for hit in look_up(bank, text.strip(), CHOICES) if text.strip() else ():
        rendering, subject = hit.concept.rendering, hit.concept.subject
        line = f"{hit.concept.headword}  {rendering.text if rendering else ''}"
        found.append((hit.concept.id, f"{line}  [{subject}]" if subject else line))
    return found


def format_result(row: ResultRow, width: int) -> Text:
    """Format a result at `width` cells: the Chinese, the rendering to write, and its status where it fits."""
    chinese_width = min(max(12, width // 3), 34)
    tail = status_cells() + 2 if width >= LEAST_WIDTH_FOR_STATUS else 0
    middle = max(0, width - chinese_width - tail - 1)
    style = STATUS_STYLES[row.status] if row.status else "dim"
    english = clean(row.english) or _("no rendering yet")
    by = f"  ({clean(row.by)})" if row.by else ""
    if by and cells(english) + 8 > middle:
        by = ""
    by = fit(by, middle - cells(english)) if by else ""
    text = Text.assemble((fit(clean(row.chinese), chinese_width), "bold"), " ")
    text.append(english if by else fit(english, middle), style).append(by, "dim")
    if tail and row.status:
        text.append(f"  {fit(label(row.status), status_cells())}", style)
    return text
