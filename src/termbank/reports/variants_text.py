"""Variants for the terminal: the answer for a date, a timeline, and who used what.

The timeline has a column for each year and a figure for the uses known in it (“·” none, “+” ten or more), so that
it can be read without colour and copied as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbank.core.variants import AsOf, ConceptVariants, UsedBy, Variant
from termbank.lang.width import fit

USERS = 6
LABEL = 42


def report(found: Sequence[ConceptVariants], *, width: int = 100) -> str:
    """One block a concept; publishers are listed where one concept was asked for."""
    blocks = ["\n".join(_block(one, width, len(found) == 1)) for one in found]
    return "\n\n".join(blocks or ["No concept with more than one rendering in use."]) + "\n"


def _block(one: ConceptVariants, width: int, alone: bool) -> Iterator[str]:
    yield f"{one.zh}  ({one.concept})"
    if one.as_of is not None:
        yield from _answer(one.as_of)
    yield from timeline(one, width)
    if not alone:
        return
    for variant in one.variants:
        yield from _variant(variant)
    if one.switches:
        yield "  Who changed:"
    for switch in one.switches:
        yield (
            f"    {switch.publisher}: “{switch.before}” until {switch.last}, “{switch.after}” from {switch.first}"
        )


def _answer(answer: AsOf) -> Iterator[str]:
    if answer.text is None:
        yield f"  As of {answer.date}: the dates are too thin to say ({answer.thin})."
    else:
        yield f"  As of {answer.date}: “{answer.text}”" + (f" – but {answer.thin}." if answer.thin else ".")
        for shown in answer.shown_by:
            yield f"    {shown.date}  {shown.source.publisher_name}: {shown.source.title}"
    if answer.others:
        yield "  In use beside it:" if answer.text else "  In use then:"
        for text, who, date in answer.others:
            yield f"    {date}  “{text}”, {who}"


def timeline(one: ConceptVariants, width: int) -> Iterator[str]:
    """The years across, the renderings down; early years are left out where the line is too short."""
    years = one.years
    if not years:
        yield "  (no dated use)"
    label = min(LABEL, max(16, width // 2))
    room = max(1, (width - label - 13) // 3)
    shown = years[-room:]
    if shown:
        yield " " * (label + 13) + "".join(f" {year[2:]}" for year in shown) + f"   ({shown[0]}–{shown[-1]})"
    for variant in one.variants:
        counts = dict(variant.by_year)
        marks = "".join(f"  {_mark(counts.get(year, 0))}" for year in shown)
        more = f"   {variant.undated} undated" if variant.undated else ""
        yield f"  {fit(variant.text, label - 2)} {fit(variant.status.value, 11)} {marks}{more}"


def _mark(count: int) -> str:
    return "·" if count == 0 else str(count) if count < 10 else "+"


def _variant(variant: Variant) -> Iterator[str]:
    if not variant.by_publisher:
        return
    yield f"  “{variant.text}”"
    for used in variant.by_publisher[:USERS]:
        yield f"    {_user(used)}"
    left = len(variant.by_publisher) - USERS
    if left > 0:
        yield f"    and {left} more"


def _user(used: UsedBy) -> str:
    times = f"{used.count}×" if used.count > 1 else ""
    when = used.first or "undated"
    if used.last and used.last != used.first:
        when += f" to {used.last}"
    return f"{used.publisher} ({used.kind.value}) {times} {when}".replace("  ", " ")
