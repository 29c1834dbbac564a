from __future__ import annotations

from termbank.model.document import Document
from termbank.model.segment import Segment
from termbank.sentences import split_document, split_listed_clauses

TARGETS = "今年的主要目标是：产值增长5%左右；新增就业1200万人以上；物价涨幅3%左右；粮食产量稳定。"
LISTED = """The main targets for this year are as follows:
growth of around 5 percent
over 12 million new jobs
a rise in prices of around 3 percent
a stable grain output
"""


def _sides(zh: str, en: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    return split_document(Document("zh.txt", zh), "zh"), split_document(Document("en.txt", en), "en")


def test_a_sentence_is_split_where_the_other_side_lists_its_clauses() -> None:
    zh, en = split_listed_clauses(*_sides(TARGETS, LISTED))
    assert [segment.text for segment in zh] == [
        "今年的主要目标是：产值增长5%左右；",
        "新增就业1200万人以上；",
        "物价涨幅3%左右；",
        "粮食产量稳定。",
    ]
    assert all(segment.span.of(TARGETS) == segment.text for segment in zh)
    assert len(en) == 5


def test_the_last_item_may_end_as_a_sentence() -> None:
    zh, _ = split_listed_clauses(*_sides(TARGETS, LISTED.rstrip() + ".\n"))
    assert len(zh) == 4


def test_a_sentence_stays_whole_where_the_list_has_far_other_items() -> None:
    zh, _ = split_listed_clauses(
        *_sides("一是减税；二是降费；三是放权。", "\n".join(f"item number {n}" for n in range(12)))
    )
    assert len(zh) == 1


def test_a_sentence_stays_whole_where_the_other_side_writes_sentences() -> None:
    zh, en = split_listed_clauses(
        *_sides(TARGETS, "Growth is 5 percent.\nJobs number 12 million.\nPrices rise.\nGrain is stable.\n")
    )
    assert (len(zh), len(en)) == (1, 4)


def test_a_list_elsewhere_in_the_text_splits_nothing() -> None:
    zh, _ = split_listed_clauses(
        *_sides("会议指出，要稳中求进。\n" * 20 + TARGETS, LISTED + "Progress is sought steadily.\n" * 20)
    )
    assert len(zh) == 21


def test_english_is_split_at_semicolons_where_the_chinese_is_a_list() -> None:
    zh, en = split_listed_clauses(
        *_sides(
            "主要目标：\n产值增长5%\n新增就业1200万人\n粮食产量稳定\n",
            "The targets are growth of 5 percent; 12 million new jobs; a stable grain output.",
        )
    )
    assert (len(zh), len(en)) == (4, 3)
