"""Variants as JSON: renderings with counts by publisher and year, switches, and the answer for a date."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from termbank.core.variants import AsOf, ConceptVariants, Variant


def report(found: Sequence[ConceptVariants]) -> str:
    """One JSON document on one line, not ASCII-escaped."""
    return json.dumps(record(found), ensure_ascii=False) + "\n"


def record(found: Sequence[ConceptVariants]) -> dict[str, Any]:
    """The variants as plain values."""
    return {"schema": 1, "concepts": [_concept(one) for one in found]}


def _concept(one: ConceptVariants) -> dict[str, Any]:
    return {
        "concept": one.concept,
        "zh": one.zh,
        "renderings": [_variant(variant) for variant in one.variants],
        "switches": [vars(switch) for switch in one.switches],
        "as_of": _as_of(one.as_of) if one.as_of else None,
    }


def _variant(variant: Variant) -> dict[str, Any]:
    return {
        "text": variant.text,
        "status": variant.status.value,
        "count": variant.count,
        "first": variant.first,
        "last": variant.last,
        "since": variant.since,
        "until": variant.until,
        "undated": variant.undated,
        "by_year": dict(variant.by_year),
        "by_publisher": [
            {
                "publisher": u.publisher,
                "kind": u.kind.value,
                "count": u.count,
                "first": u.first,
                "last": u.last,
            }
            for u in variant.by_publisher
        ],
    }


def _as_of(answer: AsOf) -> dict[str, Any]:
    return {
        "date": answer.date,
        "text": answer.text,
        "thin": answer.thin,
        "shown_by": [
            {
                "title": a.source.title,
                "publisher": a.source.publisher_name,
                "date": a.date,
                "url": a.source.url,
            }
            for a in answer.shown_by
        ],
        "others": [{"text": text, "publisher": who, "date": date} for text, who, date in answer.others],
    }
