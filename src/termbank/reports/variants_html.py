"""Variants as one self-contained HTML page: a timeline for each concept, and every use in a table.

What the drawing says with shapes the table says with words, so that the page can be read, sorted,
searched and printed without it. Undated uses stand at the end of the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from termbank.files.xml import without_illegal
from termbank.model.concept import Attestation
from termbank.model.variants import AsOf, ConceptVariants, UsedRendering, Variants
from termbank.reports.page import page
from termbank.reports.variants_svg import STYLE, as_of_line, drawing, period

WHOLE = 5
"""Up to so many concepts their tables stand open."""

_STYLE = (
    f"{STYLE}.name{{stroke:Canvas}}.timeline{{width:100%;height:auto;display:block;margin:.6rem 0}}"
    "section{margin-top:2.2rem}section>h2{margin:0;break-after:avoid}td.when{white-space:nowrap}"
    "figure{margin:0;break-inside:avoid;overflow-x:auto}figure .timeline{min-width:44rem}"
)


def report(found: Variants) -> str:
    """The page: what was counted, then concept by concept the answer, the drawing and the uses."""
    body = [f"<style>{_STYLE}</style>"]
    if found.filters:
        body.append(f"<p>Counted: uses by {_said(found.filters)}.</p>")
    open_ = len(found.concepts) <= WHOLE
    body += [_concept(one, open_) for one in found.concepts]
    if not found.concepts:
        body.append("<p>Nothing is counted.</p>")
    return page("Renderings over time", "".join(body))


def _said(text: str) -> str:
    return escape(without_illegal(text))


def _concept(one: ConceptVariants, open_: bool) -> str:
    head = f'<h2><span lang="zh">{_said(one.zh)}</span> <span class="quiet code">{_said(one.concept)}</span></h2>'
    if not one.renderings:
        return f"<section>{head}{_as_of(one.as_of)}<p>No use of a rendering is counted.</p></section>"
    uses = "".join(_uses(one))
    table = (
        "<table><thead><tr>"
        + "".join(f'<th scope="col"><button>{name}</button></th>' for name in _COLUMNS)
        + f"</tr></thead>{uses}</table>"
        if uses
        else "<p>No use is counted.</p>"
    )
    return (
        f"<section>{head}{_as_of(one.as_of)}<figure>{drawing(one)}</figure>"
        f"<details{' open' if open_ else ''}><summary>Every use, and what was decided</summary>"
        f"{table}{_periods(one)}{_decisions(one)}</details></section>"
    )


_COLUMNS = ("Date", "Rendering", "Publisher", "Kind", "Document")


def _as_of(answer: AsOf | None) -> str:
    if answer is None:
        return ""
    return (
        f"<p><b>{_said(as_of_line(answer))}</b></p>"
        + _others("Still used:", answer.lagging)
        + _others("Others used in the years before:", answer.beside)
    )


def _others(head: str, uses: tuple[tuple[object, Attestation], ...]) -> str:
    items = "".join(
        f"<li>“{_said(getattr(term, 'text', ''))}”: {_said(use.source.publisher_name)}, {use.date}, "
        f"{_said(use.source.title)}</li>"
        for term, use in uses
    )
    return f"<p>{head}</p><ul>{items}</ul>" if items else ""


def _uses(one: ConceptVariants) -> Iterator[str]:
    found = [(use, rendering) for rendering in one.renderings for use in rendering.uses]
    for use, rendering in sorted(found, key=lambda item: (item[0].date or "9", item[1].term.text)):
        yield _use(use, rendering)


def _use(use: Attestation, rendering: UsedRendering) -> str:
    source = use.source
    quotation = f"<br><q>{_said(use.quotation)}</q>" if use.quotation else ""
    url = f'<br><span class="quiet code">{_said(source.url)}</span>' if source.url else ""
    return (
        f'<tbody><tr><td class=when data-v="{use.date or "9"}">{use.date or "undated"}</td>'
        f"<td>{_said(rendering.term.text)}<br><span class=quiet>{rendering.term.status.value}</span></td>"
        f"<td>{_said(source.publisher_name)}</td><td>{source.kind.value}</td>"
        f"<td>{_said(source.title)}{url}{quotation}</td></tr></tbody>"
    )


def _periods(one: ConceptVariants) -> str:
    stated = [r for r in one.renderings if r.term.since or r.term.until]
    items = "".join(f"<li>“{_said(r.term.text)}”: {period(r)}</li>" for r in stated)
    return f"<p class=quiet>Periods of status</p><ul>{items}</ul>" if items else ""


def _decisions(one: ConceptVariants) -> str:
    items = "".join(
        f"<li>{d.when[:10]} {_said(d.who)}: {_said(d.act)}{f', {_said(d.why)}' if d.why else ''}</li>"
        for d in one.decisions
    )
    return f"<p class=quiet>Decisions</p><ul>{items}</ul>" if items else ""
