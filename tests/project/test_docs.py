"""Every command, format and check has its page, and the pages name nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from termbank.checks import CHECKS, load_check
from termbank.cli.app import COMMANDS
from termbank.files.glossaries import FORMATS


def test_every_command_has_its_section(root: Path) -> None:
    headings = re.findall(r"^## (\S+)$", (root / "docs/commands.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(headings) == sorted(name for name, _, _ in COMMANDS)


def test_the_readme_names_every_command(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    assert [
        name for name, _, _ in COMMANDS if f"`{name}" not in readme and f"termbank {name}" not in readme
    ] == []


def test_every_format_is_described(root: Path) -> None:
    page = (root / "docs/formats.md").read_text("utf-8").lower()
    assert [one.name for one in FORMATS if one.name.lower() not in page] == []


def test_every_check_is_described(root: Path) -> None:
    page = (root / "docs/checks.md").read_text("utf-8")
    assert [check.code for check in CHECKS if f"### {check.code}\n" not in page] == []


def test_the_page_of_a_check_is_its_docstring(root: Path) -> None:
    page = (root / "docs/checks.md").read_text("utf-8")
    for check in CHECKS:
        first, _, rest = (load_check(check).__doc__ or "").strip().partition("\n\n")
        assert first in page, check.code
        assert rest in page, check.code


def test_links_between_pages_lead_somewhere(root: Path) -> None:
    for page in [root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} → {target}"


def test_the_project_speaks_of_itself_alone(root: Path) -> None:
    """No machine paths and no registry hosts in what is shipped."""
    strange = re.compile(r"/work/main|/root/|/tmp/|pypi\.org|npmjs")
    for folder in ("src", "docs", "glossaries", "corpus"):
        for path in (root / folder).rglob("*"):
            if path.is_file() and path.suffix in (".py", ".md", ".toml", ".txt"):
                assert not strange.search(path.read_text("utf-8")), path
