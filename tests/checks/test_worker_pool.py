"""A check shared out among processes finds what one process finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from termbank.checks.example_glossary import GLOSSARY
from termbank.model.errors import TermbankError
from termbank.model.finding import Finding
from termbank.model.segment import SegmentPair
from termbank.services import check, worker_pool

LINES = [
    (
        "各地因地制宜发展新质生产力。",
        "Localities are developing new quality productive forces suited to them.",
    ),
    ("发展新质生产力。", "Develop innovative output capability."),
    ("加快发展新质生产力，扎实推进共同富裕。", "Make solid progress toward common prosperity."),
    ("优化算力布局，提升算力水平。", "Optimize the layout of computing power and raise computing capacity."),
    ("到2027年，规模超过3.5万亿元。", "By 2027 the scale will exceed RMB 350 billion."),
    ("国家发展和改革委员会发布通知。", "The National Development and Reform Commission issued a notice."),
    ("国家发展和改革委员会同时提出要求。", "The Commission also set requirements."),
    ("推动构建人类命运共同体。", "We will build a community of common destiny."),
    ("优化算力布局。", "Optimize the layout of 算力."),
]


def pairs() -> Iterator[SegmentPair]:
    """Enough for several batches, in two documents that part within one of them."""
    for number in range(1700):
        zh, en = LINES[number % len(LINES)]
        file = "first" if number < 800 else "second"
        yield SegmentPair(
            f"{zh}{number}", f"{en} {number}", file, file, zh_start=99 * number, en_start=99 * number
        )


def found(processes: int, **options: Any) -> list[Finding]:
    return list(check.check_pairs(pairs(), GLOSSARY, processes=processes, **options))


@pytest.mark.parametrize(
    "options", [{}, {"date": "2024-03", "target": "zh"}, {"only": ("mixed-renderings",)}]
)
def test_several_processes_find_what_one_finds_in_the_same_order(options: dict[str, Any]) -> None:
    alone = found(1, **options)
    assert alone
    assert found(3, **options) == alone


def test_a_process_that_dies_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "PROGRAM", "termbank.services.not_there")
    with pytest.raises(TermbankError, match=r"a process of the check ended before its time \(exit code 1\)"):
        found(2)


def test_a_process_that_cannot_be_started_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "no-python"))
    with pytest.raises(TermbankError, match="another process cannot be started"):
        found(2)


def test_a_check_that_is_broken_off_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    members: list[Any] = []

    class Kept(worker_pool._Member):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            members.append(self)

    monkeypatch.setattr(worker_pool, "_Member", Kept)
    findings = check.check_pairs(pairs(), GLOSSARY, processes=2)
    next(findings)
    findings.close()  # type: ignore[attr-defined]
    assert len(members) == 2
    assert all(member.process.poll() is not None for member in members)


def test_only_a_large_text_is_shared_out_unless_a_person_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERMBANK_PROCESSES", raising=False)
    monkeypatch.setattr("os.cpu_count", lambda: 64)
    assert worker_pool.size(worker_pool.ENOUGH - 1) == 1
    assert worker_pool.size(worker_pool.ENOUGH) == worker_pool.MOST
    monkeypatch.setenv("TERMBANK_PROCESSES", "1")
    assert worker_pool.size(10 * worker_pool.ENOUGH) == 1
