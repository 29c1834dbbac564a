"""Move modules to their new names and rewrite every import: `python tools/move_modules.py`.

Reads `tools/moves.txt` (old name, new name, relative to `termbank`). Kept only while the redesign lasts.
"""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src/termbank"
MOVES = dict(line.split() for line in (ROOT / "tools/moves.txt").read_text().splitlines() if line.strip())


def all_modules() -> dict[str, str]:
    """Old dotted name to new dotted name of every module and package."""
    found = {}
    for path in sorted(SRC.rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        old = ".".join(parts)
        if not old:
            continue
        new = MOVES.get(old)
        if new is None:
            package, _, stem = old.rpartition(".")
            new = f"{MOVES[package]}.{stem}" if package in MOVES else old
        found[f"termbank.{old}"] = f"termbank.{new}"
    return found


MODULES = all_modules()


def rewrite(path: Path) -> str:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode()))
    data = text.encode()
    at = lambda line, col: starts[line - 1] + col  # noqa: E731
    edits: list[tuple[int, int, str]] = []
    renamed: dict[str, str] = {}
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} | {
        a.arg
        for n in ast.walk(tree)
        if isinstance(n, ast.arguments)
        for a in [*n.args, *n.kwonlyargs, *n.posonlyargs]
    }
    assigned = {
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)
    } | {
        a.arg
        for n in ast.walk(tree)
        if isinstance(n, ast.arguments)
        for a in [*n.args, *n.kwonlyargs, *n.posonlyargs]
    }
    for node in ast.walk(tree):
        if (
            not isinstance(node, ast.ImportFrom)
            or not (node.module or "").startswith("termbank")
            or node.level
        ):
            continue
        module = node.module or ""
        plain, subs = [], []
        for alias in node.names:
            full = f"{module}.{alias.name}"
            (subs if full in MODULES else plain).append(alias)
        indent = " " * node.col_offset
        out = []
        if plain:
            shown = ", ".join(a.name + (f" as {a.asname}" if a.asname else "") for a in plain)
            out.append(f"from {MODULES.get(module, module)} import {shown}")
        for alias in subs:
            new = MODULES[f"{module}.{alias.name}"]
            package, _, stem = new.rpartition(".")
            local = alias.asname or alias.name
            if alias.asname or stem == alias.name:
                wanted = alias.asname
            elif local in assigned or stem in names:
                print(f"{path.relative_to(ROOT)}:{node.lineno}: {alias.name} -> {new} keeps its local name")
                wanted = alias.name
            else:
                wanted = None
                renamed[local] = stem
            out.append(
                f"from {package} import {stem}" + (f" as {wanted}" if wanted and wanted != stem else "")
            )
        new_text = f"\n{indent}".join(out)
        edits.append((at(node.lineno, node.col_offset), at(node.end_lineno, node.end_col_offset), new_text))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in renamed:
            start = at(node.lineno, node.col_offset)
            edits.append((start, start + len(node.id.encode()), renamed[node.id]))
    for start, end, new_text in sorted(edits, reverse=True):
        data = data[:start] + new_text.encode() + data[end:]
    return data.decode()


def dotted(text: str) -> str:
    """Replace dotted names and paths wherever they stand in text."""
    for old in sorted(MODULES, key=len, reverse=True):
        new = MODULES[old]
        if old == new:
            continue
        text = re.sub(rf"(?<![\w.]){re.escape(old)}(?![\w])", "\0" + new[8:], text)
        path = old.replace(".", "/")
        text = re.sub(rf"(?<=src/){re.escape(path)}(?![\w])", "\0" + new[8:].replace(".", "/"), text)
    return text.replace("\0", "termbank")


def main() -> None:
    new_texts = {}
    for folder in ("src", "tests", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            new_texts[path] = dotted(rewrite(path))
    for name in (
        "pyproject.toml",
        "CONTRIBUTING.md",
        ".pre-commit-hooks.yaml",
        *map(str, (ROOT / "docs").glob("*.md")),
        *map(str, (ROOT / "benchmarks").glob("*.md")),
    ):
        new_texts[ROOT / name] = dotted((ROOT / name).read_text("utf-8"))
    for path, text in new_texts.items():
        path.write_text(text, "utf-8")
    for old, new in MODULES.items():
        if old == new:
            continue
        here = ROOT / "src" / old.replace(".", "/")
        there = ROOT / "src" / new.replace(".", "/")
        is_package_old, package_file = here.is_dir(), here / "__init__.py"
        source = package_file if is_package_old else here.with_suffix(".py")
        if new == "termbank.files.bitext" or is_package_old:
            target = there / "__init__.py"
        else:
            target = there.with_suffix(".py")
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["git", "mv", "-k", str(source), str(target)], check=True, cwd=ROOT)
    for path in sorted(SRC.rglob("*")):
        if path.is_dir() and path.name != "__pycache__" and not (path / "__init__.py").exists():
            print("no __init__:", path.relative_to(ROOT))


if __name__ == "__main__":
    main()
