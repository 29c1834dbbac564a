"""What is to be said of the terms that a pair leaves without a known rendering.

The terms that `answers` leaves open come in; for each the evidence is weighed, and only what it shows
plainly is reported: translators are free in many things, and a check that cries out at each is turned off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from termbank.checks.fault_model import at_most, likelihood
from termbank.checks.pair import Desk, Reading
from termbank.checks.pair_evidence import Evidence, Glimpse, Scene
from termbank.matching.overlap import Match
from termbank.model.concept import Concept
from termbank.model.span import Span


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
        glimpse = scene.glimpse(concept, matches)
        title = is_title(reading, concept, matches)
        if not _may_be_a_fault(scene, matches, glimpse, title):
            continue
        evidence = scene.evidence(glimpse, matches)
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


def _may_be_a_fault(scene: Scene, matches: Sequence[Match], glimpse: Glimpse, title: bool) -> bool:
    """Whether a fault could come out, whatever the rest of the pair explains: asking that costs most of a check."""
    reading = scene.reading
    if glimpse.rendered >= 1.0:
        return False
    strays = (True, False) if scene.has_a_stray(glimpse) else (False,)
    return any(
        not _is_excused(reading, matches, glimpse, stray)
        and at_most(reading, matches, glimpse, len(scene.words), stray)
        >= _enough(reading, matches, title, stray) - 1e-9
        for stray in strays
    )


def _fault(
    reading: Reading, matches: Sequence[Match], evidence: Evidence, title: bool, sure: float
) -> Fault | None:
    """The fault that the evidence shows plainly, or None."""
    glimpse = evidence.glimpse
    if _is_excused(reading, matches, glimpse, evidence.stray):
        return None
    if glimpse.rendered >= 1.0 or sure < _enough(reading, matches, title, evidence.stray):
        return None
    # A single unexplained word that shares nothing with the term may be any verb: it renders nothing.
    shown = evidence.stray or evidence.alone > 1 or (evidence.alone and glimpse.rendered + glimpse.seen > 0)
    return Fault.OTHERWISE if evidence.span is not None and shown else Fault.ABSENT


def _enough(reading: Reading, matches: Sequence[Match], title: bool, stray: bool) -> float:
    """How likely a fault must be to be told."""
    if stray:
        return LIKELY_STRAY
    if reading.shown.rendered[matches[0].concept.id] >= OFTEN:
        return LIKELY_OFTEN
    if _has_habits(reading):
        return LIKELY_TITLE if title else LIKELY
    return LIKELY_TITLE_ALONE if title else LIKELY_ALONE


def _is_excused(reading: Reading, matches: Sequence[Match], glimpse: Glimpse, stray: bool) -> bool:
    """Whether the pair is a headline, or a pronoun takes the concept up, and no other term's rendering stands for it."""
    return not stray and (_is_heading(reading) or _is_taken_up(reading, matches, glimpse))


def _has_habits(reading: Reading) -> bool:
    """Whether the document has rendered terms enough to tell how freely it does."""
    return reading.shown.total >= HABITS


_PRONOUN = re.compile(r"\b(?:it|its|they|their|them|this|these|those|such|the former|the latter)\b", re.I)


def _is_taken_up(reading: Reading, matches: Sequence[Match], glimpse: Glimpse) -> bool:
    """Whether a pronoun may speak of a concept that the document names elsewhere."""
    if glimpse.rendered + glimpse.seen > 0 or matches[0].concept.id not in reading.shown.rendered:
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
