"""Names and prose of the code: one name for one thing, in words that a newcomer knows."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

PRIVATE_WORDS = re.compile(
    r"\b(told|tells?|parted|put aside|goes? out|comes? in|the house|a? ?rooms?|shelf|shelves|the faces?|crew|desk"
    r"|sitting|stands? (?:there|here)|is said|are said|a wish|by its head|anew)\b",
    re.IGNORECASE,
)
"""Words that once stood for layers, packages, workers, messages and sessions."""
PRIVATE_IDENTIFIERS = {"told", "wish", "wishes", "shelf", "crew", "desk", "sitting", "room", "road", "walk"}
OLD_MODULES = set(
    "judging edges family owner sweep dense wide found memory readings wordcosts cutting letters shapes stretches wording "
    "surroundings company marks sharing answers presence prior known ranker setting closer learning meaning openings "
    "pieces scattered desk verdicts wanted likelihood evidence examples likeness crew crew_member material waiving "
    "editing merging bodies deciding entries parting listing syntax sitting ask address hits exchange".split()
)
OLD_TEST_FOLDERS = {"shelves", "house", "laws", "faces"}
PARTICIPLE = re.compile(r"_?[a-z]+ed(_[a-z]+)?")
IRREGULAR = set("told made kept said held written shown drawn taken given known seen done put".split())

ODD_WORDS_LEFT = 15
PARTICIPLES_LEFT = 62
IDENTIFIERS_LEFT = 2
CLASSES_LEFT: set[str] = set()

SAME_MODULE_NAME = {
    "align": "a command and the service it calls",
    "app": "the command line's application and the terminal interface's",
    "backup": "two commands and the service they call",
    "bank": "the bank's commands and its file",
    "boundaries_zh": "the rule for one place, and for arrays of places",
    "check": "a command and the service it calls",
    "concordance": "a service and its query",
    "corpus": "a command and the service it calls",
    "damage": "a sentence, and what is found in the rows",
    "extract": "a command and the service it calls",
    "history": "a service and its tables",
    "lookup": "a command, the service it calls, and its screen",
    "normalize": "the rule for one text, and for arrays of characters",
    "overlap": "the rule for one text, and for arrays of places",
    "provenance": "a service and what it reads from a text",
    "queue": "a service and the values it keeps",
    "repair": "a service and what it does to the file",
    "review": "a command, the service it calls, and its screen",
    "scan": "a command, the service it calls, and its result",
    "span": "the value, and the features of one",
    "survey": "a command, the service it calls, and its result",
    "tables": "cells of a file, and the translation units in them",
    "terms_en": "the rule for one text, and for long texts",
    "terms_zh": "the rule for one text, and for long texts",
    "tmx": "one format read as segments, and as a glossary",
    "undo": "two commands and the service they call",
    "variants": "a command, the service it calls, its result, and how variants are found",
}
"""Module names that several packages have, each with the reason why they mean the like."""


@cache
def modules(root: Path) -> list[tuple[Path, ast.Module]]:
    return [
        (path.relative_to(root / "src/termbank"), ast.parse(path.read_text("utf-8")))
        for path in sorted((root / "src").rglob("*.py"))
    ]


def test_no_public_class_name_is_used_twice(root: Path) -> None:
    places = defaultdict(list)
    for path, tree in modules(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(str(path))
    assert {n: p for n, p in places.items() if len(p) > 1 and n not in CLASSES_LEFT} == {}


def test_a_module_name_repeats_only_between_packages_and_with_a_reason(root: Path) -> None:
    paths = defaultdict(list)
    for path, _ in modules(root):
        if path.stem not in ("__init__", "__main__"):
            paths[path.stem].append(path)
    repeated = {stem for stem, some in paths.items() if len(some) > 1}
    assert repeated - set(SAME_MODULE_NAME) == set()
    assert set(SAME_MODULE_NAME) - repeated == set(), "no longer repeated: remove the reason"


def test_no_module_and_no_test_folder_has_an_old_name(root: Path) -> None:
    assert [str(path) for path, _ in modules(root) if OLD_MODULES & set(path.with_suffix("").parts)] == []
    assert OLD_TEST_FOLDERS & {path.name for path in (root / "tests").iterdir()} == set()


def test_docstrings_use_the_words_of_the_field(root: Path) -> None:
    odd = [
        f"{path}:{getattr(node, 'lineno', 1)} {found[0]}"
        for path, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        for found in PRIVATE_WORDS.finditer(ast.get_docstring(node) or "")
    ]
    assert len(odd) <= ODD_WORDS_LEFT, "\n".join(odd)


def test_functions_are_named_by_verbs_and_nouns(root: Path) -> None:
    participles = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (PARTICIPLE.fullmatch(node.name) or node.name.strip("_").partition("_")[0] in IRREGULAR)
    ]
    assert len(participles) <= PARTICIPLES_LEFT, "\n".join(participles)


def test_variables_use_the_words_of_the_field(root: Path) -> None:
    odd = [
        f"{path}:{node.lineno} {name}"
        for path, tree in modules(root)
        for node in ast.walk(tree)
        for name in [identifier(node)]
        if name and PRIVATE_IDENTIFIERS & set(name.lower().split("_"))
    ]
    assert len(odd) <= IDENTIFIERS_LEFT, "\n".join(odd)


def identifier(node: ast.AST) -> str | None:
    """The name that a node introduces."""
    if isinstance(node, ast.Name):
        return node.id if isinstance(node.ctx, ast.Store) else None
    if isinstance(node, ast.arg):
        return node.arg
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return node.name
    return None
