"""English number words and month names, for all that read them."""

from __future__ import annotations

from termbank.model.resources import read_json

_WORDS = read_json("termbank.text", "english.json")["numbers"]

CARDINALS: dict[str, int] = _WORDS["cardinals"]
"""“three” to 3, up to nineteen and for the tens."""
ORDINALS: dict[str, int] = _WORDS["ordinals"]
"""“third” to 3, up to nineteenth and for the tens."""
MONTHS: list[str] = _WORDS["months"].split()
"""In lower case, in order."""
