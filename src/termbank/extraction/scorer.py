"""What the features of a span are worth together: a small network with one hidden layer.

In come rows of features; out come scores, and the probability of each span among its rivals. A straight
sum of the features speaks first, sixteen hidden units correct it where features mean something else together than
alone. Fitted to maximise the likelihood of accepted renderings (benchmarks/extraction_fit.py) on public
bilingual reports, laws, debates and our own corpus; the features speak of edges and evidence, never of words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from termbank.extraction import weights
from termbank.extraction.candidate_spans import FEATURES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]

FARTHEST = 5.0
"""Features are cut off so many deviations from their mean."""


@dataclass(frozen=True)
class Network:
    """`mean`, `spread` and `straight` have one number a feature, `inward` a row; `bias` and `outward` one a hidden unit.

    `by_hand` weighs what no text fitted on has: what the bank knows.
    """

    mean: Real
    spread: Real
    straight: Real
    inward: Real
    bias: Real
    outward: Real
    by_hand: Real

    def __call__(self, features: Real) -> Real:
        import numpy as np

        x = np.clip((features - self.mean) / self.spread, -FARTHEST, FARTHEST)
        found: Real = (
            x @ self.straight + np.tanh(x @ self.inward + self.bias) @ self.outward + features @ self.by_hand
        )
        return found


@lru_cache(maxsize=1)
def network() -> Network:
    """The network of `weights`; a feature without a line there is worth nothing."""
    import numpy as np

    hidden = len(weights.HIDDEN["bias"])
    nothing = (0.0, 1.0, 0.0, *([0.0] * hidden))
    rows = np.array([weights.SPANS.get(name, nothing) for name in FEATURES], np.float32)
    return Network(
        rows[:, 0],
        rows[:, 1],
        rows[:, 2],
        rows[:, 3:],
        np.array(weights.HIDDEN["bias"], np.float32),
        np.array(weights.HIDDEN["outward"], np.float32),
        np.array([weights.BY_HAND.get(name, 0.0) for name in FEATURES], np.float32),
    )


def scores(features: Real) -> Real:
    """One score a row; only differences between rows of one place mean something."""
    return network()(features)


def probabilities(scored: Real) -> Real:
    import numpy as np

    raised = np.exp(scored - scored.max())
    chances: Real = raised / raised.sum()
    return chances
