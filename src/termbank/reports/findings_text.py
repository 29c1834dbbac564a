"""Findings as text for a terminal: the place, what is wrong, the sentence with the words marked, what to write.

    draft.md:12:8  error  deprecated-rendering
      “Intelligent bodies” is a deprecated rendering of 智能体. Write “intelligent agent”.
        Intelligent bodies are changing software development.
        ^^^^^^^^^^^^^^^^^^
        智能体正在改变软件开发。

The mark is aligned in terminal cells. Control characters are escaped by the interface that prints the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from termbank.model.check_result import Checked
from termbank.model.finding import Finding, Severity
from termbank.model.labels import label
from termbank.model.message import _, ngettext, translate
from termbank.text.display_width import cells, cut, cut_left


def report(checked: Checked, *, width: int = 100) -> str:
    """Every finding with its sentence, then one line that counts them."""
    lines = [line for finding in checked.findings for line in (*_finding(finding, width), "")]
    return "\n".join([*lines, summary(checked)]) + "\n"


def summary(checked: Checked) -> str:
    """One line of counts: “3 findings (1 error, 2 warnings) in 40 segments; 1 suppressed.”"""
    text = _counts(checked)
    if checked.waived and checked.known:
        return _(
            "{counts}; {suppressed} suppressed; {known} in the baseline.",
            counts=text,
            suppressed=len(checked.waived),
            known=len(checked.known),
        )
    if checked.waived:
        return _("{counts}; {suppressed} suppressed.", counts=text, suppressed=len(checked.waived))
    if checked.known:
        return _("{counts}; {known} in the baseline.", counts=text, known=len(checked.known))
    return _("{counts}.", counts=text)


def _counts(checked: Checked) -> str:
    """How many findings of which severities in how many segments."""
    segments = ngettext("{count} segment", "{count} segments", checked.segments)
    total = len(checked.findings)
    if not total:
        return _("no findings in {segments}", segments=segments)
    counts = Counter(finding.severity for finding in checked.findings)
    by_severity = (
        ngettext("{count} error", "{count} errors", counts[Severity.ERROR]),
        ngettext("{count} warning", "{count} warnings", counts[Severity.WARNING]),
        ngettext("{count} note", "{count} notes", counts[Severity.NOTE]),
    )
    severities = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    parts = [text for text, severity in zip(by_severity, severities, strict=True) if counts[severity]]
    return ngettext(
        "{count} finding ({severities}) in {segments}",
        "{count} findings ({severities}) in {segments}",
        total,
        severities=", ".join(parts),
        segments=segments,
    )


def _finding(finding: Finding, width: int) -> Iterator[str]:
    place = f"{finding.file or _('(no file)')}:{finding.line}:{finding.column}"
    yield f"{place}  {label(finding.severity)}  {finding.code}"
    yield f"  {translate(finding.message)}"
    if finding.context and finding.context.strip():
        yield from _sentence(finding, width - 4)
    if finding.source_context:
        yield f"    {_cut(_one_line(finding.source_context), width - 4)}"


def _one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ").replace("\r", " ")


def _cut(text: str, width: int) -> str:
    return text if cells(text) <= width else cut(text, width - 1) + "…"


def _sentence(finding: Finding, width: int) -> Iterator[str]:
    """The sentence, cut around the words of the finding, and carets under them."""
    context = _one_line(finding.context or "")
    found = _one_line(finding.found or "")
    at = position_in_context(finding, context)
    if at is None or not found:
        yield f"    {_cut(context, width)}"
        return
    before, words, after = context[:at], context[at : at + len(found)], context[at + len(found) :]
    words = _cut(words, max(10, width - 20))
    rest = max(0, width - cells(words))
    if cells(before) + cells(after) > rest:
        left = min(cells(before), max(rest // 2, rest - cells(after)))
        before = before if cells(before) <= left else "…" + cut_left(before, max(0, left - 1))
        after = _cut(after, max(1, rest - cells(before)))
    yield f"    {before}{words}{after}"
    yield f"    {' ' * cells(before)}{'^' * max(1, cells(words))}"


def position_in_context(finding: Finding, context: str) -> int | None:
    """Where the words of a finding start in its sentence: the occurrence nearest its column, None where there is none."""
    found, context = _one_line(finding.found or ""), _one_line(context)
    places = [at for at in range(len(context)) if found and context.startswith(found, at)]
    return min(places, key=lambda at: abs(at - (finding.column - 1)), default=None)
