"""Tables of cells: delimited text (CSV, TSV) and spreadsheets, each row with its place.

The delimiter is guessed from the first lines. A cell's place is the offset of its first character in the text as given,
with its line and column; in a spreadsheet, its row and column. Formulas are guarded when written and unguarded when
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from termbank.files.archives import member, open_zip
from termbank.files.encoding import decode
from termbank.files.remarks import remark_on
from termbank.model.errors import TermbankError, UnreadableError
from termbank.model.message import message

_DELIMITERS = "\t,;|"
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
_LONGEST_CELL = 32_767
_NONCHARACTERS = {0xFFFE: None, 0xFFFF: None}


class Cell(NamedTuple):
    """One cell: `offset` is None in a spreadsheet."""

    text: str
    line: int
    column: int
    offset: int | None = None


@dataclass(frozen=True)
class CellTable:
    """Rows of cells, none of them wholly empty, with the sheet's name where there is one."""

    rows: tuple[tuple[Cell, ...], ...]
    encoding: str | None = None
    remarks: tuple[str, ...] = ()
    sheet: str | None = None


def guard(text: str) -> str:
    """The text such that no spreadsheet takes it for a formula; `unguard` undoes it."""
    return "'" + text if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text


def read_delimited(data: bytes, name: str, delimiter: str | None = None) -> CellTable:
    """The rows of a CSV or TSV, the delimiter guessed from the text unless given."""
    decoded = decode(data, name)
    text = decoded.text
    separator = delimiter or _delimiter_of(text, name)
    return CellTable(tuple(_rows(text, separator)), decoded.encoding, decoded.remarks)


def _delimiter_of(text: str, name: str) -> str:
    """The delimiter that the most lines agree on."""
    lines = [line for line in text[:20_000].splitlines()[:50] if line.strip() and not line.startswith("#")]
    if name.lower().endswith((".tsv", ".tab", ".utf8")):
        return "\t"

    def agreement(delimiter: str) -> tuple[float, int]:
        counts = [re.sub(r'"[^"]*"', "", line).count(delimiter) for line in lines]
        present = [count for count in counts if count]
        same = max((counts.count(count) for count in set(present)), default=0)
        return (same / len(lines) if lines else 0, -_DELIMITERS.index(delimiter))

    return max(_DELIMITERS, key=agreement)


def _rows(text: str, delimiter: str) -> Iterable[tuple[Cell, ...]]:
    mark = re.escape(delimiter)
    cell_of = re.compile(rf'[ ]*"((?:[^"]++|"")*+)"[ ]*(?={mark}|[\r\n]|\Z)|([^{mark}\r\n]*)')
    row: list[Cell] = []
    position, line, line_start = 0, 1, 0
    while position <= len(text):
        match = cell_of.match(text, position)
        assert match is not None  # the second alternative matches anywhere
        quoted = match[1] is not None
        start = match.start(1) if quoted else match.start(2)
        value = match[1].replace('""', '"') if quoted else match[2]
        row.append(Cell(value, line, start - line_start + 1, start))
        if quoted:
            for end in re.finditer(r"\r\n?|\n", match[1]):
                line, line_start = line + 1, match.start(1) + end.end()
        position = match.end()
        if text.startswith(delimiter, position):
            position += 1
            continue
        if any(cell.text.strip() for cell in row):
            yield tuple(row)
        row = []
        if position >= len(text):
            break
        position += 2 if text.startswith("\r\n", position) else 1
        line, line_start = line + 1, position


def read_spreadsheet(data: bytes, name: str) -> CellTable:
    """The rows of the first sheet that has any.

    Raises:
        UnreadableError: The file is damaged, or is no spreadsheet.
    """
    if data.startswith(b"PK"):
        archive = open_zip(data, name)
        for each in archive.namelist():  # the checksums hold each member to the size it was measured by
            member(archive, each, name)
    names, filled = _find_filled_sheets(data, name)
    if not filled:
        return CellTable((), None, (), names[0] if names else None)
    sheet, (top, left), values = filled[0]
    rows = [
        tuple(Cell(_shown(value), top + y + 1, left + x + 1) for x, value in enumerate(row))
        for y, row in enumerate(values)
    ]
    remarks = []
    if len(filled) > 1:
        others = ", ".join(f"“{other[0]}”" for other in filled[1:])
        text = message("only the sheet “{sheet}” is read, not {others}.", sheet=sheet, others=others)
        remarks.append(remark_on(name, text))
    kept = tuple(row for row in rows if any(cell.text.strip() for cell in row))
    return CellTable(kept, None, tuple(remarks), sheet)


def _find_filled_sheets(
    data: bytes, name: str
) -> tuple[list[str], list[tuple[str, tuple[int, int], list[list[Any]]]]]:
    """The names of all sheets; and name, top left cell and values of each that is not empty."""
    from io import BytesIO

    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        names = workbook.sheet_names
        filled = []
        for sheet in names:
            found = workbook.get_sheet_by_name(sheet)
            if found.height:
                filled.append((sheet, found.start or (0, 0), found.to_python(skip_empty_area=True)))
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(
            message("the spreadsheet cannot be read."),
            file=name,
            remedy=message("Save it again as XLSX, or as CSV in UTF-8."),
        ) from error
    except BaseException as error:  # calamine's panics are no Exceptions
        if type(error).__name__ != "PanicException":
            raise
        raise _damage_error(name) from None
    return names, filled


def _damage_error(name: str) -> UnreadableError:
    return UnreadableError(
        message("the spreadsheet is damaged or cut short."),
        file=name,
        remedy=message("Get the file again, or save it again."),
    )


def _shown(value: object) -> str:
    """A cell's value as text: 3.0 as 3, a date in ISO."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value)


def write_delimited(rows: Iterable[Iterable[str]], delimiter: str = ",") -> bytes:
    """UTF-8 with a byte order mark and CRLF, as spreadsheets open it rightly; formulas guarded."""
    risky = re.compile(rf'[{re.escape(delimiter)}"\r\n]|^\s|\s$')

    def written(text: str) -> str:
        if not text or text.isalnum():  # most cells are empty or a word: no formula, and nothing to quote
            return text
        text = guard(text)
        return '"' + text.replace('"', '""') + '"' if risky.search(text) else text

    body = "".join(delimiter.join(map(written, row)) + "\r\n" for row in rows)
    return body.encode("utf-8-sig")


def write_spreadsheet(rows: Iterable[Iterable[str]], sheet: str, widths: Iterable[int] = ()) -> bytes:
    """An XLSX of text cells with a frozen header; the same rows are the same bytes."""
    from datetime import datetime
    from io import BytesIO

    from xlsxwriter import Workbook

    buffer = BytesIO()
    workbook = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"created": datetime(2000, 1, 1)})
    page = workbook.add_worksheet(sheet)
    bold = workbook.add_format({"bold": True})
    for number, width in enumerate(widths):
        page.set_column(number, number, width)
    page.freeze_panes(1, 0)
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if len(text) > _LONGEST_CELL:
                workbook.close()
                raise TermbankError(
                    message(
                        "a text of {length:,} characters does not fit into a spreadsheet cell (row {row}).",
                        length=len(text),
                        row=y + 1,
                    ),
                    remedy=message("Export as CSV or TOML."),
                )
            if text:
                page.write_string(y, x, guard(text.translate(_NONCHARACTERS)), bold if y == 0 else None)
    workbook.close()
    return buffer.getvalue()
