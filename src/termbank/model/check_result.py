"""Checked: the result of a run of the checks, with what was waived and what the baseline has.

A waiver says that a finding is to be ignored, and why; it is kept with the finding, so that a report can show what was
suppressed and by whom.
"""

from __future__ import annotations

from dataclasses import dataclass

from termbank.model.finding import Finding, Severity


@dataclass(frozen=True)
class Waiver:
    """Permission to ignore a check: for one term or all, in some files or all, until a date or for good.

    `line` is where an inline waiver stands in its file; one of a settings file has the line there.
    """

    check: str
    term: str | None = None
    reason: str | None = None
    until: str | None = None
    files: str | None = None
    place: str | None = None
    line: int = 1
    inline: bool = False


@dataclass(frozen=True)
class Waived:
    """A finding that is not reported, and its waiver."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True)
class Checked:
    """The findings of a run in order of file and place; `known` are those of the baseline.

    `segments` counts the pairs looked at; `files` names what was read.
    """

    segments: int
    findings: tuple[Finding, ...] = ()
    waived: tuple[Waived, ...] = ()
    known: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def at_or_above(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity.rank >= severity.rank)
