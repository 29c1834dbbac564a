"""Findings as one self-contained HTML page, both languages side by side."""

from __future__ import annotations

from html import escape

from termbank.model.check_result import Checked
from termbank.model.finding import Finding
from termbank.reports.findings_text import summary
from termbank.reports.page import marked, page


def report(checked: Checked) -> str:
    """The page; what was waived stands at its end with the reasons."""
    parts = [f"<p>{escape(summary(checked))}</p>"]
    parts += [f"<p class=quiet>{escape(remark)}</p>" for remark in checked.remarks]
    file = None
    for finding in checked.findings:
        if finding.file != file:
            file = finding.file
            parts.append(f"<h2>{escape(file or '')}</h2>")
        parts.append(_article(finding))
    if checked.waived:
        parts.append("<h2>Waived</h2>")
        for item in checked.waived:
            parts.append(_article(item.finding, f"Waived: {item.waiver.reason}"))
    return page("Terminology check", "".join(parts))


def _article(finding: Finding, remark: str = "") -> str:
    context, source = finding.context or "", finding.source_context or ""
    at = _at(finding, context)
    en = marked(context, at, at + len(finding.found or "") if at is not None else None)
    suggest = "".join(f"<li>{escape(text)}</li>" for text in finding.suggest)
    return (
        f'<article class="{finding.severity.value}"><p><b>{escape(finding.severity.value)}</b> '
        f'<span class=code>{escape(finding.code)}</span> <span class="quiet">line {finding.line}, '
        f"column {finding.column}</span></p><p>{escape(finding.message)}</p>"
        f'<div class=pair><div lang="zh">{escape(source)}</div><div lang="en">{en}</div></div>'
        + (f"<p class=quiet>Write:</p><ul>{suggest}</ul>" if suggest else "")
        + (f"<p class=quiet>{escape(remark)}</p>" if remark else "")
        + "</article>"
    )


def _at(finding: Finding, context: str) -> int | None:
    """Where the words stand in their sentence, the place nearest the column told."""
    found = finding.found or ""
    places = [at for at in range(len(context)) if found and context.startswith(found, at)]
    return min(places, key=lambda at: abs(at - (finding.column - 1)), default=None)
