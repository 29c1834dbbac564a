"""Findings as GitHub workflow commands, so that they stand beside the lines of a pull request.

One command a line; what would end a command or a property early is escaped as the runner asks.
"""

from __future__ import annotations

from termbank.core.checked import Checked
from termbank.core.finding import Finding, Severity

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def report(checked: Checked) -> str:
    """The commands, in order of file and place; nothing where nothing was found."""
    return "".join(f"{_command(finding)}\n" for finding in checked.findings)


def _command(finding: Finding) -> str:
    properties = {"file": finding.file or "", "line": str(finding.line), "col": str(finding.column)}
    if finding.span is not None and "\n" not in (finding.found or "\n"):
        properties |= {
            "endLine": str(finding.line),
            "endColumn": str(finding.column + finding.span.end - finding.span.start),
        }
    properties["title"] = finding.code
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{LEVELS[finding.severity]} {said}::{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
