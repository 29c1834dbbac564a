"""What changed in the renderings since a day, as JSON; always in English."""

from __future__ import annotations

import json
from typing import Any

from termbank.model.concept import Term
from termbank.model.variant_changes import ConceptChanges, VariantChanges
from termbank.reports.variants_json import attestation_record


def report(found: VariantChanges) -> str:
    """Format one JSON document, not ASCII-escaped, in a stable order."""
    body = {
        "schema": 1,
        "new_since": found.since,
        "filters": found.filters or None,
        "concepts": [_concept(one) for one in found.concepts],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _concept(one: ConceptChanges) -> dict[str, Any]:
    return {
        "concept": one.concept,
        "zh": one.zh,
        "renderings": [_term(term) for term in one.renderings],
        "statuses": [
            {
                "text": change.text,
                "before": change.before,
                "after": change.after,
                "decision": change.decision.number,
                "when": change.decision.when,
                "who": change.decision.who,
            }
            for change in one.statuses
        ],
        "periods": [_term(term) for term in one.periods],
        "attestations": [{"text": term.text} | attestation_record(use) for term, use in one.attestations],
    }


def _term(term: Term) -> dict[str, Any]:
    return {"text": term.text, "status": term.status.value, "since": term.since, "until": term.until}
