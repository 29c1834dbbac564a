"""The timeline of a concept as lines: which rendering was used how often in which year, and by whom.

Pure: a concept and a width in, lines out. Everything is said in figures and words, so that it reads
the same without colour. What is undated is counted as such and placed in no year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from termbank.model.concept import Attestation, Concept, Status, Term
from termbank.model.date import surely_before
from termbank.text.display_width import cells, fit
from termbank.text.line_wrap import wrapped
from termbank.tui.styles import STATUS_CELLS, STATUS_STYLES, clean, publisher, uses
from termbank.tui.widgets.concept_lines import DATE_CELLS, NARROWEST, PageLine, head_lines

COLUMN, SHORT_COLUMN = 5, 3
CENTURY = 2000
FEWEST_YEARS = 6
ROOM_FOR_STATUS = 48


@dataclass(frozen=True)
class Columns:
    """Years shared out among columns of `room` cells: the first year of each, and how many years one holds."""

    first: int
    last: int
    years: int
    room: int = COLUMN

    @property
    def starts(self) -> range:
        return range(self.first, self.last + 1, self.years)

    @property
    def names(self) -> str:
        """The heads of the columns; narrow ones leave the century out."""
        century = CENTURY if self.room < COLUMN else 0
        return "".join(f"{f'{year - century:02}':>{self.room}}" for year in self.starts)

    def of(self, date: str) -> int:
        return (int(date[:4]) - self.first) // self.years


def columns(concept: Concept, room: int) -> Columns | None:
    """The columns that fit into `room` cells; None where no rendering is dated."""
    years = [int(a.date[:4]) for term in concept.english for a in term.attestations if a.date]
    if not years:
        return None
    first, last = min(years), max(years)
    count = last - first + 1
    if count * COLUMN > room >= count * SHORT_COLUMN and first >= CENTURY and last < CENTURY + 100:
        return Columns(first, last, 1, SHORT_COLUMN)
    return Columns(first, last, -(-count // max(1, room // COLUMN)))


def timeline_lines(concept: Concept, width: int) -> list[PageLine]:
    """The timeline at `width` cells: a table of renderings by years, then every dated use in order."""
    width = max(width, NARROWEST)
    lines = [*head_lines(concept, width, "timeline"), PageLine(Text())]
    used = [term for term in concept.english if term.attestations]
    undated = sum(not a.date for term in used for a in term.attestations)
    if not any(a.date for term in used for a in term.attestations):
        said = "No use of a rendering is dated, so nothing can be said about when."
        return [*lines, *(PageLine(Text(line, style="dim")) for line in wrapped(said, width))]
    lines += _table(concept, used, width, undated)
    lines += [PageLine(Text()), PageLine(Text("Every dated use", style="bold underline"))]
    lines += _uses(used, width)
    lines.append(PageLine(Text()))
    told = "* official or state media."
    if undated:
        told += f" {uses(undated)} without a date {'is' if undated == 1 else 'are'} not in these lines."
    return [*lines, *(PageLine(Text(line, style="dim")) for line in wrapped(told, width))]


def _table(concept: Concept, used: list[Term], width: int, undated: int) -> Iterator[PageLine]:
    tail = STATUS_CELLS + 2 if width >= ROOM_FOR_STATUS else 0
    side = tail + (COLUMN + 2 if undated else 0)
    widest = max(cells(clean(term.text)) for term in used)
    years = {int(a.date[:4]) for term in used for a in term.attestations if a.date}
    wanted = min(max(FEWEST_YEARS * COLUMN, (max(years) - min(years) + 1) * SHORT_COLUMN), width // 2)
    name = max(12, min(widest, width - wanted - side))
    shared = columns(concept, width - name - side)
    assert shared is not None
    century = fit("20..", name + tail, right=True) if shared.room < COLUMN else " " * (name + tail)
    head = century + shared.names + ("      ?" if undated else "")
    yield PageLine(Text(head, style="bold"))
    for term in used:
        first, *rest = _named(clean(term.text), name)
        said = fit(first, name) + (f"  {term.status.value:<{STATUS_CELLS}}" if tail else "")
        line = Text.assemble((said, STATUS_STYLES[term.status]), _counts(term, shared))
        if undated:
            line.append(f"{_or_dot(sum(not a.date for a in term.attestations)):>{COLUMN + 2}}")
        yield PageLine(line, term)
        yield from (PageLine(Text(text, style=STATUS_STYLES[term.status])) for text in rest)
    if shared.years > 1:
        said = f"each column holds {shared.years} years from the one named"
        yield from (PageLine(Text(line, style="dim")) for line in wrapped(said, width))
    if undated:
        yield PageLine(Text("? without a date", style="dim"))


def _named(text: str, room: int) -> list[str]:
    first, *rest = wrapped(text, room)
    return [first, *(f"  {line}" for more in rest for line in wrapped(more, max(4, room - 2)))]


def _counts(term: Term, shared: Columns) -> str:
    counts = [0] * len(shared.starts)
    for attestation in term.attestations:
        if attestation.date:
            counts[shared.of(attestation.date)] += 1
    return "".join(f"{_or_dot(count):>{shared.room}}" for count in counts)


def _or_dot(count: int) -> str:
    return str(count) if count else "."


def _uses(used: list[Term], width: int) -> Iterator[PageLine]:
    dated = [(a.date, term, a) for term in used for a in term.attestations if a.date]
    who = min(27, max(10, (width - DATE_CELLS - 2) // 3))
    room = max(1, width - DATE_CELLS - who - 3)
    for date, term, attestation in sorted(dated, key=lambda use: (use[0], use[1].sort_key)):
        yield PageLine(
            Text.assemble(
                (fit(date, DATE_CELLS), "cyan"),
                " ",
                fit(publisher(attestation.source), who),
                "  ",
                (_rendering(term, attestation, room), STATUS_STYLES[term.status]),
            ),
            term,
            attestation,
        )


def _rendering(term: Term, attestation: Attestation, room: int) -> str:
    """The rendering, with a word on a use that was out of date when it was made."""
    until, date = term.until, attestation.date
    late = term.status is Status.SUPERSEDED and until and date and surely_before(until, date)
    said = ", superseded by then" if late else ""
    text = clean(term.text)
    return text + said if cells(text + said) <= room else fit(text, max(1, room - cells(said))) + said
