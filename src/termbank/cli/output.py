"""Marks for the terminal: escaping, colour where it is wanted, columns that line up in cells.

Text from files may hold terminal escapes and control characters; nothing reaches the terminal
before `escaped`. Colour is used only on a terminal and never with NO_COLOR.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

import click

from termbank.text.display_width import cells, fit

STATUS_STYLES: dict[str, dict[str, Any]] = {
    "preferred": {"fg": "green", "bold": True},
    "admitted": {"fg": "green"},
    "proposed": {"fg": "yellow"},
    "superseded": {"fg": "magenta"},
    "deprecated": {"fg": "red"},
}


def escaped(text: str) -> str:
    """The text with control, bidi and other invisible characters shown as escapes; line ends as ⏎."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character.isprintable() or character == " ":
        return character
    if character in "\r\n":
        return "⏎"
    if character == "\t":
        return " "
    # The ideographic space is not “printable” to Python, yet harmless and common in Chinese text.
    return character if character == "\u3000" else character.encode("unicode_escape").decode("ascii")


def wants_colour(stream: TextIO) -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def styled(text: str, **style: Any) -> str:
    """The text, escaped, with a click style where colour is wanted."""
    shown = escaped(text)
    return click.style(shown, **style) if wants_colour(sys.stdout) else shown


def say(text: str = "") -> None:
    """One line of the answer, on stdout."""
    sys.stdout.write(text + "\n")


def say_report(text: str) -> None:
    """A report as it stands, its lines made safe for the terminal; a file or pipe gets it verbatim."""
    if sys.stdout.isatty():
        for line in text.splitlines():
            say(escaped(line))
    else:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")


def remark(text: str) -> None:
    """One line that is not the answer, on stderr."""
    sys.stderr.write(escaped(text) + "\n")


def say_json(document: dict[str, Any]) -> None:
    """One JSON document on stdout: UTF-8, not ASCII-escaped."""
    say(json.dumps(document, ensure_ascii=False, indent=None if not sys.stdout.isatty() else 2))


def width() -> int:
    """Cells in a line of the terminal; 100 where there is none."""
    return max(40, shutil.get_terminal_size((100, 24)).columns)


def table(rows: Sequence[Sequence[str]], head: Sequence[str] = (), limit: int | None = None) -> Iterable[str]:
    """Rows as lines whose columns line up in terminal cells; the last column takes what is left.

    Cells are escaped here; a column's width is its longest cell, cut so that the line fits.
    """
    lines = [tuple(escaped(cell) for cell in row) for row in ([head] if head else []) + list(rows)]
    if not lines:
        return
    count = max(len(line) for line in lines)
    widths = [max(cells(line[i]) if i < len(line) else 0 for line in lines) for i in range(count)]
    room = (limit or width()) - 2 * (count - 1)
    while sum(widths) > room and max(widths) > 8:  # the widest gives way, cell by cell
        widest = widths.index(max(widths))
        widths[widest] -= 1
    for number, line in enumerate(lines):
        text = "  ".join(fit(cell, widths[i]) for i, cell in enumerate(line)).rstrip()
        yield click.style(text, bold=True) if head and number == 0 and wants_colour(sys.stdout) else text


class ProgressBar:
    """A progress line on stderr with the time left; silent where stderr is no terminal."""

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
        left = f", {spent / done * (total - done):.0f} s left" if done and spent > 1 else ""
        sys.stderr.write(f"\r\x1b[K{self.what} {done * 100 // total} %{left}")
        sys.stderr.flush()
        self._shown = True

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
