"""Findings as one self-contained HTML file, both languages side by side."""

from __future__ import annotations

from html import escape

from termbank.core.checked import Checked
from termbank.core.finding import Finding
from termbank.reports.findings_text import summary
from termbank.reports.page import marked, page


def report(checked: Checked) -> str:
    """The findings in order, each with its sentence and the source's; then what was waived, and why."""
    parts = [f"<p>{escape(summary(checked))}</p>"]
    parts += [_finding(finding) for finding in checked.findings]
    if checked.waived:
        parts.append("<h2>Waived</h2>")
        for item in checked.waived:
            reason = item.waiver.reason or "no reason given"
            parts.append(_finding(item.finding, f'<p class="soft">Waived: {escape(reason)}</p>'))
    return page("Findings", "\n".join(parts))


def _finding(finding: Finding, more: str = "") -> str:
    place = f"{finding.file or ''}:{finding.line}:{finding.column}"
    head = f"<b>{escape(finding.code)}</b> · {finding.severity.value} · <code>{escape(place)}</code>"
    sides = [f'<blockquote lang="en">{_sentence(finding)}</blockquote>']
    if finding.source_context:
        sides.insert(0, f'<blockquote lang="zh">{escape(finding.source_context)}</blockquote>')
    body = f'<div class="pair">{"".join(sides)}</div>' if finding.context or finding.source_context else ""
    return f"<article><p>{head}</p><p>{escape(finding.message)}</p>{body}{more}</article>"


def _sentence(finding: Finding) -> str:
    context, found = finding.context or "", finding.found or ""
    places = [at for at in range(len(context)) if found and context.startswith(found, at)]
    if not places:
        return escape(context)
    at = min(places, key=lambda place: abs(place - (finding.column - 1)))
    return marked(context, at, at + len(found))
