"""Findings as SARIF 2.1.0, for code hosts and viewers.

Columns are Unicode code points, 1-based, as `columnKind` says; character offsets are 0-based. Suppressed findings are
included with the reason, those of the baseline are `unchanged`, and the fingerprint identifies a finding when its line
moves. Paths are relative and with “/”. Always in English.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from termbank import __version__
from termbank.model.check_result import Checked, Waiver
from termbank.model.finding import Finding, Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "termbank/v1"


def report(checked: Checked) -> str:
    """One SARIF log with one run."""
    return json.dumps(record(checked), ensure_ascii=False, indent=1) + "\n"


def record(checked: Checked) -> dict[str, Any]:
    """The log as plain values."""
    results = list(_results(checked))
    codes = sorted({result["ruleId"] for result in results})
    for result in results:
        result["ruleIndex"] = codes.index(result["ruleId"])
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "termbank",
                        "version": __version__,
                        "rules": [{"id": code, "name": _name(code)} for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }


def _name(code: str) -> str:
    return "".join(part.capitalize() for part in code.split("-"))


def _results(checked: Checked) -> Iterator[dict[str, Any]]:
    with_baseline = bool(checked.known)
    for finding in checked.findings:
        yield _result(finding) | ({"baselineState": "new"} if with_baseline else {})
    for finding in checked.known:
        yield _result(finding) | {"baselineState": "unchanged"}
    for item in checked.waived:
        yield _result(item.finding) | {"suppressions": [_suppression(item.waiver)]}


def _suppression(waiver: Waiver) -> dict[str, Any]:
    return {
        "kind": "inSource" if waiver.inline else "external",
        "status": "accepted",
        "justification": waiver.reason or "",
    }


def _result(finding: Finding) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": "note" if finding.severity is Severity.NOTE else finding.severity.value,
        "message": {"text": finding.message},
        "locations": [_location(finding)] if finding.file else [],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
    }
    if finding.source_file and finding.source_span is not None:
        region = {
            "charOffset": finding.source_span.start,
            "charLength": finding.source_span.end - finding.source_span.start,
        }
        place = {"artifactLocation": {"uri": uri(finding.source_file)}, "region": region}
        result["relatedLocations"] = [{"physicalLocation": place, "message": {"text": "the source"}}]
    properties = {"concept": finding.concept, "suggest": list(finding.suggest)}
    result["properties"] = {key: value for key, value in properties.items() if value}
    return result


def _location(finding: Finding) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": finding.line, "startColumn": finding.column}
    if finding.span is not None:
        region |= {"charOffset": finding.span.start, "charLength": finding.span.end - finding.span.start}
        if finding.found and "\n" not in finding.found:
            region["endColumn"] = finding.column + finding.span.end - finding.span.start
    if finding.found:
        region["snippet"] = {"text": finding.found}
    return {"physicalLocation": {"artifactLocation": {"uri": uri(finding.file or "")}, "region": region}}


def uri(file: str) -> str:
    """A path as a URI reference: slashes, and escapes for what a URI may not hold.

    >>> uri("译文/draft 1.md")
    '%E8%AF%91%E6%96%87/draft%201.md'
    """
    return quote(file.replace("\\", "/"))
