"""No function is long without a comment that says why. (Complexity is ruff's rule C901.)"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

MOST_LINES = 40
LEFT: set[str] = set()


def long_functions(source: str) -> Iterator[tuple[str, int]]:
    """Yield name and line of each function over the limit that has no `# Long: …` above or inside it."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno is not None
            start = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            reasons = lines[max(0, start - 2) : node.end_lineno]
            if node.end_lineno - node.lineno >= MOST_LINES and not any(
                "# Long: " in line for line in reasons
            ):
                yield node.name, node.lineno


def test_a_long_function_says_why(root: Path) -> None:
    folder = root / "src/termbank"
    long = [
        f"{path.relative_to(folder)}:{line} {name}"
        for path in sorted(folder.rglob("*.py"))
        if str(path.relative_to(folder)) not in LEFT
        for name, line in long_functions(path.read_text("utf-8"))
    ]
    assert long == []


def test_a_function_of_forty_lines_needs_no_reason() -> None:
    body = "\n    x = 1"
    assert list(long_functions(f"def one() -> None:{body * 39}")) == []
    assert list(long_functions(f"def one() -> None:{body * 40}")) == [("one", 1)]
    assert list(long_functions(f"# Long: a table.\ndef one() -> None:{body * 40}")) == []
