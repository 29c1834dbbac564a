"""The committed figures, and the comparison that fails where one falls."""

from __future__ import annotations

import json
from pathlib import Path

import benchmarks.__main__ as runner
import pytest
from benchmarks.figures import COLLECTED, FALLS, FIGURES, Baseline, Change, part_of, read_collected, record

BEFORE = Baseline(
    "",
    {
        "quality": {"matching/recall": 0.985, "survey/recall": 0.9},
        "error": {"checks/false": 0.2},
        "speed": {"matching/scan": 2.0},
        "memory": {"costs/MB": 100.0},
    },
)


@pytest.mark.parametrize(
    ("kind", "name", "value", "falls"),
    [
        ("quality", "matching/recall", 0.9846, False),
        ("quality", "matching/recall", 0.984, True),
        ("quality", "matching/recall", 0.99, False),
        ("error", "checks/false", 0.202, True),
        ("error", "checks/false", 0.1, False),
        ("speed", "matching/scan", 1.91, False),
        ("speed", "matching/scan", 1.89, True),
        ("memory", "costs/MB", 104.0, False),
        ("memory", "costs/MB", 106.0, True),
    ],
)
def test_a_figure_falls_by_the_tolerance_of_its_kind(kind: str, name: str, value: float, falls: bool) -> None:
    assert [line.split()[0] for line in BEFORE.falls({kind: {name: value}}, whole=False)] == [name] * falls


def test_a_figure_that_is_no_longer_measured_falls() -> None:
    measured = {"quality": {"matching/recall": 0.985}}
    assert list(BEFORE.falls(measured)) == ["matching/scan: 2 before, not measured now"]
    assert list(BEFORE.falls(measured, whole=False)) == []


def test_an_allowed_change_does_not_fall_until_it_falls_further() -> None:
    baseline = Baseline("", BEFORE.figures, (Change("matching/recall", 0.98, "国企 in 各国企业"),))
    assert not list(baseline.falls({"quality": {"matching/recall": 0.98}}, whole=False))
    assert list(baseline.falls({"quality": {"matching/recall": 0.97}}, whole=False))


def test_recorded_figures_are_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record("survey/recall", 0.5)  # not collected: no file is named
    monkeypatch.setenv(COLLECTED, str(tmp_path / "figures"))
    record("survey/recall", 0.75)
    record("costs/MB", 12, "memory")
    assert read_collected(tmp_path / "figures") == {
        "quality": {"survey/recall": 0.75},
        "memory": {"costs/MB": 12},
    }
    record("survey/recall", 0.8)
    with pytest.raises(ValueError, match="recorded twice"):
        read_collected(tmp_path / "figures")


def test_writing_replaces_the_figures_of_the_parts_measured_alone(tmp_path: Path) -> None:
    BEFORE.updated({"quality": {"matching/precision": 0.123456}}).write(tmp_path / "figures.json")
    figures = Baseline.read(tmp_path / "figures.json").figures
    assert figures["quality"] == {"matching/precision": 0.12346, "survey/recall": 0.9}
    assert figures["speed"] == {}
    assert figures["memory"] == {"costs/MB": 100.0}


def test_the_committed_figures_are_named_by_part_and_sorted() -> None:
    baseline = Baseline.read()
    names = [name for values in baseline.figures.values() for name in values]
    assert {part_of(name) for name in names} <= set(runner.PARTS)
    assert set(baseline.figures) == set(FALLS)
    assert len(names) == len(set(names))
    for values in baseline.figures.values():
        assert list(values) == sorted(values)
    for change in baseline.allowed:
        assert change.name in names
        assert change.cases


def test_comparing_fails_and_names_what_fell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    collected = tmp_path / "figures"
    name, before = next(iter(Baseline.read().figures["quality"].items()))
    collected.write_text(json.dumps(["quality", name, before - 0.01]) + "\n", "utf-8")
    assert runner.compare(collected, [part_of(name)], whole=False) == 1
    assert f"  {name} (quality): " in capsys.readouterr().out
    collected.write_text(json.dumps(["quality", name, before]) + "\n", "utf-8")
    assert runner.compare(collected, [part_of(name)], whole=False) == 0


def test_a_part_that_measures_nothing_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    collected = tmp_path / "figures"
    collected.touch()
    part = part_of(next(iter(Baseline.read().figures["quality"])))
    assert runner.compare(collected, [part], whole=True) == 1
    assert f"{part}: nothing was measured" in capsys.readouterr().out


def test_the_committed_file_is_as_it_would_be_written(tmp_path: Path) -> None:
    Baseline.read().write(tmp_path / "figures.json")
    assert (tmp_path / "figures.json").read_text("utf-8") == FIGURES.read_text("utf-8")
