"""Findings to be read in a terminal: place, what is wrong, the sentence with the words marked, what to write.

    draft.md:12:8  error  deprecated-rendering
      “Intelligent bodies” is a deprecated rendering of 智能体. Write “intelligent agent”.
        Intelligent bodies are changing software development.
        ^^^^^^^^^^^^^^^^^^
        智能体正在改变软件开发。

The mark is drawn in terminal cells. Escapes in the text are left to the face that prints it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from termbank.model.check_result import Checked
from termbank.model.finding import Finding, Severity
from termbank.text.display_width import cells, cut, cut_left


def report(checked: Checked, *, width: int = 100) -> str:
    """Every finding with its sentence, then one line that counts them."""
    lines = [line for finding in checked.findings for line in (*_finding(finding, width), "")]
    return "\n".join([*lines, summary(checked)]) + "\n"


def summary(checked: Checked) -> str:
    """“3 findings (1 error, 2 warnings) in 40 segments; 1 waived.”"""
    counts = Counter(finding.severity for finding in checked.findings)
    kinds = ", ".join(
        _counted(counts[severity], severity.value) for severity in reversed(Severity) if counts[severity]
    )
    total = len(checked.findings)
    said = f"{_counted(total, 'finding')} ({kinds})" if total else "no findings"
    said += f" in {_counted(checked.segments, 'segment')}"
    if checked.waived:
        said += f"; {len(checked.waived)} waived"
    if checked.known:
        said += f"; {len(checked.known)} known from the baseline"
    return said + "."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _finding(finding: Finding, width: int) -> Iterator[str]:
    yield f"{finding.file or '(no file)'}:{finding.line}:{finding.column}  {finding.severity.value}  {finding.code}"
    yield f"  {finding.message}"
    if finding.context and finding.context.strip():
        yield from _marked(finding, width - 4)
    if finding.source_context:
        yield f"    {_cut(_flat(finding.source_context), width - 4)}"


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ").replace("\r", " ")


def _cut(text: str, width: int) -> str:
    return text if cells(text) <= width else cut(text, width - 1) + "…"


def _marked(finding: Finding, width: int) -> Iterator[str]:
    """The sentence, cut around the words that are meant, and carets under them."""
    context = _flat(finding.context or "")
    found = _flat(finding.found or "")
    at = _where(finding, context, found)
    if at is None or not found:
        yield f"    {_cut(context, width)}"
        return
    before, words, after = context[:at], context[at : at + len(found)], context[at + len(found) :]
    words = _cut(words, max(10, width - 20))
    room = max(0, width - cells(words))
    if cells(before) + cells(after) > room:
        left = min(cells(before), max(room // 2, room - cells(after)))
        before = before if cells(before) <= left else "…" + cut_left(before, max(0, left - 1))
        after = _cut(after, max(1, room - cells(before)))
    yield f"    {before}{words}{after}"
    yield f"    {' ' * cells(before)}{'^' * max(1, cells(words))}"


def _where(finding: Finding, context: str, found: str) -> int | None:
    """Where in its sentence the words stand: told by the column where that fits, else searched for."""
    places = [at for at in range(len(context)) if found and context.startswith(found, at)]
    if not places:
        return None
    return min(places, key=lambda at: abs(at - (finding.column - 1)))
