"""A survey as a CSV table: one row for each rendering, one column for each document; always in English.

UTF-8 with a byte order mark, so that Excel reads the Chinese. An apostrophe protects cells that a spreadsheet would take
for a formula.
"""

from __future__ import annotations

import csv
import io

from termbank.model.survey import Survey


def report(survey: Survey) -> str:
    """Format the table; a count is empty, not 0, where a document does not use the rendering."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    head = ["concept", "zh", "rendering", "known", "status", "confidence", "count", "mixed in"]
    table.writerow([*head, *(_cell(name) for name in survey.documents)])
    for concept in survey.concepts:
        mixed = "; ".join(name for name in survey.documents if concept.is_mixed_in(name))
        for rendering in concept.renderings:
            counts = [rendering.count_in(name) or "" for name in survey.documents]
            sure = "" if rendering.confidence is None else f"{rendering.confidence:.2f}"
            table.writerow(
                [
                    concept.concept,
                    _cell(concept.zh),
                    _cell(rendering.text),
                    "yes" if rendering.known else "new rendering",
                    rendering.status.value if rendering.status else "",
                    sure,
                    rendering.count,
                    _cell(mixed),
                    *counts,
                ]
            )
    return "\ufeff" + out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
