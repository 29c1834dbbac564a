"""Variants as a drawn timeline: renderings down, years across, a mark for every dated use.

Nothing is shown by colour alone: the shape of a mark is the kind of publisher, a mark alone is a day and a mark on a
bar only a month or a year; the line under a row is the period of its status, as the legend says. `report` makes a file,
`drawing` one concept to be put into a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termbank.files.xml import escape
from termbank.model.concept import Status
from termbank.model.date import first_day, last_day
from termbank.model.document import PublisherKind
from termbank.model.document_counts import describe_counts
from termbank.model.errors import TermbankError
from termbank.model.labels import label
from termbank.model.message import _, message, translate
from termbank.model.variants import AsOf, ConceptVariants, UsedRendering, Variants
from termbank.reports.timeline_layout import Axis, Mark, axis_of, marks
from termbank.text.display_width import cells
from termbank.text.line_wrap import wrapped

WIDTH, LEFT, AXIS = 1040, 300, 640
RIGHT = WIDTH - 4
LABEL_CELLS, STATUS_CELLS = 36, 44
SMALL_LINE = 16
LINE, LANE, TOP = 18, 19, 34
MOST = 12
"""The most concepts drawn in one file."""

STYLE = (
    "text{font:14px system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;fill:currentColor}"
    ".small{font-size:12px}.quiet{opacity:.75}.end{text-anchor:end}.mid{text-anchor:middle}.head{font-weight:600}"
    ".grid{stroke:currentColor;opacity:.18}.row{stroke:currentColor;opacity:.4}"
    ".span{fill:currentColor;fill-opacity:.1;stroke:currentColor;stroke-width:1}"
    ".full{fill:currentColor;stroke:currentColor;stroke-width:1.4}"
    ".hollow{fill:none;stroke:currentColor;stroke-width:1.6}"
    ".name{paint-order:stroke;stroke:#fff;stroke-width:4px}"
    ".day{stroke:currentColor;stroke-dasharray:5 4}.asked{fill:currentColor;opacity:.08}"
)

SHAPES: dict[PublisherKind, tuple[str, str]] = {
    PublisherKind.OFFICIAL: ("full", "M-5-5H5V5H-5Z"),
    PublisherKind.STATE_MEDIA: ("full", "M0-6.5 6.5 0 0 6.5-6.5 0Z"),
    PublisherKind.PRESS: ("hollow", "M5 0A5 5 0 1 1-5 0 5 5 0 1 1 5 0Z"),
    PublisherKind.THINK_TANK: ("hollow", "M-5-5H5V5H-5Z"),
    PublisherKind.ACADEMIC: ("hollow", "M0-6.5 6.5 0 0 6.5-6.5 0Z"),
    PublisherKind.LAW_FIRM: ("full", "M0-6 6 5H-6Z"),
    PublisherKind.REFERENCE: ("hollow", "M0-6 6 5H-6Z"),
    PublisherKind.STUDY_LIST: ("hollow", "M-6 0H6M0-6V6"),
    PublisherKind.MACHINE_LIKE: ("hollow", "M-5-5 5 5M-5 5 5-5"),
    PublisherKind.UNKNOWN: ("full", "M2.5 0A2.5 2.5 0 1 1-2.5 0 2.5 2.5 0 1 1 2.5 0Z"),
}

LINES: dict[Status, tuple[float, str]] = {
    Status.PREFERRED: (5, ""),
    Status.ADMITTED: (2, ""),
    Status.PROPOSED: (2, "1 5"),
    Status.SUPERSEDED: (3, "10 5"),
    Status.DEPRECATED: (3, "3 3"),
}


def report(found: Variants) -> str:
    """Draw a few concepts as one file, black on white."""
    if len(found.concepts) > MOST:
        raise TermbankError(
            message(
                "{count} concepts are too many for one drawing; the limit is {most}.",
                count=len(found.concepts),
                most=MOST,
            ),
            remedy=message("Ask for one concept, or use --format html."),
        )
    parts: list[str] = []
    at = 8
    for one in found.concepts:
        lines = [f"{one.zh}  ({one.concept})", *wrapped(as_of_line(one.as_of), 140)]
        for number, line in enumerate(lines):
            parts.append(_text(4, at + 16, line, "quiet small" if number else "head"))
            at += LINE + 4
        body, height = _draw_concept(one)
        parts.append(f'<g transform="translate(0 {at})">{body}</g>')
        at += height + 24
    if not found.concepts:
        parts.append(_text(4, at + 16, _("No uses found.")))
        at += LINE + 4
    if found.filters:
        parts.append(_text(4, at + 16, limits_line(found), "quiet small"))
        at += LINE + 4
    title = _("Renderings over time: {concepts}", concepts=", ".join(one.zh for one in found.concepts))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{at + 8}" '
        f'viewBox="0 0 {WIDTH} {at + 8}" role="img" color="#111"><title>{escape(title)}</title>'
        f'<style>{STYLE}</style><rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def limits_line(found: Variants) -> str:
    """A sentence that names the publisher or kind to which the count is limited."""
    return _("Counted: only uses by {filters}.", filters=translate(found.filters))


def as_of_line(answer: AsOf | None) -> str:
    """The answer for a day in one sentence, or nothing where none was asked for."""
    if answer is None:
        return ""
    grounds = translate(answer.grounds)
    if not answer.terms:
        return _("As of {date}: {grounds}.", date=answer.date, grounds=grounds)
    renderings = " / ".join(f"“{term.text}”" for term in answer.terms)
    return _(
        "As of {date}: {renderings}, {grounds}.", date=answer.date, renderings=renderings, grounds=grounds
    )


def drawing(one: ConceptVariants) -> str:
    """Draw one concept as an <svg> element in the colours of the page around it."""
    body, height = _draw_concept(one)
    return (
        f'<svg class=timeline viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'aria-label="{escape(_("Timeline of the renderings; the table below has the same facts."))}">{body}</svg>'
    )


def _draw_concept(one: ConceptVariants) -> tuple[str, int]:
    """The marks of one concept, and their height."""
    axis = axis_of(one, LEFT, AXIS)
    rows: list[str] = []
    at = TOP
    for rendering in one.renderings:
        placed = marks(rendering, axis, RIGHT) if axis else ()
        name = wrapped(rendering.term.text, LABEL_CELLS)
        status = wrapped(_status_line(rendering), STATUS_CELLS)
        beside = LANE * (max((m.lane for m in placed), default=-1) + 1)
        height = max(LINE * len(name) + SMALL_LINE * len(status), beside) + 16
        rows += _row(rendering, (name, status), placed, axis, at, height)
        at += height
    frame = "".join(_frame(one, axis, at)) if axis else _text(LEFT, 20, _("no use counted is dated"), "quiet")
    legend, below = _legend(one.renderings, at + 14)
    return frame + "".join(rows) + legend, below


def _frame(one: ConceptVariants, axis: Axis, bottom: int) -> Iterator[str]:
    """The years and, where a day was asked about, its position."""
    for year in axis.ticks:
        x = axis.at(f"{year:04d}-01-01")
        yield f'<path class="grid" d="M{x:.1f} {TOP - 6}V{bottom}"/>'
        yield _text(x, TOP - 12, str(year), "small mid")
    if one.as_of is not None:
        start, end = axis.reach(one.as_of.date)
        if end > start:
            yield f'<rect class="asked" x="{start:.1f}" y="{TOP - 6}" width="{end - start:.1f}" height="{bottom - TOP + 6}"/>'
        for x in {start, end}:
            yield f'<path class="day" d="M{x:.1f} {TOP - 6}V{bottom}"/>'


def _row(
    rendering: UsedRendering,
    labels: tuple[list[str], list[str]],
    placed: tuple[Mark, ...],
    axis: Axis | None,
    top: int,
    height: int,
) -> Iterator[str]:
    yield f'<path class="row" d="M0 {top}H{WIDTH}"/>'
    name, status = labels
    for number, line in enumerate(name):
        yield _text(4, top + 17 + number * LINE, line)
    for number, line in enumerate(status):
        yield _text(4, top + 15 + len(name) * LINE + number * SMALL_LINE, line, "small quiet")
    if axis is None:
        return
    yield from _period(rendering, axis, top + height - 5)
    for mark in placed:
        yield from _mark(mark, top + 14 + mark.lane * LANE)


def _status_line(rendering: UsedRendering) -> str:
    """The status of a rendering, and the documents that use it."""
    counts = describe_counts(rendering.documents) or _("no document counted")
    return f"{label(rendering.term.status)} · {counts}"


def _period(rendering: UsedRendering, axis: Axis, y: float) -> Iterator[str]:
    """The period of a status as a line, with an arrow where it has no beginning or no end."""
    term = rendering.term
    if term.since is None and term.until is None:
        return
    start = axis.at(first_day(term.since)) if term.since else axis.left
    end = axis.reach(last_day(term.until))[0] if term.until else axis.left + axis.width
    thick, dashes = LINES[term.status]
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    yield (
        f'<path d="M{start:.1f} {y}H{end:.1f}" stroke="currentColor" stroke-width="{thick}"{dashed}>'
        f"<title>{escape(period(rendering))}</title></path>"
    )
    if not term.until:
        yield f'<path class="full" d="M{end:.1f} {y - 4}l7 4-7 4Z"/>'
    if not term.since:
        yield f'<path class="full" d="M{start:.1f} {y - 4}l-7 4 7 4Z"/>'


def period(rendering: UsedRendering) -> str:
    """The status with its period, as far as that is known: “superseded from 2012-11 until 2017”."""
    term, status = rendering.term, label(rendering.term.status)
    if term.since and term.until:
        return _("{status} from {since} until {until}", status=status, since=term.since, until=term.until)
    if term.since:
        return _("{status} from {since}", status=status, since=term.since)
    if term.until:
        return _("{status} until {until}", status=status, until=term.until)
    return status


def _mark(mark: Mark, y: float) -> Iterator[str]:
    uses = "\n".join(
        f"{translate(use.source.publisher_name)}, {use.date}: {use.source.title}" for use in mark.uses[:12]
    )
    yield f"<g><title>{escape(uses)}</title>"
    if mark.end > mark.start:
        wide = max(mark.end - mark.start, 3)
        yield f'<rect class="span" x="{mark.start:.1f}" y="{y - 4}" width="{wide:.1f}" height="8"/>'
    yield _shape(PublisherKind(mark.kind), mark.middle, y)
    if mark.name:
        yield _text(mark.name_at, y + 4, mark.name, "small name end" if mark.before else "small name")
    yield "</g>"


def _shape(kind: PublisherKind, x: float, y: float) -> str:
    filling, path = SHAPES[kind]
    return f'<path class="{filling}" transform="translate({x:.1f} {y})" d="{path}"/>'


def _legend(renderings: Iterable[UsedRendering], top: int) -> tuple[str, int]:
    """The meaning of the shapes and lines that occur, and where the legend ends."""
    shown = tuple(renderings)
    kinds = {use.source.kind for r in shown for use in r.uses if use.date}
    items = [(_shape(kind, 8, 0), label(kind)) for kind in SHAPES if kind in kinds]
    dates = [use.date for r in shown for use in r.uses if use.date]
    if any(len(date) < 10 for date in dates):
        bar = '<rect class="span" x="-2" y="-4" width="20" height="8"/>'
        items.append((bar, _("only the month or year is known")))
    for status, (thick, dashes) in LINES.items():
        if any(r.term.status is status and (r.term.since or r.term.until) for r in shown):
            dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
            line = f'<path d="M-10 0H18" stroke="currentColor" stroke-width="{thick}"{dashed}/>'
            items.append((line, _("period as {status}", status=label(status))))
    parts: list[str] = []
    x, y = 14, top
    for drawn, text in items:
        wide = 40 + round(cells(text) * 6.6)
        if x + wide > WIDTH:
            x, y = 14, y + 20
        parts.append(f'<g transform="translate({x} {y})">{drawn}{_text(24, 4, text, "small")}</g>')
        x += wide
    return "".join(parts), y + 14


def _text(x: float, y: float, text: str, style: str = "") -> str:
    styled = f' class="{style}"' if style else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{styled}>{escape(text)}</text>'
