"""Named figures: collected while a benchmark prints them, written to figures.json, and compared with it.

A part calls `record` beside each `print`. Run by `python -m benchmarks`, the part's process appends what it records
to the file that the environment variable TERMBANK_FIGURES names; run alone, it records nothing.

A kind decides what counts as a fall:

| kind | better | falls when |
|---|---|---|
| quality | higher | lower by more than .0005: precision, recall, F1, reciprocal rank |
| error | lower | higher by more than .0005: false findings, wrong answers |
| speed | higher | under .95 of before: a ratio to a baseline in the same run |
| memory | lower | over 1.05 of before: megabytes or bytes |
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FIGURES = Path(__file__).with_name("figures.json")
COLLECTED = "TERMBANK_FIGURES"
"""The environment variable that names the file to append to, one JSON array a line: kind, name, value."""

FALLS: dict[str, Callable[[float, float], bool]] = {
    "quality": lambda before, now: now < before - 0.0005,
    "error": lambda before, now: now > before + 0.0005,
    "speed": lambda before, now: now < 0.95 * before,
    "memory": lambda before, now: now > 1.05 * before,
}

Figures = dict[str, dict[str, float]]
"""Kind, then name, then value."""


def record(name: str, value: float, kind: str = "quality") -> None:
    """Record a figure under a name that starts with its part: `alignment/f1/mag`."""
    if kind not in FALLS:
        raise ValueError(f"There is no kind of figure “{kind}”. Choose from: {', '.join(FALLS)}.")
    collected = os.environ.get(COLLECTED)
    if collected:
        with open(collected, "a", encoding="utf-8") as file:
            print(json.dumps([kind, name, value], ensure_ascii=False), file=file)


def read_collected(path: Path) -> Figures:
    """Read what the parts appended; a name may be recorded once."""
    figures: Figures = {}
    names: set[str] = set()
    for line in path.read_text("utf-8").splitlines():
        kind, name, value = json.loads(line)
        if name in names:
            raise ValueError(f"The figure “{name}” is recorded twice.")
        names.add(name)
        figures.setdefault(kind, {})[name] = value
    return figures


@dataclass(frozen=True)
class Change:
    """A figure that may differ from the one before the change, and the cases that differ."""

    name: str
    value: float
    cases: str


@dataclass(frozen=True)
class Baseline:
    """The committed figures, and the changes to them that were looked at and allowed."""

    about: str
    figures: Figures
    allowed: tuple[Change, ...] = ()

    @staticmethod
    def read(path: Path = FIGURES) -> Baseline:
        """Read the committed figures."""
        data = json.loads(path.read_text("utf-8"))
        return Baseline(data["about"], data["figures"], tuple(Change(**row) for row in data["allowed"]))

    def write(self, path: Path = FIGURES) -> None:
        """Write the figures, sorted, one a line."""
        data = {
            "about": self.about,
            "allowed": [vars(change) for change in self.allowed],
            "figures": {kind: dict(sorted(self.figures[kind].items())) for kind in sorted(self.figures)},
        }
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")

    def updated(self, measured: Figures) -> Baseline:
        """Return the baseline with the figures of every part measured replaced."""
        parts = set(parts_of(measured))
        figures: Figures = {kind: {} for kind in FALLS}
        for kind, values in self.figures.items():
            figures[kind].update(
                {name: value for name, value in values.items() if part_of(name) not in parts}
            )
        for kind, values in measured.items():
            figures[kind].update({name: round(value, 5) for name, value in values.items()})
        return Baseline(self.about, figures, tuple(c for c in self.allowed if part_of(c.name) not in parts))

    def falls(self, measured: Figures, whole: bool = True) -> Iterator[str]:
        """Yield a line for each figure that fell.

        Args:
            measured: The figures of this run.
            whole: Whether the parts ran whole, so that a figure that is not measured any more counts as fallen.
        """
        allowed = {change.name: change for change in self.allowed}
        parts = set(parts_of(measured))
        for kind, values in self.figures.items():
            now = measured.get(kind, {})
            for name, before in values.items():
                if part_of(name) not in parts:
                    continue
                if name not in now:
                    if whole:
                        yield f"{name}: {before:.4g} before, not measured now"
                    continue
                change = allowed.get(name)
                if FALLS[kind](before, now[name]) and not (
                    change and not FALLS[kind](change.value, now[name])
                ):
                    yield f"{name} ({kind}): {before:.4g} before, {now[name]:.4g} now"

    def rises(self, measured: Figures) -> int:
        """Count the figures that rose by as much as would be a fall the other way."""
        return sum(
            name in values and FALLS[kind](now, values[name])
            for kind, values in self.figures.items()
            for name, now in measured.get(kind, {}).items()
        )


def part_of(name: str) -> str:
    """The part of the benchmarks that a figure belongs to."""
    return name.partition("/")[0]


def parts_of(figures: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The parts that the figures belong to."""
    for names in figures.values():
        yield from map(part_of, names)
