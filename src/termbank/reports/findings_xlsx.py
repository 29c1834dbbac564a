"""Findings as a spreadsheet to work through: a row a finding, both texts, and an empty column to answer in."""

from __future__ import annotations

from collections.abc import Iterator

from termbank.files.tables import write_spreadsheet
from termbank.model.check_result import Checked
from termbank.model.finding import Finding
from termbank.model.message import message, translate

_HEAD = (
    (message("File"), 24),
    (message("Line"), 6),
    (message("Severity"), 9),
    (message("Check"), 22),
    (message("Finding"), 44),
    (message("Chinese"), 48),
    (message("English"), 60),
    (message("Found"), 20),
    (message("Suggested"), 24),
    (message("Answer"), 30),
)
"""The head of each column and its width in characters."""


def report_bytes(checked: Checked) -> bytes:
    """The spreadsheet; the same findings are the same bytes.

    Raises:
        TermbankError: a text is too long for a cell.
    """
    widths = [width for _, width in _HEAD]
    return write_spreadsheet(_rows(checked), translate(message("Findings")), widths)


def _rows(checked: Checked) -> Iterator[tuple[str, ...]]:
    yield tuple(translate(head) for head, _ in _HEAD)
    for finding in checked.findings:
        yield _row(finding)


def _row(finding: Finding) -> tuple[str, ...]:
    english, chinese = finding.context or "", finding.source_context or ""
    return (
        finding.file or "",
        str(finding.line),
        finding.severity.value,
        finding.code,
        translate(finding.message),
        chinese,
        english,
        finding.found or "",
        "; ".join(finding.suggest),
        "",
    )
