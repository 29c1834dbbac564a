"""The reliability benchmarks in small numbers: no acknowledged decision is lost, none is half there, no flip passes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("needs POSIX processes and limits", allow_module_level=True)

from benchmarks.reliability_faults import failing_writes, full_disks, kills, writers
from benchmarks.reliability_flips import REGIONS, flips
from benchmarks.reliability_work import Outcome

pytestmark = pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
SEED = 20261201


def assert_no_fault(outcome: Outcome) -> None:
    assert outcome.faults, "nothing was looked for"
    assert {fault: times for fault, times in outcome.faults.items() if times} == {}, outcome.examples


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder and a home of its own: caches that another test fills would hide writes that fail."""
    monkeypatch.setenv("TERMBANK_HOME", str(tmp_path / "home"))
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def test_killed_processes_lose_no_acknowledged_decision(folder: Path) -> None:
    outcome = kills(folder, 20, SEED, longest=0.3)
    assert outcome.runs == 20
    assert outcome.acknowledged > 0
    assert_no_fault(outcome)


def test_writes_that_fail_are_refused_whole(folder: Path) -> None:
    outcome = failing_writes(folder, 40_000, SEED)
    assert outcome.acknowledged > 0
    assert_no_fault(outcome)


def test_a_full_disk_refuses_whole(folder: Path) -> None:
    outcome = full_disks(80_000, SEED)
    if outcome is None:
        pytest.skip("no disk can be mounted here")
    assert outcome.acknowledged > 0
    assert_no_fault(outcome)


@pytest.mark.parametrize("processes", [2, 4, 8])
def test_writers_at_once_lose_nothing(folder: Path, processes: int) -> None:
    outcome = writers(folder, processes, 2, SEED)
    assert outcome.acknowledged >= processes
    assert_no_fault(outcome)


def test_no_flipped_bit_is_exported_silently_or_passes_the_doctor(folder: Path) -> None:
    outcomes = flips(folder, 4, SEED)
    assert set(outcomes) == set(REGIONS)
    assert sum(outcome.acknowledged for outcome in outcomes.values()) > 0
    for outcome in outcomes.values():
        assert_no_fault(outcome)
