"""Numbers held against one another: what says the same is let stand, what contradicts is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from termbank.checks.number_equality import is_a_slip, is_like
from termbank.checks.rules.number_mismatch import english_value, find_mismatches
from termbank.lexicon.dictionary import Lexicon
from termbank.model.finding import Finding
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.services.check import check_pairs
from termbank.services.lexicon_cache import lexicon
from termbank.text.numbers import en as numeral_en
from termbank.text.numbers import zh as numeral_zh
from termbank.text.numbers.value import Kind


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return lexicon()


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
        ("20世纪90年代", "the 1990s"),
        ("翻了一番", "twice as much"),
        ("一半以上", "over 50 percent"),
        ("四十多个国家", "more than forty countries"),
        ("四十多个国家", "45 countries"),
        ("两国外长", "the foreign ministers of both countries"),
        ("第三十六条第一款", "Article 36.1"),
        ("不到10米", "within its 10m range"),
        ("上调25基点", "raised by 25 basis points"),
        ("低1.8至2.6%（或1.2至1.9%）", "1.8 to 2.6 (or 1.2 to 1.9) percentage points lower"),
        ("五年、十年", "five or ten years"),
        ("半年", "six months"),
    ],
)
def test_the_same_said_otherwise_is_no_fault(zh: str, en: str, words: Lexicon) -> None:
    assert find_mismatches(zh, en, words) == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("超过3.5万亿元", "more than 350 billion yuan"),
        ("8月26日", "July 26"),
        ("2015年", "2,105 people in 2105"),
        ("2015年录得增长", "growth was recorded in 20150"),
        ("增长12.5%", "up 15.2 percent"),
        ("六大行动", "eight actions"),
        ("签署三份合作协议", "signed five cooperation agreements"),
        ("上世纪九十年代", "in the 1980s"),
        ("翻了一番", "tripled"),
        ("党的二十大", "the 19th National Congress"),
        ("四十多个国家", "more than fourteen countries"),
        ("是去年的1.2倍", "2.1 times that of last year"),
        ("一半以上的股东", "more than one third of the shareholders"),
        ("第二轮承包", "the fifth round of contracts"),
        ("6月15日", "June 150"),
        ("载于附注16及17", "shown in notes 96 and 17"),
    ],
)
def test_a_contradiction_is_found(zh: str, en: str, words: Lexicon) -> None:
    assert len(find_mismatches(zh, en, words)) == 1


def test_words_are_held_against_one_another_where_they_count_the_same(words: Lexicon) -> None:
    zh, en = "三大任务和五项原则", "four tasks and six principles"
    assert [(w.value, o.value) for w, o in find_mismatches(zh, en, words) if o] == [(3, 4), (5, 6)]
    assert find_mismatches(zh, en) == []  # without a lexicon nothing tells which is which


def test_a_number_the_english_adds_is_let_stand() -> None:
    assert find_mismatches("规模达7000亿元。", "It reached 700 billion yuan in 2024.") == []


def paragraphs(*numbers: tuple[int, int]) -> list[Finding]:
    pairs = [
        SegmentPair(f"{zh}. 委员会审议了各项建议。", f"{en}. The Committee considered the recommendations.")
        for zh, en in numbers
    ]
    return list(check_pairs(pairs, Glossary(), only=("number-mismatch",)))


def test_a_paragraph_numbered_otherwise_is_found_unless_its_neighbours_are_too() -> None:
    assert len(paragraphs((31, 31), (32, 23), (33, 33))) == 1
    assert paragraphs((31, 41), (32, 42), (33, 43)) == []


def test_a_finding_tells_the_value_as_english_writes_it() -> None:
    read = numeral_zh.quantities("34,229億港元，8月，七成，八十年代。")
    assert [english_value(q) for q in read] == ["3.4229 trillion", "August", "70%", "the ’80s"]


def test_likeness_needs_one_kind() -> None:
    month, day = numeral_zh.quantities("8月7日")
    assert month.kind is Kind.MONTH
    assert is_like(day, numeral_en.quantities("7 August")[1])
    assert not is_like(month, numeral_en.quantities("26 percent")[0])


@pytest.mark.parametrize(
    ("text", "slip"),
    [("122 and 1220", True), ("302 and 320", True), ("15.7 and 85.7", True), ("47 and 302", False)],
)
def test_a_slip_of_the_pen_is_one_figure(text: str, slip: bool) -> None:
    assert is_a_slip(*numeral_en.quantities(text)) is slip


CASES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "numbers.tsv").read_text("utf-8").splitlines()[1:]
]


@pytest.mark.parametrize(("expect", "zh", "en"), CASES)
def test_numbers_of_every_kind(expect: str, zh: str, en: str, words: Lexicon) -> None:
    found = list(check_pairs([SegmentPair(zh, en)], Glossary(), lexicon=words, only=("number-mismatch",)))
    assert bool(found) is (expect == "bad"), [str(finding.message) for finding in found]
    for finding in found:
        assert finding.source_span is None or 0 <= finding.source_span.start < finding.source_span.end <= len(
            zh
        )


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("为46.25%、56.25%或66.25%", "46.25, 56.25 or 66.25 per cent"),
        ("为100、66.25、56.25和46.25%", "100, 66.25, 56.25, and 46.25 per cent"),
        ("为45、69及78基點", "45, 69 and 78 basis points"),
    ],
)
def test_a_unit_written_once_holds_for_the_list(zh: str, en: str) -> None:
    given, said = numeral_zh.quantities(zh), numeral_en.quantities(en)
    assert {q.kind for q in (*given, *said)} == {Kind.SHARE}
    assert [q.value for q in given] == pytest.approx([q.value for q in said])


def test_a_number_before_a_percentage_is_no_part_of_a_list() -> None:
    people, share = numeral_en.quantities("aged over 60, 75% of whom")
    assert (people.kind, share.kind) == (Kind.PLAIN, Kind.SHARE)
