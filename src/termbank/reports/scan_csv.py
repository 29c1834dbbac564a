"""A scan as a CSV table: one row for each concept, its renderings by status; always in English.

UTF-8 with a byte order mark, so that Excel reads the Chinese. An apostrophe protects cells that a spreadsheet would take
for a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from termbank.matching.scan import Scan
from termbank.model.concept import Status

HEAD = ("concept", "term", "count", "line", *(status.value for status in Status), "subject", "also")


def report(scanned: Scan) -> str:
    """Format the table."""
    return "".join(("\ufeff", _line(HEAD), *map(_line, _rows(scanned))))


def table(scans: Iterable[Scan]) -> Iterator[str]:
    """Format one table of several documents, line by line; its first column is the document."""
    yield "\ufeff" + _line(("document", *HEAD))
    for scanned in scans:
        for row in _rows(scanned):
            yield _line((scanned.document.name, *row))


def _rows(scanned: Scan) -> Iterator[tuple[object, ...]]:
    for line in scanned.terms:
        by_status = (
            "; ".join(term.text for term in line.renderings if term.status is status) for status in Status
        )
        also = "; ".join(concept.id for concept in line.also)
        subject = line.concept.subject or ""
        yield line.concept.id, line.term.text, line.count, line.line, *by_status, subject, also


def _line(row: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
