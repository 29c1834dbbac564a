"""What a number is, in either language: a value of a kind, with its place and how firmly it was written.

`numeral_zh` and `numeral_en` read texts to these. Only quantities of one kind are compared: a share
with a share, a month with a month, plain numbers with years and ordinals. What is said of a text's
numbers is said in code points of the text as given.
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
    """`value` in units of one (shares of one whole, decades as 90); `digits` is how many figures were written.

    `sure` is False for words and single figures, which both languages use for other things than counting;
    `faint` is True where the word may be no number at all. `about` is how much more the number may be: 十 in
    四十多. `measures` are the factors to the units that the other language may count in: 亩 to hectares.
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
        ("零〇○", "一壹", "二贰兩两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
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
    """The value of a number in figures or in Chinese characters."""
    plain = text if text.isdigit() else _GROUPING.sub("", text)
    try:
        return float(plain)
    except ValueError:
        return han_value(text)


def figures(text: str) -> int:
    """How many figures are written, zeros before the first left out."""
    written = text.lstrip("0.")
    return len(written) if written.isdigit() else sum(c.isdigit() for c in written)


_RANGE = re.compile(
    r"\s*(?:至|到|或|和|及|、|[-–—~～,，/]|to|and|or)\s*(?:or|and)?\s*(?:RMB|US\$|HK\$|\$)?\s*", re.I
)


def carried(found: Sequence[Quantity], text: str) -> tuple[Quantity, ...]:
    """Ranges and lists whose unit stands once, at the end: 1至2%, “46.25 or 56.25 per cent”, 10至15亿."""
    if len(found) < 2:
        return tuple(found)
    held = list(found)
    for place in range(len(held) - 2, -1, -1):
        one, other = held[place], held[place + 1]
        bare = one.text.strip().replace(",", "").replace(".", "").isdigit()
        if one.kind is not Kind.PLAIN or not bare or not other.digits:
            continue
        between = text[one.span.end : other.span.start]
        if not _RANGE.fullmatch(between):
            continue
        listed = any(sign in between for sign in ",，/")  # “aged over 60, 75% of whom”, “732/1,037, 71%”
        if other.kind is Kind.SHARE and not listed:
            held[place] = one._replace(value=one.value / 100, kind=Kind.SHARE, sure=True)
        elif other.kind is Kind.PLAIN and "/" not in between:
            scale = other.value / (_first_figure(other.text) or other.value)
            if scale > 1000 and one.value * scale <= 10 * other.value:
                held[place] = one._replace(value=one.value * scale, sure=True)
    return tuple(held)


def _first_figure(text: str) -> float | None:
    found = re.search(FIGURE, text)
    return number(found.group()) if found is not None else None
