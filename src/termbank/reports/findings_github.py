"""Findings as annotations that GitHub shows beside the lines; always in English, as other machine-read forms."""

from __future__ import annotations

from termbank.model.check_result import Checked
from termbank.model.finding import Finding, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def report(checked: Checked) -> str:
    """One workflow command a finding; nothing where there is none."""
    return "".join(f"{_command(finding)}\n" for finding in checked.findings)


def _command(finding: Finding) -> str:
    end = ""
    if finding.span is not None and finding.found and "\n" not in finding.found:
        end = f",endColumn={finding.column + finding.span.end - finding.span.start}"
    place = f"file={_property(finding.file or '')},line={finding.line},col={finding.column}{end}"
    title = _property(finding.code)
    return f"::{_COMMANDS[finding.severity]} {place},title={title}::{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
