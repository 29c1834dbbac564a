from __future__ import annotations

import pytest

from termbank.checks.number_mismatch import faults, is_like, told
from termbank.checks.quantities import Kind, chinese, english, han_value


def values(text: str, language: str = "zh") -> list[tuple[float, str]]:
    found = chinese(text) if language == "zh" else english(text)
    return [(round(q.value, 6), q.kind.value) for q in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三十五", 35),
        ("一百零五", 105),
        ("一万二千", 12_000),
        ("三亿五千万", 350_000_000),
        ("二〇二五", 2025),
        ("两千", 2000),
    ],
)
def test_chinese_numerals_have_their_value(text: str, value: float) -> None:
    assert han_value(text) == value


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("规模达3.5万亿元", [(3.5e12, "number")]),
        ("3亿5000万人", [(350_000_000, "number")]),
        ("34,229 億港元", [(3_422_900_000_000, "number")]),
        ("百分之七十", [(0.7, "share")]),
        ("普及率超过七成。", [(0.7, "share")]),
        ("三分之二的代表", [(0.666667, "share")]),
        ("下降0.75个百分点", [(0.0075, "share")]),
        ("翻了一番", []),
        ("翻一番", [(2, "multiple")]),
        ("二〇二五年八月二十六日", [(2025, "year"), (8, "month"), (26, "day")]),
        ("1至2%", [(0.01, "share"), (0.02, "share")]),
        ("2,000至3,000億港元", [(2e11, "number"), (3e11, "number")]),
        ("40 769 000美元", [(40_769_000, "number")]),
    ],
)
def test_chinese_quantities_are_read(text: str, wanted: list[tuple[float, str]]) -> None:
    assert values(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["统一思想", "十分重要", "三农工作", "十四五规划", "一带一路", "成千上万", "几十年来", "香港百萬元"],
)
def test_what_only_looks_like_a_number_is_left_out(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("RMB14 billion", [(1.4e10, "number")]),
        ("HK$3,422.9 billion", [(3_422_900_000_000, "number")]),
        ("3.3–3.4%", [(0.033, "share"), (0.034, "share")]),
        ("46.25 or 56.25 per cent", [(0.4625, "share"), (0.5625, "share")]),
        ("half a million", [(500_000, "number")]),
        ("twenty-five provinces", [(25, "number")]),
        ("in 2015–16", [(2015, "year"), (2016, "year")]),
        ("26 August 2025", [(8, "month"), (26, "day"), (2025, "year")]),
        ("output doubled", [(2, "multiple")]),
        ("a forty-fifth session", [(45, "ordinal")]),
        ("in the past decade", [(10, "number")]),
    ],
)
def test_english_quantities_are_read(text: str, wanted: list[tuple[float, str]]) -> None:
    assert values(text, "en") == wanted


@pytest.mark.parametrize(
    "text", ["COVID-19 and the G20", "one of the goals", "5G networks", "we may march on", "at 10 a.m."]
)
def test_figures_in_names_are_not_quantities(text: str) -> None:
    assert values(text, "en") == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("1.35万亿元", "1.4 trillion yuan"),
        ("三分之二", "two-thirds"),
        ("三分之二", "67 percent"),
        ("增长两倍", "tripled"),
        ("八年", "eight years"),
        ("二十年", "two decades"),
        ("21世纪", "the 21st century"),
    ],
)
def test_the_same_said_otherwise_is_no_fault(zh: str, en: str) -> None:
    assert faults(chinese(zh), english(en)) == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("超过3.5万亿元", "more than 350 billion yuan"),
        ("8月26日", "July 26"),
        ("2015年", "2,105 people in 2105"),
        ("增长12.5%", "up 15.2 percent"),
        ("六大行动", "eight actions"),
    ],
)
def test_a_contradiction_is_found(zh: str, en: str) -> None:
    assert len(faults(chinese(zh), english(en))) == 1


def test_a_number_the_english_adds_is_let_stand() -> None:
    assert faults(chinese("规模达7000亿元。"), english("It reached 700 billion yuan in 2024.")) == []


def test_a_finding_tells_the_value_as_english_writes_it() -> None:
    assert [told(q) for q in chinese("34,229億港元，8月，七成。")] == ["3.4229 trillion", "August", "70%"]


def test_likeness_needs_one_kind() -> None:
    month, day = chinese("8月7日")
    assert month.kind is Kind.MONTH
    assert is_like(day, english("7 August")[1])
    assert not is_like(month, english("26 percent")[0])
