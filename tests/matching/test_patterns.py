"""Both ways of searching patterns find the same, and a table kept in a file serves as a new one does."""

from __future__ import annotations

from pathlib import Path

import pytest

from termbank.matching import patterns
from termbank.matching.patterns import PatternSearch
from termbank.services.copy_folder import CopyFolder

PATTERNS = ["发展", "发展中国家", "中国", "国家", "a", "ab", "𠮷野家", "新质生产力"]
TEXT = "发展中国家与中国，𠮷野家 abab 新质生产力发展"


def test_an_automaton_and_a_table_find_the_same_places(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    expected = sorted(PatternSearch(PATTERNS).find(TEXT))
    assert len(expected) > 10
    monkeypatch.setattr(patterns, "TABLE_FROM", 1)
    assert sorted(PatternSearch(PATTERNS).find(TEXT)) == expected
    folder = CopyFolder(tmp_path, ".terms", 8)
    for _ in range(2):
        assert sorted(PatternSearch(PATTERNS, folder, "zh").find(TEXT)) == expected
        assert len(list(tmp_path.iterdir())) == 1
    (copy,) = tmp_path.iterdir()
    whole = copy.read_bytes()
    for damaged in (b"", whole[:-1], whole[:100], b"x" + whole):
        copy.unlink()
        copy.write_bytes(damaged)
        assert sorted(PatternSearch(PATTERNS, folder, "zh").find(TEXT)) == expected
        assert copy.read_bytes() == whole
