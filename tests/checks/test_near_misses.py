"""Wordings that are nearly the shipped glossary's are found, its forms and free orders are left alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from termbank.matching.matcher import Matcher
from termbank.model.finding import Finding, Severity
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.services.api import shipped_glossary
from termbank.services.check import check_pairs
from termbank.services.lexicon_cache import lexicon
from termbank.services.matcher_cache import matcher_of

ROWS = list(
    csv.DictReader(
        Path(__file__).with_name("near_misses.tsv").read_text("utf-8").splitlines(), delimiter="\t"
    )
)
SOUND = (
    (
        "国务院各部委、各直属机构要落实。",
        "All ministries and institutions directly under the State Council shall act.",
    ),
    ("自然资源部门要加强监管。", "Natural resources departments shall strengthen oversight."),
    (
        "中央军委主席习近平签署命令。",
        "Xi Jinping, chairman of the Central Military Commission, signed the order.",
    ),
    (
        "根据《个人信息保护法》，企业应当取得同意。",
        "Under the Personal Information Protection Law, consent is needed.",
    ),
    (
        "中国人民银行决定下调存款准备金率。",
        "The central bank decided to lower the reserve requirement ratio.",
    ),
    ("保护生物多样性。", "Preserve biological diversity."),
    ("人民币国际化稳步推进。", "The internationalisation of the renminbi made steady progress."),
    ("證監會發出通函。", "The SFC issued a circular."),
    ("推进“一带一路”建设。", "We will advance Belt and Road cooperation."),
)


@pytest.fixture(scope="module")
def shipped() -> tuple[Glossary, Matcher]:
    glossary = shipped_glossary()
    return glossary, matcher_of(glossary)


def findings(shipped: tuple[Glossary, Matcher], zh: str, en: str) -> list[Finding]:
    glossary, matcher = shipped
    found = check_pairs([SegmentPair(zh, en)], glossary, matcher=matcher, lexicon=lexicon())
    return [finding for finding in found if finding.severity is not Severity.NOTE]


@pytest.mark.parametrize("row", ROWS, ids=[row["faulty"] for row in ROWS])
def test_a_near_miss_is_reported_and_the_sound_sentence_is_not(
    shipped: tuple[Glossary, Matcher], row: dict[str, str]
) -> None:
    assert findings(shipped, row["zh"], row["sound"]) == []
    assert findings(shipped, row["zh"], row["faulty"]) != []


@pytest.mark.parametrize(("zh", "en"), SOUND, ids=[zh for zh, _ in SOUND])
def test_short_forms_lists_and_blends_are_left_alone(
    shipped: tuple[Glossary, Matcher], zh: str, en: str
) -> None:
    assert findings(shipped, zh, en) == []


def test_a_wording_to_which_a_document_keeps_is_its_own_usage(shipped: tuple[Glossary, Matcher]) -> None:
    glossary, matcher = shipped
    pair = SegmentPair("数字经济发展迅速。", "The electronic economy is growing fast.", en_file="a")
    assert findings(shipped, pair.zh, pair.en) != []
    assert list(check_pairs([pair] * 4, glossary, matcher=matcher, lexicon=lexicon())) == []
