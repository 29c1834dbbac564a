"""Finds amounts whose number is right and whose unit is another: 830亿美元 as “83 billion yuan”, 1318公里 as “1,318 miles”.

A number that is converted has another value, so that units are compared only where the values are equal. A unit that may be
meant by several words (元 in Hong Kong, “dollars”) is compared with each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from termbank.model.message import Message, message
from termbank.model.span import Span
from termbank.text.numbers.value import Kind, Quantity

Units = frozenset[str]


class UnitMismatch(NamedTuple):
    """A place in the Chinese, one in the English, and what is wrong."""

    zh: Span
    en: Span
    text: Message


def _units(table: dict[str, str]) -> dict[str, Units]:
    return {word: frozenset(names.split()) for word, names in table.items()}


_ZH_UNITS: dict[str, dict[str, Units]] = {
    "currency": _units({
        "美元": "USD", "美金": "USD", "港元": "HKD", "港币": "HKD", "港幣": "HKD", "欧元": "EUR", "歐元": "EUR", "英镑": "GBP", "英鎊": "GBP",
        "日元": "JPY", "日圆": "JPY", "日圓": "JPY", "新台币": "TWD", "新臺幣": "TWD", "新元": "SGD", "卢布": "RUB", "韩元": "KRW",
        "人民币": "CNY", "人民幣": "CNY", "元": "CNY HKD TWD SGD MOP",
    }),
    "length": _units({"公里": "km", "千米": "km", "英里": "mile", "海里": "nmile", "华里": "li", "里": "li", "米": "m", "英尺": "foot", "厘米": "cm"}),
    "area": _units({
        "亩": "mu", "畝": "mu", "公顷": "hectare", "公頃": "hectare", "平方公里": "km2", "平方千米": "km2", "平方米": "m2", "英亩": "acre",
    }),
    "weight": _units({"公斤": "kg", "千克": "kg", "斤": "jin", "吨": "tonne", "噸": "tonne", "磅": "pound", "克": "gram"}),
}  # fmt: skip
_EN_UNITS: dict[str, dict[str, str]] = {
    "currency": {
        r"US\$|USD|U\.S\.\s*dollars?|US\s+dollars?|American\s+dollars?": "USD", r"HK\$|HKD|Hong\s+Kong\s+dollars?": "HKD",
        r"RMB|CNY|yuan|renminbi": "CNY", r"€|EUR|euros?": "EUR", r"£|GBP|pounds?(?:\s+sterling)?": "GBP",
        r"JPY|yen": "JPY", r"NT\$|NTD|TWD": "TWD", r"S\$|SGD": "SGD", r"rou?bles?": "RUB", r"won": "KRW",
        r"\$|dollars?": "USD HKD TWD SGD MOP", r"[¥￥]": "CNY JPY",
    },
    "length": {
        r"kilomet(?:er|re)s?|km": "km", r"nautical\s+miles?": "nmile", r"miles?": "mile", r"met(?:er|re)s?": "m", r"feet|foot": "foot",
        r"centimet(?:er|re)s?|cm": "cm", r"li": "li",
    },
    "area": {
        r"mu": "mu", r"hectares?|ha": "hectare", r"acres?": "acre", r"square\s+(?:kilomet(?:er|re)s?|km)|sq\s*km|km2|km²": "km2",
        r"square\s+met(?:er|re)s?|sq\s*m|m2|m²": "m2", r"square\s+miles?": "mile2", r"square\s+feet": "foot2",
    },
    "weight": {
        r"kilograms?|kilos?|kg": "kg", r"(?:metric\s+)?tons?|tonnes?": "tonne", r"jin|catt(?:y|ies)": "jin", r"pounds?|lbs?": "pound",
        r"grams?": "gram",
    },
}  # fmt: skip
_ZH_AFTER = {
    dimension: re.compile(
        rf"\s*(?:多|余|餘)?\s*({'|'.join(sorted(words, key=len, reverse=True))})(?![程面约約])"
    )
    for dimension, words in _ZH_UNITS.items()
}
_RENMINBI = re.compile(r"人民[币幣]\s*$")
_EN_AFTER = {
    dimension: [
        (re.compile(rf"[\s-]*(?:{words})(?![A-Za-z])", re.IGNORECASE), frozenset(units.split()))
        for words, units in table.items()
    ]
    for dimension, table in _EN_UNITS.items()
}
_EN_BEFORE = [
    (re.compile(rf"(?<![A-Za-z$])(?:{words})\s*$"), frozenset(units.split()))
    for words, units in _EN_UNITS["currency"].items()
]


def unit_mismatches(
    zh: str, en: str, given: Sequence[Quantity], said: Sequence[Quantity]
) -> Iterator[UnitMismatch]:
    """The amounts that the English gives with the same number and another unit.

    Args:
        zh: The Chinese text.
        en: The English text.
        given: The quantities of the Chinese.
        said: The quantities of the English.
    """
    for quantity in given:
        if quantity.kind is not Kind.PLAIN or quantity.about:
            continue
        dimension, units, end = _unit_zh(zh, quantity)
        if not units:
            continue
        alike = [_unit_en(en, other, dimension) for other in said if _has_value(other, quantity)]
        if not alike or any(not named or named & units for named, _ in alike):
            continue
        span = alike[0][1]
        yield UnitMismatch(
            Span(quantity.span.start, end),
            span,
            message(
                "{zh} in the Chinese, “{en}” in the English: another unit.",
                zh=zh[quantity.span.start : end],
                en=span.of(en),
            ),
        )


def _has_value(other: Quantity, quantity: Quantity) -> bool:
    return (
        other.kind in (Kind.PLAIN, Kind.YEAR) and abs(other.value - quantity.value) <= 1e-9 * quantity.value
    )


def _unit_zh(text: str, quantity: Quantity) -> tuple[str, Units, int]:
    """The dimension of the unit behind a Chinese number, what it may be, and where it ends."""
    for dimension, after in _ZH_AFTER.items():
        found = after.match(text, quantity.span.end)
        if found is not None:
            units = _ZH_UNITS[dimension][found[1]]
            if found[1] == "元" and _RENMINBI.search(text[: quantity.span.start]):
                units = frozenset({"CNY"})
            return dimension, units, found.end()
    return "", frozenset(), quantity.span.end


def _unit_en(text: str, quantity: Quantity, dimension: str) -> tuple[Units, Span]:
    """What the unit beside an English number may be, where there is one of the dimension, and the place of both."""
    start, end = quantity.span
    if dimension == "currency":
        for before, units in _EN_BEFORE:
            found = before.search(text[:start])
            if found is not None:
                return units, Span(found.start(), end)
    for after, units in _EN_AFTER[dimension]:
        found = after.match(text, end)
        if found is not None:
            return units, Span(start, found.end())
    return frozenset(), quantity.span
