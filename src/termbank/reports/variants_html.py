"""Variants as a self-contained HTML page: a timeline for each concept, and every use in a table.

The table has in words what the drawing shows by shapes, so that the page can be read, sorted, searched and printed
without it. Undated uses are at the end of the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from termbank.files.xml import without_illegal
from termbank.model.concept import Attestation
from termbank.model.labels import label
from termbank.model.message import _, message, translate
from termbank.model.variants import AsOf, ConceptVariants, UsedRendering, Variants
from termbank.reports.attestation_text import seen_how
from termbank.reports.html_page import html_page
from termbank.reports.variants_svg import STYLE, as_of_line, drawing, limits_line, period

OPEN_TABLES = 5
"""Up to this many concepts, the tables are open."""

_STYLE = (
    f"{STYLE}.name{{stroke:Canvas}}.timeline{{width:100%;height:auto;display:block;margin:.6rem 0}}"
    "section{margin-top:2.2rem}section>h2{margin:0;break-after:avoid}td.when{white-space:nowrap}"
    "figure{margin:0;break-inside:avoid;overflow-x:auto}figure .timeline{min-width:44rem}"
)


def report(found: Variants) -> str:
    """Format the page: what was counted, then for each concept the answer, the drawing and the uses."""
    body = [f"<style>{_STYLE}</style>"]
    if found.filters:
        body.append(f"<p>{_safe(limits_line(found))}</p>")
    open_ = len(found.concepts) <= OPEN_TABLES
    body += [_concept(one, open_) for one in found.concepts]
    if not found.concepts:
        body.append(f"<p>{_safe(_('No uses found.'))}</p>")
    return html_page(_("Renderings over time"), "".join(body))


def _safe(text: str) -> str:
    """Escape a text for HTML, without the characters that XML forbids."""
    return escape(without_illegal(text))


def _concept(one: ConceptVariants, open_: bool) -> str:
    head = f'<h2><span lang="zh">{_safe(one.zh)}</span> <span class="quiet code">{_safe(one.concept)}</span></h2>'
    if not one.renderings:
        return f"<section>{head}{_as_of(one.as_of)}<p>{_safe(_('No use of a rendering is counted.'))}</p></section>"
    uses = "".join(_uses(one))
    table = (
        "<table><thead><tr>"
        + "".join(f'<th scope="col"><button>{_safe(translate(name))}</button></th>' for name in _COLUMNS)
        + f"</tr></thead>{uses}</table>"
        if uses
        else f"<p>{_safe(_('No use is counted.'))}</p>"
    )
    return (
        f"<section>{head}{_as_of(one.as_of)}<figure>{drawing(one)}</figure>"
        f"<details{' open' if open_ else ''}><summary>{_safe(_('All uses and decisions'))}</summary>"
        f"{table}{_periods(one)}{_decisions(one)}</details></section>"
    )


_COLUMNS = (
    message("Date"),
    message("Rendering"),
    message("Publisher"),
    message("Kind"),
    message("Document"),
    message("Seen"),
)


def _as_of(answer: AsOf | None) -> str:
    if answer is None:
        return ""
    return (
        f"<p><b>{_safe(as_of_line(answer))}</b></p>"
        + _others(_("Still used:"), answer.lagging)
        + _others(_("Others used in the years before:"), answer.beside)
    )


def _others(head: str, uses: tuple[tuple[object, Attestation], ...]) -> str:
    items = "".join(
        f"<li>“{_safe(getattr(term, 'text', ''))}”: {_safe(translate(use.source.publisher_name))}, {use.date}, "
        f"{_safe(use.source.title)}</li>"
        for term, use in uses
    )
    return f"<p>{_safe(head)}</p><ul>{items}</ul>" if items else ""


def _uses(one: ConceptVariants) -> Iterator[str]:
    found = [(use, rendering) for rendering in one.renderings for use in rendering.uses]
    for use, rendering in sorted(found, key=lambda item: (item[0].date or "9", item[1].term.text)):
        yield _use(use, rendering)


def _use(use: Attestation, rendering: UsedRendering) -> str:
    source = use.source
    quotation = f"<br><q>{_safe(use.quotation)}</q>" if use.quotation else ""
    url = f'<br><span class="quiet code">{_safe(source.url)}</span>' if source.url else ""
    return (
        f'<tbody><tr><td class=when data-v="{use.date or "9"}">{use.date or _safe(_("undated"))}</td>'
        f"<td>{_safe(rendering.term.text)}<br><span class=quiet>{_safe(label(rendering.term.status))}</span></td>"
        f"<td>{_safe(translate(source.publisher_name))}</td><td>{_safe(label(source.kind))}</td>"
        f"<td>{_safe(source.title)}{url}{quotation}</td><td>{_safe(seen_how(use))}</td></tr></tbody>"
    )


def _periods(one: ConceptVariants) -> str:
    stated = [r for r in one.renderings if r.term.since or r.term.until]
    items = "".join(f"<li>“{_safe(r.term.text)}”: {_safe(period(r))}</li>" for r in stated)
    return f"<p class=quiet>{_safe(_('Periods of status'))}</p><ul>{items}</ul>" if items else ""


def _decisions(one: ConceptVariants) -> str:
    items = "".join(
        f"<li>{d.when[:10]} {_safe(d.who)}: {_safe(d.act)}{f', {_safe(d.why)}' if d.why else ''}</li>"
        for d in one.decisions
    )
    return f"<p class=quiet>{_safe(_('Decisions'))}</p><ul>{items}</ul>" if items else ""
