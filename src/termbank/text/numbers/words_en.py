"""English number words and month names, for all that read them."""

from __future__ import annotations

_UP_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS_UP_TO_NINETEENTH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
).split()

CARDINALS: dict[str, int] = dict(
    zip([*_UP_TO_NINETEEN, *_TENS], [*range(20), *range(20, 100, 10)], strict=True)
)
"""“three” to 3, up to nineteen and for the tens."""
ORDINALS: dict[str, int] = dict(
    zip(
        [*_ORDINALS_UP_TO_NINETEENTH, *(f"{ten[:-1]}ieth" for ten in _TENS)],
        [*range(1, 20), *range(20, 100, 10)],
        strict=True,
    )
)
"""“third” to 3, up to nineteenth and for the tens."""
MONTHS = "january february march april may june july august september october november december".split()
"""In lower case, in order."""
