"""The value type of a number in a text, shared by both languages, and the values of Chinese numerals.

`numbers.zh` and `numbers.en` find quantities. Only quantities of one kind are compared: a share with a share,
a month with a month, plain numbers with years and ordinals. Spans count code points of the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from termbank.model.span import Span


class Kind(Enum):
    """What a quantity counts."""

    PLAIN = "number"
    SHARE = "share"
    TIMES = "multiple"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    ORDINAL = "ordinal"
    DECADE = "decade"


class Quantity(NamedTuple):
    """A number found in a text.

    Attributes:
        value: in units of one; a share as a part of one, a decade as 90.
        kind: what the number counts.
        span: its place in the text.
        text: how it is written.
        sure: False for words and single figures, which both languages also use for other things than counting.
        digits: how many figures are written.
        faint: whether the word may be no number at all.
        about: how much larger the number may be: 10 for 四十多, 1 for 两三.
        measures: factors to the units that the other language may use instead: from 亩 to hectares.
    """

    value: float
    kind: Kind
    span: Span
    text: str
    sure: bool = True
    digits: int = 0
    faint: bool = False
    about: float = 0.0
    measures: tuple[float, ...] = ()


FIGURE = (
    r"\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
)

HAN_DIGIT = {
    c: n
    for n, chars in enumerate(
        ("零〇○", "一壹", "二贰貳兩两", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for c in chars
}
HAN_UNIT = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
HAN_TENS = {"十": 10, "廿": 20, "卅": 30}
HAN_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}


@lru_cache(maxsize=8192)
def han_value(text: str) -> float | None:
    """The value of a Chinese numeral, or None where it is none.

    >>> han_value("三十五"), han_value("一万二千"), han_value("二〇二五"), han_value("一亿三千万")
    (35.0, 12000.0, 2025.0, 130000000.0)
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not any(c in HAN_UNIT or c in HAN_BIG for c in text):
        figures = [HAN_DIGIT.get(c) for c in text]
        return None if None in figures or not figures else float("".join(map(str, figures)))
    total, section, digit = 0.0, 0.0, 0.0
    for char in text:
        if char in HAN_DIGIT:
            digit = HAN_DIGIT[char]
        elif char in HAN_UNIT:
            section += (digit or 1) * HAN_UNIT[char]
            digit = 0
        elif char in HAN_BIG:
            total = (
                (total + section + digit) * HAN_BIG[char]
                if total and HAN_BIG[char] > 10**4
                else total + (section + digit or 1) * HAN_BIG[char]
            )
            section = digit = 0
        else:
            return None
    return total + section + digit


_GROUPING = re.compile(r"[,，\s]")


def number(text: str) -> float | None:
    """The value of a number in figures or in Chinese characters, or None where it is no number."""
    plain = text if text.isdigit() else _GROUPING.sub("", text)
    try:
        return float(plain)
    except ValueError:
        return han_value(text)


def digit_count(text: str) -> int:
    """How many figures a number is written with, leading zeros not counted."""
    digits = text.lstrip("0.")
    return len(digits) if digits.isdigit() else sum(c.isdigit() for c in digits)


_RANGE = re.compile(
    r"\s*(?:至|到|或|和|及|、|[-–—~～,，/]|to|and|or)\s*(?:or|and)?\s*(?:RMB|US\$|HK\$|\$)?\s*", re.I
)


_JOINED = re.compile(r"\b(?:and|or)\b|[和及或]", re.I)
_POINTS = re.compile(r"(?:基|(?<!分))[点點]|[点點]子|basis|bps?$", re.I)
"""How basis points are written; 百分点 are hundredths."""


def carry_units(found: Sequence[Quantity], text: str) -> tuple[Quantity, ...]:
    """Give the members of a range or list the unit that stands once, at its end: 1至2%, “46.25 or 56.25 per cent”.

    Args:
        found: the quantities of the text, in order.
        text: the text.

    Returns:
        The same quantities, with values and kinds adjusted where the unit of the next one applies.
    """
    carried, parts = list(found), 100
    for place in range(len(carried) - 2, -1, -1):
        one, other = carried[place], carried[place + 1]
        between = text[one.span.end : other.span.start]
        if not _is_bare(other):
            parts = 10_000 if _POINTS.search(other.text) else 100
        if _is_bare(one) and other.digits and _RANGE.fullmatch(between):
            one_of_many = carried[place + 1] is not found[place + 1] or (
                _JOINED.search(between) is not None and _follows_in_list(found, place, text)
            )
            carried[place] = _with_unit_of(other, one, between, parts, one_of_many)
    return tuple(carried)


def _follows_in_list(found: Sequence[Quantity], place: int, text: str) -> bool:
    """Whether a bare number stands before this one, with only a comma between: the 56.25 of “46.25, 56.25, and 66.25 per cent”."""
    if place == 0 or not _is_bare(found[place - 1]):
        return False
    return text[found[place - 1].span.end : found[place].span.start].strip() in (",", "，", "、")


def _is_bare(quantity: Quantity) -> bool:
    """Whether a number is written in figures without a unit."""
    return quantity.kind is Kind.PLAIN and quantity.text.strip().replace(",", "").replace(".", "").isdigit()


def _with_unit_of(other: Quantity, one: Quantity, between: str, parts: int, one_of_many: bool) -> Quantity:
    """A bare number with the percent sign, basis points or scale of the number that follows it in a range or list."""
    apart = ",，" if not one_of_many else ""  # “aged over 60, 75% of whom”
    in_list = any(sign in between for sign in apart + "/")  # “732/1,037, 71%”
    if other.kind is Kind.SHARE and not in_list:
        return one._replace(value=one.value / parts, kind=Kind.SHARE, sure=True)
    if other.kind is Kind.PLAIN and "/" not in between:
        scale = other.value / (_first_figure(other.text) or other.value)
        if scale > 1000 and one.value * scale <= 10 * other.value:
            return one._replace(value=one.value * scale, sure=True)
    return one


def _first_figure(text: str) -> float | None:
    found = re.search(FIGURE, text)
    return number(found.group()) if found is not None else None
