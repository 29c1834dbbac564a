"""Judges the terms of a pair that no known rendering answers.

Only what the evidence shows plainly becomes a `RenderingFault`: translators are free in many things, and a check that reports
each of them is turned off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from termbank.checks.context import CheckContext
from termbank.checks.document_stats import DocumentStats
from termbank.checks.fault_model import likelihood, upper_bound
from termbank.checks.near_miss import find_near_miss
from termbank.checks.pair import Pair
from termbank.checks.pair_evidence import PairEvidence, TermEvidence, TermTraces
from termbank.checks.unanswered_terms import UnansweredTerm
from termbank.checks.wrong_names import NameComparison
from termbank.matching.match import Match
from termbank.model.concept import Concept
from termbank.model.resources import read_json
from termbank.model.segment import SegmentPair
from termbank.model.span import Span


class FaultKind(Enum):
    """What is wrong with an unanswered term."""

    OTHERWISE = "rendered by something else"
    ABSENT = "not rendered"


@dataclass(frozen=True)
class RenderingFault:
    """A fault in how one concept is rendered in a pair.

    Attributes:
        matches: every place of the concept in the Chinese.
        span: the words that render it, as far as the evidence shows.
        phrase: the part of them that can be shown.
        is_title: whether it is the title of a document, an institution or an office.
        likelihood: how likely the fault is, between 0 and 1.
        is_house_term: whether the person's own glossary has the concept, so that any other wording is a fault.
    """

    segment: SegmentPair
    matches: tuple[Match, ...]
    kind: FaultKind
    span: Span | None
    phrase: Span | None
    is_title: bool
    likelihood: float
    is_house_term: bool = False

    @property
    def concept(self) -> Concept:
        return self.matches[0].concept


_THRESHOLDS: dict[str, float] = read_json("termbank.checks", "weights.json")["thresholds"]
_NEAR_MISS = 0.95
"""The likelihood of a fault where a wording is nearly that of the glossary."""
_FORMULA = 8
"""Characters from which on a term is a whole formula, whose verbs translators vary."""
_OFTEN_UNANSWERED = 3
"""A concept that a document leaves unanswered so often has another rendering there, which is its house's usage."""
_NEAR_PLACE = _THRESHOLDS["place_shown"]
"""Share of the segment from the term's place within which unexplained words are shown as its rendering."""
_NEAR_WITH_TRACES = _THRESHOLDS["place_with_traces_shown"]
"""The same where they have a trace of the term."""
_ONE_HOUSE = _THRESHOLDS["one_publisher"]
"""The likelihood from which a term is reported of which but one publisher is known to use the rendering."""
_TAKEN_UP = 2
"""Characters at a term's end that the next term has too where it takes it up."""
_SHORT_WORD = 2
"""Characters up to which a term may be a word with several senses."""
_SEVERAL_SENSES = 3
_OFTEN = 4
"""A concept rendered so often in a document may be understood where a sentence leaves it out."""
_ENOUGH_RENDERED = 20
"""Terms rendered as the glossary has them, from which on a document shows how closely it follows the glossary."""
_HEADING_LENGTH = 40
"""Characters below which an aligned segment without a closing mark is a heading."""
_CLOSING_MARKS = ("。", "！", "？", "；", "：", "，", "”", "」", "）", ".", ";", ":")
_PRONOUN = re.compile(r"\b(?:it|its|they|their|them|this|these|those|such|the former|the latter)\b", re.I)
_ROUNDING = 1e-9


def judge_pair(
    pair: Pair, terms: Sequence[UnansweredTerm], stats: DocumentStats, context: CheckContext
) -> list[RenderingFault]:
    """The faults of a pair, in the order of the Chinese.

    Args:
        terms: the unanswered terms of the pair.
        stats: those of the pair's document.
    """
    left = [term for term in terms if stats.rendered.keys().isdisjoint(term.head_concepts)]
    if not left:
        return []
    evidence = PairEvidence(pair, left, context)
    found = (_judge_term(evidence, term, stats) for term in left)
    return _one_for_each_span([fault for fault in found if fault is not None])


