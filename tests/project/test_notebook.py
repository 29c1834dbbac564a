"""The notebook page runs as it stands and does the whole job in twelve lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest


def test_the_notebook_page_does_the_whole_job(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (root / "docs/notebook.md").read_text("utf-8")
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert code is not None
    lines = [line for line in code[1].splitlines() if line.strip()]
    assert len(lines) == 12
    (tmp_path / "corpus").symlink_to(root / "corpus")
    monkeypatch.chdir(tmp_path)
    *statements, last = lines
    names: dict[str, object] = {}
    exec("\n".join(statements), names)
    assert eval(last, names) == "new quality productive forces"
    printed = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in printed] == [
        "<AlignmentResult",
        "<ExtractionResult",
        "<SurveyResult",
        "<CheckResult",
    ]
