"""A check in several processes finds what one process finds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from termbank.checks.example_glossary import GLOSSARY
from termbank.model.errors import TermbankError
from termbank.model.finding import Finding
from termbank.model.segment import SegmentPair
from termbank.services import check, parallel_check, worker_pool

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
    """Enough for several batches, in two documents, with the border inside one of them."""
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


def end_process(*_: Any) -> None:
    os._exit(3)


def raise_error(*_: Any) -> None:
    raise RuntimeError("no such thing")


def test_a_worker_that_ends_is_reported_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel_check, "examine", end_process)
    with pytest.raises(TermbankError, match="worker process ended unexpectedly"):
        found(2)


def test_an_error_in_a_worker_is_reported_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel_check, "examine", raise_error)
    with pytest.raises(TermbankError, match=r"worker process failed \(RuntimeError: no such thing\)"):
        found(2)


def test_a_worker_that_cannot_be_started_is_reported_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("multiprocessing.spawn._python_exe", str(tmp_path / "no-python").encode())
    with pytest.raises(TermbankError, match="worker process"):
        found(2)


def test_an_interrupted_check_leaves_no_process_behind() -> None:
    findings = check.check_pairs(pairs(), GLOSSARY, processes=2)
    next(findings)
    assert len(active_children()) == 2
    findings.close()  # type: ignore[attr-defined]
    assert active_children() == []


def test_the_callers_main_module_is_not_run_in_a_worker(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from termbank.checks.example_glossary import GLOSSARY\n"
        "from termbank.model.segment import SegmentPair\n"
        "from termbank.services.check import check_pairs\n"
        "print(len(list(check_pairs([SegmentPair('普及率超过七成。', 'It exceeds 7 percent.')], GLOSSARY, processes=2))))\n",
        "utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_ctrl_c_ends_the_command_and_its_workers(tmp_path: Path) -> None:
    lines = "\n".join(f"{pair.zh}\t{pair.en}" for pair in pairs())
    (tmp_path / "memory.tsv").write_text("zh\ten\n" + "\n".join([lines] * 40), "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "termbank", "check", str(tmp_path / "memory.tsv")],
        env=os.environ | {"TERMBANK_PROCESSES": "2"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(4)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in errors
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_only_a_large_text_is_checked_in_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERMBANK_PROCESSES", raising=False)
    monkeypatch.setattr("os.cpu_count", lambda: 64)
    assert parallel_check.process_count(parallel_check.ENOUGH - 1) == 1
    assert parallel_check.process_count(parallel_check.ENOUGH) == worker_pool.MOST
    monkeypatch.setenv("TERMBANK_PROCESSES", "1")
    assert parallel_check.process_count(10 * parallel_check.ENOUGH) == 1
