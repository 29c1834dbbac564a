"""Printing to the terminal: escaped text, colour where it is wanted, tables that line up in cells.

Text from files may hold terminal escapes and control characters, so everything passes `escape_controls` before it is
printed. Colour is used only on a terminal and never with NO_COLOR.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

import click

from termbank.model.message import _, translate
from termbank.text.display_width import cells, fit

STATUS_STYLES: dict[str, dict[str, Any]] = {
    "preferred": {"fg": "green", "bold": True},
    "admitted": {"fg": "green"},
    "proposed": {"fg": "yellow"},
    "superseded": {"fg": "magenta"},
    "deprecated": {"fg": "red"},
}


def escape_controls(text: str) -> str:
    """Show control, bidirectional and other invisible characters as escapes, and line ends as ⏎."""
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character.isprintable() or character == " ":
        return character
    if character in "\r\n":
        return "⏎"
    if character == "\t":
        return " "
    # The ideographic space is not “printable” to Python, yet harmless and common in Chinese text.
    return character if character == "\u3000" else character.encode("unicode_escape").decode("ascii")


def wants_colour(stream: TextIO) -> bool:
    """Whether to write colours to a stream."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def style(text: str, **styles: Any) -> str:
    """Escape a text, and give it a click style where colour is wanted."""
    shown = escape_controls(text)
    return click.style(shown, **styles) if wants_colour(sys.stdout) else shown


def print_line(text: str = "", end: str = "\n") -> None:
    """Print one line of the answer on stdout."""
    sys.stdout.write(text + end)


def print_report(text: str) -> None:
    """Print a report: line by line and escaped on a terminal, verbatim into a file or a pipe."""
    if sys.stdout.isatty():
        for line in text.splitlines():
            print_line(escape_controls(line))
    else:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")


def print_error_line(text: str) -> None:
    """Print one line on stderr."""
    sys.stderr.write(escape_controls(translate(text)) + "\n")


def print_error(text: str) -> None:
    """Print a sentence on stderr after the program's name, as compilers do."""
    print_error_line(f"termbank: {translate(text)}")


def print_remarks(remarks: Iterable[str]) -> None:
    """Print what a service remarks on besides its answer, each on a line of stderr."""
    for remark in remarks:
        print_error(remark)


def print_json(document: dict[str, Any]) -> None:
    """Print one JSON document on stdout: UTF-8, not ASCII-escaped."""
    print_line(json.dumps(document, ensure_ascii=False, indent=None if not sys.stdout.isatty() else 2))


def terminal_width() -> int:
    """The number of cells in a line of the terminal; 100 where there is none."""
    return max(40, shutil.get_terminal_size((100, 24)).columns)


def format_table(
    rows: Sequence[Sequence[str]], head: Sequence[str] = (), limit: int | None = None
) -> Iterable[str]:
    """Format rows as lines whose columns line up in terminal cells.

    Args:
        rows: The cells; they are escaped here.
        head: The heads of the columns, shown bold.
        limit: The width in cells, by default the terminal's. The widest columns are cut until a line fits.
    """
    lines = [tuple(escape_controls(cell) for cell in row) for row in ([head] if head else []) + list(rows)]
    if not lines:
        return
    count = max(len(line) for line in lines)
    widths = [max(cells(line[i]) if i < len(line) else 0 for line in lines) for i in range(count)]
    available = (limit or terminal_width()) - 2 * (count - 1)
    while sum(widths) > available and max(widths) > 8:  # shorten the widest column, cell by cell
        widest = widths.index(max(widths))
        widths[widest] -= 1
    for number, line in enumerate(lines):
        text = "  ".join(fit(cell, widths[i]) for i, cell in enumerate(line)).rstrip()
        yield click.style(text, bold=True) if head and number == 0 and wants_colour(sys.stdout) else text


class ProgressBar:
    """A progress line on stderr with the time left; shows nothing where stderr is no terminal."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._shown = False
        self._live = sys.stderr.isatty()
        self._began: float | None = None

    def __call__(self, done: int, total: int) -> None:
        if not self._live or total <= 0:
            return
        from time import monotonic

        now = monotonic()
        self._began = self._began if self._began is not None else now
        spent = now - self._began
        text = f"{self.what} {done * 100 // total} %"
        if done and spent > 1:
            text = _("{work}, {seconds} s left", work=text, seconds=f"{spent / done * (total - done):.0f}")
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
        self._shown = True

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
