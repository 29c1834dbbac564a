"""How likely a term that no known rendering answers is wrongly rendered: a logistic regression on what the pair shows.

What a pair shows comes in; a likelihood goes out, or the highest that it can reach before the costly part is known.
Fitted on renderings swapped, replaced and taken out of the reports of 2015–2017 and half of the sample corpus; one
set of weights where another term's rendering stands without cause, one for the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from termbank.checks.pair import Reading
from termbank.checks.pair_evidence import Evidence, Glimpse
from termbank.matching.overlap import Match

_WEIGHTS = (1.02, -2.78, -0.92, -0.58, 0.85, -0.06, 1.04, -2.09, 0.64)
_STRAY_WEIGHTS = (2.14, -2.15, 0.02, -0.7, 1.08, -0.04, 0.89, -2.03, 1.13)
"""Of what a glimpse tells: see `_glimpsed`."""
_MORE = (1.11, 0.73, 0.27, -1.31, -0.06, -0.49)
_STRAY_MORE = (0.3, -4.52, -0.35, -0.76, 0.0, 0.0)
"""Of what the whole evidence tells besides: see `_told`."""


def likelihood(reading: Reading, matches: Sequence[Match], evidence: Evidence) -> float:
    """How likely the term is wrongly rendered."""
    weights, more = (_STRAY_WEIGHTS, _STRAY_MORE) if evidence.stray else (_WEIGHTS, _MORE)
    return _logistic(
        _weighed(weights, _glimpsed(reading, matches, evidence.glimpse)) + _weighed(more, _told(evidence))
    )


def at_most(reading: Reading, matches: Sequence[Match], glimpse: Glimpse, words: int, stray: bool) -> float:
    """What the likelihood cannot exceed, whichever of the remaining words turn out to be unexplained."""
    weights, more = (_STRAY_WEIGHTS, _STRAY_MORE) if stray else (_WEIGHTS, _MORE)
    rest = len(glimpse.rest)
    limits = (min(rest, 3) / 3, 1.0, rest / max(1, words), 1.0, 1.0, 1.0)
    highest = sum(weight * limit for weight, limit in zip(more, limits, strict=True) if weight > 0)
    return _logistic(_weighed(weights, _glimpsed(reading, matches, glimpse)) + highest)


def _logistic(total: float) -> float:
    return 1 / (1 + exp(-total))


def _weighed(weights: Sequence[float], features: Sequence[float]) -> float:
    return sum(weight * feature for weight, feature in zip(weights, features, strict=True))


def _glimpsed(reading: Reading, matches: Sequence[Match], glimpse: Glimpse) -> tuple[float, ...]:
    """What the words alone and the document tell; each between 0 and about 1."""
    shown = reading.shown
    return (
        1.0,
        glimpse.rendered,
        glimpse.seen,
        float(glimpse.ordinary),
        min(len(matches[0].text), 8) / 8,
        float(_answered_nearby(reading, matches)),
        float(any(match.concept.id in shown.rendered for match in matches)),
        min(shown.left_open[matches[0].concept.id] - 1, 4) / 4,
        float(glimpse.rendered == 0 and glimpse.seen == 0),
    )


def _told(evidence: Evidence) -> tuple[float, ...]:
    """What the other words tell; each between 0 and 1."""
    return (
        min(evidence.alone, 3) / 3,
        evidence.apart,
        evidence.noise,
        evidence.open,
        float(evidence.alone == 0),
        float(evidence.alone <= 1),
    )


def _answered_nearby(reading: Reading, matches: Sequence[Match]) -> bool:
    """Whether the neighbouring pair has the rendering: a pronoun takes it up, or the sentences part elsewhere."""
    ids = {concept.id for match in matches for concept in (match.concept, *match.also)}
    return any(
        near is not None and not near.answers.keys().isdisjoint(ids)
        for near in (reading.before, reading.after)
    )
