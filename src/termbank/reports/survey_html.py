"""A survey as a self-contained HTML page: a sortable matrix, with passages that open on a click."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from termbank.model.labels import label
from termbank.model.message import _
from termbank.model.span import Span
from termbank.model.survey import Survey, SurveyedConcept, SurveyedRendering, wordings
from termbank.reports.html_page import highlight, html_page
from termbank.reports.survey_text import letter

AROUND = 90
"""Characters shown on both sides of a use."""


def report(survey: Survey, *, texts: Mapping[str, str] | None = None) -> str:
    """Format the page: the key to the documents, the matrix, the concepts with mixed renderings.

    Args:
        survey: The survey.
        texts: The texts of the documents by name; without them the cells show counts alone.
    """
    texts = texts or {}
    letters = [letter(n) for n in range(len(survey.documents))]
    key = "".join(
        f"<li><b>{mark}</b> {escape(name)}</li>" for mark, name in zip(letters, survey.documents, strict=True)
    )
    heads = "".join(f'<th scope="col"><button>{mark}</button></th>' for mark in letters)
    rows = "".join(_concept(concept, survey.documents, texts) for concept in survey.concepts)
    table = (
        '<table><thead><tr><th scope="col"><button>'
        f'{escape(_("Concept and rendering"))}</button></th><th scope="col"><button>{escape(_("Status"))}</button>'
        f"</th>{heads}</tr></thead>{rows}</table>"
    )
    return html_page(_("Survey of renderings"), f"<ul>{key}</ul>{table}{_list_mixed(survey, letters)}")


def _concept(concept: SurveyedConcept, documents: tuple[str, ...], texts: Mapping[str, str]) -> str:
    counts = "".join(
        f'<td class=n data-v="{sum(r.count_in(name) for r in concept.renderings)}"></td>'
        for name in documents
    )
    head = (
        f'<tr class=concept><td data-v="{escape(concept.zh)}"><span lang="zh">{escape(concept.zh)}</span> '
        f"<span class=quiet>{escape(concept.concept)}</span></td><td></td>{counts}</tr>"
    )
    return f"<tbody>{head}{''.join(_rendering(r, documents, texts) for r in concept.renderings)}</tbody>"


def _rendering(rendering: SurveyedRendering, documents: tuple[str, ...], texts: Mapping[str, str]) -> str:
    status = label(rendering.status) if rendering.status else _("new rendering")
    if rendering.confidence is not None:
        confidence = f"{rendering.confidence:.0%}"
        status = _("{status} (confidence {confidence})", status=status, confidence=confidence)
    cells = "".join(_cell(rendering, name, texts.get(name)) for name in documents)
    return f"<tr><td>{escape(rendering.text)}</td><td>{escape(status)}</td>{cells}</tr>"


def _cell(rendering: SurveyedRendering, name: str, text: str | None) -> str:
    spans = [span for use in rendering.uses if use.document == name for span in use.spans]
    if not spans:
        return '<td class=n data-v="0">·</td>'
    if text is None:
        return f'<td class=n data-v="{len(spans)}">{len(spans)}</td>'
    passages = "".join(f"<p>{_passage(text, span)}</p>" for span in spans)
    return f'<td data-v="{len(spans)}"><details><summary>{len(spans)}</summary>{passages}</details></td>'


def _passage(text: str, span: Span) -> str:
    start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    return "…" + highlight(text[start:end].replace("\n", " "), span.start - start, span.end - start) + "…"


def _list_mixed(survey: Survey, letters: list[str]) -> str:
    place = dict(zip(survey.documents, letters, strict=True))
    items = "".join(
        f"<li><b>{place[name]}</b> {escape(concept.zh)}: "
        + " / ".join(f"“{escape(text)}”" for text in wordings(concept.used_in(name)))
        + "</li>"
        for name, concept in survey.mixed
    )
    return (
        f"<h2>{escape(_('Two renderings of one concept in one document'))}</h2><ul>{items}</ul>"
        if items
        else ""
    )
