"""What each feature of a span is worth: a log-linear ranker.

In come rows of features; out come scores, and the probability of each span among its rivals. The
weights were fitted to maximise the likelihood of accepted renderings (benchmarks/extraction_fit.py)
on public bilingual reports, laws and debates; they speak of edges and evidence, never of words.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from termbank.extract.spans import FEATURES
from termbank.extract.weights import WEIGHTS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]


@lru_cache(maxsize=1)
def _weights() -> Real:
    import numpy as np

    return np.array([WEIGHTS.get(name, 0.0) for name in FEATURES], np.float32)


def scores(features: Real) -> Real:
    """One score a row; only differences between rows of one place mean something."""
    found: Real = features @ _weights()
    return found


def probabilities(scored: Real) -> Real:
    import numpy as np

    raised = np.exp(scored - scored.max())
    chances: Real = raised / raised.sum()
    return chances
