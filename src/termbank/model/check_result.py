"""Checked: what a run of the checks gave, with what was waived and what was known already.

A waiver says that a finding is meant to stand, and why; it is kept with the finding, so that a
report can show what was suppressed and by whom.
"""

from __future__ import annotations

from dataclasses import dataclass

from termbank.model.finding import Finding, Severity


@dataclass(frozen=True)
class Waiver:
    """Leave to ignore a check: for a term or all, in a file pattern or all, until a date or for good.

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
    """A finding that is not reported, and the waiver that lets it stand."""

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
