"""Variants as text for a terminal: a timeline in figures, the answer for a day, and who used what.

Readable without colour: a year's column holds the number of documents, a dot for none. Control characters are escaped by
the interface that prints the report.
"""

from __future__ import annotations

from collections.abc import Iterator

from termbank.model.concept import Attestation, Status, Term
from termbank.model.document import PublisherKind
from termbank.model.document_counts import describe_documents
from termbank.model.labels import label
from termbank.model.message import _, ngettext, translate
from termbank.model.variants import AsOf, ConceptVariants, UsedRendering, Variants
from termbank.reports.attestation_text import seen_how
from termbank.reports.variants_svg import as_of_line, limits_line
from termbank.text.display_width import cells, fit
from termbank.text.line_wrap import wrapped

LABEL = 40
COLUMN = 6
DOCUMENTS_SHOWN = 12
DECISIONS_SHOWN = 5
BESIDE_SHOWN = 6
CONCEPTS_IN_FULL = 5
"""Up to this many concepts, documents and decisions are listed too."""


def report(found: Variants, *, width: int = 100) -> str:
    """Format every concept in turn, also those without a counted use."""
    lines: list[str] = []
    if found.filters:
        lines += [limits_line(found), ""]
    whole = len(found.concepts) <= CONCEPTS_IN_FULL
    for one in found.concepts:
        lines += [*_concept(one, width, whole), ""]
    if not found.concepts:
        lines.append(_("No uses found."))
    return "\n".join(lines).rstrip("\n") + "\n"


def _concept(one: ConceptVariants, width: int, whole: bool) -> Iterator[str]:
    yield f"{one.zh}  ({one.concept})"
    if one.as_of is not None:
        yield from _as_of(one.as_of, width)
    if not one.renderings:
        yield "  " + _("no use of a rendering is counted")
        return
    yield from timeline(one, width)
    if whole:
        for rendering in one.renderings:
            yield from _documents(rendering, width)
        shown = one.decisions[-DECISIONS_SHOWN:]
        if shown:
            yield "  " + _("decisions")
        for decision in shown:
            why = f": {decision.why}" if decision.why else ""
            yield f"    {decision.when[:10]}  {decision.who}  {decision.act}{why}"


def _as_of(answer: AsOf, width: int) -> Iterator[str]:
    yield from indent(f"  {as_of_line(answer)}", width)
    for term, use in answer.lagging:
        line = _("still “{rendering}”: {use}", rendering=term.text, use=_describe(use))
        yield from indent(f"    {line}", width)
    for term, use in answer.beside[-BESIDE_SHOWN:]:
        line = _("also “{rendering}”: {use}", rendering=term.text, use=_describe(use))
        yield from indent(f"    {line}", width)
    left = len(answer.beside) - BESIDE_SHOWN
    if left > 0:
        yield "    " + ngettext(
            "and {count} earlier use of others; --format json has all",
            "and {count} earlier uses of others; --format json has all",
            left,
        )


def _describe(use: Attestation) -> str:
    return f"{translate(use.source.publisher_name)}, {use.date}, {use.source.title}"


def indent(text: str, width: int) -> Iterator[str]:
    """Wrap a line at the width; what follows is indented."""
    margin = " " * (len(text) - len(text.lstrip()))
    first, *rest = wrapped(text.strip(), max(24, width - len(margin) - 2))
    yield margin + first
    yield from (f"{margin}  {line}" for line in rest)


def timeline(one: ConceptVariants, width: int) -> Iterator[str]:
    """The timeline: renderings down, years across; where the years do not fit, a column holds several."""
    years = sorted({year for rendering in one.renderings for year, _ in rendering.years})
    status_width = max(cells(label(status)) for status in Status) + 1
    text_width = min(LABEL, max(20, width - status_width - 40))
    columns = _columns(years, max(3, (width - text_width - status_width - 10) // COLUMN))
    head = "".join(f"{name:>{COLUMN}}" for name, _ in columns)
    undated = _("undated") if any(rendering.undated for rendering in one.renderings) else ""
    last_width = cells(undated) + 3
    yield " " * (text_width + status_width + 2) + head + (f"   {undated}" if undated else "")
    for rendering in one.renderings:
        counts = dict(rendering.years)
        figures = "".join(f"{sum(counts.get(y, 0) for y in group) or '·':>{COLUMN}}" for _, group in columns)
        last = fit(str(rendering.undated or "·"), last_width, right=True) if undated else ""
        status = fit(label(rendering.term.status), status_width)
        yield f"  {fit(rendering.term.text, text_width - 2)} {status} {figures}{last}"


def _columns(years: list[int], most: int) -> list[tuple[str, range]]:
    """Share the years between the first and the last among at most `most` columns.

    Returns the head and the years of each column. A column of several years is headed by the first and the last without
    their century: 15–16.
    """
    if not years:
        return []
    first, last = years[0], years[-1]
    step = -(-(last - first + 1) // most)
    spans = [range(start, start + step) for start in range(first, last + 1, step)]
    if step == 1:
        return [(str(span.start), span) for span in spans]
    return [(f"{span.start % 100:02d}–{span[-1] % 100:02d}", span) for span in spans]


def _documents(rendering: UsedRendering, width: int) -> Iterator[str]:
    """The documents that use a rendering, those of authorities first, each with its address and how it was seen."""
    if not rendering.uses:
        return
    period = describe_period(rendering.term)
    yield from indent(f"  {rendering.term.text}" + (f"  ({period})" if period else ""), width)
    yield from indent(f"    {describe_documents(rendering.documents)}", width)
    uses = sorted(rendering.uses, key=_by_authority)
    for use in uses[:DOCUMENTS_SHOWN]:
        source = use.source
        title = f"[{source.title}]" if source.described else source.title
        publisher, kind = translate(source.publisher_name), label(source.kind)
        line = _("{publisher} ({kind}): {title}", publisher=publisher, kind=kind, title=title)
        yield from indent(f"    {use.date or _('undated')}  {line}; {seen_how(use)}", width)
        if source.url:
            yield f"      {source.url}"
    left = len(uses) - DOCUMENTS_SHOWN
    if left > 0:
        yield "    " + _("and {count} more; --format json has all", count=left)


def _by_authority(use: Attestation) -> tuple[int, str, str]:
    """Official documents first, then state media, then others; each group from the latest on, undated ones last."""
    kinds = (PublisherKind.OFFICIAL, PublisherKind.STATE_MEDIA)
    rank = kinds.index(use.source.kind) if use.source.kind in kinds else len(kinds)
    latest_first = "".join(
        chr(ord("9") - int(digit)) if digit.isdigit() else digit for digit in use.date or "0"
    )
    return rank, latest_first, use.source.id


def describe_period(term: Term) -> str:
    """The period for which the status of a term holds, as far as it is known."""
    if term.since and term.until:
        return _("since {since}, until {until}", since=term.since, until=term.until)
    if term.since:
        return _("since {since}", since=term.since)
    return _("until {until}", until=term.until) if term.until else ""
