"""What to answer at each place: a span, its rivals, or that there is no rendering here.

In come the ranked candidates; out come answers with verbatim text and span. An answer of None is
given where the best span holds too little of the term to be its rendering (a pronoun, an omission, a
clause that says it otherwise); its rivals are still told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.core.span import Span
from termbank.extract.presence import presence
from termbank.extract.ranker import probabilities, scores
from termbank.extract.spans import Candidates
from termbank.extract.text import BeadText

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]

RIVALS = 6
WEIGHED = 20
LEAST_PRESENT = 0.15


@dataclass(frozen=True)
class Answer:
    """`text` is None where nothing renders the term; `weighed` are distinct texts with probabilities.

    `features` are those of the best span, as `spans.FEATURES` names them.
    """

    text: str | None
    span: Span | None
    score: float
    weighed: tuple[tuple[str, float], ...]
    features: Real | None = None

    @property
    def alternatives(self) -> tuple[str, ...]:
        return tuple(text for text, _ in self.weighed if text != self.text)[:RIVALS]


def answer(bead: BeadText, found: Candidates | None) -> Answer:
    """The answer at one place, from its candidate spans."""
    import numpy as np

    if found is None:
        return Answer(None, None, 0.0, ())
    scored = scores(found.features)
    chances = probabilities(scored)
    order = np.argsort(-scored, kind="stable")[:WEIGHED].tolist()
    best = order[0]
    row = found.features[best]
    present = presence(row, float(chances[best]), float(scored[best]))
    weighed: dict[int, tuple[str, float]] = {}
    for k in order:
        name = int(found.ngram[k])
        text, chance = weighed.get(name, (_text(bead, found, k), 0.0))
        weighed[name] = (text, chance + float(chances[k]) * present)
    rivals = tuple(weighed.values())
    if present < LEAST_PRESENT:
        return Answer(None, None, 1.0 - present, rivals, row)
    return Answer(_text(bead, found, best), _span(bead, found, best), rivals[0][1], rivals, row)


def _span(bead: BeadText, found: Candidates, k: int) -> Span:
    pieces: Sequence[object] = bead.pieces
    assert pieces
    return Span(bead.pieces[int(found.start[k])].span.start, bead.pieces[int(found.end[k]) - 1].span.end)


def _text(bead: BeadText, found: Candidates, k: int) -> str:
    return _span(bead, found, k).of(bead.en)
