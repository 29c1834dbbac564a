"""How segments open, and how often they pause.

A translator who splits a long sentence begins the second part with a pronoun; one who merges two sentences begins the
second with a conjunction or without a link.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from termbank.alignment.arrays import Floats

_BEFORE = r"[\"'“‘「『(（\s]*"
_PRONOUN = re.compile(
    _BEFORE
    + r"(?:(?:he|she|it|they|this|that|these|those|his|her|its|their|there)\b|[他她它我你这那其此该這該])",
    re.IGNORECASE,
)
_CONJUNCTION = re.compile(
    _BEFORE
    + r"(?:(?:and|but|so|then|yet|or|still|however|also)\b|但|可|而|却|卻|不过|不過|于是|於是|因此|所以|然后|然後|又|也|并|並|就|便|同时|同時)",
    re.IGNORECASE,
)
_LOWER_CASE = re.compile(r"[\"'“‘(\s.…—-]*[a-z]")
_PAUSE = re.compile("[，；：、,;:—]")
_LETTERS_PER_PAUSE = 14.0
"""Letters between pauses in Chinese, by which pauses are estimated in a text without commas."""


@dataclass(frozen=True)
class SegmentOpenings:
    """How the segments of a text open, arrays of one number a segment.

    Attributes:
        pronoun, conjunction, lower_case: 1 where the segment begins with a pronoun, a conjunction, a small Latin letter.
        pauses: commas and the like; in a text without any, as many as the length makes likely.
    """

    pronoun: Floats
    conjunction: Floats
    lower_case: Floats
    pauses: Floats

    def part(self, first: int, last: int) -> SegmentOpenings:
        """The segments from `first` up to `last`."""
        some = slice(first, last)
        return SegmentOpenings(
            self.pronoun[some], self.conjunction[some], self.lower_case[some], self.pauses[some]
        )


def read_openings(segments: Sequence[str]) -> SegmentOpenings:
    """Read how the segments of a text in either language open."""
    pauses = np.array([len(_PAUSE.findall(text)) for text in segments], dtype=np.float64)
    if not pauses.any():
        pauses = np.array([len(text) / _LETTERS_PER_PAUSE for text in segments], dtype=np.float64)
    return SegmentOpenings(
        _matches(_PRONOUN, segments),
        _matches(_CONJUNCTION, segments),
        _matches(_LOWER_CASE, segments),
        pauses,
    )


def _matches(pattern: re.Pattern[str], segments: Sequence[str]) -> Floats:
    return np.array([pattern.match(text) is not None for text in segments], dtype=np.float64)
