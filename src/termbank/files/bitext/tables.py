"""Tables of segments: two columns, Chinese and English in either order, with a header or without.

CSV, TSV and spreadsheets; a row where one side is empty is a pair without a counterpart. In a
spreadsheet a pair's line is its row and its column the column.
"""

from __future__ import annotations

from collections.abc import Iterator

from termbank.files.bitext.units import PairReading, TextPlace, Unit, UnitSide, orient_units
from termbank.files.columns import Layout, layout_of
from termbank.files.file_kinds import suffix_of
from termbank.files.tables import Cell, CellTable, read_delimited, read_spreadsheet, unguard
from termbank.model.errors import UnreadableError
from termbank.model.language import Language, read_tag
from termbank.model.message import message


def read(data: bytes, name: str) -> PairReading:
    is_text = suffix_of(name) in (".csv", ".tsv", ".tab")
    table = read_delimited(data, name) if is_text else read_spreadsheet(data, name)
    layout = layout_of(table.rows, name)
    if layout is None:
        raise UnreadableError(
            message("no column of Chinese beside a column of English was found."),
            file=name,
            remedy=message("Give a table with a Chinese and an English column."),
        )
    remarks = layout.remarks if _leaves_text(table, layout) else ()
    return orient_units(_units(table, layout), name, (*table.remarks, *remarks))


def _leaves_text(table: CellTable, layout: Layout) -> bool:
    """Whether another column may hold a translation too: numbers, notes and marks are no loss to pairs."""
    rows = table.rows[layout.first :]
    widths: dict[int, int] = {}
    for row in rows:
        for number, cell in enumerate(row):
            widths[number] = widths.get(number, 0) + len(cell.text)
    pair = _columns(layout)
    least = min(widths.pop(number, 0) for number in pair)
    return any(width * 2 > least for number, width in widths.items() if number not in layout.roles)


def _units(table: CellTable, layout: Layout) -> Iterator[Unit]:
    first, second = _columns(layout)
    for number, row in enumerate(table.rows[layout.first :]):
        if len(row) == 1 and row[0].text.startswith("#"):
            continue
        one, other = _side(row, first, layout), _side(row, second, layout)
        yield Unit(one, other, number)


def _columns(layout: Layout) -> tuple[int, int]:
    """The two columns to pair: one Chinese and one English where the header names them, else the first two."""
    if layout.column("source") is not None and layout.column("target") is not None:
        return layout.column("source") or 0, layout.column("target") or 0
    tagged = {number: read_tag(tag)[0] for number, tag in layout.tags.items()}
    english = next((number for number, each in tagged.items() if each is Language.EN), None)
    chinese = next((number for number, each in tagged.items() if each is not Language.EN), None)
    if english is not None and chinese is not None:
        return chinese, english
    columns = [number for number, role in layout.roles.items() if role == "term"]
    return columns[0], columns[1]


def _side(row: tuple[Cell, ...], number: int, layout: Layout) -> UnitSide:
    if number >= len(row):
        return UnitSide("", _tag(row, number, layout))
    cell = row[number]
    text = unguard(cell.text)
    body = text.strip()
    lead = len(cell.text) - len(text) + len(text) - len(text.lstrip())
    offset = cell.offset + lead if cell.offset is not None else 0
    column = cell.column + lead if cell.offset is not None else cell.column
    return UnitSide(body, _tag(row, number, layout), TextPlace(offset, cell.line, column))


def _tag(row: tuple[Cell, ...], number: int, layout: Layout) -> str | None:
    tag_column = layout.column(f"{layout.roles[number]} tag")
    if tag_column is not None and tag_column < len(row):
        return row[tag_column].text.strip() or None
    return layout.tags.get(number)
