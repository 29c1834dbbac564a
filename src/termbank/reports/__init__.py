"""The shelf of reports: findings, surveys and variants in; text, JSON, CSV, SARIF, HTML, SVG out.

A line of `REPORTS` says what is reported, in which form, and which module writes it; the module is
imported when it is called for. A report is a text: it opens nothing and prints nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

from termbank.model.errors import TermbankError


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
    Report("survey", "text", "termbank.reports.survey_text"),
    Report("survey", "json", "termbank.reports.survey_json"),
    Report("survey", "csv", "termbank.reports.survey_csv"),
    Report("survey", "html", "termbank.reports.survey_html"),
    Report("variants", "text", "termbank.reports.variants_text"),
    Report("variants", "json", "termbank.reports.variants_json"),
    Report("variants", "html", "termbank.reports.variants_html"),
    Report("variants", "svg", "termbank.reports.variants_svg"),
)


def forms_of(subject: str) -> tuple[str, ...]:
    """The forms in which something can be reported."""
    return tuple(report.form for report in REPORTS if report.subject == subject)


def write(subject: str, form: str, what: Any, **options: Any) -> str:
    """The report as a text; raises TermbankError for a form there is none of."""
    for report in REPORTS:
        if (report.subject, report.form) == (subject, form):
            text: str = import_module(report.module).report(what, **options)
            return text
    raise TermbankError(
        f"there is no {form} report of {subject}.", remedy=f"Use one of: {', '.join(forms_of(subject))}."
    )
