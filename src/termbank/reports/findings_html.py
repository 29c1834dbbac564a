"""Findings as one self-contained HTML page, both languages side by side."""

from __future__ import annotations

from html import escape

from termbank.model.check_result import Checked
from termbank.model.finding import Finding
from termbank.model.labels import label
from termbank.model.message import _, translate
from termbank.reports.findings_text import position_in_context, summary
from termbank.reports.html_page import highlight, html_page


def report(checked: Checked) -> str:
    """The page; suppressed findings are at its end, with the reasons."""
    parts = [f"<p>{escape(summary(checked))}</p>"]
    parts += [f"<p class=quiet>{escape(translate(remark))}</p>" for remark in checked.remarks]
    file = None
    for finding in checked.findings:
        if finding.file != file:
            file = finding.file
            parts.append(f"<h2>{escape(file or '')}</h2>")
        parts.append(_article(finding))
    if checked.waived:
        parts.append(f"<h2>{escape(_('Suppressed'))}</h2>")
        for item in checked.waived:
            parts.append(_article(item.finding, _("Suppressed: {reason}", reason=item.waiver.reason)))
    return html_page(_("Terminology check"), "".join(parts))


def _article(finding: Finding, remark: str = "") -> str:
    context, source = finding.context or "", finding.source_context or ""
    at = position_in_context(finding, context)
    en = highlight(context, at, at + len(finding.found or "") if at is not None else None)
    place = _("line {line}, column {column}", line=finding.line, column=finding.column)
    suggest = "".join(f"<li>{escape(text)}</li>" for text in finding.suggest)
    return (
        f'<article class="{finding.severity.value}"><p><b>{escape(label(finding.severity))}</b> '
        f'<span class=code>{escape(finding.code)}</span> <span class="quiet">{escape(place)}</span></p>'
        f"<p>{escape(translate(finding.message))}</p>"
        f'<div class=pair><div lang="zh">{escape(source)}</div><div lang="en">{en}</div></div>'
        + (f"<p class=quiet>{escape(_('Write:'))}</p><ul>{suggest}</ul>" if suggest else "")
        + (f"<p class=quiet>{escape(remark)}</p>" if remark else "")
        + "</article>"
    )
