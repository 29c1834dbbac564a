"""Retrieval pairs sentences that are out of order, and leaves those without a counterpart alone."""

from __future__ import annotations

from termbank.alignment.retrieval import retrieve_beads
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


def test_sentences_are_paired_whatever_their_order() -> None:
    assert [(bead.zh, bead.en) for bead in retrieve_beads(ZH, EN, lexicon())] == [
        ((4,), (0,)),
        ((3,), (2,)),
        ((2,), (3,)),
    ]


def test_a_side_without_rivals_has_no_pairs() -> None:
    assert retrieve_beads(ZH[:1], EN, lexicon()) == ()
    assert retrieve_beads(ZH, [], lexicon()) == ()