def _judge_term(evidence: PairEvidence, term: UnansweredTerm, stats: DocumentStats) -> RenderingFault | None:
    if evidence.expected.of(term.concept).is_house_term:
        return _judge_house_term(evidence, term, stats)
    pair = evidence.pair
    traces = evidence.traces(term.concept, term.matches)
    if (wrong := _find_wrong_name(evidence, term)) is not None:
        return RenderingFault(pair.segment, term.matches, FaultKind.OTHERWISE, wrong, wrong, True, _NEAR_MISS)
    title = _is_title(pair, term, evidence)
    if (near := _judge_near_miss(evidence, term, traces, stats, title)) is not None:
        return near
    if not _may_be_a_fault(evidence, term, traces, stats, title):
        return None
    shown = evidence.evidence(traces, term.matches)
    sure = likelihood(term, shown, stats)
    if _is_excused(pair, term, traces, stats, shown.stray) or sure < _threshold(
        term, stats, title, shown.stray
    ):
        return None
    if (
        not (shown.stray or title)
        and sure < _ONE_HOUSE
        and evidence.expected.of(term.concept).is_of_one_publisher
    ):
        return None
    kind = _fault_kind(shown)
    if kind is FaultKind.ABSENT and _is_taken_up_by_the_next(pair, term):
        return None
    is_shown = kind is FaultKind.OTHERWISE and _is_likely_the_place(shown)
    phrase = evidence.phrase(shown, term.matches[0].text) if is_shown else None
    return RenderingFault(pair.segment, term.matches, kind, shown.span, phrase, title, sure)


def _find_wrong_name(evidence: PairEvidence, term: UnansweredTerm) -> Span | None:
    """The place of a name that is nearly the concept's, where the concept has a name."""
    if not evidence.expected.of(term.concept).is_name:
        return None
    return NameComparison(evidence.pair).find_wrong_name(term.concept)


def _judge_near_miss(
    evidence: PairEvidence, term: UnansweredTerm, traces: TermTraces, stats: DocumentStats, title: bool
) -> RenderingFault | None:
    """The fault of a wording that is nearly the glossary's; None where there is none, or the document keeps to it."""
    if stats.unanswered.get(term.concept.id, 0) >= _OFTEN_UNANSWERED or _is_heading(evidence.pair):
        return None
    expected = evidence.expected.of(term.concept)
    is_asked = expected.is_name or (expected.is_fixed and len(term.matches[0].text) <= _FORMULA)
    window = find_near_miss(evidence, term, traces) if is_asked else None
    if window is None:
        return None
    span = Span(evidence.words[window[0]].start, evidence.words[window[-1]].end)
    return RenderingFault(
        evidence.pair.segment, term.matches, FaultKind.OTHERWISE, span, span, title, _NEAR_MISS
    )


def _judge_house_term(
    evidence: PairEvidence, term: UnansweredTerm, stats: DocumentStats
) -> RenderingFault | None:
    """The fault in a term that binds strictly: no approved rendering stands in the pair.

    It is left alone where the pairs around rendered it, where a pronoun takes it up, and where the words of a rendering
    stand together in another order.
    """
    pair = evidence.pair
    around = term.rendered_before or (pair.segment.aligned and term.rendered_nearby)
    traces = evidence.traces(term.concept, term.matches)
    if around or _may_be_a_pronoun(pair, term, traces, stats) or evidence.is_reordered(term.concept):
        return None
    shown = evidence.evidence(traces, term.matches)
    kind = _fault_kind(shown)
    is_shown = kind is FaultKind.OTHERWISE and _is_likely_the_place(shown)
    phrase = evidence.phrase(shown, term.matches[0].text) if is_shown else None
    if traces.rendered + traces.translated > 0:
        kind = FaultKind.OTHERWISE
    title = _is_title(pair, term, evidence)
    return RenderingFault(pair.segment, term.matches, kind, shown.span, phrase, title, 1.0, True)


def _one_for_each_span(faults: list[RenderingFault]) -> list[RenderingFault]:
    """Of several terms that would be rendered at one place in the English, the likeliest."""
    kept: list[RenderingFault] = []
    for fault in sorted(faults, key=lambda fault: (-fault.likelihood, fault.concept.id)):
        span = _place_of_rendering(fault)
        taken = (_place_of_rendering(other) for other in kept)
        if (
            fault.is_house_term
            or span is None
            or not any(other is not None and other.overlaps(span) for other in taken)
        ):
            kept.append(fault)
    return sorted(kept, key=lambda fault: fault.matches[0].span)


def _place_of_rendering(fault: RenderingFault) -> Span | None:
    return fault.span if fault.kind is FaultKind.OTHERWISE else None


