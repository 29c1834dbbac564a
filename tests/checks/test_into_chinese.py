"""Translations into Chinese: the person's own terms are asked for there, and half-width marks are found."""

from __future__ import annotations

from pathlib import Path

from termbank.model.concept import Concept, Status, Term
from termbank.model.finding import Finding
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.segment import SegmentPair
from termbank.services.api import check
from termbank.services.check import check_pairs
from termbank.services.lexicon_cache import lexicon

HOUSE = Glossary.of(
    [
        Concept(
            "computing-power",
            (
                Term("算力", Language.ZH_HANS, Status.PREFERRED),
                Term("computing power", Language.EN, Status.PREFERRED),
            ),
        )
    ]
)


def found(pairs: list[tuple[str, str]], target: str = "zh", house: bool = True) -> list[Finding]:
    segments = [SegmentPair(zh, en, "a.zh", "a.en") for en, zh in pairs]
    terms = HOUSE.by_id if house else ()
    checks = ("chinese-rendering", "halfwidth-punctuation")
    return list(
        check_pairs(segments, HOUSE, lexicon=lexicon(), target=target, only=checks, house_terms=terms)
    )


FAULTY = ("Optimize the layout of computing power.", "优化计算能力布局。")
SOUND = ("Optimize the layout of computing power.", "优化算力布局。")
OTHER = ("Save energy.", "节约能源。")


def test_a_term_of_your_own_is_asked_for_in_the_chinese() -> None:
    (finding,) = found([FAULTY])
    assert (finding.code, finding.suggest, finding.file) == ("chinese-rendering", ("算力",), "a.zh")
    assert "computing power" in finding.message
    assert found([SOUND]) == []


def test_it_is_asked_for_in_translations_into_chinese_by_your_own_glossary_only() -> None:
    assert found([FAULTY], target="en") == []
    assert found([FAULTY], house=False) == []


def test_what_was_rendered_just_before_may_be_taken_up() -> None:
    assert found([SOUND, OTHER, FAULTY]) == []
    assert len(found([SOUND, OTHER, OTHER, FAULTY])) == 1


def test_half_width_marks_in_chinese_are_found_and_figures_are_left_alone() -> None:
    (finding,) = found([("Save energy, please: do.", "节约能源,请:做。")])
    assert (finding.code, finding.found, finding.suggest) == ("halfwidth-punctuation", ",", ("，",))
    assert finding.message.startswith("2 half-width marks")
    assert found([("At 9:30, 1,000 tons.", "在9:30，1,000吨。见https://a.example/b,c。")]) == []


def test_a_chinese_target_is_checked_as_a_translation_into_chinese(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(FAULTY[0], "utf-8")
    (tmp_path / "zh.txt").write_text(FAULTY[1], "utf-8")
    result = check(tmp_path / "zh.txt", tmp_path / "en.txt", glossary=HOUSE)
    assert "chinese-rendering" in [finding.code for finding in result.findings]
