"""Finds a wording that is nearly the glossary's, with other words in the place of some of its own.

“Carbon balance” for 碳中和 (carbon neutrality), “new types of production power” for 新质生产力 (new quality productive forces): the
wording has the shape of a rendering, and what differs is explained by no Chinese word outside the term. A rendering's words in
another order, or without one of them, are no near miss, and neither is one whose missing words stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbank.checks.pair_evidence import PairEvidence, TermTraces
from termbank.checks.unanswered_terms import UnansweredTerm

_CONNECTORS = frozenset("of the a an for in on to with by its".split())
"""Words that may stand between the words of a near miss."""
_JOINING = frozenset(("and", "or"))
_SAME_BEGINNING = 5
"""Letters that two stems share from which on one is a derivation of the other."""
_LONG_TERM = 4
"""Chinese characters from which on a term may share but a third of a rendering's words."""


def find_near_miss(
    evidence: PairEvidence, term: UnansweredTerm, traces: TermTraces
) -> tuple[int, ...] | None:
    """The content words (numbers) of the wording that most resembles an approved rendering; None where none does."""
    if traces.rendered == 0:
        return None
    renderings = [rendering for rendering in evidence.expected.of(term.concept).stems if len(rendering) > 1]
    search = _Search(evidence, term, traces)
    if any(search.has_all(rendering) for rendering in renderings):
        return None
    best: tuple[float, tuple[int, ...]] | None = None
    for rendering in renderings:
        for window in search.windows(len(rendering), joined=_is_joined(evidence, term)):
            likeness = search.likeness(window, rendering)
            if likeness > 0 and (best is None or likeness > best[0]):
                best = likeness, window
    return None if best is None else best[1]


def _is_joined(evidence: PairEvidence, term: UnansweredTerm) -> bool:
    """Whether a rendering joins two things, so that a near miss may too."""
    return any(" and " in one.text for one in term.concept.english if one.status.is_approved)


class _Search:
    """Runs of words in the English of a pair, compared with renderings of one term."""

    def __init__(self, evidence: PairEvidence, term: UnansweredTerm, traces: TermTraces) -> None:
        self.evidence = evidence
        self.words = evidence.words
        self.spans = [match.span for match in term.matches]
        self.is_long = len(term.matches[0].text) >= _LONG_TERM
        self.own = frozenset(traces.own)
        self.free = frozenset(traces.free)
        self.all_stems = evidence.expected.of(term.concept).all_stems
        self.dictionary = evidence.dictionary_stems(term.matches[0].text)
        self.own_stems = {self.words[number].stem for number in traces.own} | evidence.compound_stems

    def has_all(self, rendering: Sequence[str]) -> bool:
        """Whether all words of a rendering stand somewhere, in whatever order."""
        here = (_as_in(rendering, self.words[number].stem) for number in self.own | self.free)
        return set(rendering) <= self.evidence.compound_stems.union(here)

    def windows(self, size: int, joined: bool) -> Iterator[tuple[int, ...]]:
        """Runs of about so many words that may render the term."""
        for first in range(len(self.words)):
            window: list[int] = []
            for number in range(first, min(len(self.words), first + size + 1)):
                if not (number in self.own or number in self.free) or (
                    window and not self._continues(number, joined)
                ):
                    break
                window.append(number)
                if len(window) >= max(2, size - 1):
                    yield tuple(window)

    def _continues(self, number: int, joined: bool) -> bool:
        between = self.evidence.pair.segment.en[self.words[number - 1].end : self.words[number].start]
        if between in (" ", "-"):
            return True
        minor = between.replace("-", " ").lower().split()
        return all(word in _CONNECTORS or (joined and word in _JOINING) for word in minor)

    def likeness(self, window: tuple[int, ...], rendering: Sequence[str]) -> float:
        """The share of a rendering's words that a run has in their places, where others stand for the rest; 0 else."""
        stems = [_as_in(rendering, self.words[number].stem) for number in window]
        shared = set(stems) & set(rendering)
        if not shared or set(rendering) <= set(stems) or _shape(stems, shared) != _shape(rendering, shared):
            return 0.0
        others = [number for number, stem in zip(window, stems, strict=True) if stem not in shared]
        if (set(rendering) - shared) & self.own_stems:
            return 0.0
        if len(shared) * 2 < len(rendering) and not self._has_head(stems, rendering):
            return 0.0
        if all(self.words[number].stem in self.all_stems for number in others):
            return 0.0
        if {self.words[number].stem for number in others} <= self.dictionary:
            return 0.0
        if others[0] == window[0] and self._is_a_verb(others[0]):
            return 0.0
        if any(number in self.free and self.evidence.is_explained(number, self.spans) for number in others):
            return 0.0
        return len(shared) / len(rendering)

    def _has_head(self, stems: Sequence[str], rendering: Sequence[str]) -> bool:
        """Whether a run is as long as a rendering and ends as it does, and shares at least a third of it."""
        return self.is_long and len(stems) == len(rendering) <= 3 and stems[-1] == rendering[-1]

    def _is_a_verb(self, number: int) -> bool:
        """Whether a word is a verb of which what follows is the object."""
        word = self.words[number]
        text = self.evidence.pair.segment.en
        before = text[: word.start].rstrip().rpartition(" ")[2].lower()
        return before in _BEFORE_A_VERB or text[word.start : word.end].lower().endswith("ing")


_BEFORE_A_VERB = frozenset("to will shall should must can may would could not and".split())


def _as_in(rendering: Sequence[str], stem: str) -> str:
    """The stem of a rendering's word of which a stem is a derivation; itself where there is none."""
    if stem in rendering:
        return stem
    for one in rendering:
        if one[:_SAME_BEGINNING] == stem[:_SAME_BEGINNING] and len(one) >= _SAME_BEGINNING:
            return one
    return stem


def _shape(stems: Sequence[str], shared: set[str]) -> tuple[str, ...]:
    """The shared words in order, with a gap where one or more others stand."""
    shape: list[str] = []
    for stem in stems:
        if stem in shared:
            shape.append(stem)
        elif shape[-1:] != [""]:
            shape.append("")
    return tuple(shape)
