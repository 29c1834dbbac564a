"""Finding: what is wrong, where, and what to write instead.

A finding names its check by `code`, carries its place in the target file and, where there is one,
in the source, and a fingerprint that survives moved lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from termbank.model.span import Span


class Severity(StrEnum):
    """How much a finding matters; `rank` grows with it."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True)
class Finding:
    """One fault. `span` is in the target file, `source_span` in the source file, both in code points."""

    code: str
    severity: Severity
    message: str
    concept: str | None = None
    file: str | None = None
    line: int = 1
    column: int = 1
    span: Span | None = None
    source_file: str | None = None
    source_span: Span | None = None
    found: str | None = None
    suggest: tuple[str, ...] = ()
    context: str | None = None
    source_context: str | None = None
    fingerprint: str = ""

    def __repr__(self) -> str:
        """Brief: <Finding missing-rendering, report.txt:3:7: …>."""
        return f"<Finding {self.code}, {self.file or ''}:{self.line}:{self.column}: {self.message}>"
