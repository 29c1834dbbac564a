"""A number that is not the same in both languages.

**What it finds.** A figure, amount, percentage, multiple, date, decade or count of the Chinese that the
English gives otherwise: 亿 and billion confused, a digit changed, 七成 as 7 percent, 8月 as July, 三份协议 as
five agreements; sizes without a figure (几十万, 上亿); capital numerals; another unit for the same number (公里 as
miles); percentage points as a percentage; discounts and multiples counted another way (打八折 as 80 percent off, 增长两倍
as doubled); clock times, quarters and halves of a year, degrees below zero. The finding gives both values.

**Why it matters.** It is the most expensive error of the field, and readers of the English cannot see it.

**Spared.** Rounding (1.35万亿 as 1.4 trillion); another unit with the same value (34,229亿 as 3,422.9 billion,
18亿亩 as 120 million hectares); fractions as percentages; multiples given as one more or less (增长两倍, tripled);
numbers that only the English has; small numbers in words unless just one on each side has no like, or both
count the same thing; figures in names (G20, 5G); what is only about so large where the sizes may agree (两三年,
“two to three years”; 几十万, “hundreds of thousands”); a unit written once for a list (45、69及78基点).

**Example.** 规模超过3.5万亿元。 → *The scale exceeded RMB 350 billion.*

**Use instead.** *The scale exceeded RMB 3.5 trillion.*
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbank.checks.context import CheckContext
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.checks.number_equality import find_unmatched, is_like
from termbank.checks.number_multiples import multiple_mismatches
from termbank.checks.number_pairing import contradictions
from termbank.checks.number_times import time_mismatches
from termbank.checks.number_units import UnitMismatch, unit_mismatches
from termbank.checks.pair import Pair, neighbours
from termbank.lexicon.dictionary import Lexicon
from termbank.model.finding import Finding
from termbank.model.message import Message, message
from termbank.model.segment import SegmentPair
from termbank.model.span import Span
from termbank.text.numbers import en as numeral_en
from termbank.text.numbers import zh as numeral_zh
from termbank.text.numbers.value import Kind, Quantity

CODE = "number-mismatch"
FAULTY = (
    Example("2024年规模超过3.5万亿元。", "In 2024 the scale exceeded RMB 350 billion."),
    Example("普及率超过七成。", "The adoption rate exceeds 7 percent."),
    Example("该文件于8月26日公布。", "The document was made public on July 26."),
    Example("耕地不少于18亿亩。", "At least 12 million hectares stay farmland."),
)
SOUND = (
    Example("2024年规模超过3.5万亿元。", "In 2024 the scale exceeded RMB 3.5 trillion."),
    Example("普及率超过七成。", "The adoption rate exceeds 70 percent."),
    Example("产值翻了一番，增长三分之二。", "Output doubled and grew by two-thirds."),
    Example("粮食产量1.4万亿斤以上。", "Grain output is to exceed 700 million metric tons."),
    Example("耕地不少于18亿亩。", "At least 120 million hectares stay farmland."),
)


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each Chinese number that the English contradicts or leaves out where a number can hardly be said otherwise."""
    for number, pair in enumerate(checked.pairs):
        segment, near = pair.segment, neighbours(checked.pairs, number)
        if not segment.zh or not segment.en or segment.en.isspace():
            continue
        if (numbers := _paragraph_numbers(segment, near)) is not None:
            zh, en = numbers
            text = message(
                "Paragraph {zh} in the Chinese, {en} in the English.",
                zh=zh.of(segment.zh),
                en=en.of(segment.en),
            )
            yield context.finding(CODE, segment, text, zh=zh, en=en)
        for other in _other_mismatches(segment.zh, segment.en):
            yield context.finding(CODE, segment, other.text, zh=other.zh, en=other.en)
        for wanted, found in find_mismatches(segment.zh, segment.en, context.lexicon):
            if not _is_nearby(wanted, found, segment, near):
                yield context.finding(
                    CODE, segment, _text(wanted, found), zh=wanted.span, en=found.span if found else None
                )


def _other_mismatches(zh: str, en: str) -> Iterator[UnitMismatch]:
    """Right numbers with a wrong unit, and times, quarters, degrees and points that the English gives otherwise."""
    given = numeral_zh.quantities(zh)
    if not given and _MAY_BE_TIME.search(zh) is None:
        return
    said = numeral_en.quantities(en)
    for find in (unit_mismatches, time_mismatches, multiple_mismatches):
        yield from find(zh, en, given, said)


