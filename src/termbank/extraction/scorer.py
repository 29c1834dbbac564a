"""The score of a span from its features: a small network with one hidden layer.

A weighted sum of the features, corrected by sixteen hidden units where features mean something else together than alone.
Fitted to maximise the likelihood of accepted renderings (training/fit_extraction.py) on public bilingual reports, laws,
debates and our own corpus; the features describe edges and evidence, never words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from termbank.extraction.features.matrix import FEATURES, FeatureMatrix
from termbank.extraction.fitted_weights import HEAD, ExtractionWeights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]

FARTHEST = 5.0
"""Features are cut off so many deviations from their mean."""


@dataclass(frozen=True)
class Network:
    """The network's weights.

    `mean`, `spread`, `linear` and `hand_set` have shape (features,), `inward` (features, hidden units), `bias` and
    `outward` (hidden units,). `hand_set` weighs what no text fitted on has, and takes features as they are.
    """

    mean: Real
    spread: Real
    linear: Real
    inward: Real
    bias: Real
    outward: Real
    hand_set: Real

    @classmethod
    def from_weights(cls, weights: ExtractionWeights) -> Network:
        """The network of some weights; a feature without weights there counts for nothing.

        Raises:
            KeyError: the weights name a feature that does not exist.
        """
        import numpy as np

        if unknown := (weights.spans.keys() | weights.hand_set.keys()) - set(FEATURES):
            raise KeyError(*sorted(unknown))
        bias = np.array(weights.hidden["bias"], np.float32)
        nothing = (0.0, 1.0, 0.0, *([0.0] * len(bias)))
        rows = np.array([weights.spans.get(name, nothing) for name in FEATURES], np.float32)
        return cls(
            rows[:, 0],
            rows[:, 1],
            rows[:, 2],
            rows[:, HEAD:],
            bias,
            np.array(weights.hidden["outward"], np.float32),
            np.array([weights.hand_set.get(name, 0.0) for name in FEATURES], np.float32),
        )

    def __call__(self, features: FeatureMatrix) -> Real:
        """One score a span, shape (spans,); only differences between spans of one place mean something."""
        import numpy as np

        x = np.clip((features.values - self.mean) / self.spread, -FARTHEST, FARTHEST)
        found: Real = (
            x @ self.linear
            + np.tanh(x @ self.inward + self.bias) @ self.outward
            + features.values @ self.hand_set
        )
        return found


@lru_cache(maxsize=2)
def network(weights: ExtractionWeights) -> Network:
    """The network of some weights, made once."""
    return Network.from_weights(weights)


def probabilities(scored: Real) -> Real:
    """Softmax: the probability of each span among the spans of its place, shape (spans,)."""
    import numpy as np

    raised = np.exp(scored - scored.max())
    chances: Real = raised / raised.sum()
    return chances
