"""Dates with the precision known: 2025, 2025-08 or 2025-08-26.

A partial date is kept as its ISO 8601 text, so its length is its precision and texts sort in
time. Comparison is made on what both sides know.
"""

from __future__ import annotations

import re
from calendar import monthrange

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def is_date(text: str) -> bool:
    """Whether the text is a date as the bank keeps them.

    >>> is_date("2025-08"), is_date("2025-13"), is_date("26/08/2025")
    (True, False, False)
    """
    match = _SHAPE.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return False
    return day is None or 1 <= day <= monthrange(year, month or 1)[1]


def first_day(date: str) -> str:
    """The earliest day a partial date may mean: 2025-08 → 2025-08-01."""
    return date + "-01-01"[(len(date) - 4) :] if len(date) < 10 else date


def last_day(date: str) -> str:
    """The latest day a partial date may mean: 2025-02 → 2025-02-28."""
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-{monthrange(int(date[:4]), int(date[5:7]))[1]:02d}"
    return date


def surely_before(one: str, other: str) -> bool:
    """Whether every day `one` may mean lies before every day `other` may mean."""
    return last_day(one) < first_day(other)
