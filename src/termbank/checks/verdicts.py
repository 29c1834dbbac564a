"""What is to be said of the terms that a pair leaves without a known rendering.

The terms that `answers` leaves open come in; for each the evidence is weighed, and only what it shows
plainly is reported: translators are free in many things, and a check that cries out at each is turned off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from math import exp

from termbank.checks.desk import Desk, Reading
from termbank.checks.evidence import Evidence, Scene
from termbank.core.concept import Concept
from termbank.core.span import Span
from termbank.match.owner import Match


class Fault(Enum):
    """What is wrong with an unanswered term."""

    OTHERWISE = "rendered by something else"
    ABSENT = "not rendered"


@dataclass(frozen=True)
class Verdict:
    """A fault in how one concept is rendered in a pair; `title` where it is a document, office or body.

    `phrase` is what can be shown of the words by which it is rendered.
    """

    concept: Concept
    matches: tuple[Match, ...]
    fault: Fault
    evidence: Evidence
    phrase: Span | None
    title: bool


def verdicts(reading: Reading, desk: Desk) -> tuple[Verdict, ...]:
    """The faults of a pair; found once and kept with the reading."""
    if reading.verdicts is None:
        reading.verdicts = tuple(_found(reading, desk))
    return reading.verdicts


def _found(reading: Reading, desk: Desk) -> Iterator[Verdict]:
    if not reading.left_open:
        return
    scene = Scene(reading, desk.lexicon)
    found: list[tuple[float, Verdict]] = []
    for matches in reading.left_open:
        concept = matches[0].concept
        evidence = scene.evidence(concept, matches)
        title = is_title(reading, concept, matches)
        sure = likelihood(reading, matches, evidence)
        fault = _fault(reading, matches, evidence, title, sure)
        if fault is not None:
            shown = scene.phrase(evidence, matches[0].text) if fault is Fault.OTHERWISE else None
            found.append((sure, Verdict(concept, matches, fault, evidence, shown, title)))
    yield from _each_span_once(found)


def _each_span_once(found: list[tuple[float, Verdict]]) -> list[Verdict]:
    """Of several terms that point at one place in the English, the likeliest; in order of the Chinese."""
    kept: list[Verdict] = []
    for _, verdict in sorted(found, key=lambda item: (-item[0], item[1].concept.id)):
        span = verdict.evidence.span if verdict.fault is Fault.OTHERWISE else None
        taken = [other.evidence.span for other in kept if other.fault is Fault.OTHERWISE]
        if span is None or not any(other is not None and other.overlaps(span) for other in taken):
            kept.append(verdict)
    return sorted(kept, key=lambda verdict: verdict.matches[0].span)


def is_title(reading: Reading, concept: Concept, matches: Sequence[Match]) -> bool:
    """Whether the term is a title in 《》, or the name of an institution or office."""
    zh = reading.pair.zh
    for match in matches:
        before, after = zh[: match.span.start][-1:], zh[match.span.end :][:1]
        if (before in "《〈" and before) or (after in "》〉" and after) or match.text[:1] == "《":
            return True
    return reading.memory.of(concept).names_a_body


def _fault(
    reading: Reading, matches: Sequence[Match], evidence: Evidence, title: bool, sure: float
) -> Fault | None:
    """The fault that the evidence shows plainly, or None."""
    if not evidence.stray and (_is_heading(reading) or _is_taken_up(reading, matches, evidence)):
        return None
    likely, likely_title = (
        (LIKELY, LIKELY_TITLE) if _has_habits(reading) else (LIKELY_ALONE, LIKELY_TITLE_ALONE)
    )
    enough = LIKELY_STRAY if evidence.stray else likely_title if title else likely
    if not evidence.stray and reading.shown.rendered[matches[0].concept.id] >= OFTEN:
        enough = LIKELY_OFTEN
    if evidence.rendered >= 1.0 or sure < enough:
        return None
    # A single unexplained word that shares nothing with the term may be any verb: it renders nothing.
    shown = evidence.stray or evidence.alone > 1 or (evidence.alone and evidence.rendered + evidence.seen > 0)
    return Fault.OTHERWISE if evidence.span is not None and shown else Fault.ABSENT


def _has_habits(reading: Reading) -> bool:
    """Whether the document has rendered terms enough to tell how freely it does."""
    return reading.shown.total >= HABITS


_PRONOUN = re.compile(r"\b(?:it|its|they|their|them|this|these|those|such|the former|the latter)\b", re.I)


def _is_taken_up(reading: Reading, matches: Sequence[Match], evidence: Evidence) -> bool:
    """Whether a pronoun may speak of a concept that the document names elsewhere."""
    if evidence.rendered + evidence.seen > 0 or matches[0].concept.id not in reading.shown.rendered:
        return False
    return _PRONOUN.search(reading.pair.en) is not None


def _is_heading(reading: Reading) -> bool:
    """Whether the pair is a headline, which is written anew more than it is translated."""
    pair = reading.pair
    return pair.aligned and len(pair.zh) < 40 and not pair.zh.rstrip().endswith(_STOPS)


_STOPS = ("。", "！", "？", "；", "：", "，", "”", "」", "）", ".", ";", ":")

LIKELY = 0.79
LIKELY_OFTEN = 0.9
OFTEN = 4
"""A concept rendered so often in a document may be understood where a sentence leaves it out."""
LIKELY_TITLE = 0.55
LIKELY_ALONE = 0.6
LIKELY_TITLE_ALONE = 0.3
HABITS = 20
"""Terms rendered as the glossary has them, from which on a document tells how closely it keeps to it."""
LIKELY_STRAY = 0.4

_STRAY_WEIGHTS = (2.14, -2.15, 0.02, 0.3, -4.52, -0.35, -0.76, -0.7, 1.08, -0.04, 0.89, -2.03, 1.13)
_WEIGHTS = (1.02, -2.78, -0.92, 1.11, -0.06, 0.73, 0.27, -1.31, -0.58, 0.85, -0.06, 1.04, -0.49, -2.09, 0.64)


def likelihood(reading: Reading, matches: Sequence[Match], evidence: Evidence) -> float:
    """How likely the term is wrongly rendered: a logistic regression on what the pair shows.

    Fitted on renderings swapped, replaced and taken out of the reports of 2015–2017 and half of the sample
    corpus; one set of weights where another term's rendering stands without cause, one for the rest.
    """
    weights = _STRAY_WEIGHTS if evidence.stray else _WEIGHTS
    total = sum(w * x for w, x in zip(weights, _features(reading, matches, evidence), strict=True))
    return 1 / (1 + exp(-total))


def _features(reading: Reading, matches: Sequence[Match], evidence: Evidence) -> list[float]:
    """What the likelihood is made of; each between 0 and about 1."""
    established = any(match.concept.id in reading.shown.rendered for match in matches)
    nothing = evidence.rendered == 0 and evidence.seen == 0
    strange = min(evidence.alone, 3) / 3
    return [
        1.0,
        evidence.rendered,
        evidence.seen,
        *((strange,) if evidence.stray else (strange, float(evidence.alone == 0))),
        evidence.apart,
        evidence.noise,
        evidence.open,
        float(evidence.ordinary),
        min(len(matches[0].text), 8) / 8,
        float(_answered_nearby(reading, matches)),
        float(established),
        *(() if evidence.stray else (float(evidence.alone <= 1),)),
        min(reading.shown.left_open[matches[0].concept.id] - 1, 4) / 4,
        float(nothing),
    ]


def _answered_nearby(reading: Reading, matches: Sequence[Match]) -> bool:
    """Whether the neighbouring pair has the rendering: a pronoun takes it up, or the sentences part elsewhere."""
    ids = {concept.id for match in matches for concept in (match.concept, *match.also)}
    return any(
        near is not None and not ids.isdisjoint(near.answers) for near in (reading.before, reading.after)
    )
