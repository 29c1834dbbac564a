"""Long texts are searched in columns, and what is found is what one place after another would have given."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gold.labelled import chinese_gold, english_gold
from termbank.matching import Match, Matcher
from termbank.matching.batch import normalize, tokens_en
from termbank.matching.batch.matches import Matches, find_in_each
from termbank.matching.matcher import OFTEN, _merge
from termbank.model.concept import Concept, MatchFlag, Term
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.text.characters_zh import looks_chinese
from termbank.text.normalize import is_combining
from termbank.text.normalize_arrays import TextChunk

CHINESE = (
    "新质生产力 中国 发展中国家 发展 国家 人民 中国人民银行 开发区 开发 成功 两山论 人工智能+ 互联网 一带一路 一带一路倡议 5G AI AI+ 品质 信息 软件 二十 第二 "
    "体制改革 改革 经济体制 平等 和平 共同富裕 AA制 国际化 化学 大会 代表大会 人大 代表"
).split()
ENGLISH = (
    "nation;AI Plus;e-commerce;AI+;Opinions;plan;the Party;U.S.;new quality productive forces;data base;policy;share;A shares;"
    "Belt and Road Initiative;Three Rural Issues, the;high-quality development;US;non-contract;contract;open up;multinational;goods;analysis"
).split(";")
SCRAPS = [
    *CHINESE, *ENGLISH, "新質生產力", "發展中國家", "“两山”论", "「兩山」論", "ＡＩ＋", "nation's", "nations’", "Nation", "\u200b", "\u0301", "é", "ﬁ", "㈱", "①", "…", "\r\n",
    "\n\n", "\n \n", "\r", "\u3000", " ", "  ", "𠮷", "🎉", "—", "--", " - ", "-", "·", "후", "ﾊﾞ", "İ", "ß", "\ufeff", "「", "」", "《", "》", "“", "”", "'", '"', "’",
    "后里干只面台系制", "後裡幹隻麵臺係製", "智慧", "軟體", "品質", "資訊", "网际网路", "1", "2025", "+", "’s", "\0", "\u202e", "the ", "the\n", "A ", "a ", "The ", "U.S.A", "U.S.",
    "P.R.C.", "I.", "it's5", "o'clock", ", ", ",", ", and ", ", or ", ", & ", ",and", "and", "&", ".", ". ", "。", "；", "！", "?", "_", "的", "了", "在", "郑", "学", "家", "forces", "productive", "quality",
    "bases", "database", "data-base", "re-plan", "planned", "PLANS", "opinions", "Opinions of", "plus", "Plus ", "plus initiative", "multi-national", "opening up", "non-contract", "ON",
]  # fmt: skip


def bank(chinese: Sequence[str] = CHINESE, english: Sequence[str] = ENGLISH) -> Matcher:
    terms = [Term(text, Language.ZH_HANS) for text in chinese] + [Term(text, Language.EN) for text in english]
    terms += [
        Term("制度", Language.ZH_HANS, flags=frozenset((MatchFlag.ALWAYS,))),
        Term("数据", Language.ZH_HANS, never_inside=("大数据",)),
        Term("《意见》", Language.ZH_HANS),
        Term("《民法典》", Language.ZH_HANS),
        Term("data", Language.EN, never_inside=("big data",)),
        Term("ON", Language.EN),
        Term("force", Language.EN, flags=frozenset((MatchFlag.EXACT,))),
    ]
    return Matcher.of(Glossary.of(Concept(f"c{number:03}", (term,)) for number, term in enumerate(terms)))


BANK = bank()
MORE = (
    "制度",
    "大数据",
    "数据",
    "《意见》",
    "《意见",
    "《民法典》",
    "“数据”",
    "data",
    "big data",
    "force",
    "forces",
)
TEXTS = st.lists(st.sampled_from([*SCRAPS, *MORE]), max_size=40).map("".join)


def differing(matcher: Matcher, text: str, nested: bool = False) -> tuple[list[Match], list[Match]]:
    """What one way finds and the other does not; what both find in another order, if that is all."""
    short: list[Match] = []
    long: list[Match] = []
    for terms in (matcher._chinese, matcher._english):
        short += terms.find(text, nested)
        long += Matches([terms.find_long(text, [(0, len(text))], nested)])
    told = [match for match in short if match not in long], [match for match in long if match not in short]
    return told if any(told) or short == long else (short, long)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_both_ways_find_the_same(text: str) -> None:
    assert differing(BANK, text) == ([], [])


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_both_ways_find_the_same_within_others(text: str) -> None:
    assert differing(BANK, text, nested=True) == ([], [])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_both_ways_find_the_same_in_any_text(text: str) -> None:
    assert differing(BANK, text + "发展中国家 the nation's plans" + text) == ([], [])


def scrambled(size: int, seed: int) -> str:
    """A long text of scraps, with sentences of the labelled sets among them."""
    chance = random.Random(seed)
    lines = [row.text for row in [*chinese_gold(), *english_gold()]]
    pieces: list[str] = []
    length = 0
    while length < size:
        pieces.append(chance.choice(lines) if chance.random() < 0.5 else chance.choice([*SCRAPS, *MORE]))
        length += len(pieces[-1])
    return "".join(pieces)


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_find_the_same_in_a_long_text(seed: int) -> None:
    assert differing(BANK, scrambled(90_000, seed), nested=seed % 2 == 0) == ([], [])


def test_no_part_of_an_english_text_is_near_chinese() -> None:
    text = "The nation’s new quality forces “grow” " * 16
    chunk, whose = normalize.near_chinese(TextChunk.of(text, [(0, len(text))]), longest=5)
    assert (chunk.codes.size, whose.size) == (len(text), 0)


def in_each(matcher: Matcher, texts: Sequence[str], nested: bool) -> list[list[Match]]:
    """What is found in many texts searched together, however few they are."""
    found: list[list[Match]] = [[] for _ in texts]
    for terms in (matcher._chinese, matcher._english):
        for told, more in zip(
            found, find_in_each(texts, partial(terms.find_long, nested=nested)), strict=True
        ):
            told += more
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(TEXTS, st.text(max_size=8)), max_size=8), st.booleans())
def test_many_texts_are_searched_each_by_itself(texts: list[str], nested: bool) -> None:
    alone = [[*BANK._chinese.find(text, nested), *BANK._english.find(text, nested)] for text in texts]
    assert in_each(BANK, texts, nested) == alone


def test_many_labelled_texts_read_together_as_alone() -> None:
    for rows in (chinese_gold(), english_gold()):
        for _, group in itertools.groupby(rows, key=lambda row: id(row.bank)):
            some = list(group)
            matcher, texts = some[0].bank.matcher, [row.text for row in some] * 3
            matcher._searched = OFTEN
            assert matcher.chinese_all(texts) == [matcher.chinese(text) for text in texts]
            assert matcher.english_all(texts, nested=True) == [
                matcher.english(text, nested=True) for text in texts
            ]


def test_many_real_segments_read_together_as_alone(shared_data: Path) -> None:
    rows = (shared_data / "hkma" / "2016.jsonl").read_text("utf-8").splitlines()
    zh = [part for row in rows for part in re.split("(?<=[。\\n])", json.loads(row)["zh"])]
    en = [part for row in rows for part in re.split(r"(?<=\.) |(?<=\n)", json.loads(row)["en"])]
    matcher = bank(CHINESE + "金融 货币 香港 金融管理局 管理 银行 银行体系 体系 资产 流动性 外汇 基金 外汇基金".split(),
                   [*ENGLISH, "bank", "banking system", "system", "exchange fund", "fund", "monetary authority", "authority", "Hong Kong"])  # fmt: skip
    matcher._searched = OFTEN
    for nested in (False, True):
        assert matcher.chinese_all(zh, nested) == [matcher.chinese(text, nested) for text in zh]
        assert matcher.english_all(en, nested) == [matcher.english(text, nested) for text in en]
        text = "\n".join(text for pair in zip(zh, en, strict=False) for text in pair)
        assert list(matcher.find(text, nested)) == found_merge(matcher, text, nested)


def found_merge(matcher: Matcher, text: str, nested: bool) -> list[Match]:
    """What both languages find in a text, one place after another."""
    first, second = matcher._chinese.find(text, nested), matcher._english.find(text, nested)
    return _merge(first, second) if looks_chinese(text) else _merge(second, first)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.booleans(), st.booleans())
def test_both_languages_are_joined_alike(text: str, nested: bool, chinese: bool) -> None:
    first, second = BANK._chinese.find(text, nested), BANK._english.find(text, nested)
    columns = [terms.find_long(text, [(0, len(text))], nested) for terms in (BANK._chinese, BANK._english)]
    alone = _merge(first, second) if chinese else _merge(second, first)
    assert list(Matches(columns, lambda: chinese)) == alone


def test_the_labelled_sets_read_alike_both_ways() -> None:
    names = ("matching", "matching-unseen", "matching-second", "matching-third", "matching-fourth")
    sets = [
        gold(f"{name}.{tag}.txt")
        for name in names
        for gold, tag in ((chinese_gold, "zh"), (english_gold, "en"))
    ]
    for rows in sets:
        for _, group in itertools.groupby(rows, key=lambda row: id(row.bank)):
            some = list(group)
            text = "\n\n".join(row.text for row in some)
            assert differing(some[0].bank.matcher, text) == ([], []), some[0].text


def test_parts_are_searched_by_themselves() -> None:
    text = "发展中" + "国家。the new quality " + "productive forces. " + scrambled(70_000, 9)
    parts = [(0, 3), (3, 21), (21, 40), (40, len(text))]
    found = BANK.find_in(text, parts, chinese=True)
    assert list(found) == [
        match._replace(span=match.span.shifted(start))
        for start, end in parts
        for match in BANK.find(text[start:end], chinese=True)
    ]


def test_a_long_texts_matches_are_a_sequence() -> None:
    text = scrambled(70_000, 5)
    found = BANK.find(text)
    assert len(found) == len(list(found)) > 1000
    assert found[0] == next(iter(found))
    assert found[-1] == found[len(found) - 1]
    assert found[3:7] == list(found)[3:7]
    assert all(match.span.of(text) == match.text for match in found)
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))


def test_a_mark_at_the_head_of_a_text_joins_no_other_text() -> None:
    texts = ["Opinions", "\u0301 nation", "\ufe0f发展", "\u200b", "发展中国家"]
    alone = [[*BANK._chinese.find(text), *BANK._english.find(text)] for text in texts]
    assert in_each(BANK, texts, nested=False) == alone


def test_a_common_chinese_character_folds_to_itself() -> None:
    """What the tables of long texts take for granted."""
    for table in (normalize.character_table(), tokens_en._alphabet()):
        han = "".join(map(chr, range(0x4E00, 0xA000)))
        for char, image, marks in zip(han, *table.classify_han(han), strict=True):
            assert table.form(char) == char
            assert not is_combining(char)
            assert table.classify(char) == (image, marks)


PREFIXES = [
    "",
    "non-",
    "Non-",
    "re-",
    "long-",
    "co2-",
    "-",
    "a-b-",
    "multi-",
    "counterrevolutionary-",
    " -",
    "’",
    "“",
    "x",
    "é-",
    "5-",
]
FORMS = ["plan", "Plan", "PLAN", "plans", "Planned", "plan's", "plans’", "policies", "Policy", "Opinions", "opinions", "force", "Force", "plus",
         "Plus", "AI Plus", "ai plus", "share", "A shares", "data base", "Data  base", "opening up", "contract", "multinational", "data"]  # fmt: skip
BETWEEN = [" ", "\n", ". ", ", ", "-", " the ", "” ", "’ ", " A ", "initiative ", ""]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(*map(st.sampled_from, (PREFIXES, FORMS, BETWEEN))).map("".join), max_size=30).map("".join))  # fmt: skip
def test_what_stands_before_and_behind_english_words_tells_alike_both_ways(text: str) -> None:
    assert differing(BANK, text) == ([], [])
