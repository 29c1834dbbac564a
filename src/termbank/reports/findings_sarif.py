"""Findings as SARIF 2.1.0, for code hosts and editors that read it.

Columns and offsets count code points, and the log says so. What was waived is kept as a suppression with its
reason; what the baseline has is marked unchanged. The fingerprint is the finding's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from termbank import __version__
from termbank.core.checked import Checked, Waived
from termbank.core.finding import Finding

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "termbank/v1"


def report(checked: Checked) -> str:
    """One SARIF log with one run."""
    everything = [*checked.findings, *checked.known, *(item.finding for item in checked.waived)]
    codes = sorted({finding.code for finding in everything})
    results = [_result(finding, codes, "new" if checked.known else None) for finding in checked.findings]
    results += [_result(finding, codes, "unchanged") for finding in checked.known]
    results += [_suppressed(item, codes) for item in checked.waived]
    run = {
        "tool": {
            "driver": {"name": "termbank", "version": __version__, "rules": [_rule(code) for code in codes]}
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": uri(file)}} for file in checked.files],
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def uri(file: str) -> str:
    """A file's name as a URI reference: relative names stay relative, and `#`, `%` and the like are escaped."""
    path = file.replace("\\", "/")
    if path.startswith("/"):
        return "file://" + quote(path, safe="/:@")
    return quote(path, safe="/@")


def _rule(code: str) -> dict[str, Any]:
    words = code.replace("-", " ")
    return {"id": code, "name": code, "shortDescription": {"text": words[:1].upper() + words[1:] + "."}}


def _result(finding: Finding, codes: list[str], state: str | None) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity.value,
        "message": {"text": finding.message},
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
    }
    if finding.file:
        result["locations"] = [_location(finding)]
        fixes = list(_fixes(finding))
        if fixes:
            result["fixes"] = fixes
    if finding.source_file and finding.source_span:
        region = {"charOffset": finding.source_span.start, "charLength": _length(finding.source_span)}
        result["relatedLocations"] = [
            {
                "physicalLocation": {"artifactLocation": {"uri": uri(finding.source_file)}, "region": region},
                "message": {"text": "the source"},
            }
        ]
    if finding.concept:
        result["properties"] = {"concept": finding.concept}
    if state:
        result["baselineState"] = state
    return result


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def _region(finding: Finding) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": finding.line, "startColumn": finding.column}
    found = finding.found or ""
    if finding.span is not None:
        region |= {"charOffset": finding.span.start, "charLength": _length(finding.span)}
        if "\n" not in found:
            region |= {"endLine": finding.line, "endColumn": finding.column + _length(finding.span)}
    if finding.context:
        region["snippet"] = {"text": finding.context}
    return region


def _location(finding: Finding) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(finding.file or "")},
            "region": _region(finding),
        }
    }


def _fixes(finding: Finding) -> Iterable[dict[str, Any]]:
    if finding.span is None or finding.file is None or not finding.found:
        return
    deleted = {"charOffset": finding.span.start, "charLength": _length(finding.span)}
    for text in finding.suggest:
        yield {
            "description": {"text": f"Write “{text}”."},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": uri(finding.file)},
                    "replacements": [{"deletedRegion": deleted, "insertedContent": {"text": text}}],
                }
            ],
        }


def _suppressed(item: Waived, codes: list[str]) -> dict[str, Any]:
    suppression: dict[str, Any] = {
        "kind": "inSource" if item.waiver.inline else "external",
        "status": "accepted",
    }
    if item.waiver.reason:
        suppression["justification"] = item.waiver.reason
    return _result(item.finding, codes, None) | {"suppressions": [suppression]}
