"""Errors and faults: what went wrong, where, and what to do about it.

Everything that stops a request is a `TermbankError`; its text is one sentence that names the file, the line, what is
wrong and the remedy. Faults in a person's data are gathered as `Fault` values so that all of them can be shown together.
Both read as English; `sentence` gives a fault in the language of the interface.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from termbank.model.message import message, translate
from termbank.model.record_merge import FieldConflict


@dataclass(frozen=True)
class Fault:
    """Something wrong in a person's data: `message` says what, `remedy` what to do about it.

    `line` and `column` are 1-based; None where the file has no lines (a spreadsheet names its cell
    in `place` instead).
    """

    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    remedy: str | None = None
    place: str | None = None

    def __str__(self) -> str:
        return _render(self, str)


def sentence(fault: Fault) -> str:
    """The fault with its place and remedy, in the language of the interface."""
    return _render(fault, translate)


def _render(fault: Fault, in_language: Callable[[str], str]) -> str:
    where = fault.file or ""
    if fault.line is not None:
        where = f"{where}:{fault.line}" if where else in_language(message("line {line}", line=fault.line))
        if fault.column is not None:
            where += f":{fault.column}"
    elif fault.place:
        place = in_language(fault.place)
        where = f"{where} ({place})" if where else place
    parts = [in_language(fault.message), in_language(fault.remedy) if fault.remedy else ""]
    text = " ".join(part for part in parts if part)
    return f"{where}: {text}" if where else text


class TermbankError(Exception):
    """The request could not be carried out; `str()` is one English sentence for the person who asked.

    `fault` holds its parts; `faults` are the single faults found in the data, where there are any.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        remedy: str | None = None,
        faults: tuple[Fault, ...] = (),
    ) -> None:
        self.fault = Fault(message, file, line, column, remedy)
        self.faults = faults
        super().__init__(str(self.fault))


class UnreadableError(TermbankError):
    """A file cannot be read: it is empty, binary, truncated, foreign, hostile or not accessible."""


class BankError(TermbankError):
    """The bank cannot be opened, read or written; its file is unchanged."""


class MissingExtraError(TermbankError):
    """An optional dependency is not installed; the message says how to install it."""


class NotFoundError(TermbankError):
    """Nothing of this name is in the bank."""


class ConflictError(TermbankError):
    """The decision would undo or overwrite a later one.

    `conflicts` are the fields in question, each with its base, what is kept and what was to be written. They are shown as
    faults, a line each, in their own words unless `faults` gives others.
    """

    def __init__(
        self,
        message: str,
        *,
        remedy: str | None = None,
        conflicts: tuple[FieldConflict, ...] = (),
        faults: tuple[Fault, ...] | None = None,
    ) -> None:
        lines = tuple(Fault(conflict.text) for conflict in conflicts) if faults is None else faults
        super().__init__(message, remedy=remedy, faults=lines)
        self.conflicts = conflicts
