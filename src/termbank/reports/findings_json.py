"""Findings as JSON, always in English; a later run reads it as its baseline."""

from __future__ import annotations

import json
from typing import Any

from termbank.model.check_result import Checked
from termbank.model.finding import Finding


def report(checked: Checked) -> str:
    """One JSON document on one line, not ASCII-escaped."""
    return json.dumps(record(checked), ensure_ascii=False) + "\n"


def record(checked: Checked) -> dict[str, Any]:
    """The findings as plain values."""
    return {
        "schema": 1,
        "segments": checked.segments,
        "findings": [finding_record(finding) for finding in checked.findings],
        "waived": [finding_record(item.finding) | {"reason": item.waiver.reason} for item in checked.waived],
        "known": len(checked.known),
        "remarks": list(checked.remarks),
    }


def finding_record(finding: Finding) -> dict[str, Any]:
    """One finding; spans are code points in the files as given."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "concept": finding.concept,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "span": list(finding.span) if finding.span else None,
        "source_file": finding.source_file,
        "source_span": list(finding.source_span) if finding.source_span else None,
        "found": finding.found,
        "suggest": list(finding.suggest),
        "context": finding.context,
        "source_context": finding.source_context,
        "fingerprint": finding.fingerprint,
    }
