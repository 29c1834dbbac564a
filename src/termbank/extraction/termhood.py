"""How likely a proposed string is to be a term.

Before its renderings are looked for only the Chinese counts, which picks the strings worth looking at; afterwards also
whether they are rendered by one phrase, in full, in capitals, and by no words of their neighbours. Both are logistic
regressions fitted on the term lists of annual reports (training/fit_extraction.py).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from termbank.extraction.presence_model import logistic
from termbank.extraction.proposals import TRAITS, Proposal
from termbank.extraction.selection import SelectedRendering

POOL = 700
"""Strings whose renderings are looked at, in a text of any length."""
MOST_WORDS = 8.0

RENDERED = (
    "sure", "capital", "covered", "foreign", "density", "holes", "words", "acronym", "determiner", "dice",
    "specific", "function", "one_phrase", "verbal", "ratio",
)  # fmt: skip
"""What the renderings of a string show."""


def likeliest_proposals(
    found: Sequence[Proposal], weights: Mapping[str, float], most: int = POOL
) -> list[Proposal]:
    """The proposals likeliest to be terms, likeliest first; `weights` are those named “proposal”."""
    scored = [(logistic(weights, dict(zip(TRAITS, p.traits, strict=True))), p) for p in found]
    kept = sorted(scored, key=lambda pair: (-pair[0], pair[1].text))[:most]
    return [proposal for _, proposal in kept]


def term_features(proposal: Proposal, answers: Sequence[SelectedRendering]) -> dict[str, float]:
    """The named values that the probability of a term is computed from, with the weights named “termhood”."""
    values = dict(zip(TRAITS, proposal.traits, strict=True))
    return values | dict(zip(RENDERED, rendering_traits(proposal, answers), strict=True))


def rendering_traits(proposal: Proposal, answers: Sequence[SelectedRendering]) -> tuple[float, ...]:
    """What the answers at its places show of a string, in the order of `RENDERED`."""
    rows = [answer.features for answer in answers if answer.features is not None]
    if not rows:
        return (0.0,) * len(RENDERED)
    share = len(rows) / len(answers)

    def mean(name: str) -> float:
        return share * sum(row[name] for row in rows) / len(rows)

    texts = [answer.weighed[0][0].lower() for answer in answers if answer.weighed]
    words = min(mean("length"), MOST_WORDS)
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
