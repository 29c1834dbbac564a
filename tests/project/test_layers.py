"""What an import loads, and what the lowest layer may import."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("textual", "jieba", "numpy", "xml", "lxml", "defusedxml", "docx", "pypdf", "xlsxwriter")


def loaded_after(code: str) -> set[str]:
    """The top-level modules that are loaded once the code has run in a fresh interpreter."""
    script = (
        f"{code}\nimport sys\nprint(*sorted({{m.partition('.')[0] for m in sys.modules}}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=os.environ.copy(), check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


def test_importing_termbank_loads_nothing_heavy() -> None:
    assert not loaded_after("import termbank") & {*HEAVY, "sqlite3", "click", "rapidfuzz"}


@pytest.mark.parametrize("query", ["新质生产力", "新質生產力", "new quality", "xzscl"])
def test_looking_a_term_up_loads_no_heavy_library(query: str) -> None:
    code = f"from termbank.cli.app import run\nassert run(['lookup', {query!r}]) == 0"
    assert create_bank() == 0
    assert not loaded_after(code) & set(HEAVY)


def create_bank() -> int:
    """Create the bank first: this may load anything."""
    return subprocess.run(
        [sys.executable, "-m", "termbank", "init"], capture_output=True, check=False
    ).returncode


def test_the_model_imports_the_standard_library_alone(root: Path) -> None:
    for module in (root / "src/termbank/model").glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                top = node.module.partition(".")[0]
                assert top in sys.stdlib_module_names or node.module.startswith("termbank.model"), module


def test_every_module_has_a_docstring(root: Path) -> None:
    bare = [
        str(path.relative_to(root))
        for path in (root / "src").rglob("*.py")
        if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert bare == []


def test_no_module_has_an_empty_name(root: Path) -> None:
    empty = {"utils", "util", "helpers", "common", "manager", "processor", "handler", "misc"}
    assert [p for p in (root / "src").rglob("*.py") if p.stem in empty] == []
