"""How likely a proposed string is to be a term.

In come the traits of a string and, where they are known, the answers at its places; out comes a
probability. Before its renderings are looked for only the Chinese speaks, which picks the strings worth
looking at; afterwards it counts whether they are rendered by one phrase, in full, in capitals, and by no
words of their neighbours. Both are logistic regressions fitted on the term lists of annual reports
(benchmarks/extraction_fit.py).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from termbank.extraction.candidate_spans import FEATURES
from termbank.extraction.proposals import TRAITS, Proposal
from termbank.extraction.selection import SelectedRendering
from termbank.extraction.weights import PROPOSAL, TERMHOOD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

POOL = 700
"""Strings whose renderings are looked at, in a text of any length."""

RENDERED = (
    "sure", "capital", "covered", "foreign", "density", "holes", "words", "acronym", "determiner", "dice",
    "specific", "function", "one_phrase", "verbal", "ratio",
)  # fmt: skip
_COLUMN = {name: FEATURES.index(name) for name in FEATURES}


def likeliest_proposals(found: Sequence[Proposal], most: int = POOL) -> list[Proposal]:
    """The proposals likeliest to be terms, likeliest first."""
    scored = [(_logistic(PROPOSAL, dict(zip(TRAITS, p.traits, strict=True))), p) for p in found]
    kept = sorted(scored, key=lambda pair: (-pair[0], pair[1].text))[:most]
    return [proposal for _, proposal in kept]


def term_probability(proposal: Proposal, answers: Sequence[SelectedRendering]) -> float:
    """The probability that a string is a term, given how it is rendered where it stands."""
    values = dict(zip(TRAITS, proposal.traits, strict=True))
    return _logistic(TERMHOOD, values | dict(zip(RENDERED, rendering_traits(proposal, answers), strict=True)))


def rendering_traits(proposal: Proposal, answers: Sequence[SelectedRendering]) -> tuple[float, ...]:
    """What the answers at its places say of a string, in the order of `RENDERED`."""
    rows = [answer.features for answer in answers if answer.features is not None]
    if not rows:
        return (0.0,) * len(RENDERED)
    share = len(rows) / len(answers)

    def mean(name: str) -> float:
        return share * sum(float(row[_COLUMN[name]]) for row in rows) / len(rows)

    texts = [answer.weighed[0][0].lower() for answer in answers if answer.weighed]
    words = min(mean("length"), 8.0)
    return (
        sum(answer.weighed[0][1] for answer in answers if answer.weighed) / len(answers),
        mean("all_capital"),
        mean("covered"),
        mean("foreign"),
        mean("density"),
        mean("holes"),
        words,
        mean("acronym"),
        mean("beside_left_determiner"),
        mean("dice_ngram"),
        mean("pmi_ngram"),
        mean("function_inside"),
        Counter(texts).most_common(1)[0][1] / len(texts),
        sum(text.endswith(("ing", "ed", "ly")) for text in texts) / len(texts),
        math.log(words + 0.1) - math.log(len(proposal.text)),
    )


def _logistic(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    total = weights["always"] + sum(weights.get(name, 0.0) * value for name, value in values.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def column(features: NDArray[np.float32], name: str) -> float:
    """One named feature of a row."""
    return float(features[_COLUMN[name]])
