"""Format the timeline of a concept as lines: which rendering was used how often in which year, and by whom.

The timeline is in figures and words, so that it can be read without colour. Undated uses are counted in a column of their
own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from termbank.model.concept import Attestation, Concept, Status, Term
from termbank.model.date import surely_before
from termbank.model.document_counts import count_documents
from termbank.model.labels import label
from termbank.model.message import _, ngettext
from termbank.text.display_width import cells, fit
from termbank.text.line_wrap import wrapped
from termbank.tui.formatting import STATUS_STYLES, clean, publisher, status_cells
from termbank.tui.layout.concept_lines import DATE_CELLS, NARROWEST, PageLine, head_lines

COLUMN, SHORT_COLUMN = 5, 3
CENTURY = 2000
FEWEST_YEARS = 6
LEAST_WIDTH_FOR_STATUS = 48
"""In cells; the status is shown from this width on."""


@dataclass(frozen=True)
class YearColumns:
    """Years shared among columns of `cells` cells each, every column with the same number of `years`."""

    first: int
    last: int
    years: int
    cells: int = COLUMN

    @property
    def starts(self) -> range:
        return range(self.first, self.last + 1, self.years)

    @property
    def names(self) -> str:
        """The heads of the columns; narrow ones leave out the century."""
        century = CENTURY if self.cells < COLUMN else 0
        return "".join(f"{f'{year - century:02}':>{self.cells}}" for year in self.starts)

    def of(self, date: str) -> int:
        return (int(date[:4]) - self.first) // self.years


def columns(concept: Concept, width: int) -> YearColumns | None:
    """The columns that fit into `width` cells; None where no rendering is dated."""
    years = [int(a.date[:4]) for term in concept.english for a in term.attestations if a.date]
    if not years:
        return None
    first, last = min(years), max(years)
    count = last - first + 1
    if count * COLUMN > width >= count * SHORT_COLUMN and first >= CENTURY and last < CENTURY + 100:
        return YearColumns(first, last, 1, SHORT_COLUMN)
    return YearColumns(first, last, -(-count // max(1, width // COLUMN)))


def timeline_lines(concept: Concept, width: int) -> list[PageLine]:
    """Format the timeline at `width` cells: a table of renderings by year, then every dated use in order."""
    width = max(width, NARROWEST)
    lines = [*head_lines(concept, width, _("timeline")), PageLine(Text())]
    used = [term for term in concept.english if term.attestations]
    undated = sum(count_documents(term.attestations).undated for term in used)
    if not any(a.date for term in used for a in term.attestations):
        return [*lines, *_dim_lines(_("No use of a rendering is dated."), width)]
    lines += _table(concept, used, width, undated)
    lines += [PageLine(Text()), PageLine(Text(_("All dated uses"), style="bold underline"))]
    lines += _uses(used, width)
    lines.append(PageLine(Text()))
    legend = _("* official or state media.")
    if undated:
        left_out = ngettext(
            "{count} undated document is left out.", "{count} undated documents are left out.", undated
        )
        legend = f"{legend} {left_out}"
    return [*lines, *_dim_lines(legend, width)]


def _dim_lines(text: str, width: int) -> Iterator[PageLine]:
    return (PageLine(Text(line, style="dim")) for line in wrapped(text, width))


def _table(concept: Concept, used: list[Term], width: int, undated: int) -> Iterator[PageLine]:
    tail = status_cells() + 2 if width >= LEAST_WIDTH_FOR_STATUS else 0
    side = tail + (COLUMN + 2 if undated else 0)
    widest = max(cells(clean(term.text)) for term in used)
    years = {int(a.date[:4]) for term in used for a in term.attestations if a.date}
    wanted = min(max(FEWEST_YEARS * COLUMN, (max(years) - min(years) + 1) * SHORT_COLUMN), width // 2)
    name = max(12, min(widest, width - wanted - side))
    shared = columns(concept, width - name - side)
    assert shared is not None
    century = fit("20..", name + tail, right=True) if shared.cells < COLUMN else " " * (name + tail)
    head = century + shared.names + ("      ?" if undated else "")
    yield PageLine(Text(head, style="bold"))
    for term in used:
        first, *rest = _wrap_name(clean(term.text), name)
        head = fit(first, name) + (f"  {fit(label(term.status), status_cells())}" if tail else "")
        line = Text.assemble((head, STATUS_STYLES[term.status]), _counts(term, shared))
        if undated:
            line.append(f"{_or_dot(count_documents(term.attestations).undated):>{COLUMN + 2}}")
        yield PageLine(line, term)
        yield from (PageLine(Text(text, style=STATUS_STYLES[term.status])) for text in rest)
    if shared.years > 1:
        text = _("each column is {count} years from the year shown", count=shared.years)
        yield from _dim_lines(text, width)
    if undated:
        yield PageLine(Text(_("? without a date"), style="dim"))


def _wrap_name(text: str, width: int) -> list[str]:
    first, *rest = wrapped(text, width)
    return [first, *(f"  {line}" for more in rest for line in wrapped(more, max(4, width - 2)))]


def _counts(term: Term, shared: YearColumns) -> str:
    counts = [0] * len(shared.starts)
    for column, _source in {(shared.of(a.date), a.source.id) for a in term.attestations if a.date}:
        counts[column] += 1
    return "".join(f"{_or_dot(count):>{shared.cells}}" for count in counts)


def _or_dot(count: int) -> str:
    return str(count) if count else "."


def _uses(used: list[Term], width: int) -> Iterator[PageLine]:
    dated = [(a.date, term, a) for term in used for a in term.attestations if a.date]
    who = min(27, max(10, (width - DATE_CELLS - 2) // 3))
    text_width = max(1, width - DATE_CELLS - who - 3)
    for date, term, attestation in sorted(dated, key=lambda use: (use[0], use[1].sort_key)):
        yield PageLine(
            Text.assemble(
                (fit(date, DATE_CELLS), "cyan"),
                " ",
                fit(publisher(attestation.source), who),
                "  ",
                (_rendering(term, attestation, text_width), STATUS_STYLES[term.status]),
            ),
            term,
            attestation,
        )


def _rendering(term: Term, attestation: Attestation, width: int) -> str:
    """The rendering, with a remark where it was superseded when it was used."""
    until, date = term.until, attestation.date
    late = term.status is Status.SUPERSEDED and until and date and surely_before(until, date)
    text = clean(term.text)
    if not late:
        return text if cells(text) <= width else fit(text, max(1, width))
    shown = _("{term}, superseded by then", term=text)
    over = cells(shown) - width
    return shown if over <= 0 else _("{term}, superseded by then", term=fit(text, max(1, cells(text) - over)))
