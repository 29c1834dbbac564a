"""The first screen waits for nothing that can be loaded later."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "jieba",
    "opencc",
    "numpy",
    "pypinyin",
    "simplemma",
    "lxml",
    "docx",
    "pypdf",
    "xlsxwriter",
    "rapidfuzz",
)


def test_the_first_screen_loads_nothing_heavy() -> None:
    code = "import sys, termbank.tui.app; print(*{name.partition('.')[0] for name in sys.modules})"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(said.stdout.split())
