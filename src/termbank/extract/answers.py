"""What to answer at each place: a span, its rivals, or that there is no rendering here.

In come the ranked candidates; out come answers with verbatim text and span. An answer of None is
given where the best span holds too little of the term to be its rendering (a pronoun, an omission, a
clause that says it otherwise); its rivals are still told.
"""

from __future__ import annotations

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


def answer(bead: BeadText, found: Candidates | None, *, plus: bool = False) -> Answer:
    """The answer at one place, from its candidate spans. `plus` says that the term ends in “+”."""
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
        text, chance = weighed.get(name, (_text(bead, found, k, plus), 0.0))
        weighed[name] = (text, chance + float(chances[k]) * present)
    rivals = tuple(weighed.values())
    if present < LEAST_PRESENT:
        return Answer(None, None, 1.0 - present, rivals, row)
    return Answer(_text(bead, found, best, plus), _span(bead, found, best, plus), rivals[0][1], rivals, row)


def _span(bead: BeadText, found: Candidates, k: int, plus: bool) -> Span:
    """The span in the English; a “+” that follows belongs to it where the term has one too."""
    end = bead.pieces[int(found.end[k]) - 1].span.end
    if plus and bead.en[end : end + 1] == "+":
        end += 1
    return Span(bead.pieces[int(found.start[k])].span.start, end)


def _text(bead: BeadText, found: Candidates, k: int, plus: bool) -> str:
    return _span(bead, found, k, plus).of(bead.en)
