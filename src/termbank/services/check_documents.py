"""A check of several documents: which ones are meant, what fails, and their findings as one result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from termbank.model.check_result import Checked
from termbank.model.errors import UnreadableError
from termbank.model.finding import Finding, Severity
from termbank.services.config import ABOUT_WAIVERS, Project, find_project
from termbank.services.document_files import DocumentFiles, is_several
from termbank.services.document_paths import (
    DOCUMENT_SUFFIXES,
    PAIR_SUFFIXES,
    find_files,
    language_of,
    match_files,
)
from termbank.services.file_access import is_bilingual


def find_documents_to_check(
    targets: Sequence[Path], source: Path | None
) -> tuple[tuple[DocumentFiles, ...], tuple[UnreadableError, ...]]:
    """The documents to check, by path; and an error for each file that belongs to none.

    Args:
        targets: files, folders or patterns. Bilingual files are checked by themselves.
        source: the Chinese text of all targets, or the folder (or pattern) of their Chinese texts, found by name. Without
            one, the Chinese texts are looked for among the targets, and what has none is checked alone.
    """
    files = find_files(targets, DOCUMENT_SUFFIXES | PAIR_SUFFIXES)
    whole = [DocumentFiles(en=file) for file in files if is_bilingual(file)]
    texts = [file for file in files if not is_bilingual(file)]
    root = targets[0] if targets[0].is_dir() else Path()
    errors: tuple[UnreadableError, ...] = ()
    if source is None:
        chinese = [file for file in texts if language_of(file) == "zh"]
        pairs, _ = match_files(chinese, [file for file in texts if file not in chinese], root, root)
        held = {path for pair in pairs for path in pair.paths}
        alone = [DocumentFiles(en=file) for file in texts if file not in held]
    elif not is_several([source]):
        pairs, alone = tuple(DocumentFiles(source, file) for file in texts), []
    else:
        originals = find_files([source], DOCUMENT_SUFFIXES)
        pairs, left = match_files(originals, texts, source, root)
        alone, errors = [], tuple(error for error in left if Path(error.fault.file or "") in texts)
    return tuple(sorted((*whole, *pairs, *alone), key=lambda files: files.paths[::-1])), errors


class CheckedDocuments:
    """The results of several documents, as they come.

    What is found about the waivers of the settings is kept back: a waiver is idle where no document needs it.

    Args:
        fail_on: the severity at which the check fails; where None, that of each document's settings, else an error.

    Attributes:
        fails: whether a finding so far is at or above that severity.
    """

    def __init__(self, fail_on: str | None = None) -> None:
        self.fails = False
        self._fail_on = fail_on
        self._settings = cache(lambda folder: find_project(folder / "_"))
        self._idle: dict[str, dict[str, Finding]] = {}

    def add(self, files: DocumentFiles, checked: Checked) -> Checked:
        """Add a document's result; returns it without the findings about the settings."""
        project: Project = self._settings(files.paths[-1].parent)
        findings = checked.findings
        if project.path is not None:
            place = str(project.path)
            about = {f.fingerprint: f for f in findings if f.code in ABOUT_WAIVERS and f.file == place}
            idle = self._idle.setdefault(place, about)
            self._idle[place] = {key: idle[key] for key in idle if key in about}
            findings = tuple(f for f in findings if f.fingerprint not in about)
        self._judge(findings, project)
        return replace(checked, findings=findings)

    def about_settings(self) -> Iterator[tuple[DocumentFiles, Checked]]:
        """What is found about settings files, once all documents are added."""
        for place, idle in sorted(self._idle.items()):
            if idle:
                self._judge(idle.values(), self._settings(Path(place).parent))
                yield DocumentFiles(en=Path(place)), Checked(0, tuple(idle.values()), files=(place,))

    def _judge(self, findings: Iterable[Finding], project: Project) -> None:
        level = self._fail_on or project.fail_on or Severity.ERROR.value
        if level != "never":
            least = Severity(level).rank
            self.fails = self.fails or any(finding.severity.rank >= least for finding in findings)


def merge_checked(parts: Iterable[Checked]) -> Checked:
    """The results of several documents as one, in their order. Merging is associative."""
    some = tuple(parts)
    return Checked(
        sum(part.segments for part in some),
        tuple(finding for part in some for finding in part.findings),
        tuple(item for part in some for item in part.waived),
        tuple(finding for part in some for finding in part.known),
        tuple(dict.fromkeys(remark for part in some for remark in part.remarks)),
        tuple(dict.fromkeys(file for part in some for file in part.files)),
    )
