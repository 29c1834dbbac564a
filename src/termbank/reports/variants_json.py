"""Variants as JSON: documents by publisher and by year, every use, and the answer for a day; always in English."""

from __future__ import annotations

import json
from typing import Any

from termbank.model.concept import Attestation, Term
from termbank.model.variants import AsOf, ConceptVariants, UsedRendering, Variants


def report(found: Variants) -> str:
    """Format one JSON document, not ASCII-escaped, in a stable order."""
    body = {
        "schema": 1,
        "filters": found.filters or None,
        "concepts": [_concept(one) for one in found.concepts],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _concept(one: ConceptVariants) -> dict[str, Any]:
    return {
        "concept": one.concept,
        "zh": one.zh,
        "as_of": _as_of(one.as_of) if one.as_of else None,
        "renderings": [_rendering(rendering) for rendering in one.renderings],
        "decisions": [
            {"number": d.number, "when": d.when, "who": d.who, "act": d.act, "why": d.why}
            for d in one.decisions
        ],
    }


def _as_of(answer: AsOf) -> dict[str, Any]:
    return {
        "date": answer.date,
        "renderings": [term.text for term in answer.terms],
        "grounds": answer.grounds,
        "lagging": [_use(term, use) for term, use in answer.lagging],
        "beside": [_use(term, use) for term, use in answer.beside],
    }


def _use(term: Term, use: Attestation) -> dict[str, Any]:
    return {
        "text": term.text,
        "date": use.date,
        "publisher": use.source.publisher_name,
        "title": use.source.title,
    }


def _rendering(rendering: UsedRendering) -> dict[str, Any]:
    term = rendering.term
    return {
        "text": term.text,
        "status": term.status.value,
        "type": term.type.value,
        "since": term.since,
        "until": term.until,
        "count": rendering.count,
        "undated": rendering.undated,
        "first": rendering.first,
        "last": rendering.last,
        "documents": rendering.documents.documents,
        "official": rendering.documents.official,
        "state_media": rendering.documents.state_media,
        "other": rendering.documents.other,
        "years": {str(year): count for year, count in rendering.years},
        "publishers": [
            {"publisher": p.publisher, "kind": p.kind, "count": p.count, "first": p.first, "last": p.last}
            for p in rendering.publishers
        ],
        "attestations": [attestation_record(use) for use in rendering.uses],
    }


def attestation_record(use: Attestation) -> dict[str, Any]:
    """One use with its document, and how it was seen."""
    source = use.source
    return {
        "source": source.id,
        "title": source.title,
        "described": source.described,
        "publisher": source.publisher_name,
        "kind": source.kind.value,
        "date": use.date,
        "url": source.url,
        "alongside": use.alongside,
        "inferred": use.inferred,
        "copy": use.copied,
        "quotation": use.quotation,
    }
