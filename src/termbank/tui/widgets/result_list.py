"""The hits: what answers a query, or the whole bank where there is none, as rows of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from termbank.model.concept import Status
from termbank.text.display_width import cells, fit
from termbank.tui.styles import STATUS_CELLS, STATUS_STYLES, clean

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank

HITS = 50
"""The most concepts shown for a query; who needs the fifty-first types a letter more."""

CHOICES = 20
ROOM_FOR_STATUS = 60


@dataclass(frozen=True)
class Row:
    """One line of the hits; `by` is the term that answered, where it is neither of the two shown.

    Of two concepts with one name it is the subject, by which they are told apart.
    """

    id: str
    chinese: str
    english: str
    status: Status | None
    by: str = ""


class Finder:
    """Answers queries on one bank; the list of everything is kept until the bank changes."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._everything: tuple[int, list[Row]] = (-1, [])

    def find(self, query: str, progress: Callable[[int, int], None] | None = None) -> list[Row]:
        """The rows for a query; `progress` is told when the index has to be made first."""
        return self._found(query, progress) if query else self._all(progress)

    def _found(self, query: str, progress: Callable[[int, int], None] | None) -> list[Row]:
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
                Row(concept.id, concept.headword, english, rendering.status if rendering else None, by)
            )
        return rows

    def _all(self, progress: Callable[[int, int], None] | None) -> list[Row]:
        from termbank.services.lookup import browse

        latest = self._bank.latest
        if self._everything[0] != latest:
            rows = [
                Row(line.id, line.chinese, line.english, Status(line.status) if line.status else None)
                for line in browse(self._bank, progress=progress)
            ]
            self._everything = (latest, rows)
        return self._everything[1]


def concept_choices(bank: Bank, text: str) -> list[tuple[str, str]]:
    """The concepts that a person may mean: the id and a line to show for each."""
    from termbank.services.lookup import look_up

    found = []
    for hit in look_up(bank, text.strip(), CHOICES) if text.strip() else ():
        rendering, subject = hit.concept.rendering, hit.concept.subject
        said = f"{hit.concept.headword}  {rendering.text if rendering else ''}"
        found.append((hit.concept.id, f"{said}  [{subject}]" if subject else said))
    return found


def hit_text(row: Row, width: int) -> Text:
    """A hit at `width` cells: the Chinese, the rendering to write, its status in words where there is room."""
    room = min(max(12, width // 3), 34)
    tail = STATUS_CELLS + 2 if width >= ROOM_FOR_STATUS else 0
    middle = max(0, width - room - tail - 1)
    style = STATUS_STYLES[row.status] if row.status else "dim"
    english = clean(row.english) or "no rendering yet"
    by = f"  ({clean(row.by)})" if row.by else ""
    if by and cells(english) + 8 > middle:
        by = ""
    by = fit(by, middle - cells(english)) if by else ""
    text = Text.assemble((fit(clean(row.chinese), room), "bold"), " ")
    text.append(english if by else fit(english, middle), style).append(by, "dim")
    if tail and row.status:
        text.append(f"  {row.status.value:<{STATUS_CELLS}}", style)
    return text
