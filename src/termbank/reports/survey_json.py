"""A survey as JSON, always in English.

Spans are code points in the text as given. `forms` has the words verbatim, in the order of the spans; `mixed` lists the
documents that use two renderings of a concept.
"""

from __future__ import annotations

import json
from typing import Any

from termbank.model.survey import DocumentUse, Survey, SurveyedConcept, SurveyedRendering


def report(survey: Survey) -> str:
    """One JSON document on one line, not ASCII-escaped."""
    return json.dumps(record(survey), ensure_ascii=False) + "\n"


def record(survey: Survey) -> dict[str, Any]:
    """The survey as plain values."""
    return {
        "schema": 1,
        "documents": list(survey.documents),
        "concepts": [_concept(concept, survey.documents) for concept in survey.concepts],
        "remarks": list(survey.remarks),
    }


def _concept(concept: SurveyedConcept, documents: tuple[str, ...]) -> dict[str, Any]:
    return {
        "concept": concept.concept,
        "zh": concept.zh,
        "preferred": concept.preferred,
        "preferred_unused": concept.preferred_is_unused,
        "mixed": [name for name in documents if concept.is_mixed_in(name)],
        "renderings": [_rendering(rendering) for rendering in concept.renderings],
    }


def _rendering(rendering: SurveyedRendering) -> dict[str, Any]:
    values: dict[str, Any] = {
        "text": rendering.text,
        "known": rendering.known,
        "status": rendering.status.value if rendering.status else None,
        "count": rendering.count,
        "uses": [_use(use) for use in rendering.uses],
    }
    if rendering.confidence is not None:
        values["confidence"] = round(rendering.confidence, 3)
    return values


def _use(use: DocumentUse) -> dict[str, Any]:
    return {"document": use.document, "spans": [list(span) for span in use.spans], "forms": list(use.forms)}
