"""Checking a translation: files in, findings out, those waived or known kept apart.

Joins what is to be checked (`material`), the checks, and the project's settings, waivers and baseline
(`waiving`). Pairs are gone through once, a few hundred at a time, and let go again; where there are very many, other
processes help (`crew`). Nothing is written except by `fix`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from termbank.checks import CHECKS, Check, load, named
from termbank.checks.pair import Desk, Reading, batches
from termbank.lexicon.dictionary import Lexicon
from termbank.matching.matcher import Matcher
from termbank.model.check_result import Checked
from termbank.model.date import is_date
from termbank.model.errors import TermbankError
from termbank.model.finding import Finding
from termbank.model.glossary import Glossary
from termbank.model.progress import Progress
from termbank.model.segment import SegmentPair
from termbank.reports import write
from termbank.services import worker_pool
from termbank.services.check_input import material_of
from termbank.services.config import Project, find_project
from termbank.services.matcher_cache import matcher_of
from termbank.services.suppressions import sorted_out
from termbank.text.normalize import fold


def check_files(
    target: Path,
    glossary: Glossary,
    *,
    source: Path | None = None,
    lines: bool = False,
    semantic: bool = False,
    baseline: Path | None = None,
    date: str | None = None,
    only: Sequence[str] = (),
    project: Project | None = None,
    progress: Progress | None = None,
    processes: int | None = None,
) -> Checked:
    """Check a translation against a glossary.

    `only` names the checks to run, all by default; `date` is the translation's, read off its head where
    it is not given. `processes` is by default what the size of the text is worth. Raises TermbankError where nothing
    can be checked.
    """
    if date is not None and not is_date(date):
        raise TermbankError(f"“{date}” is not a date.", remedy="Write 2025, 2025-08 or 2025-08-26.")
    project = project if project is not None else find_project(target)
    material = material_of(target, source, lines=lines, semantic=semantic, progress=progress)
    counted = _Counted(material.pairs)
    found = check_pairs(
        counted,
        glossary,
        target=material.target,
        alone=material.alone,
        date=date or project.date or material.date,
        only=only,
        off=tuple(code for code, level in project.severity.items() if level is None),
        processes=processes or worker_pool.size(_about(material.pairs, target)),
    )
    with settled_memory():
        findings = tuple(found)
    checked = sorted_out(
        findings, counted.count, material.texts, glossary, project, baseline or project.baseline, bool(only)
    )
    return replace(checked, remarks=(*material.remarks, *checked.remarks))


_BYTES = 500
"""Bytes of a bilingual file to a segment, about."""


def _about(pairs: Iterable[SegmentPair], target: Path) -> int:
    """About how many pairs there are; of a file that is read while it is checked, by its size."""
    return len(pairs) if isinstance(pairs, Sized) else target.stat().st_size // _BYTES


class _Counted:
    """Pairs, counted as they pass."""

    def __init__(self, pairs: Iterable[SegmentPair]) -> None:
        self.count = 0
        self._pairs = pairs

    def __iter__(self) -> Iterator[SegmentPair]:
        for pair in self._pairs:
            self.count += 1
            yield pair


@contextmanager
def settled_memory() -> Iterator[None]:
    """Spares the collector from going through the glossary and the lexicon again and again.

    A check makes many short-lived values and no circles that outlive a batch.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def check_pairs(
    pairs: Iterable[SegmentPair],
    glossary: Glossary,
    *,
    matcher: Matcher | None = None,
    lexicon: Lexicon | None = None,
    target: str = "en",
    alone: bool = False,
    date: str | None = None,
    only: Sequence[str] = (),
    off: Sequence[str] = (),
    processes: int = 1,
) -> Iterator[Finding]:
    """The findings in pairs, each check over a few hundred at a time, with fingerprints.

    With several `processes`, these find their own matcher and lexicon in the cache, and find the same.
    """
    wanted = [check for check in chosen(only) if check.code not in off]
    desk = Desk(glossary, matcher or matcher_of(glossary.alone if alone else glossary), lexicon, date, target)
    runs = [check for check in wanted if check.scope == "pair" and (check.alone or not alone)]
    if processes > 1:
        codes = tuple(check.code for check in runs)
        found = worker_pool.findings(batches(pairs), desk, codes, processes, alone)
    else:
        if desk.lexicon is None and not alone:
            desk.lexicon = _lexicon()
        found = _in_pairs(pairs, desk, runs)
    seen: dict[str, int] = {}
    yield from _stamped(found, seen)
    for check in wanted:
        if check.scope == "document" or (check.scope == "glossary" and check.code in only):
            nothing: list[Reading] = []
            yield from _stamped(load(check).run(nothing, desk), seen)


def _in_pairs(pairs: Iterable[SegmentPair], desk: Desk, runs: Sequence[Check]) -> Iterator[Finding]:
    for batch in batches(pairs):
        readings = desk.read(batch)
        yield from judged(readings, desk, runs)


def judged(readings: Sequence[Reading], desk: Desk, runs: Iterable[Check]) -> Iterator[Finding]:
    """What the checks find in a batch that was read; it is let go afterwards."""
    for check in runs:
        yield from load(check).run(readings, desk)
    for reading in readings:  # a chain of readings would keep all of them
        reading.before = reading.after = None


def chosen(only: Sequence[str]) -> tuple[Check, ...]:
    """The checks of these names, all where none is named; raises TermbankError for an unknown one."""
    if not only:
        return CHECKS
    names = {named(code).code for code in only}
    return tuple(check for check in CHECKS if check.code in names)


def _lexicon() -> Lexicon:
    from termbank.services.lexicon_cache import lexicon

    return lexicon()


def _stamped(findings: Iterable[Finding], seen: dict[str, int]) -> Iterator[Finding]:
    for finding in findings:
        yield replace(finding, fingerprint=fingerprint(finding, seen))


def fingerprint(finding: Finding, seen: dict[str, int]) -> str:
    """What a finding is known by: check, concept, words and sentence, not its line.

    It survives moved lines and changes with the sentence; of several alike in one sentence each has its number.
    """
    parts = [
        finding.code,
        finding.concept or "",
        fold(finding.found or ""),
        " ".join(fold(finding.context or "").split()),
        "".join(fold(finding.source_context or "").split()),
    ]
    key = sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]
    seen[key] = seen.get(key, 0) + 1
    return key if seen[key] == 1 else f"{key}-{seen[key]}"


def report(checked: Checked, form: str, **options: Any) -> str:
    """The findings as text, json, sarif, github or html."""
    return write("findings", form, checked, **options)
