"""Pinyin: readings in context, and what a person means who types it."""

from __future__ import annotations

import pytest

from termbank.text.pinyin import blurred, constant_readings, initials, syllables, typed


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("新质生产力", "xin zhi sheng chan li"),
        ("增长", "zeng zhang"),
        ("长江经济带", "chang jiang jing ji dai"),
        ("银行", "yin hang"),
        ("重组", "chong zu"),
        ("绿色发展", "lv se fa zhan"),
        ("5g网络", "5g wang luo"),
        ("“人工智能+”", "ren gong zhi neng"),
        ("985工程", "985 gong cheng"),
        ("", ""),
    ],
)
def test_characters_are_read_as_in_their_word(text: str, spelt: str) -> None:
    assert " ".join(syllables(text)) == spelt


@pytest.mark.parametrize(
    "query", ["xinzhi", "xin zhi", "Xin Zhi", "xīnzhì", "xīn zhì", "xin1zhi4", "xin1 zhi4", "xin'zhi"]
)
def test_however_it_is_typed_it_is_one_run_of_letters(query: str) -> None:
    assert typed(query) == "xinzhi"


@pytest.mark.parametrize("query", ["lüse", "lǜsè", "lv4 se4", "LÜSE", "lu\u0308se"])
def test_u_with_dots_is_v(query: str) -> None:
    assert typed(query) == "lvse"


@pytest.mark.parametrize("query", ["", "新质", "AI+", "1234", "a.b", "😀", "\x00"])
def test_what_cannot_be_pinyin_is_none(query: str) -> None:
    assert typed(query) is None


def test_initials_keep_figures_whole() -> None:
    assert initials(syllables("新质生产力")) == "xzscl"
    assert initials(syllables("985工程")) == "985gc"


def test_sounds_that_are_run_together_meet() -> None:
    assert blurred("zhengceshangshengchang") == blurred("zencesansencan")


def test_characters_of_a_constant_reading_are_read_so_in_every_word() -> None:
    from pypinyin.constants import PHRASES_DICT

    constant = constant_readings()
    words = [word for word in PHRASES_DICT if all(char in constant for char in word)][::7]
    assert len(words) > 1000
    assert [tuple(map(constant.__getitem__, word)) for word in words] == [syllables(word) for word in words]
