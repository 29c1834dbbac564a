"""How likely an unanswered term is wrongly rendered: a logistic regression on what the pair and the document show.

There is one set of weights where another term's rendering is found without a cause (`stray`) and one for the rest
(`plain`); `weights.json` has both and says how near `training/fit_checks.py` comes to them. `upper_bound` is the highest likelihood that is
still possible before the costly part of the evidence is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from termbank.checks.document_stats import DocumentStats
from termbank.checks.pair_evidence import TermEvidence, TermTraces
from termbank.checks.unanswered_terms import UnansweredTerm
from termbank.model.resources import read_json

TRACE_FEATURES = (
    "constant",
    "rendered",
    "translated",
    "in_lexicon",
    "length",
    "rendered_nearby",
    "rendered_in_document",
    "often_unanswered",
    "no_trace",
)
"""Features of the English words alone and of the document, each between 0 and about 1."""
EVIDENCE_FEATURES = (
    "unexplained",
    "distance",
    "en_noise",
    "zh_noise",
    "nothing_unexplained",
    "at_most_one_unexplained",
)
"""Features that need the other Chinese words too, each between 0 and 1."""

_MODEL = read_json("termbank.checks", "weights.json")["fault_model"]
_TRACE_WEIGHTS, _EVIDENCE_WEIGHTS = (
    {
        stray: tuple(float(_MODEL[kind][name]) for name in names)
        for stray, kind in ((False, "plain"), (True, "stray"))
    }
    for names in (TRACE_FEATURES, EVIDENCE_FEATURES)
)
_LONGEST = 8
"""A term of more characters counts as one of so many."""
_MOST_UNEXPLAINED = 3
_MOST_UNANSWERED = 4


def likelihood(term: UnansweredTerm, evidence: TermEvidence, stats: DocumentStats) -> float:
    """How likely the term is wrongly rendered, between 0 and 1."""
    return _logistic(
        _dot(_TRACE_WEIGHTS[evidence.stray], trace_features(term, evidence.traces, stats))
        + _dot(_EVIDENCE_WEIGHTS[evidence.stray], evidence_features(evidence))
    )


def upper_bound(
    term: UnansweredTerm, traces: TermTraces, stats: DocumentStats, words: int, stray: bool
) -> float:
    """The highest likelihood possible, whichever of the free words turn out to be unexplained.

    Args:
        words: the number of content words in the English.
    """
    free = len(traces.free)
    limits = (
        min(free, _MOST_UNEXPLAINED) / _MOST_UNEXPLAINED,
        1.0,
        free / max(1, words),
        1.0,
        1.0,
        1.0,
    )
    highest = sum(
        weight * limit for weight, limit in zip(_EVIDENCE_WEIGHTS[stray], limits, strict=True) if weight > 0
    )
    return _logistic(_dot(_TRACE_WEIGHTS[stray], trace_features(term, traces, stats)) + highest)


def _logistic(total: float) -> float:
    return 1 / (1 + exp(-total))


def _dot(weights: Sequence[float], features: Sequence[float]) -> float:
    return sum(weight * feature for weight, feature in zip(weights, features, strict=True))


def trace_features(term: UnansweredTerm, traces: TermTraces, stats: DocumentStats) -> tuple[float, ...]:
    """The values of `TRACE_FEATURES`."""
    name = term.concept.id
    return (
        1.0,
        traces.rendered,
        traces.translated,
        float(traces.in_lexicon),
        min(len(term.matches[0].text), _LONGEST) / _LONGEST,
        float(term.rendered_nearby),
        float(name in stats.rendered),
        min(stats.unanswered.get(name, 0) - 1, _MOST_UNANSWERED) / _MOST_UNANSWERED,
        float(traces.rendered == 0 and traces.translated == 0),
    )


def evidence_features(evidence: TermEvidence) -> tuple[float, ...]:
    """The values of `EVIDENCE_FEATURES`."""
    unexplained = len(evidence.unexplained)
    return (
        min(unexplained, _MOST_UNEXPLAINED) / _MOST_UNEXPLAINED,
        evidence.distance,
        evidence.en_noise,
        evidence.zh_noise,
        float(unexplained == 0),
        float(unexplained <= 1),
    )
