"""Near terms are likely slips of one another; terms that differ in meaning are not near."""

from __future__ import annotations

import pytest

from termbank.review.near_terms import NearIndex, NearTerm, near_renderings, remark_on_near
from termbank.text.pinyin import syllables


def _near(term: str, english: list[str], other: str, other_english: list[str]) -> bool:
    index = NearIndex([(other, NearTerm("other", other))])
    return bool(index.find(term, english, lambda _concept: other_english, syllables))


@pytest.mark.parametrize(
    ("term", "english", "other", "other_english"),
    [
        ("新质生产力", ["new quality productive forces"], "新质生産力", ["new quality productive forces"]),
        ("新质生产力", ["new quality productive forces"], "新治生产力", ["new-quality productive force"]),
        ("新质生产力", ["new quality productive forces"], "新治生产力", []),
        (
            "社会主义市场经济",
            ["socialist market economy"],
            "社会主义的市场经济",
            ["socialist market economy"],
        ),
        (
            "人类命运共同体",
            ["community with a shared future"],
            "人类命运共同休",
            ["community with a shared future"],
        ),
        ("高质量发展", ["high-quality development"], "高质量的发展", ["high quality development"]),
        ("两个“一百年”", ["two centenary goals"], "两个一百年", ["Two Centenary Goals"]),
    ],
)
def test_a_slip_or_variant_is_near(
    term: str, english: list[str], other: str, other_english: list[str]
) -> None:
    assert _near(term, english, other, other_english)
    assert _near(other, other_english, term, english)


@pytest.mark.parametrize(
    ("term", "english", "other", "other_english"),
    [
        ("十三五规划", ["13th Five-Year Plan"], "十四五规划", ["14th Five-Year Plan"]),
        ("第一产业", ["primary industry"], "第二产业", ["secondary industry"]),
        ("进口贸易", ["import trade"], "出口贸易", ["export trade"]),
        ("宏观经济", ["macro economy"], "微观经济", ["micro economy"]),
        ("直接融资", ["direct financing"], "间接融资", ["indirect financing"]),
        ("行政权利", ["administrative right"], "行政权力", ["administrative power"]),
        ("中华人民共和国民法典", ["Civil Code"], "中华人民共和国刑法典", ["Criminal Code"]),
        ("有限公司", ["limited company"], "有限责任公司", ["limited liability company"]),
        ("权利", ["right"], "权力", ["right"]),  # too short to tell
        ("上市公司", ["listed company"], "上司公司", ["parent company"]),
    ],
)
def test_another_term_is_not_near(
    term: str, english: list[str], other: str, other_english: list[str]
) -> None:
    assert not _near(term, english, other, other_english)


@pytest.mark.parametrize(
    ("new", "known", "near"),
    [
        (
            "new quality productive force",
            ["new quality productive forces"],
            ["new quality productive forces"],
        ),
        ("New Quality Productive Forces", ["new quality productive forces"], []),
        ("13th Five-Year Plan", ["14th Five-Year Plan"], []),
        ("import tax", ["export tax"], []),
        ("direct financing", ["indirect financing"], []),
        ("modernisation of governance", ["modernization of governance"], ["modernization of governance"]),
        ("NQPFs", ["NQPF"], []),
    ],
)
def test_a_rendering_is_near_where_only_letters_differ(new: str, known: list[str], near: list[str]) -> None:
    assert near_renderings(new, known) == near


def test_the_remark_names_the_concept() -> None:
    near = NearTerm("new-quality-productive-forces", "新質生産力")
    assert (
        remark_on_near("新质生产力", near)
        == "“新质生产力” is close to “新質生産力” of new-quality-productive-forces."
    )
