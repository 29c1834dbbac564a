"""Numbers in Chinese and in English, as values.

A text comes in; the numbers in it go out, each with its exact value and its place: 三十五, 35, 35th and
thirty-five are one value, so are 1.4亿 and 140 million, 百分之八 and 8 per cent. What is no number is left
alone: 一带一路 counts nothing, and neither does the A of a heading.

Chinese numerals of one character (一, 两) are numbers only with a multiplier, a percentage or 第 beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from termbank.core.span import Span


class Number(NamedTuple):
    """A number in a text. A percentage has the value that is written: 8 per cent is 8."""

    value: Decimal
    span: Span
    is_percent: bool = False
    is_ordinal: bool = False


_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "兩": 2, "壹": 1, "贰": 2, "貳": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_UNITS = {**_TENS, **_MYRIADS}
_HAN_NUMBER = f"[{''.join(_DIGITS)}{''.join(_UNITS)}]"
_CHINESE = re.compile(
    rf"(?P<percent>百分之)?(?P<ordinal>第)?"
    rf"(?:(?P<figures>\d[\d,，]*(?:[.．]\d+)?)(?P<scale>[百千]?[万萬]?[亿億]?)|(?P<han>{_HAN_NUMBER}+(?:点[{''.join(_DIGITS)}]+[万萬]?[亿億]?)?))"
    r"(?P<sign>\s?[%％])?"
)

_WORDS = {
    word: value
    for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
} | {word: 10 * value for value, word in enumerate(
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
} | {f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th": value for word, value in _WORDS.items()
     if word not in ("one", "two", "three", "five", "eight", "nine", "twelve")}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "trn": 10**12}
_WORD = "|".join(sorted({*_WORDS, *_ORDINALS, *_SCALES}, key=len, reverse=True))
_ENGLISH = re.compile(
    r"(?P<figures>(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,])\d+(?:\.\d+)?)(?:(?P<ordinal>st|nd|rd|th)\b)?"
    rf"(?:[\s-]?(?P<scale>{'|'.join(_SCALES)}|(?:bn|mn|trn)\b))?"
    rf"|\b(?P<words>(?:{_WORD})(?:(?:[\s-]+(?:and\s+)?)(?:{_WORD}))*)s?\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?(?:[%％]|per\s?cent\b|percentage points?\b)", re.IGNORECASE)


def chinese_numbers(text: str) -> list[Number]:
    """The numbers in a Chinese text, in its order.

    >>> [str(number.value) for number in chinese_numbers("三十五个省份、1.4亿人、百分之八、第十四个、一带一路")]
    ['35', '140000000', '8', '14']
    """
    return list(_chinese(text))


def _chinese(text: str) -> Iterator[Number]:
    for found in _CHINESE.finditer(text):
        percent = bool(found["percent"] or found["sign"])
        if found["figures"]:
            value = Decimal(re.sub("[,，]", "", found["figures"]).replace("．", "."))
            for unit in found["scale"]:
                value *= _UNITS[unit]
        else:
            han = found["han"]
            if len(han) == 1 and not percent and not found["ordinal"]:
                continue
            value_of = _han_value(han)
            if value_of is None:
                continue
            value = value_of
        yield Number(_exact(value), Span(*found.span()), percent, bool(found["ordinal"]))


def _han_value(written: str) -> Decimal | None:
    """The value of a number in characters, or None where they make none (十百, 万亿 alone, 一二)."""
    whole, _, part = written.partition("点")
    decimals = part.rstrip("万萬亿億")
    if all(char in _DIGITS for char in whole):
        if len(whole) == 2 and not part:
            return None
        value = Decimal("".join(str(_DIGITS[char]) for char in whole) or "0")
    else:
        counted = _counted(whole)
        if counted is None:
            return None
        value = Decimal(counted)
    if decimals:
        value += Decimal("0." + "".join(str(_DIGITS[char]) for char in decimals))
    for unit in part[len(decimals) :]:
        value *= _MYRIADS[unit]
    return value


def _exact(value: Decimal) -> Decimal:
    """The value without zeros that say nothing."""
    return Decimal(int(value)) if value == int(value) else value.normalize()


def _counted(written: str) -> int | None:
    total = section = digit = 0
    if written[0] in _UNITS and written[0] not in ("十", "拾"):
        return None
    for char in written:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        elif _MYRIADS[char] == 10**8:
            total = (total + section + digit) * 10**8
            section = digit = 0
        else:
            total += (section + digit) * 10**4
            section = digit = 0
    return total + section + digit


def english_numbers(text: str) -> list[Number]:
    """The numbers in an English text, in its order.

    >>> [str(number.value) for number in english_numbers("thirty-five, the 14th, 1.4 billion, one hundred and two")]
    ['35', '14', '1400000000', '102']
    """
    return list(_english(text))


def _english(text: str) -> Iterator[Number]:
    for found in _ENGLISH.finditer(text):
        percent = _PERCENT.match(text, found.end())
        end = percent.end() if percent else found.end()
        if found["figures"]:
            value = Decimal(found["figures"].replace(",", ""))
            scale = (found["scale"] or "").lower()
            value *= _SCALES.get(scale) or _SHORT.get(scale) or 1
            ordinal = bool(found["ordinal"])
        else:
            words = [word for word in re.split(r"[\s-]+", found["words"].lower()) if word != "and"]
            if words[0] in _SCALES or (words == ["second"]):
                continue
            value = Decimal(_worded(words))
            ordinal = words[-1] in _ORDINALS
        yield Number(_exact(value), Span(found.start(), end), percent is not None, ordinal)


def _worded(words: list[str]) -> int:
    total = section = 0
    for word in words:
        if word in _SCALES and _SCALES[word] > 100:
            total += (section or 1) * _SCALES[word]
            section = 0
        elif word in _SCALES:
            section = (section or 1) * 100
        else:
            section += _WORDS.get(word, _ORDINALS.get(word, 0))
    return total + section


def numbers(text: str, *, chinese: bool) -> list[Number]:
    """The numbers in a text of either language."""
    return chinese_numbers(text) if chinese else english_numbers(text)
