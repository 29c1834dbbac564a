"""Checks a translation: reads the files, runs the checks, applies the project's settings, waivers and baseline.

Pairs are read once, a few hundred at a time, and not kept. Where there are very many, several processes work on them
(`parallel_check`). Nothing is written except by `--fix`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Sized
from dataclasses import replace
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from termbank.checks import CHECKS, Check, find_check, load_check
from termbank.checks.batch import examine_batch, judge_batch
from termbank.checks.context import CheckContext
from termbank.checks.document_stats import DocumentTally
from termbank.checks.inputs import CheckInput
from termbank.checks.pair import batches
from termbank.lexicon.dictionary import Lexicon
from termbank.matching.matcher import Matcher
from termbank.model.check_result import Checked
from termbank.model.date import is_date
from termbank.model.document import Document
from termbank.model.errors import TermbankError
from termbank.model.finding import Finding, Severity
from termbank.model.glossary import Glossary
from termbank.model.message import message
from termbank.model.progress import Progress
from termbank.model.segment import SegmentPair
from termbank.reports import findings_json, write
from termbank.services.check_input import read_text_to_check
from termbank.services.config import Project, find_project
from termbank.services.garbage_collection import relaxed_garbage_collection
from termbank.services.matcher_cache import matcher_of
from termbank.services.parallel_check import BatchJob, check_in_processes, process_count
from termbank.services.suppressions import apply_settings
from termbank.text.normalize import fold

ALL = "ALL"
"""The word that selects every check."""
STRICT = ("admitted-rendering",)
"""The checks that `--strict` adds, as warnings; where they are selected otherwise they give notes."""


# Long: half of it is parameters and their description; the steps read as one list.
def check_files(
    target: Path | Document,
    glossary: Glossary,
    *,
    source: Path | Document | None = None,
    lines: bool = False,
    semantic: bool = False,
    baseline: Path | None = None,
    date: str | None = None,
    only: Sequence[str] = (),
    ignore: Sequence[str] = (),
    project: Project | None = None,
    progress: Progress | None = None,
    processes: int | None = None,
    matchers: Callable[[Glossary], Matcher] = matcher_of,
    house_terms: Collection[str] = (),
    strict: bool = False,
) -> Checked:
    """Check a translation against a glossary.

    Args:
        target: the translation: a file, or a document already read (no project settings hold for it).
        source: the Chinese text; None for a bilingual file or English alone.
        only, ignore: the checks to run, `ALL` for every one, and those not to run.
        date: when the translation was made; by default it is read from the head of the text.
        processes: by default as many as the size of the text is worth.
        matchers: gives the matcher of a glossary.
        house_terms: ids of the concepts whose renderings bind strictly (see `services.house_terms`).
        strict: whether a rendering is reported that is allowed where another is preferred.
    """
    _require_date(date)
    if project is None:
        project = find_project(target) if isinstance(target, Path) else Project()
    if strict:
        project = replace(project, severity=dict.fromkeys(STRICT, Severity.WARNING) | dict(project.severity))
    text = read_text_to_check(target, source, lines=lines, semantic=semantic, progress=progress)
    counted = _CountedPairs(text.pairs)
    found = check_pairs(
        counted,
        glossary,
        matcher=matchers(glossary.without_aligned_terms if text.alone else glossary),
        target=text.target,
        alone=text.alone,
        date=date or project.date or text.date,
        only=only,
        off=_switched_off(project, ignore),
        added=[code for code, level in project.severity.items() if level],
        processes=processes or process_count(_approximate_size(text.pairs, target)),
        house_terms=house_terms,
    )
    with relaxed_garbage_collection():
        findings = tuple(found)
    baseline = baseline or project.baseline
    checked = apply_settings(findings, counted.count, text.texts, glossary, project, baseline, bool(only))
    return replace(checked, remarks=(*text.remarks, *checked.remarks))


def _switched_off(project: Project, ignore: Sequence[str]) -> tuple[str, ...]:
    """The checks that the settings or `--ignore` switch off."""
    by_settings = [code for code, level in project.severity.items() if level is None]
    return (*by_settings, *(find_check(code).code for code in ignore))


def explain(code: str) -> str:
    """The page of a check: what it finds, why it matters, what is spared, with examples.

    Raises:
        TermbankError: there is no check of this name.
    """
    check = find_check(code)
    page = import_module(check.module).__doc__ or check.summary
    return f"{check.code} ({check.severity.value})\n\n{page.strip()}\n"


def _require_date(date: str | None) -> None:
    if date is not None and not is_date(date):
        raise TermbankError(
            message("“{date}” is not a date.", date=date),
            remedy=message("Write 2025, 2025-08 or 2025-08-26."),
        )


_SEGMENT_BYTES = 500
"""About how many bytes of a bilingual file one segment takes."""


def _approximate_size(pairs: Iterable[SegmentPair], target: Path | Document) -> int:
    """About how many pairs there are; for a file that is read while it is checked, by its size."""
    if isinstance(pairs, Sized):
        return len(pairs)
    return target.stat().st_size // _SEGMENT_BYTES if isinstance(target, Path) else 0


class _CountedPairs:
    """Pairs that are counted while they are iterated over."""

    def __init__(self, pairs: Iterable[SegmentPair]) -> None:
        self.count = 0
        self._pairs = pairs

    def __iter__(self) -> Iterator[SegmentPair]:
        for pair in self._pairs:
            self.count += 1
            yield pair


# Long: half of it is parameters and their description.
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
    added: Collection[str] = (),
    processes: int = 1,
    house_terms: Collection[str] = (),
) -> Iterator[Finding]:
    """The findings in pairs, with fingerprints.

    Args:
        target: the language in whose file findings are placed, `en` or `zh`.
        alone: whether the English is checked without its source.
        only, off: the checks to run (those of the default where it is empty), and those not to run.
        added: checks to run beside those of the default.
        processes: with several, each loads its own matcher and lexicon from the cache; the findings are the same.
        house_terms: ids of the concepts whose renderings bind strictly.
    """
    wanted = [check for check in select_checks(only, added) if check.code not in off]
    runs = [check for check in wanted if check.scope in ("pair", "term") and (check.alone or not alone)]
    if lexicon is None and not alone and processes == 1:
        lexicon = _load_lexicon()
    matcher = matcher or matcher_of(glossary.without_aligned_terms if alone else glossary)
    context = CheckContext(glossary, matcher, lexicon, date, target, frozenset(house_terms))
    tally = DocumentTally(glossary)
    if processes > 1:
        codes = tuple(check.code for check in runs)
        with_lexicon = not alone or lexicon is not None
        job = BatchJob(glossary, codes, with_lexicon, alone, date, target, frozenset(house_terms))
        found = check_in_processes(batches(pairs), job, tally, processes)
    else:
        found = _check_batches(batches(pairs), context, runs, tally)
    seen: dict[str, int] = {}
    yield from _with_fingerprints(found, seen)
    document = CheckInput(uses=tally.uses)
    for check in wanted:
        if check.scope == "document" or (check.scope == "glossary" and (check.code in only or ALL in only)):
            yield from _with_fingerprints(load_check(check).run(document, context), seen)


def _check_batches(
    batches: Iterable[list[SegmentPair]], context: CheckContext, checks: Sequence[Check], tally: DocumentTally
) -> Iterator[Finding]:
    """The findings of the checks of scope `pair` and `term`; every batch is added to the tally."""
    for segments in batches:
        report = examine_batch(segments, context, checks)
        tally.add_uses(report.uses, segments)
        stats = tally.add(report.summaries)
        findings = report.findings | judge_batch(report.undecided, stats, context, checks)
        for check in checks:
            yield from findings.get(check.code, ())


def select_checks(only: Sequence[str], added: Collection[str] = ()) -> tuple[Check, ...]:
    """The checks of these names; where none is given, those that are run by default, and those added to them.

    Raises:
        TermbankError: there is no check of a name.
    """
    if not only:
        return tuple(check for check in CHECKS if check.by_default or check.code in added)
    if ALL in only:
        return CHECKS
    names = {find_check(code).code for code in only}
    return tuple(check for check in CHECKS if check.code in names)


def _load_lexicon() -> Lexicon:
    from termbank.services.lexicon_cache import lexicon

    return lexicon()


def _with_fingerprints(findings: Iterable[Finding], seen: dict[str, int]) -> Iterator[Finding]:
    for finding in findings:
        yield replace(finding, fingerprint=fingerprint(finding, seen))


def fingerprint(finding: Finding, seen: dict[str, int]) -> str:
    """What identifies a finding from run to run: its check, concept, words and sentence, not its line or message.

    It survives moved lines and changes with the sentence; of several alike in one sentence each has its number.

    Args:
        seen: how often each fingerprint was given; it is updated.
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


def spreadsheet(checked: Checked) -> bytes:
    """The findings as XLSX: a row a finding, both texts, a column to answer in."""
    from termbank.reports.findings_xlsx import report_bytes

    return report_bytes(checked)


def record(checked: Checked) -> dict[str, Any]:
    """The findings as plain values, as their JSON has them."""
    return findings_json.record(checked)
