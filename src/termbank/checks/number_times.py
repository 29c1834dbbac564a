"""Finds times of the day, quarters and halves of a year, five-year plans, temperatures and percentage points that the English gives otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbank.checks.number_units import UnitMismatch
from termbank.model.message import message
from termbank.model.span import Span
from termbank.text.numbers.value import Kind, Quantity, number
from termbank.text.numbers.words_en import ORDINALS

_HAN = "一二三四五六七八九十两兩"
_CLOCK_ZH = re.compile(
    rf"(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上|晚)?\s*(?P<hour>\d{{1,2}}|[{_HAN}]{{1,3}})(?:[:：](?P<minute>\d\d)(?!\d)"
    rf"|\s*[时時点點](?!间|間|候|代|刻|期|[{_HAN}]*五)(?:\s*(?P<words>\d{{1,2}}|[{_HAN}]{{1,3}})\s*分|(?P<half>半)|(?P<quarter>[一三])刻)?)"
)
_CLOCK_EN = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s*(?P<part>[ap]\.?\s?m\b)|\b(?P<hour24>\d{1,2}):(?P<minute24>\d\d)\b", re.IGNORECASE
)  # fmt: skip
_QUARTER_ZH = re.compile(r"(?<![前后後每几幾两兩数數])第?([一二三四1-4])季度|([上下])半年")
_QUARTER_EN = re.compile(
    r"\b(?:(first|second|third|fourth|last|1st|2nd|3rd|4th)\s+quarters?|Q([1-4])\b|(first|second|1st|2nd)\s+half\b|H([12])\b)", re.IGNORECASE
)  # fmt: skip
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_PLAN_ZH = re.compile(
    r"(?<![一二三四五六七八九十第])(十[一二三四五六七八九]?|[一二三四六七八九])五[”」]?(?:规划|規劃|计划|計劃|时期|時期|期间|期間|以来|以來|末)"
    r"|(?:第([一二三四五六七八九十]{1,3})[个個]五年)"
)
_PLAN_EN = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)|({'|'.join(ORDINALS)}))\s+five[\s-]year\b", re.IGNORECASE
)
_BELOW_ZH = re.compile(
    r"(?:零下|負|负)\s*(\d+(?:\.\d+)?|[一二三四五六七八九十]{1,3})\s*(?:多|余)?\s*(?:摄氏)?(?:度|℃)"
)
_BELOW_EN = re.compile(r"minus|negative|below|sub-?zero|(?<!\w)[-−–]\s?(?=\d)", re.IGNORECASE)
_POINTS_ZH = re.compile(r"百分[点點]$")
_POINT_EN = re.compile(r"\bpoints?\b|\bpp\b|\bppts?\b", re.IGNORECASE)


def time_mismatches(
    zh: str, en: str, given: Sequence[Quantity], said: Sequence[Quantity]
) -> Iterator[UnitMismatch]:
    """What of these kinds the English gives otherwise; nothing where it gives none of the kind."""
    yield from _sets_differ(zh, en, _clocks_zh(zh), _clocks_en(en))
    yield from _sets_differ(zh, en, _quarters_zh(zh), _quarters_en(en))
    yield from _sets_differ(zh, en, _plans_zh(zh), _plans_en(en))
    yield from _below_zero(zh, en, said)
    yield from _points(en, given, said)


Places = list[tuple[object, Span]]


def _sets_differ(zh: str, en: str, given: Places, said: Places) -> Iterator[UnitMismatch]:
    """What the Chinese has and the English lacks, where the English has something of the kind that the Chinese lacks."""
    left = [(value, span) for value, span in given if all(value != other for other, _ in said)]
    others = [(value, span) for value, span in said if all(value != other for other, _ in given)]
    for (_, one), (_, other) in zip(left, others, strict=False):
        text = message("{zh} in the Chinese, “{en}” in the English.", zh=one.of(zh), en=other.of(en))
        yield UnitMismatch(one, other, text)


def _clocks_zh(text: str) -> Places:
    """Minutes after midnight or noon of each time of the day: whether before noon is not always said."""
    found: Places = []
    for match in _CLOCK_ZH.finditer(text):
        hour = number(match["hour"])
        if (
            hour is None
            or hour > 24
            or not (hour >= 13 or match["minute"] or match["words"] or match["half"] or match["part"])
        ):
            continue
        minutes = number(match["minute"] or match["words"] or "0") or 0.0
        if match["half"] or match["quarter"]:
            minutes = 30.0 if match["half"] else 15.0 * (number(match["quarter"]) or 0)
        found.append(((hour * 60 + minutes) % 720, Span(*match.span())))
    return found


def _clocks_en(text: str) -> Places:
    return [
        (
            (float(match["hour"] or match["hour24"]) * 60 + float(match["minute"] or match["minute24"] or 0))
            % 720,
            Span(*match.span()),
        )
        for match in _CLOCK_EN.finditer(text)
    ]


def _quarters_zh(text: str) -> Places:
    return [
        (
            ("quarter", number(found[1])) if found[1] else ("half", 1.0 if found[2] == "上" else 2.0),
            Span(*found.span()),
        )
        for found in _QUARTER_ZH.finditer(text)
    ]


def _quarters_en(text: str) -> Places:
    places: Places = []
    for found in _QUARTER_EN.finditer(text):
        quarter, figure, half, half_figure = found.groups()
        kind = "quarter" if quarter or figure else "half"
        value = float(figure or half_figure or _ORDER[(quarter or half).lower()])
        places.append(((kind, value), Span(*found.span())))
    return places


def _plans_zh(text: str) -> Places:
    """Five-year plans by number: 十四五, 第十四个五年规划."""
    return [(number(found[1] or found[2]), Span(*found.span())) for found in _PLAN_ZH.finditer(text)]


def _plans_en(text: str) -> Places:
    places: Places = []
    for found in _PLAN_EN.finditer(text):
        figures, word = found.groups()
        value = float(figures) if figures else float(ORDINALS[word.lower()])
        places.append((value, Span(*found.span())))
    return places


def _below_zero(zh: str, en: str, said: Sequence[Quantity]) -> Iterator[UnitMismatch]:
    """Degrees below zero of which the English has the number alone."""
    for found in _BELOW_ZH.finditer(zh):
        value = number(found[1])
        alike = [other for other in said if other.kind is Kind.PLAIN and other.value == value]
        if alike and not any(
            _BELOW_EN.search(en[max(0, o.span.start - 12) : o.span.end + 28]) for o in alike
        ):
            text = message("{zh} in the Chinese, “{en}” in the English.", zh=found.group(), en=alike[0].text)
            yield UnitMismatch(Span(*found.span()), alike[0].span, text)


def _points(en: str, given: Sequence[Quantity], said: Sequence[Quantity]) -> Iterator[UnitMismatch]:
    """Percentage points of which the English makes a percentage, in a sentence that names no points."""
    if _POINT_EN.search(en):
        return
    for one in given:
        if one.kind is not Kind.SHARE or not _POINTS_ZH.search(one.text):
            continue
        alike = [other for other in said if other.kind is Kind.SHARE and abs(other.value - one.value) < 1e-12]
        if alike:
            text = message(
                "{zh} are percentage points; “{en}” is a percentage.", zh=one.text, en=alike[0].text
            )
            yield UnitMismatch(one.span, alike[0].span, text)
