from __future__ import annotations

import pytest

from termbank.model.document import Block, BlockKind, Document
from termbank.model.span import Span
from termbank.sentences import split_clauses, split_document, split_lines


def _zh(text: str) -> list[str]:
    return [s.text for s in split_document(Document("t", text), "zh")]


def _en(text: str) -> list[str]:
    return [s.text for s in split_document(Document("t", text), "en")]


def test_chinese_sentences_end_on_their_marks_and_keep_them() -> None:
    assert _zh("我们要坚持稳中求进。能不能做到？一定能！") == [
        "我们要坚持稳中求进。",
        "能不能做到？",
        "一定能！",
    ]


def test_a_closing_quote_belongs_to_the_sentence_it_closes() -> None:
    assert _zh("会议指出：“发展是第一要务。”与会同志表示赞同。") == [
        "会议指出：“发展是第一要务。”",
        "与会同志表示赞同。",
    ]


def test_a_question_inside_quotes_does_not_end_a_sentence_that_runs_on() -> None:
    assert _zh("面对“怎么看？”的提问，他作了回答。") == ["面对“怎么看？”的提问，他作了回答。"]


def test_a_semicolon_ends_a_clause_and_no_sentence() -> None:
    text = "一是稳就业；二是稳物价；三是稳预期。"
    assert _zh(text) == [text]
    assert [span.of(text) for span in split_clauses(text)] == ["一是稳就业；", "二是稳物价；", "三是稳预期。"]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Li met Dr. Wang at 3 p.m. on Monday.",
        "The plan covers e.g. steel and cement.",
        "It falls under the Ordinance (Cap. 584) as amended.",
        "See No. 11 of the State Council, vol. 3, pp. 4-6.",
        "Growth was 5.2 percent in the U.S. economy.",
        "J. K. Smith and A. Jones attended.",
    ],
)
def test_abbreviations_initials_and_decimals_do_not_end_an_english_sentence(text: str) -> None:
    assert _en(text) == [text]


def test_english_sentences_end_before_a_capital_or_a_quote() -> None:
    assert _en('The work is done. "We will go on," he said. It was late.') == [
        "The work is done.",
        '"We will go on," he said.',
        "It was late.",
    ]


def test_spaced_dots_are_one_mark() -> None:
    assert _en("We waited . . . and then it came. It was cold.") == [
        "We waited . . . and then it came.",
        "It was cold.",
    ]


def test_a_section_number_stays_with_its_sentence() -> None:
    assert _zh("一、总体要求。（一）指导思想。") == ["一、总体要求。", "（一）指导思想。"]
    assert _en("1. Guiding principles. We will act.") == ["1. Guiding principles.", "We will act."]


def test_every_segment_is_the_text_at_its_span() -> None:
    text = "  标题\n\n  第一句。 第二句！\r\n\t第三句"
    found = split_document(Document("t", text), "zh")
    assert [s.text for s in found] == ["标题", "第一句。", "第二句！", "第三句"]
    assert all(s.span.of(text) == s.text for s in found)


def test_no_segment_crosses_a_block_and_a_heading_stays_whole() -> None:
    text = "第一章。总则\n本法自公布之日起施行"
    blocks = (Block(BlockKind.HEADING, Span(0, 6), 1), Block(BlockKind.PARAGRAPH, Span(7, len(text))))
    found = split_document(Document("t", text, blocks), "zh")
    assert [(s.text, s.kind, s.block) for s in found] == [
        ("第一章。总则", BlockKind.HEADING, 0),
        ("本法自公布之日起施行", BlockKind.PARAGRAPH, 1),
    ]


def test_lines_are_segments_whatever_they_end_in() -> None:
    text = "甲。乙。\n\n  丙，\r\n丁"
    found = split_lines(Document("t", text))
    assert [s.text for s in found] == ["甲。乙。", "丙，", "丁"]
    assert all(s.span.of(text) == s.text for s in found)


@pytest.mark.parametrize("text", ["", "   \n\u3000\n", "\x00\x01\ufeff", "。。。！！！", "..." * 1000])
def test_strange_text_is_split_without_an_error(text: str) -> None:
    for language in ("zh", "en"):
        for s in split_document(Document("t", text), language):  # type: ignore[arg-type]
            assert s.span.of(text) == s.text


def test_a_line_of_a_hundred_thousand_characters_is_split() -> None:
    assert len(_zh("改革" * 50_000)) == 1
    assert len(_en("Reform goes on. " * 6_000)) == 6_000
