"""The checks that need no glossary: each finds its fault and leaves the sound translation alone; they are selected by code."""

from __future__ import annotations

from pathlib import Path

import pytest

from termbank.checks import CHECKS, Check
from termbank.model.errors import TermbankError
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.services.check import check_files, check_pairs, explain, select_checks

CASES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "mechanical.tsv").read_text("utf-8").splitlines()[1:]
]


@pytest.mark.parametrize(("code", "zh", "faulty", "sound"), CASES)
def test_a_fault_is_found_and_its_correction_is_not(code: str, zh: str, faulty: str, sound: str) -> None:
    def found(en: str) -> list[str]:
        return [f.code for f in check_pairs([SegmentPair(zh, en)], Glossary(), only=(code,))]

    assert found(faulty) == [code]
    assert found(sound) == []


def test_all_selects_every_check() -> None:
    assert select_checks(("ALL",)) == CHECKS


def test_an_ignored_check_is_not_run(tmp_path: Path) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_text("zh\ten\n推进改革。\tAdvance  the the reform.\n", "utf-8")
    codes = [f.code for f in check_files(file, Glossary(), only=("ALL",), ignore=("doubled-space",)).findings]
    assert "repeated-word" in codes
    assert "doubled-space" not in codes
    with pytest.raises(TermbankError, match="doubled-space"):
        check_files(file, Glossary(), ignore=("double-space",))


@pytest.mark.parametrize("check", CHECKS, ids=[check.code for check in CHECKS])
def test_the_page_of_each_check_can_be_shown(check: Check) -> None:
    page = explain(check.code)
    assert page.startswith(check.code)
    assert "**What it finds.**" in page
