"""Sentences taken out of order find the Chinese they carry; those that carry none stay alone."""

from __future__ import annotations

from termbank.alignment.retrieval import scattered
from termbank.services.lexicon_cache import lexicon

ZH = [
    "全年国内生产总值增长百分之五。",
    "居民消费价格保持稳定。",
    "新能源汽车产量跃居世界首位。",
    "森林覆盖率提高到百分之二十五。",
    "高铁营业里程超过四万公里。",
]
EN = [
    "High-speed railways in operation now exceed forty thousand kilometers.",
    "A cat sat quietly upon the old piano.",
    "Forest coverage rose to a quarter of the land.",
    "The output of new energy vehicles leapt to first place in the world.",
]


def test_each_sentence_finds_its_own_whatever_the_order() -> None:
    assert [(bead.zh, bead.en) for bead in scattered(ZH, EN, lexicon())] == [
        ((4,), (0,)),
        ((3,), (2,)),
        ((2,), (3,)),
    ]


def test_a_side_without_rivals_pairs_nothing() -> None:
    assert scattered(ZH[:1], EN, lexicon()) == ()
    assert scattered(ZH, [], lexicon()) == ()
