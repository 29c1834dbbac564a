"""How segments begin and how often they pause.

A translator who parts a long sentence begins the second part with a pronoun; one who joins two begins the second
with a conjunction or nothing at all. Per segment of either language: whether it begins so, and its commas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

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
_LOWER = re.compile(r"[\"'“‘(\s.…—-]*[a-z]")
_PAUSE = re.compile("[，；：、,;:—]")
_APART = 14.0
"""Letters between pauses in Chinese."""


@dataclass(frozen=True)
class Openings:
    """One number a segment in each."""

    pronoun: Floats
    conjunction: Floats
    lower: Floats
    """1 where the first letter is a small Latin one."""
    pauses: Floats
    """Commas and the like; in a text without any, as many as its length makes likely."""

    def part(self, first: int, last: int) -> Openings:
        some = slice(first, last)
        return Openings(self.pronoun[some], self.conjunction[some], self.lower[some], self.pauses[some])


def openings(segments: Sequence[str]) -> Openings:
    import numpy as np

    def begins(pattern: re.Pattern[str]) -> Floats:
        return np.array([pattern.match(text) is not None for text in segments], dtype=np.float64)

    pauses = np.array([len(_PAUSE.findall(text)) for text in segments], dtype=np.float64)
    if not pauses.any():
        pauses = np.array([len(text) / _APART for text in segments], dtype=np.float64)
    return Openings(begins(_PRONOUN), begins(_CONJUNCTION), begins(_LOWER), pauses)