_MAY_BE_TIME = re.compile("[时時点點]|半年|季度|五")


def find_mismatches(
    zh: str, en: str, lexicon: Lexicon | None = None
) -> list[tuple[Quantity, Quantity | None]]:
    """The Chinese quantities that the English does not have, each with the one it has instead, if any."""
    given = numeral_zh.quantities(zh)
    if not given:
        return []
    zh_left, en_left = find_unmatched(given, numeral_en.quantities(en))
    if not zh_left:
        return []
    found: list[tuple[Quantity, Quantity | None]] = []
    instead = contradictions(zh, en, zh_left, en_left, lexicon)
    for wanted in zh_left:
        other = instead.get(wanted)
        if other is None and wanted.about and len(zh_left) == 1:
            other = _other_range(en, en_left)
        if other is not None or _needs_a_number(wanted):
            found.append((wanted, other))
    return found


_RANGE = re.compile(r"\s*(?:or|to|-|–)\s*")


def _other_range(en: str, left: Sequence[Quantity]) -> Quantity | None:
    """The first of two English numbers that are joined as one approximation: “seven or eight”."""
    if len(left) != 2 or any(quantity.kind is not Kind.PLAIN for quantity in left):
        return None
    low, high = left
    is_range = _RANGE.fullmatch(en[low.span.end : high.span.start]) is not None and low.value < high.value
    return low if is_range else None


def _needs_a_number(quantity: Quantity) -> bool:
    """Whether a number can hardly be said without a number: large, exact, or a percentage."""
    if not quantity.sure or quantity.faint:
        return False
    if quantity.kind is Kind.SHARE:
        return quantity.digits >= 2
    return quantity.kind is Kind.PLAIN and (quantity.value >= 1000 or quantity.digits >= 3)


def _is_nearby(wanted: Quantity, found: Quantity | None, segment: SegmentPair, near: Sequence[Pair]) -> bool:
    """Whether a neighbouring English sentence has the number: the sentences are divided otherwise."""
    if not segment.aligned or (found is not None and found.sure):
        return False
    return any(
        is_like(wanted, other)
        for pair in near
        for other in find_unmatched(
            numeral_zh.quantities(pair.segment.zh), numeral_en.quantities(pair.segment.en)
        )[1]
    )


_NUMBERED = re.compile(r"\s*(\d{2,3})\s?[.、．](?!\d)\s*(?=\S)")


def _paragraph_numbers(segment: SegmentPair, near: Sequence[Pair]) -> tuple[Span, Span] | None:
    """The places of a paragraph's numbers where they differ, unless neighbouring paragraphs differ in the same way."""
    zh, en = _NUMBERED.match(segment.zh), _NUMBERED.match(segment.en)
    if zh is None or en is None or zh[1] == en[1]:
        return None
    difference = int(zh[1]) - int(en[1])
    for pair in near:
        one, other = _NUMBERED.match(pair.segment.zh), _NUMBERED.match(pair.segment.en)
        if one is not None and other is not None and int(one[1]) - int(other[1]) == difference:
            return None
    return Span(*zh.span(1)), Span(*en.span(1))


def _text(wanted: Quantity, found: Quantity | None) -> Message:
    if found is None:
        return message(
            "{zh} ({value}) is missing from the English.", zh=wanted.text, value=english_value(wanted)
        )
    zh, en = english_value(wanted), english_value(found)
    if zh == en or wanted.about or found.about:
        zh, en = wanted.text, found.text
    return message("{zh} in the Chinese, {en} in the English.", zh=zh, en=en)


_MONTHS = "January February March April May June July August September October November December".split()


def english_value(quantity: Quantity) -> str:
    """A quantity as a reader of English would write it.

    >>> [english_value(q) for q in numeral_zh.quantities("3.5万亿元，普及率超过七成。8月、九十年代")]
    ['3.5 trillion', '70%', 'August', 'the ’90s']
    """
    value = quantity.value
    if quantity.kind is Kind.SHARE:
        return f"{value * 100:.6g}%"
    if quantity.kind is Kind.MONTH and 1 <= value <= 12:
        return _MONTHS[int(value) - 1]
    if quantity.kind is Kind.TIMES:
        return f"{value:g} times"
    if quantity.kind is Kind.DECADE:
        return f"the ’{value:02.0f}s"
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{value / size:.10g} {name}"
    return f"{value:,.10g}" if quantity.kind is not Kind.YEAR else f"{value:.0f}"
