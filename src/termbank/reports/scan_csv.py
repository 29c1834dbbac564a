"""A scan as a CSV table: one row for each concept, its renderings by status; always in English.

UTF-8 with a byte order mark, so that Excel reads the Chinese. An apostrophe protects cells that a spreadsheet would take
for a formula.
"""

from __future__ import annotations

import csv
import io

from termbank.matching.scan import Scan
from termbank.model.concept import Status


def report(scanned: Scan) -> str:
    """Format the table."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(
        ["concept", "term", "count", "line", *(status.value for status in Status), "subject", "also"]
    )
    for line in scanned.terms:
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
