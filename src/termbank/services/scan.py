"""Scan one document of either language for the bank's terms: a glossary to read before translating it.

A scan has the matches with their spans, and one line for each concept found: its renderings by status, how often it
occurs, and where first. Each block is searched by itself, so that no term is found across a heading and its paragraph.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from termbank.matching.overlap import Match
from termbank.model.concept import Concept, Status, Term
from termbank.model.document import Document
from termbank.model.errors import TermbankError
from termbank.model.glossary import Glossary
from termbank.model.labels import label
from termbank.model.language import Language
from termbank.model.line_starts import LineStarts
from termbank.model.message import _, message, ngettext
from termbank.model.span import Span
from termbank.services.file_access import read_document
from termbank.services.matcher_cache import matcher_of
from termbank.text.characters_zh import looks_chinese
from termbank.text.display_width import cells, fit
from termbank.text.scripts import script_of

LONGEST_TERM = 32
"""The most cells of the column of terms in the text report."""


@dataclass(frozen=True)
class ScannedTerm:
    """A concept in the document: its forms there, how often, and where first (line and column from 1)."""

    concept: Concept
    term: Term
    written: tuple[tuple[str, int], ...]
    count: int
    first: Span
    line: int
    column: int
    also: tuple[Concept, ...] = ()

    @property
    def renderings(self) -> tuple[Term, ...]:
        """The terms of the other language, what to write first."""
        chinese = self.term.language.is_chinese
        return self.concept.english if chinese else self.concept.chinese


@dataclass(frozen=True)
class Scan:
    """The matches in a document, in order; `language` is the document's."""

    document: Document
    language: Language
    matches: Sequence[Match]

    @property
    def remarks(self) -> tuple[str, ...]:
        return self.document.remarks

    @cached_property
    def terms(self) -> tuple[ScannedTerm, ...]:
        """One line for each concept, in the order of first places."""
        first: dict[str, Match] = {}
        written: dict[str, Counter[str]] = {}
        for match in self.matches:
            known = match.concept.id
            if known not in first:
                first[known] = match
                written[known] = Counter()
            written[known][" ".join(match.text.split())] += 1
        starts = LineStarts(self.document.text)
        lines = (_as_scanned_term(match, written[known], starts) for known, match in first.items())
        return tuple(sorted(lines, key=lambda line: (line.first, line.concept.id)))


def scan_file(path: Path, glossary: Glossary, *, nested: bool = False) -> Scan:
    """Scan a file; raises UnreadableError where it cannot be read."""
    return scan(read_document(path), glossary, nested=nested)


def scan(document: Document, glossary: Glossary, *, nested: bool = False) -> Scan:
    """Find the glossary's terms in a document; terms inside others only where `nested`.

    In English alone, ordinary words (`MatchFlag.ALIGNED`) are left out.
    """
    text = document.text
    spans = [block.span for block in document.blocks] or [Span(0, len(text))]
    chinese = looks_chinese(text)
    matcher = matcher_of(glossary if chinese else glossary.without_aligned_terms)
    language = (script_of(text) or Language.ZH_HANS) if chinese else Language.EN
    return Scan(document, language, matcher.find_in(text, spans, nested, chinese=chinese))


def _as_scanned_term(first: Match, written: Counter[str], starts: LineStarts) -> ScannedTerm:
    return ScannedTerm(
        first.concept,
        first.term,
        tuple(written.most_common()),
        written.total(),
        first.span,
        *starts.place(first.span.start),
        first.also,
    )


# -- reports ---------------------------------------------------------------------------------


def report(scanned: Scan, form: str, *, width: int = 100) -> str:
    """Format a scan as text, JSON or CSV; raises TermbankError for any other form."""
    if form == "json":
        return json.dumps(record(scanned), ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        return _csv(scanned.terms)
    if form == "text":
        return "\n".join(_lines(scanned, width)) + "\n"
    raise TermbankError(
        message("there is no {form} report of a scan.", form=form), remedy=message("Use text, json or csv.")
    )


def record(scanned: Scan) -> dict[str, Any]:
    """The scan as plain values, with the glossary for the document beside the matches."""
    return {
        "schema": 1,
        "document": scanned.document.name,
        "language": scanned.language.value,
        "matches": [_match_record(match) for match in scanned.matches],
        "terms": [_term_record(line) for line in scanned.terms],
    }


def _match_record(match: Match) -> dict[str, Any]:
    found: dict[str, Any] = {
        "concept": match.concept.id,
        "term": match.term.text,
        "text": match.text,
        "language": match.language.value,
        "span": list(match.span),
        "nested": match.nested,
    }
    if match.also:
        found["also"] = [concept.id for concept in match.also]
    return found


def _term_record(line: ScannedTerm) -> dict[str, Any]:
    return {
        "concept": line.concept.id,
        "term": line.term.text,
        "subject": line.concept.subject,
        "status": line.term.status.value,
        "count": line.count,
        "first": list(line.first),
        "line": line.line,
        "column": line.column,
        "written": [{"text": text, "count": count} for text, count in line.written],
        "renderings": [
            {"text": term.text, "language": term.language.value, "status": term.status.value}
            for term in line.renderings
        ],
        "also": [concept.id for concept in line.also],
    }


def _csv(lines: Iterable[ScannedTerm]) -> str:
    """A CSV table, UTF-8 with a byte order mark; no cell can be taken for a formula."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(
        ["concept", "term", "count", "line", *(status.value for status in Status), "subject", "also"]
    )
    for line in lines:
        by_status = (
            "; ".join(term.text for term in line.renderings if term.status is status) for status in Status
        )
        also = "; ".join(concept.id for concept in line.also)
        row = [
            line.concept.id,
            line.term.text,
            line.count,
            line.line,
            *by_status,
            line.concept.subject or "",
            also,
        ]
        table.writerow([_cell(value) for value in row])
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _lines(scanned: Scan, width: int) -> Iterator[str]:
    if not scanned.terms:
        yield _("No term of the bank occurs in this document.")
        return
    yield ngettext(
        "{count} concept, {matches} ({language})",
        "{count} concepts, {matches} ({language})",
        len(scanned.terms),
        matches=ngettext("{count} match", "{count} matches", len(scanned.matches)),
        language=scanned.language.value,
    )
    term_width = min(LONGEST_TERM, max(cells(line.term.text) for line in scanned.terms))
    for line in scanned.terms:
        place = _("line {line}", line=f"{line.line:<5}")
        renderings = " · ".join(_rendering(term) for term in line.renderings) or _("no rendering in the bank")
        head = f"{fit(line.term.text, term_width)} {line.count:>4}×  {place} "
        left = width - cells(head)
        yield (head + (renderings if cells(renderings) <= left else fit(renderings, max(20, left)))).rstrip()
        for concept in line.also:
            facts = "; ".join(fact for fact in (concept.id, concept.subject, concept.note) if fact)
            yield f"{'':{term_width}}   " + _(
                "also {concept} ({facts})", concept=concept.headword, facts=facts
            )


def _rendering(term: Term) -> str:
    return term.text if term.status.is_approved else f"{term.text} ({label(term.status)})"
