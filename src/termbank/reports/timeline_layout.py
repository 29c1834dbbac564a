"""The layout of a drawn timeline: dates across, uses in lanes, so that no mark hides another.

`axis_of` makes the axis of a concept, `marks` the marks of a rendering in their lanes, in drawing units. A date keeps
its precision: a day is a point, a month or a year the span that it may mean. Uses by one publisher on one date are one
mark with the number of documents; a rendering with more marks than can be read is counted by year and kind instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as day_of
from typing import NamedTuple

from termbank.model.concept import Attestation
from termbank.model.date import first_day, last_day
from termbank.model.message import translate
from termbank.model.variants import ConceptVariants, UsedRendering
from termbank.text.display_width import cells, fit

PER_TICK = 46
READABLE = 40
"""The most marks in one row that are named one by one."""
NAME_CELLS = 34
NAME_UNIT = 6.3
"""The width of one cell of a mark's name."""
HALF_MARK = 6
GAP = 8


@dataclass(frozen=True)
class Axis:
    """Years laid out from `left` over `width` units; `last` is the first day no longer shown."""

    first: int
    last: int
    left: float
    width: float

    def at(self, day: str) -> float:
        """The position of the beginning of a full date."""
        year = int(day[:4])
        whole = day_of(year, 12, 31).timetuple().tm_yday
        passed = (day_of.fromisoformat(day).timetuple().tm_yday - 1) / whole
        return self.left + (year + passed - self.first) / (self.last - self.first) * self.width

    def reach(self, date: str) -> tuple[float, float]:
        """The span that a partial date may mean; a day is a point."""
        start, end = self.at(first_day(date)), self.at(last_day(date))
        return (start, start) if len(date) == 10 else (start, end)

    @property
    def ticks(self) -> range:
        """The years that are named: every one, or every second, fifth, tenth … by the width."""
        most = max(1, int(self.width // PER_TICK))
        steps = (step * 10**power for power in range(4) for step in (1, 2, 5))
        step = next(s for s in steps if (self.last - self.first) / s <= most)
        return range(-(-self.first // step) * step, self.last, step)


class Mark(NamedTuple):
    """One use, or several alike: from `start` to `end`, named to one side, in a lane from 0."""

    start: float
    end: float
    kind: str
    name: str
    name_at: float
    before: bool
    lane: int
    uses: tuple[Attestation, ...]

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def axis_of(one: ConceptVariants, left: float, width: float) -> Axis | None:
    """Make the axis for every date of a concept; None where nothing is dated."""
    dates = [use.date for r in one.renderings for use in r.uses if use.date]
    if not dates:
        return None
    dates += [date for r in one.renderings for date in (r.term.since, r.term.until) if date]
    if one.as_of is not None:
        dates.append(one.as_of.date)
    years = [int(date[:4]) for date in dates]
    return Axis(min(years), max(years) + 1, left, width)


def marks(rendering: UsedRendering, axis: Axis, right: float) -> tuple[Mark, ...]:
    """Lay out the dated uses in lanes, in order of time; names end at `right` at most."""
    groups = _by_publisher(rendering.uses)
    if len(groups) > READABLE:
        groups = _by_year(rendering.uses)
    lanes: list[float] = []
    placed: list[Mark] = []
    for date, kind, name, uses in groups:
        start, end = axis.reach(date)
        long = cells(name) * NAME_UNIT
        near = max(end, (start + end) / 2 + HALF_MARK) + 3
        before = near + long > right
        name_at = min(start, (start + end) / 2 - HALF_MARK) - 3 if before else near
        from_, to = (name_at - long, near) if before else (start - HALF_MARK, near + long)
        lane = next((n for n, taken in enumerate(lanes) if taken + GAP <= from_), len(lanes))
        lanes[lane : lane + 1] = [to]
        placed.append(Mark(start, end, kind, name, name_at, before, lane, uses))
    return tuple(placed)


Group = tuple[str, str, str, tuple[Attestation, ...]]


def _by_publisher(uses: Iterable[Attestation]) -> list[Group]:
    """Group uses by date, kind and publisher."""
    found: dict[tuple[str, str, str], list[Attestation]] = {}
    for use in uses:
        if use.date:
            key = (use.date, use.source.kind.value, translate(use.source.publisher_name))
            found.setdefault(key, []).append(use)
    return list(_in_time(found))


def _by_year(uses: Iterable[Attestation]) -> list[Group]:
    """Group uses by year and kind; the name is the number of documents alone."""
    found: dict[tuple[str, str, str], list[Attestation]] = {}
    for use in uses:
        if use.date:
            found.setdefault((use.date[:4], use.source.kind.value, ""), []).append(use)
    return list(_in_time(found))


def _in_time(found: dict[tuple[str, str, str], list[Attestation]]) -> Iterator[Group]:
    for (date, kind, publisher), uses in sorted(
        found.items(), key=lambda item: (first_day(item[0][0]), item[0])
    ):
        name = fit(publisher, NAME_CELLS).rstrip() if publisher else ""
        documents = len({use.source.id for use in uses})
        times = f"×{documents}" if documents > 1 or not name else ""
        yield date, kind, " ".join(part for part in (name, times) if part), tuple(uses)
