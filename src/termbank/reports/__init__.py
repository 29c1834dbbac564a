"""Reports of findings, scans, surveys and variants, as text, JSON, CSV, SARIF, HTML or SVG.

A line of `REPORTS` names what is reported, in which form, and the module that formats it, which is imported on first
use. A report is a string: nothing is opened or printed here. Text, HTML and SVG are in the language of the interface;
JSON, SARIF, CSV and GitHub annotations are always English.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

from termbank.model.errors import TermbankError
from termbank.model.message import message


class Report(NamedTuple):
    """One form of one report; `module` has `report(subject, **options) -> str`."""

    subject: str
    form: str
    module: str


REPORTS: tuple[Report, ...] = (
    Report("findings", "text", "termbank.reports.findings_text"),
    Report("findings", "json", "termbank.reports.findings_json"),
    Report("findings", "sarif", "termbank.reports.findings_sarif"),
    Report("findings", "github", "termbank.reports.findings_github"),
    Report("findings", "html", "termbank.reports.findings_html"),
    Report("scan", "text", "termbank.reports.scan_text"),
    Report("scan", "json", "termbank.reports.scan_json"),
    Report("scan", "csv", "termbank.reports.scan_csv"),
    Report("survey", "text", "termbank.reports.survey_text"),
    Report("survey", "json", "termbank.reports.survey_json"),
    Report("survey", "csv", "termbank.reports.survey_csv"),
    Report("survey", "html", "termbank.reports.survey_html"),
    Report("variants", "text", "termbank.reports.variants_text"),
    Report("variants", "json", "termbank.reports.variants_json"),
    Report("variants", "html", "termbank.reports.variants_html"),
    Report("variants", "svg", "termbank.reports.variants_svg"),
    Report("changes", "text", "termbank.reports.changes_text"),
    Report("changes", "json", "termbank.reports.changes_json"),
)


def forms_of(subject: str) -> tuple[str, ...]:
    """The forms in which a subject can be reported."""
    return tuple(report.form for report in REPORTS if report.subject == subject)


def write(subject: str, form: str, what: Any, **options: Any) -> str:
    """Format a report.

    Args:
        subject: `findings`, `scan`, `survey`, `variants` or `changes`.
        form: One of the forms of the subject.
        what: The value to report.
        options: Passed to the report, for example the `width` of a text.

    Raises:
        TermbankError: There is no such form.
    """
    for report in REPORTS:
        if (report.subject, report.form) == (subject, form):
            text: str = import_module(report.module).report(what, **options)
            return text
    raise TermbankError(
        message("there is no {form} report of {subject}.", form=form, subject=subject),
        remedy=message("Use one of: {forms}.", forms=", ".join(forms_of(subject))),
    )