def _is_title(pair: Pair, term: UnansweredTerm, evidence: PairEvidence) -> bool:
    """Whether the term is a title in 《》, or the name of an institution or office."""
    zh = pair.segment.zh
    for match in term.matches:
        before, after = zh[: match.span.start][-1:], zh[match.span.end :][:1]
        if (before in "《〈" and before) or (after in "》〉" and after) or match.text[:1] == "《":
            return True
    return evidence.expected.of(term.concept).is_institution


def _may_be_a_fault(
    evidence: PairEvidence, term: UnansweredTerm, traces: TermTraces, stats: DocumentStats, title: bool
) -> bool:
    """Whether a fault is still possible, whatever the rest of the pair explains: asking that costs most of a check."""
    if traces.rendered >= 1.0:
        return False
    if _has_several_senses(evidence, term) and not evidence.may_be_stray(traces):
        return False
    strays = (True, False) if evidence.may_be_stray(traces) else (False,)
    return any(
        not _is_excused(evidence.pair, term, traces, stats, stray)
        and upper_bound(term, traces, stats, len(evidence.words), stray)
        >= _threshold(term, stats, title, stray) - _ROUNDING
        for stray in strays
    )


def _has_several_senses(evidence: PairEvidence, term: UnansweredTerm) -> bool:
    """Whether it is a short word for which the glossary has several renderings without a word in common: 民族, 宣传."""
    if len(term.matches[0].text) > _SHORT_WORD:
        return False
    senses: list[frozenset[str]] = []
    for stems in evidence.expected.of(term.concept).stems:
        if all(sense.isdisjoint(stems) for sense in senses):
            senses.append(frozenset(stems))
    return len(senses) >= _SEVERAL_SENSES


def _fault_kind(evidence: TermEvidence) -> FaultKind:
    """What kind of fault the evidence shows.

    A single unexplained word that shares nothing with the term may be any verb: it renders nothing.
    """
    unexplained = len(evidence.unexplained)
    has_traces = evidence.traces.rendered + evidence.traces.translated > 0
    shown = evidence.stray or unexplained > 1 or (unexplained and has_traces)
    return FaultKind.OTHERWISE if evidence.span is not None and shown else FaultKind.ABSENT


def _is_likely_the_place(evidence: TermEvidence) -> bool:
    """Whether the words found are likely those that render the term, so that they can be shown."""
    if evidence.stray:
        return True
    has_traces = len(evidence.stretch) > len(evidence.unexplained)
    return evidence.distance <= (_NEAR_WITH_TRACES if has_traces else _NEAR_PLACE)


def _threshold(term: UnansweredTerm, stats: DocumentStats, title: bool, stray: bool) -> float:
    """The likelihood from which a fault is reported."""
    if stray:
        return _THRESHOLDS["stray"]
    if stats.rendered.get(term.concept.id, 0) >= _OFTEN:
        return _THRESHOLDS["often_rendered"]
    if stats.total >= _ENOUGH_RENDERED:
        return _THRESHOLDS["title" if title else "term"]
    return _THRESHOLDS["title_early" if title else "term_early"]


def _is_excused(
    pair: Pair, term: UnansweredTerm, traces: TermTraces, stats: DocumentStats, stray: bool
) -> bool:
    """Whether the pair is a heading, or a pronoun refers to the concept, and no other term's rendering replaces it."""
    return not stray and (_is_heading(pair) or _may_be_a_pronoun(pair, term, traces, stats))


def _is_taken_up_by_the_next(pair: Pair, term: UnansweredTerm) -> bool:
    """Whether the term that follows directly says the same again: 人工智能智能体 is an intelligent agent."""
    return any(
        match.span.end == other.span.start
        and other.concept.id in pair.en_concepts
        and match.text[-_TAKEN_UP:] in other.text
        for match in term.matches
        for other in pair.zh_matches
    )


def _may_be_a_pronoun(pair: Pair, term: UnansweredTerm, traces: TermTraces, stats: DocumentStats) -> bool:
    """Whether a pronoun may refer to a concept that the document names elsewhere."""
    if traces.rendered + traces.translated > 0 or term.concept.id not in stats.rendered:
        return False
    return _PRONOUN.search(pair.segment.en) is not None


def _is_heading(pair: Pair) -> bool:
    """Whether the pair is a heading; headings are rewritten more than they are translated."""
    segment = pair.segment
    return (
        segment.aligned
        and len(segment.zh) < _HEADING_LENGTH
        and not segment.zh.rstrip().endswith(_CLOSING_MARKS)
    )
