"""A scan as JSON, always in English: the glossary for the document beside the matches."""

from __future__ import annotations

import json
from typing import Any

from termbank.matching.match import Match
from termbank.matching.scan import Scan, ScannedTerm


def report(scanned: Scan) -> str:
    """Format the scan."""
    return json.dumps(record(scanned), ensure_ascii=False, indent=1) + "\n"


def record(scanned: Scan) -> dict[str, Any]:
    """The scan as plain values."""
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
