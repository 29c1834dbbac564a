"""`termbank doctor --glossaries`: check packs, glossaries and banks by the rules for glossaries.

Several packs are read together, since one may cite what another lists; every other file stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from termbank.checks.glossary_rules import RuleInput, check_glossary
from termbank.files.glossaries.toml import read_packs
from termbank.model.errors import Fault
from termbank.model.glossary import Glossary
from termbank.model.glossary_finding import GlossaryFinding
from termbank.model.message import Message
from termbank.services import settings
from termbank.services.file_access import read_bytes
from termbank.services.glossary_file import read_glossary
from termbank.services.status_from_evidence import allowed_status
from termbank.store.bank import Bank

_SQLITE = b"SQLite format 3\x00"
_CONCEPT = re.compile(r'^\[\[concept\]\]\s*\nid = "([^"\n]+)"', re.MULTILINE)
_Places = Mapping[str, tuple[str, int | None]]
"""By the id of a concept, its file and line."""


def check_glossaries(paths: Iterable[Path] = ()) -> list[GlossaryFinding]:
    """Check glossaries: folders of packs, glossary files and banks; without paths, the shipped packs.

    Returns:
        The findings by code, concept and message, each with the file and, for packs, the line of the concept.

    Raises:
        TermbankError: A file cannot be read.
    """
    given = list(paths) or [settings.shipped_folder("glossaries")]
    packs = [path for path in given if path.is_file() and path.suffix.lower() == ".toml"]
    found: list[GlossaryFinding] = []
    if packs:
        found += _check_packs(packs)
    for path in given:
        if path.is_dir():
            found += _check_packs(sorted(path.glob("*.toml")) or [path])
        elif path not in packs:
            found += _check_file(path)
    return sorted(found, key=lambda one: (one.code, one.file or "", one.concept, str(one.message)))


def _check_packs(packs: list[Path]) -> Iterator[GlossaryFinding]:
    files = [(str(pack), read_bytes(pack)) for pack in packs]
    reading = read_packs(files)
    places = {
        id: place for name, data in files for id, place in _places(name, data.decode("utf-8", "replace"))
    }
    yield from map(_finding_of_fault, reading.faults)
    yield from _check(reading.glossary, places)


def _finding_of_fault(fault: Fault) -> GlossaryFinding:
    """A fault of the reading: a reference to a concept that no pack has, or an entry that cannot be read."""
    about = fault.message.parameters if isinstance(fault.message, Message) else {}
    code = "dangling-relation" if {"id", "field", "target"} <= about.keys() else "unreadable-entry"
    return GlossaryFinding(
        code, str(about.get("id", "")), fault.message, fault.remedy or "", fault.file, fault.line
    )


def _places(name: str, text: str) -> Iterator[tuple[str, tuple[str, int]]]:
    """Where the concepts of a pack are."""
    line, at = 1, 0
    for found in _CONCEPT.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        yield found[1], (name, line)


def _check_file(path: Path) -> Iterator[GlossaryFinding]:
    if path.is_file() and read_bytes(path)[: len(_SQLITE)] == _SQLITE:
        with Bank.open(path, read_only=True) as bank:
            glossary = bank.glossary()
    else:
        glossary = read_glossary(path)[0].glossary
    yield from _check(glossary, {concept.id: (str(path), None) for concept in glossary})


def _check(glossary: Glossary, places: _Places) -> Iterator[GlossaryFinding]:
    for finding in check_glossary(RuleInput(glossary, allowed_status)):
        file, line = places.get(finding.concept, (None, None))
        yield replace(finding, file=file, line=line)


def finding_record(one: GlossaryFinding) -> dict[str, Any]:
    """A finding in the form that `doctor --glossaries --json` writes; its texts are English."""
    return {
        "code": one.code,
        "concept": one.concept,
        "file": one.file,
        "line": one.line,
        "message": str(one.message),
        "remedy": str(one.remedy),
    }
