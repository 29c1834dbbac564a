"""Variants for the terminal: a timeline in figures, the answer as of a day, and who used what.

Readable without colour: a year's column holds the number of dated uses, a dot for none. Control
characters of the text are left to the face that prints it.
"""

from __future__ import annotations

from collections.abc import Iterator

from termbank.model.concept import Attestation
from termbank.model.variants import AsOf, ConceptVariants, UsedRendering, Variants
from termbank.text.display_width import fit
from termbank.text.line_wrap import wrapped

LABEL = 40
STATUS = 11
COLUMN = 6
PUBLISHERS_SHOWN = 6
DECISIONS_SHOWN = 5
BESIDE_SHOWN = 6


def report(found: Variants, *, width: int = 100) -> str:
    """Every concept in turn; one that nobody is counted for is said to be so."""
    lines: list[str] = []
    if found.filters:
        lines += [f"Counted: uses by {found.filters}.", ""]
    whole = len(found.concepts) <= 5
    for one in found.concepts:
        lines += [*_concept(one, width, whole), ""]
    if not found.concepts:
        lines.append("Nothing is counted.")
    return "\n".join(lines).rstrip("\n") + "\n"


def _concept(one: ConceptVariants, width: int, whole: bool) -> Iterator[str]:
    yield f"{one.zh}  ({one.concept})"
    if one.as_of is not None:
        yield from _as_of(one.as_of, width)
    if not one.renderings:
        yield "  no use of a rendering is counted"
        return
    yield from timeline(one, width)
    if whole:
        for rendering in one.renderings:
            yield from _publishers(rendering, width)
        shown = one.decisions[-DECISIONS_SHOWN:]
        if shown:
            yield "  decisions"
        for decision in shown:
            why = f": {decision.why}" if decision.why else ""
            yield f"    {decision.when[:10]}  {decision.who}  {decision.act}{why}"


def _as_of(answer: AsOf, width: int) -> Iterator[str]:
    named = " / ".join(f"“{term.text}”" for term in answer.terms)
    yield from _hung(f"  as of {answer.date}: {named + ', ' if named else ''}{answer.grounds}.", width)
    for head, uses in (("still", answer.lagging), ("also", answer.beside[-BESIDE_SHOWN:])):
        for term, use in uses:
            yield from _hung(f"    {head} “{term.text}”: {_whose(use)}", width)
    left = len(answer.beside) - BESIDE_SHOWN
    if left > 0:
        yield f"    and {left} earlier {'use' if left == 1 else 'uses'} of others; --format json tells all"


def _whose(use: Attestation) -> str:
    return f"{use.source.publisher_name}, {use.date}, {use.source.title}"


def _hung(text: str, width: int) -> Iterator[str]:
    """A line broken at the width, what follows set in."""
    indent = " " * (len(text) - len(text.lstrip()))
    first, *rest = wrapped(text.strip(), max(24, width - len(indent) - 2))
    yield indent + first
    yield from (f"{indent}  {line}" for line in rest)


def timeline(one: ConceptVariants, width: int) -> Iterator[str]:
    """Renderings down, years across; years that do not fit are put together."""
    years = sorted({year for rendering in one.renderings for year, _ in rendering.years})
    label = min(LABEL, max(20, width - STATUS - 40))
    columns = _columns(years, max(3, (width - label - STATUS - 10) // COLUMN))
    head = "".join(f"{name:>{COLUMN}}" for name, _ in columns)
    undated = any(rendering.undated for rendering in one.renderings)
    yield " " * (label + STATUS + 2) + head + ("   undated" if undated else "")
    for rendering in one.renderings:
        counts = dict(rendering.years)
        cells = "".join(f"{sum(counts.get(y, 0) for y in group) or '·':>{COLUMN}}" for _, group in columns)
        tail = f"{rendering.undated or '·':>10}" if undated else ""
        status = fit(rendering.term.status.value, STATUS)
        yield f"  {fit(rendering.term.text, label - 2)} {status} {cells}{tail}"


def _columns(years: list[int], room: int) -> list[tuple[str, range]]:
    """(head, years) of each column: every year between the first and the last, or spans of them.

    A span of years is headed by its two ends without their century: 15–16.
    """
    if not years:
        return []
    first, last = years[0], years[-1]
    step = -(-(last - first + 1) // room)
    spans = [range(start, start + step) for start in range(first, last + 1, step)]
    if step == 1:
        return [(str(span.start), span) for span in spans]
    return [(f"{span.start % 100:02d}–{span[-1] % 100:02d}", span) for span in spans]


def _publishers(rendering: UsedRendering, width: int) -> Iterator[str]:
    if not rendering.publishers:
        return
    period = [word for word in (rendering.term.since and f"since {rendering.term.since}",
                                rendering.term.until and f"until {rendering.term.until}") if word]  # fmt: skip
    yield f"  {rendering.term.text}" + (f"  ({', '.join(period)})" if period else "")
    for one in rendering.publishers[:PUBLISHERS_SHOWN]:
        when = "undated" if one.first is None else one.first
        if one.last and one.last != one.first:
            when += f" to {one.last}"
        yield f"    {one.count:>3}  {fit(one.publisher, max(24, min(44, width - 50)))} {one.kind}, {when}"
    left = len(rendering.publishers) - PUBLISHERS_SHOWN
    if left > 0:
        yield f"         and {left} more"
