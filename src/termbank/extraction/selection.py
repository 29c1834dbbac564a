"""The answer at each place: a span, its rivals, or that there is no rendering here.

There is none where the best span holds too little of the term to be its rendering (a pronoun, an omission, a
clause that says it otherwise); its rivals are given all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from termbank.extraction.bead_text import BeadText
from termbank.extraction.candidate_spans import CandidateSpans
from termbank.extraction.features.matrix import FeatureRow
from termbank.extraction.fitted_weights import ExtractionWeights
from termbank.extraction.presence_model import presence_probability
from termbank.extraction.scorer import network, probabilities
from termbank.model.span import Span

RIVALS = 6
"""Alternatives shown with an answer."""
WEIGHED = 20
"""Spans whose probabilities are summed by their words."""
SHARED_SURE = 0.7
"""How sure a rendering in two places is against the stretches of English in one."""


@dataclass(frozen=True)
class SelectedRendering:
    """The rendering at one place; `text` is None where nothing renders the term.

    `weighed` are distinct texts with their probabilities, `features` those of the best span, `parts` the two spans of a
    rendering in two places.
    """

    text: str | None
    span: Span | None
    score: float
    weighed: tuple[tuple[str, float], ...]
    features: FeatureRow | None = None
    parts: tuple[Span, ...] = ()

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The likeliest other texts, likeliest first."""
        return tuple(text for text, _ in self.weighed if text != self.text)[:RIVALS]


def select_rendering(
    bead: BeadText, found: CandidateSpans | None, weights: ExtractionWeights, *, plus: bool = False
) -> SelectedRendering:
    """The rendering at one place, from its candidate spans; `plus` says that the term ends in “+”."""
    import numpy as np

    if found is None:
        return SelectedRendering(None, None, 0.0, ())
    scored = network(weights)(found.features)
    chances = probabilities(scored)
    order = np.argsort(-scored, kind="stable")[:WEIGHED].tolist()
    best = order[0]
    row = found.features.row(best)
    least_present = weights.thresholds["presence"]
    present = presence_probability(weights.presence, row, float(chances[best]), float(scored[best]))
    weighed: dict[int, tuple[str, float]] = {}
    for k in order:
        name = int(found.ngram[k])
        text, chance = weighed.get(name, (_text(bead, found, k, plus), 0.0))
        weighed[name] = (text, chance + float(chances[k]) * present)
    rivals = tuple(weighed.values())
    parts = _parts(bead, found, order)
    if parts:
        text = " ".join(part.of(bead.en) for part in parts)
        whole = Span(parts[0].start, parts[-1].end)
        sure = max(present, least_present) * SHARED_SURE
        rest = tuple((other, chance * (1 - SHARED_SURE)) for other, chance in rivals)
        return SelectedRendering(text, whole, sure, ((text, sure), *rest), row, parts)
    if present < least_present:
        return SelectedRendering(None, None, 1.0 - present, rivals, row)
    return SelectedRendering(
        _text(bead, found, best, plus), _span(bead, found, best, plus), rivals[0][1], rivals, row
    )


def _parts(bead: BeadText, found: CandidateSpans, order: Sequence[int]) -> tuple[Span, ...]:
    """The two places of a rendering that shares a word with its neighbour; `order` is that of the spans, best first."""
    both = found.shared
    if both is None:
        return ()
    start, end = both.own
    best = order[0]
    runs = (both.own, both.shared)
    if not any(int(found.start[best]) < hi and lo < int(found.end[best]) for lo, hi in runs):
        return ()
    if both.own_open:
        inside = [
            k
            for k in order
            if start <= found.start[k]
            and found.end[k] <= end
            and (found.start[k] == start if both.shared_is_first else found.end[k] == end)
        ]
        if not inside:
            return ()
        start, end = int(found.start[inside[0]]), int(found.end[inside[0]])
    places = sorted(((start, end), both.shared))
    return tuple(Span(bead.pieces[lo].span.start, bead.pieces[hi - 1].span.end) for lo, hi in places)


def _span(bead: BeadText, found: CandidateSpans, k: int, plus: bool) -> Span:
    """The span in the English; a “+” that follows belongs to it where the term has one too."""
    end = bead.pieces[int(found.end[k]) - 1].span.end
    if plus and bead.en[end : end + 1] == "+":
        end += 1
    return Span(bead.pieces[int(found.start[k])].span.start, end)


def _text(bead: BeadText, found: CandidateSpans, k: int, plus: bool) -> str:
    return _span(bead, found, k, plus).of(bead.en)
