"""Decides which findings are reported: severities of the project, waivers, and a baseline.

A waiver that no finding needs any more, or that has expired, is a finding itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path
from typing import Any

from termbank.checks.context import join_sentences
from termbank.model.check_result import Checked, Waived, Waiver
from termbank.model.concept import Concept
from termbank.model.date import surely_before
from termbank.model.errors import TermbankError
from termbank.model.finding import Finding, Severity
from termbank.model.glossary import Glossary
from termbank.model.line_starts import lines_of
from termbank.model.message import Message, message
from termbank.services import settings
from termbank.services.config import Project, inline_waivers
from termbank.services.file_access import read_bytes
from termbank.text.normalize import fold


def apply_settings(
    found: Sequence[Finding],
    segments: int,
    texts: Mapping[str, str],
    glossary: Glossary,
    project: Project,
    baseline: Path | None,
    only_some: bool,
) -> Checked:
    """The findings in order of file and place, apart from those that are off, waived or in the baseline.

    Args:
        segments: how many pairs were checked.
        texts: by file, the text in which inline waivers are looked for.
        only_some: whether only some checks were run, so that a waiver may be needed by another.
    """
    remarks: list[str] = []
    reported = [
        replace(finding, severity=level)
        for finding in found
        if (level := project.level(finding.code, finding.concept, finding.severity)) is not None
    ]
    waivers = list(project.waivers)
    for file, text in texts.items():
        waivers += inline_waivers(text, file, remarks.append)
    today = settings.now()[:10]
    unwaived, waived = _waive(reported, waivers, glossary, texts, today)
    unwaived += _find_idle_waivers(waivers, waived, today, project, only_some)
    baseline_fingerprints = read_baseline(baseline) if baseline is not None else frozenset()
    in_order = sorted(unwaived, key=_order)
    return Checked(
        segments,
        tuple(f for f in in_order if f.fingerprint not in baseline_fingerprints),
        tuple(waived),
        tuple(f for f in in_order if f.fingerprint in baseline_fingerprints),
        tuple(remarks),
        tuple(texts),
    )


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    start = finding.span.start if finding.span else 0
    return (finding.file or "", finding.line, start, finding.code, finding.fingerprint)


def _waive(
    findings: Sequence[Finding],
    waivers: Sequence[Waiver],
    glossary: Glossary,
    texts: Mapping[str, str],
    today: str,
) -> tuple[list[Finding], list[Waived]]:
    current = [w for w in waivers if w.until is None or not surely_before(w.until, today)]
    unwaived: list[Finding] = []
    waived: list[Waived] = []
    for finding in findings:
        waiver = next((w for w in current if _covers(w, finding, glossary, texts)), None)
        if waiver is None:
            unwaived.append(finding)
        else:
            waived.append(Waived(finding, waiver))
    return unwaived, waived


def _covers(waiver: Waiver, finding: Finding, glossary: Glossary, texts: Mapping[str, str]) -> bool:
    if waiver.check != finding.code or not _is_about(waiver.term, finding, glossary):
        return False
    if not waiver.inline:
        return waiver.files is None or _matches_pattern(finding.file or "", waiver.files)
    if waiver.place != finding.file:
        return False
    return waiver.line <= finding.line <= _last_line(texts.get(waiver.place or "", ""), waiver.line)


def _matches_pattern(file: str, pattern: str) -> bool:
    return fnmatch(file, pattern) or fnmatch(file, f"*/{pattern}")


def _last_line(text: str, line: int) -> int:
    """The last line that an inline waiver covers: that of its own text, or the next lines with any."""
    lines = lines_of(text)
    own = lines[line - 1] if line <= len(lines) else ""
    after = own.split("-->", 1)
    if own.split("<!--", 1)[0].strip() or (len(after) > 1 and after[1].strip()):
        return line
    last = line
    while last < len(lines) and not lines[last].strip():
        last += 1
    while last < len(lines) and lines[last].strip():
        last += 1
    return last


def _is_about(term: str | None, finding: Finding, glossary: Glossary) -> bool:
    if term is None:
        return True
    wanted = fold(term)
    if wanted in (fold(finding.concept or ""), fold(finding.found or "")):
        return True
    concept: Concept | None = glossary.by_id.get(finding.concept or "")
    return concept is not None and any(fold(t.text) == wanted for t in concept.terms)


def _find_idle_waivers(
    waivers: Sequence[Waiver], waived: Sequence[Waived], today: str, project: Project, only_some: bool
) -> list[Finding]:
    """Findings for waivers that have expired, and for those that no finding needs."""
    used = {id(item.waiver) for item in waived}
    found: list[Finding] = []
    for waiver in waivers:
        if waiver.until is not None and surely_before(waiver.until, today):
            code, usual = "stale-waiver", Severity.WARNING
            fault = message("This waiver expired on {date}. Renew or remove it.", date=waiver.until)
        elif id(waiver) not in used and waiver.files is None and not only_some:
            code, usual = "unused-waiver", Severity.NOTE
            fault = message("No finding needs this waiver. Remove it.")
        else:
            continue
        level = project.severity.get(code, usual)
        if level is not None:
            text = join_sentences(_name(waiver), fault)
            mark = sha256(f"{code}{waiver}".encode()).hexdigest()[:20]
            found.append(
                Finding(
                    code,
                    level,
                    text,
                    file=waiver.place,
                    line=waiver.line,
                    found=waiver.term,
                    fingerprint=mark,
                )
            )
    return found


def _name(waiver: Waiver) -> Message:
    if waiver.term is None:
        return message("Waiver of {check}:", check=waiver.check)
    return message("Waiver of {check} for “{term}”:", check=waiver.check, term=waiver.term)


def read_baseline(path: Path) -> frozenset[str]:
    """The fingerprints in an earlier report (JSON or SARIF).

    Raises:
        TermbankError: the file cannot be read, or is not JSON.
    """
    try:
        body: Any = json.loads(read_bytes(path))
    except (ValueError, RecursionError):
        raise TermbankError(
            message("the baseline is not JSON."),
            file=str(path),
            remedy=message("Make one with: termbank check … --format json > FILE"),
        ) from None
    found: set[str] = set()
    if isinstance(body, dict):
        documents = body.get("documents")
        for part in (body, *(documents if isinstance(documents, list) else ())):
            found.update(_strings(part.get("findings") if isinstance(part, dict) else None, "fingerprint"))
        for run in body.get("runs") or ():
            for result in (run.get("results") or ()) if isinstance(run, dict) else ():
                marks = result.get("partialFingerprints") if isinstance(result, dict) else None
                found.update(str(mark) for mark in (marks or {}).values())
    return frozenset(found)


def _strings(items: Any, key: str) -> Iterator[str]:
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(item.get(key), str):
            yield item[key]
