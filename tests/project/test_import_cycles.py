"""No import cycle inside a package, with imports for typing and imports inside functions counted."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path


def module_name(path: Path, source: Path) -> str:
    parts = path.relative_to(source).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_modules(
    tree: ast.Module, module: str, is_package: bool, modules: Collection[str]
) -> Iterator[str]:
    """Every module of `modules` that a module may import, wherever in it the statement is."""
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")
                kept = parents[: len(parents) - node.level + is_package]
                base = ".".join([*kept, base] if base else kept)
            # `from package import module` imports the module, `from module import name` the module before.
            names = [
                f"{base}.{alias.name}" if f"{base}.{alias.name}" in modules else base for alias in node.names
            ]
        yield from (name for name in names if name in modules and name != module)


def import_graph(root: Path) -> dict[str, set[str]]:
    """For every module the modules that it imports."""
    source = root / "src"
    paths = {module_name(path, source): path for path in source.rglob("*.py")}
    return {
        module: set(
            imported_modules(ast.parse(path.read_text("utf-8")), module, path.stem == "__init__", paths)
        )
        for module, path in paths.items()
    }


def cycles(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The groups of modules that reach one another (Tarjan 1972), each sorted."""
    numbers: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        numbers[module] = lowest[module] = len(numbers)
        stack.append(module)
        for other in graph.get(module, ()):
            if other not in numbers:
                visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in stack:
                lowest[module] = min(lowest[module], numbers[other])
        if lowest[module] == numbers[module]:
            group = [stack.pop()]
            while group[-1] != module:
                group.append(stack.pop())
            if len(group) > 1:
                found.append(sorted(group))

    for module in sorted(graph):
        if module not in numbers:
            visit(module)
    return sorted(found)


def test_cycles_are_found_by_their_modules() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": {"f"}, "f": {"e"}}
    assert cycles(graph) == [["a", "b", "c"], ["e", "f"]]


def test_imports_for_typing_and_inside_functions_count() -> None:
    text = "if TYPE_CHECKING:\n    from p.a import X\ndef f():\n    import p.b\n    from . import c\n    from .e import x\n"
    known = {"p", "p.a", "p.b", "p.c", "p.d", "p.e"}
    assert set(imported_modules(ast.parse(text), "p.d", False, known)) == {"p.a", "p.b", "p.c", "p.e"}


def test_no_package_has_an_import_cycle(root: Path) -> None:
    assert cycles(import_graph(root)) == []
