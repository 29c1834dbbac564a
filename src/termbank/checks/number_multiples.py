"""Finds multiples and discounts that the English counts another way: 增长两倍 as “doubled”, 打八折 as “cut by 80 percent”.

增长两倍 leaves three times as much, and so does “tripled”; “grew twofold” is said of both, and is accepted. 打八折 leaves eight
tenths of the price.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbank.checks.number_units import UnitMismatch
from termbank.model.message import message
from termbank.text.numbers.value import Kind, Quantity

_INCREASE = re.compile(
    r"(?:增长|增長|增加|增|提高|提升|扩大|擴大|上升|上涨|上漲|高出|多出)(?:了|近|约|約|超过|超過|逾|将近|將近|达|達|\s)*$"
)
_VERB = re.compile(r"(?:doubl|tripl|trebl|quadrupl|quintupl)", re.IGNORECASE)
_CUT_BEFORE = re.compile(
    r"\b(?:cut|reduced?|lower(?:ed)?|slash(?:ed)?|drop(?:ped)?|fell|fall|down|discount(?:ed)?|reduction|off)\s+(?:of\s+|by\s+)?$", re.IGNORECASE
)  # fmt: skip
_CUT_AFTER = re.compile(r"\s*(?:off\b|discount|reduction|cheaper|less\b|lower\b)", re.IGNORECASE)


def multiple_mismatches(
    zh: str, en: str, given: Sequence[Quantity], said: Sequence[Quantity]
) -> Iterator[UnitMismatch]:
    """The multiples and discounts that the English plainly counts another way."""
    for one in given:
        others = [other for other in said if _says_otherwise(one, other, zh, en)]
        if others and not any(_is_right(one, other) for other in said):
            text = message("{zh} in the Chinese, “{en}” in the English.", zh=one.text, en=others[0].text)
            yield UnitMismatch(one.span, others[0].span, text)


def _says_otherwise(one: Quantity, other: Quantity, zh: str, en: str) -> bool:
    if (
        one.kind is Kind.TIMES
        and other.kind is Kind.TIMES
        and not one.text.startswith("翻")
        and not one.about
    ):
        is_increase = _INCREASE.search(zh[: one.span.start]) is not None
        return is_increase and one.value == other.value >= 2 and _VERB.match(other.text) is not None
    if one.kind is Kind.SHARE and one.text.endswith("折") and other.kind is Kind.SHARE:
        is_cut = _CUT_BEFORE.search(en[: other.span.start]) or _CUT_AFTER.match(en, other.span.end)
        return abs(one.value - other.value) < 1e-9 and one.value != 0.5 and is_cut is not None
    return False


def _is_right(one: Quantity, other: Quantity) -> bool:
    if one.kind is Kind.TIMES:
        return other.kind is Kind.TIMES and other.value == one.value + 1
    return other.kind is Kind.SHARE and abs(1 - one.value - other.value) < 1e-9
