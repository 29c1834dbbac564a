"""A survey as one self-contained HTML file: a sortable matrix, the passages on a click."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from termbank.core.survey import Survey, SurveyedConcept, SurveyedRendering, Use
from termbank.reports.page import marked, page
from termbank.reports.survey_text import letter

AROUND = 160


def report(survey: Survey, *, texts: Mapping[str, str] | None = None) -> str:
    """The matrix of renderings by documents; `texts` by document name give the passages."""
    letters = {name: letter(number) for number, name in enumerate(survey.documents)}
    key = "".join(f"<li><b>{letters[name]}</b> {escape(name)}</li>" for name in survey.documents)
    heads = "".join(f'<th data-sort="number">{letters[name]}</th>' for name in survey.documents)
    rows = "\n".join(row for concept in survey.concepts for row in _rows(concept, survey, texts or {}))
    table = (
        '<table><thead><tr><th data-sort="text">concept</th><th data-sort="text">rendering</th>'
        f'<th data-sort="text">status</th>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>'
    )
    return page("Survey of renderings", f'<ul class="soft">{key}</ul>\n{table}\n{_mixed(survey, letters)}')


def _rows(concept: SurveyedConcept, survey: Survey, texts: Mapping[str, str]) -> Iterator[str]:
    for rendering in concept.renderings:
        cells = "".join(_cell(rendering, name, texts) for name in survey.documents)
        yield (
            f'<tr><td lang="zh" title="{escape(concept.concept)}">{escape(concept.zh)}</td>'
            f"<td>{escape(rendering.text)}</td><td>{escape(_standing(rendering))}</td>{cells}</tr>"
        )


def _standing(rendering: SurveyedRendering) -> str:
    if rendering.status is not None:
        return rendering.status.value
    sure = f" ({rendering.confidence:.0%} sure)" if rendering.confidence is not None else ""
    return f"new rendering{sure}"


def _cell(rendering: SurveyedRendering, name: str, texts: Mapping[str, str]) -> str:
    uses = [use for use in rendering.uses if use.document == name]
    count = sum(len(use.spans) for use in uses)
    if not count:
        return '<td class="n" data-key="0">·</td>'
    passages = "".join(_passages(use, texts.get(name, "")) for use in uses)
    if not passages:
        return f'<td class="n" data-key="{count}">{count}</td>'
    return f'<td class="n" data-key="{count}"><details><summary>{count}</summary>{passages}</details></td>'


def _passages(use: Use, text: str) -> str:
    return "".join(
        f"<blockquote>{marked(text, span.start, span.end, AROUND)}</blockquote>" for span in use.spans if text
    )


def _mixed(survey: Survey, letters: Mapping[str, str]) -> str:
    items = "".join(
        f"<li>{letters[name]}: {escape(concept.zh)} — "
        + escape(" / ".join(rendering.text for rendering in concept.used_in(name)))
        + "</li>"
        for name, concept in survey.mixed
    )
    return f"<h2>Mixed within one document</h2><ul>{items}</ul>" if items else ""
