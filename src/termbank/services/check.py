"""Checking a translation: files in, findings out, those waived or known kept apart.

Takes a pair of documents (aligned first), one bilingual file, or English alone; which of a pair is
the Chinese one is looked at, not believed. Joins reading, aligning and the checks with the project's
settings, its waivers and a baseline. Nothing is written except by `fix`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path
from typing import Any

from termbank.checks import CHECKS, Check, load, named
from termbank.checks.desk import Desk, Reading, batches
from termbank.core.checked import Checked, Waived, Waiver
from termbank.core.concept import Concept
from termbank.core.date import is_date, surely_before
from termbank.core.document import Document
from termbank.core.errors import TermbankError
from termbank.core.finding import Finding, Severity
from termbank.core.glossary import Glossary
from termbank.core.segment import SegmentPair
from termbank.lang.fold import fold
from termbank.lang.lexicon import Lexicon
from termbank.lang.zh import share_of_han
from termbank.match.automaton import Matcher
from termbank.reports import write
from termbank.services import settings
from termbank.services.documents import is_bilingual, read_bytes, read_document, read_pairs_and_remarks
from termbank.services.project import Project, find_project, inline_waivers
from termbank.survey.provenance import provenance

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Material:
    """What is to be checked: pairs, the texts by file for waivers, and which side is the translation."""

    pairs: Sequence[SegmentPair]
    texts: dict[str, str]
    target: str = "en"
    alone: bool = False
    date: str | None = None
    remarks: tuple[str, ...] = ()


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
) -> Checked:
    """Check a translation against a glossary.

    `only` names the checks to run, all by default; `date` is the translation's, read off its head where
    it is not given. Raises TermbankError where nothing can be checked.
    """
    if date is not None and not is_date(date):
        raise TermbankError(f"“{date}” is not a date.", remedy="Write 2025, 2025-08 or 2025-08-26.")
    project = project if project is not None else find_project(target)
    material = material_of(target, source, lines=lines, semantic=semantic, progress=progress)
    when = date or project.date or material.date
    found = tuple(
        check_pairs(
            material.pairs,
            glossary,
            target=material.target,
            alone=material.alone,
            date=when,
            only=only,
            off=tuple(code for code, level in project.severity.items() if level is None),
        )
    )
    return _sorted_out(found, material, glossary, project, baseline or project.baseline, bool(only))


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
) -> Iterator[Finding]:
    """The findings in pairs, each check over a few hundred at a time, with fingerprints."""
    wanted = [check for check in chosen(only) if check.code not in off]
    desk = Desk(glossary, matcher or Matcher.of(glossary.alone if alone else glossary), lexicon, date, target)
    if desk.lexicon is None and not alone:
        desk.lexicon = _lexicon()
    seen: dict[str, int] = {}
    runs = [check for check in wanted if check.scope == "pair" and (check.alone or not alone)]
    for batch in batches(pairs):
        readings = desk.read(batch)
        for check in runs:
            yield from _stamped(load(check).run(readings, desk), seen)
    for check in wanted:
        if check.scope == "document" or (check.scope == "glossary" and check.code in only):
            nothing: list[Reading] = []
            yield from _stamped(load(check).run(nothing, desk), seen)


def chosen(only: Sequence[str]) -> tuple[Check, ...]:
    """The checks of these names, all where none is named; raises TermbankError for an unknown one."""
    if not only:
        return CHECKS
    names = {named(code).code for code in only}
    return tuple(check for check in CHECKS if check.code in names)


def _lexicon() -> Lexicon:
    from termbank.services.lexicon import lexicon

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


# -- what is to be checked -------------------------------------------------------------------


def material_of(
    target: Path,
    source: Path | None,
    *,
    lines: bool = False,
    semantic: bool = False,
    progress: Progress | None = None,
) -> Material:
    """Read what is to be checked, and pair it."""
    if is_bilingual(target):
        if source is not None:
            raise TermbankError(
                "this file holds both languages already.", file=str(target), remedy="Leave --source out."
            )
        pairs, remarks = read_pairs_and_remarks(target)
        if not pairs:
            raise TermbankError(
                "there are no Chinese–English segments in it.",
                file=str(target),
                remedy="Check the languages.",
            )
        texts = {str(target): _as_text(target)}
        return Material(pairs, texts, remarks=remarks)
    document = read_document(target)
    if source is None:
        return _alone(document, lines)
    return _pair(document, read_document(source), lines, semantic, progress)


def _as_text(path: Path) -> str:
    """The raw text of a bilingual file, in which inline waivers may stand; nothing where it is not text."""
    data = read_bytes(path)
    return "" if data[:2] == b"PK" else data.decode("utf-8", "replace")


def _is_chinese(document: Document) -> bool:
    return share_of_han(document.text[:100_000]) > 0.3


def _alone(document: Document, lines: bool) -> Material:
    from termbank import segment

    if _is_chinese(document):
        raise TermbankError(
            "this document is Chinese; alone, only English can be checked.",
            file=document.name,
            remedy="Give its English version as the target, and this file with --source.",
        )
    found = segment.lines(document) if lines else segment.segments(document, "en")
    if not found:
        raise TermbankError(
            "there is no text in it to check.", file=document.name, remedy="Give a file with sentences."
        )
    starts = _line_starts(document.text)
    pairs = []
    for item in found:
        line, column = _place(starts, item.span.start)
        pairs.append(
            SegmentPair(
                "", item.text, None, document.name, en_start=item.span.start, en_line=line, en_column=column
            )
        )
    return Material(
        pairs,
        {document.name: document.text},
        alone=True,
        date=_date_of(document),
        remarks=document.remarks,
    )


def _line_starts(text: str) -> list[int]:
    return [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]


def _place(starts: list[int], at: int) -> tuple[int, int]:
    from bisect import bisect_right

    line = bisect_right(starts, at)
    return line, at - starts[line - 1] + 1


def _pair(
    target: Document, source: Document, lines: bool, semantic: bool, progress: Progress | None
) -> Material:
    from termbank.services.build import align_documents

    towards_chinese = _is_chinese(target) and not _is_chinese(source)
    zh, en = (target, source) if towards_chinese else (source, target)
    texts = align_documents(zh, en, lines=lines, semantic=semantic, progress=progress)
    remarks = texts.remarks
    if texts.alignment.relatedness is not None and texts.alignment.relatedness < UNRELATED:
        remarks = (
            *remarks,
            f"{target.name} hardly looks like a translation of {source.name}; findings may mislead.",
        )
    return Material(
        texts.pairs(),
        {texts.zh.name: texts.zh.text, texts.en.name: texts.en.text},
        "zh" if towards_chinese else "en",
        date=_date_of(texts.en),
        remarks=remarks,
    )


UNRELATED = 0.5


def _date_of(document: Document) -> str | None:
    if document.source is not None and document.source.date:
        return document.source.date
    return provenance(document.text).date


# -- settings, waivers, baseline -------------------------------------------------------------


def _sorted_out(
    found: Sequence[Finding],
    material: Material,
    glossary: Glossary,
    project: Project,
    baseline: Path | None,
    only_some: bool,
) -> Checked:
    remarks = list(material.remarks)
    levelled = [
        replace(finding, severity=level)
        for finding in found
        if (level := project.level(finding.code, finding.concept, finding.severity)) is not None
    ]
    waivers = list(project.waivers)
    for file, text in material.texts.items():
        waivers += inline_waivers(text, file, remarks.append)
    today = settings.now()[:10]
    standing, waived = _waive(levelled, waivers, glossary, material, today)
    standing += _about_waivers(waivers, waived, today, project, only_some)
    known_before = read_baseline(baseline) if baseline is not None else frozenset()
    in_order = sorted(standing, key=_order)
    return Checked(
        len(material.pairs),
        tuple(f for f in in_order if f.fingerprint not in known_before),
        tuple(waived),
        tuple(f for f in in_order if f.fingerprint in known_before),
        tuple(remarks),
        tuple(material.texts),
    )


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    start = finding.span.start if finding.span else 0
    return (finding.file or "", finding.line, start, finding.code, finding.fingerprint)


def _waive(
    findings: Sequence[Finding],
    waivers: Sequence[Waiver],
    glossary: Glossary,
    material: Material,
    today: str,
) -> tuple[list[Finding], list[Waived]]:
    alive = [w for w in waivers if w.until is None or not surely_before(w.until, today)]
    standing: list[Finding] = []
    waived: list[Waived] = []
    for finding in findings:
        waiver = next((w for w in alive if _covers(w, finding, glossary, material.texts)), None)
        if waiver is None:
            standing.append(finding)
        else:
            waived.append(Waived(finding, waiver))
    return standing, waived


def _covers(waiver: Waiver, finding: Finding, glossary: Glossary, texts: dict[str, str]) -> bool:
    if waiver.check != finding.code or not _is_about(waiver.term, finding, glossary):
        return False
    if not waiver.inline:
        return waiver.files is None or _fits(finding.file or "", waiver.files)
    if waiver.place != finding.file:
        return False
    return waiver.line <= finding.line <= _reach(texts.get(waiver.place or "", ""), waiver.line)


def _fits(file: str, pattern: str) -> bool:
    return fnmatch(file, pattern) or fnmatch(file, f"*/{pattern}")


def _reach(text: str, line: int) -> int:
    """The last line that an inline waiver covers: that of its own text, or the next lines with any."""
    lines = text.split("\n")
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


def _about_waivers(
    waivers: Sequence[Waiver], waived: Sequence[Waived], today: str, project: Project, only_some: bool
) -> list[Finding]:
    """Waivers that let nothing stand any more, and those whose time is over."""
    used = {id(item.waiver) for item in waived}
    found: list[Finding] = []
    for waiver in waivers:
        about = f"{waiver.check}{f' for “{waiver.term}”' if waiver.term else ''}"
        if waiver.until is not None and surely_before(waiver.until, today):
            code, usual = "stale-waiver", Severity.WARNING
            said = f"the waiver of {about} ran out on {waiver.until}. Renew it or take it out."
        elif id(waiver) not in used and waiver.files is None and not only_some:
            code, usual = "unused-waiver", Severity.NOTE
            said = f"the waiver of {about} lets nothing stand here. Take it out."
        else:
            continue
        # A settings file serves many texts: only a waiver inside the text itself is surely unused.
        if code == "unused-waiver" and not waiver.inline:
            usual = Severity.NOTE
        level = project.severity.get(code, usual)
        if level is not None:
            mark = sha256(f"{code}{waiver}".encode()).hexdigest()[:20]
            found.append(
                Finding(
                    code,
                    level,
                    said,
                    file=waiver.place,
                    line=waiver.line,
                    found=waiver.term,
                    fingerprint=mark,
                )
            )
    return found


def read_baseline(path: Path) -> frozenset[str]:
    """The fingerprints in an earlier report (JSON or SARIF); a missing file is an empty baseline's fault."""
    try:
        body: Any = json.loads(read_bytes(path))
    except (ValueError, RecursionError):
        raise TermbankError(
            "the baseline is not JSON.",
            file=str(path),
            remedy="Make one with: termbank check … --format json > FILE",
        ) from None
    found: set[str] = set()
    if isinstance(body, dict):
        found.update(_strings(body.get("findings"), "fingerprint"))
        for run in body.get("runs") or ():
            for result in (run.get("results") or ()) if isinstance(run, dict) else ():
                marks = result.get("partialFingerprints") if isinstance(result, dict) else None
                found.update(str(mark) for mark in (marks or {}).values())
    return frozenset(found)


def _strings(items: Any, key: str) -> Iterator[str]:
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(item.get(key), str):
            yield item[key]


def report(checked: Checked, form: str, **options: Any) -> str:
    """The findings as text, json, sarif, github or html."""
    return write("findings", form, checked, **options)
