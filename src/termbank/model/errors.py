"""What can go wrong, said once, with its place.

Every fault that reaches a person is a `TermbankError`: one plain sentence that names the file,
the line, what is wrong and what to do. Faults in data are gathered as `Fault` values so that
all of them can be shown together; an exception is raised only when nothing can be done.
"""

from __future__ import annotations

from dataclasses import dataclass


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
        where = self.file or ""
        if self.line is not None:
            where += f":{self.line}" if where else f"line {self.line}"
            if self.column is not None:
                where += f":{self.column}"
        elif self.place:
            where += f" ({self.place})" if where else self.place
        sentence = f"{where}: {self.message}" if where else self.message
        return f"{sentence} {self.remedy}" if self.remedy else sentence


class TermbankError(Exception):
    """The request could not be carried out; str() is one plain sentence for the person who asked."""

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
    """A file that is empty, binary, truncated, foreign, hostile or not to be opened."""


class BankError(TermbankError):
    """The bank cannot be opened, read or written; the file is left as it was."""


class MissingExtraError(TermbankError):
    """An optional part is not installed; the message says how to install it."""


class NotFoundError(TermbankError):
    """What was asked for by name is not in the bank."""


class ConflictError(TermbankError):
    """A decision would overwrite a later one."""
