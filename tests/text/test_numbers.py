"""Numbers: one value however it is written, its place kept, and nothing counted that counts nothing."""

from __future__ import annotations

import pytest

from termbank.text.numbers import en as numeral_en
from termbank.text.numbers import zh as numeral_zh
from termbank.text.numbers.value import Kind, han_value


def values(text: str, language: str = "zh") -> list[tuple[float, str]]:
    """Value and kind of each number that surely is one."""
    read = numeral_zh.quantities if language == "zh" else numeral_en.quantities
    return [(round(q.value, 6), q.kind.value) for q in read(text) if not q.faint]


@pytest.mark.parametrize(
    ("zh", "en", "value"),
    [
        ("三十五个", "thirty-five", 35),
        ("第十四个", "the 14th", 14),
        ("第十四个", "the fourteenth", 14),
        ("1.4亿人", "140 million people", 140_000_000),
        ("十四亿人", "1.4 billion people", 1_400_000_000),
        ("百分之八", "8 percent", 0.08),
        ("8.5％", "8.5 per cent", 0.085),
        ("五点五万人", "fifty-five thousand", 55_000),
        ("两千零二十五家", "2,025", 2025),
        ("二〇二五年", "2025", 2025),
        ("一百零二个", "one hundred and two", 102),
        ("120万亿元", "120 trillion yuan", 120 * 10**12),
        ("１２０万", "1.2 million", 1_200_000),
        ("三千五百人", "three thousand five hundred", 3500),
        ("廿九个", "twenty-nine", 29),
        ("九十年代", "the 1990s", 90),
        ("20世纪80年代", "the eighties", 80),
        ("十八世纪", "the eighteenth century", 18),
        ("党的二十大", "the 20th National Congress", 20),
        ("上调25个基点", "by 25 basis points", 0.0025),
        ("翻了一番", "doubled", 2),
        ("过半数", "half", 0.5),
    ],
)
def test_a_number_has_one_value_in_both_languages(zh: str, en: str, value: float) -> None:
    assert [number for number, _ in values(zh)] == [value]
    assert value in [number for number, _ in values(en, "en")]


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
        ("翻一番", [(2, "multiple")]),
        ("二〇二五年八月二十六日", [(2025, "year"), (8, "month"), (26, "day")]),
        ("1至2%", [(0.01, "share"), (0.02, "share")]),
        ("2,000至3,000億港元", [(2e11, "number"), (3e11, "number")]),
        ("40 769 000美元", [(40_769_000, "number")]),
        ("第1991年12月20日", [(1991, "year"), (12, "month"), (20, "day")]),
        ("十三点二平方公尺", [(13.2, "number")]),
    ],
)
def test_chinese_quantities_are_read(text: str, wanted: list[tuple[float, str]]) -> None:
    assert values(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "统一思想", "十分重要", "三农工作", "十四五规划", "一带一路", "成千上万", "几十年来", "两山论",
        "统一市场", "万物互联", "千方百计", "周六上午", "十数亿人", "十来个", "上午10:30",
    ],
)  # fmt: skip
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
        ("between seventeen and twenty-seven members", [(17, "number"), (27, "number")]),
        ("three one-day events", [(3, "number")]),
        ("over 60, 75% of whom", [(60, "number"), (0.75, "share")]),
        ("Fifthly, the growth", [(5, "ordinal")]),
        ("May 2022 saw the release", [(5, "month"), (2022, "year")]),
    ],
)
def test_english_quantities_are_read(text: str, wanted: list[tuple[float, str]]) -> None:
    assert values(text, "en") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19 and the G20", "one of the goals", "5G networks", "we may march on", "at 10 a.m.", "often",
        "May I ask", "at about 19:30",
    ],
)  # fmt: skip
def test_what_counts_nothing_is_no_quantity(text: str) -> None:
    assert values(text, "en") == []


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("最近两三年。", 2, 3),
        ("投入三四十亿元。", 3e9, 4e9),
        ("十五六岁", 15, 16),
        ("一万六七千人", 16_000, 17_000),
        ("七八个", 7, 8),
        ("四五十家", 40, 50),
        ("几十万人", 2e5, 1e6),
        ("數百萬戶", 2e6, 1e7),
        ("上亿群众", 1e8, 1e9),
        ("上百家企业", 100, 1000),
        ("万余人", 1e4, 2e4),
        ("百亿元", 1e10, 2e10),
        ("千亿级产业", 1e11, 1e12),
    ],
)
def test_what_is_about_so_large_has_bounds(text: str, least: float, most: float) -> None:
    (found,) = numeral_zh.quantities(text)
    assert (found.value, found.value + found.about) == pytest.approx((least, most))


@pytest.mark.parametrize(
    "text",
    [
        "二三线城市",
        "一二三产业",
        "七八月",
        "五六十年代",
        "三五成群",
        "以上百分点",
        "几十年来",
        "十四五规划",
        "千万不要",
    ],
)
def test_what_only_looks_approximate_is_left_out(text: str) -> None:
    assert [found for found in numeral_zh.quantities(text) if found.about] == []


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("hundreds of firms", 100, 1000),
        ("tens of thousands of jobs", 1e4, 1e5),
        ("several hundred thousand people", 2e5, 1e6),
        ("millions of people", 1e6, 1e9),
    ],
)
def test_english_plurals_have_bounds(text: str, least: float, most: float) -> None:
    (found,) = numeral_en.quantities(text)
    assert (found.value, found.value + found.about) == pytest.approx((least, most))


def test_a_number_keeps_its_place() -> None:
    text = "增长百分之八左右"
    (number,) = numeral_zh.quantities(text)
    assert number.span.of(text) == "百分之八"
    (ordinal,) = numeral_en.quantities("the 15th plan")
    assert (ordinal.kind, tuple(ordinal.span)) == (Kind.ORDINAL, (4, 8))


def test_a_character_that_may_be_no_number_is_faint() -> None:
    assert [(q.value, q.faint) for q in numeral_zh.quantities("三农工作")] == [(3, True)]
    assert [(q.value, q.faint) for q in numeral_en.quantities("one year")] == [(1, True)]
