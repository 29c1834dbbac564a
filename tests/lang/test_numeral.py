"""Numbers: one value however it is written, its place kept, and nothing counted that counts nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from termbank.lang.numeral import chinese_numbers, english_numbers


@pytest.mark.parametrize(
    ("zh", "en", "value"),
    [
        ("三十五个", "thirty-five", 35),
        ("第十四个", "the 14th", 14),
        ("第十四个", "the fourteenth", 14),
        ("1.4亿人", "140 million people", 140_000_000),
        ("十四亿人", "1.4 billion people", 1_400_000_000),
        ("百分之八", "8 percent", 8),
        ("8.5％", "8.5 per cent", "8.5"),
        ("五点五万", "fifty-five thousand", 55_000),
        ("两千零二十五家", "2,025", 2025),
        ("二〇二五年", "2025", 2025),
        ("一百零二", "one hundred and two", 102),
        ("120万亿元", "120 trillion yuan", 120 * 10**12),
        ("１２０万", "1.2 million", 1_200_000),
        ("三千五百", "three thousand five hundred", 3500),
    ],
)
def test_a_number_has_one_value_in_both_languages(zh: str, en: str, value: int | str) -> None:
    (english,) = english_numbers(en)
    (chinese,) = chinese_numbers(zh)
    assert chinese.value == english.value == Decimal(value)


@pytest.mark.parametrize("text", ["一带一路", "两山论", "统一市场", "万物互联", "千方百计"])
def test_characters_that_count_nothing_are_no_numbers(text: str) -> None:
    assert chinese_numbers(text) == []


@pytest.mark.parametrize("text", ["a second reading", "hundreds of firms", "often"])
def test_words_that_count_nothing_are_no_numbers(text: str) -> None:
    assert [number for number in english_numbers(text) if number.value not in (100,)] == []


def test_places_and_kinds_are_told() -> None:
    (number,) = chinese_numbers("增长百分之八左右")
    assert number.span.of("增长百分之八左右") == "百分之八"
    assert number.is_percent
    (number,) = english_numbers("the 15th plan")
    assert number.is_ordinal
    assert number.span == (4, 8)
