"""Scripts: told apart, converted, flattened for matching."""

from __future__ import annotations

import pytest
from training.fit_characters import character_tables

from termbank.model.language import Language
from termbank.model.resources import read_json
from termbank.text.scripts import (
    convert,
    proposed_regional_forms,
    script_of,
    simplified_characters,
    simplify_characters,
    to_simplified,
    to_traditional,
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("国务院印发通知", Language.ZH_HANS),
        ("國務院印發通知", Language.ZH_HANT),
        ("人民", None),
        ("皇后", None),
        ("Belt and Road", None),
        ("社群", None),
        ("什么", Language.ZH_HANS),
        ("發展中國家的后代", Language.ZH_HANT),
    ],
)
def test_script_is_told_where_the_characters_tell_it(text: str, language: Language | None) -> None:
    assert script_of(text) is language


@pytest.mark.parametrize(
    "text", ["什么", "里程碑", "皇后", "干部", "只要", "面子工程", "台湾", "联系制度", "了解", "于是"]
)
def test_simplified_text_comes_back_as_it_was(text: str) -> None:
    assert to_simplified(text) == text
    assert simplify_characters(text) == text


def test_conversion_goes_by_phrase_for_readers() -> None:
    assert to_traditional("理发之后发展") == "理髮之後發展"
    assert to_traditional("理髮之後") == "理髮之後"
    assert to_simplified("理髮之後發展") == "理发之后发展"
    assert convert("软件", "s2twp") == "軟體"


@pytest.mark.parametrize(
    ("forms", "simple"),
    [
        ("發髮", "发"),
        ("後后", "后"),
        ("裡裏里", "里"),
        ("乾幹干", "干"),
        ("隻只", "只"),
        ("麵面", "面"),
        ("臺台", "台"),
        ("係繫系", "系"),
        ("製制", "制"),
        ("著着", "着"),
        ("衛衞", "卫"),
        ("線綫", "线"),
        ("羣群", "群"),
    ],
)
def test_every_form_of_a_character_meets_in_one(forms: str, simple: str) -> None:
    assert simplify_characters(forms) == simple * len(forms)


def test_the_map_is_closed_and_keeps_one_character_for_one() -> None:
    known = simplified_characters()
    assert all(len(to) == 1 and to not in known for to in known.values())


def test_the_tables_are_those_that_the_training_makes() -> None:
    assert character_tables() == read_json("termbank.text", "characters.json")


def test_the_map_is_that_of_opencc() -> None:
    """A character that OpenCC simplifies goes where OpenCC takes it, but for the few that it keeps apart by phrase."""
    known = simplified_characters()
    common = [chr(code) for code in range(0x4E00, 0xA000)]
    images = convert("\n".join(common), "t2s").split("\n")
    apart = set("著麼麽妳乾瞭藉迺於")
    for char, image in zip(common, images, strict=True):
        if image != char and char not in apart:
            assert known[char] == known.get(image, image), char


def test_regional_forms_are_proposals_that_no_source_attests() -> None:
    (taiwan,) = proposed_regional_forms(["互联网"], Language.ZH_TW)
    (hong_kong,) = proposed_regional_forms(["互联网"], Language.ZH_HK)
    assert (taiwan.text, taiwan.language, taiwan.is_attested) == ("網際網路", Language.ZH_TW, False)
    assert (hong_kong.text, hong_kong.language) == ("互聯網", Language.ZH_HK)
    assert proposed_regional_forms([], Language.ZH_TW) == []
