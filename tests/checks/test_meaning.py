"""What satisfies a term, and what is spared."""

from __future__ import annotations

import pytest

from termbank.checks import CHECKS
from termbank.checks.example_glossary import GLOSSARY
from termbank.checks.expected_renderings import initials
from termbank.model.concept import Concept, Status, Term
from termbank.model.finding import Finding
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.segment import SegmentPair
from termbank.services.check import check_pairs
from termbank.services.lexicon_cache import lexicon


def codes(*pairs: tuple[str, str], date: str | None = None, alone: bool = False) -> list[str]:
    return [finding.code for finding in found(*pairs, date=date, alone=alone)]


def found(*pairs: tuple[str, str], date: str | None = None, alone: bool = False) -> list[Finding]:
    segments, at = [], 0
    for zh, en in pairs:
        segments.append(SegmentPair(zh, en, "a.zh", "a.en", en_start=at))
        at += len(en) + 1
    return list(check_pairs(segments, GLOSSARY, lexicon=lexicon(), date=date, alone=alone))


@pytest.mark.parametrize(
    "en",
    [
        "Optimize the layout of computing power.",
        "Optimize the layout of computing capacity.",
        "Optimize the layout of Computing-Power.",
        "The power of computing should be better laid out.",
    ],
)
def test_any_admitted_rendering_in_any_form_satisfies(en: str) -> None:
    assert codes(("优化算力布局。", en)) == []


def test_a_repeated_term_needs_one_rendering() -> None:
    assert (
        codes(
            (
                "高质量发展是首要任务，高质量发展离不开创新。",
                "High-quality development is the first task; it needs innovation.",
            )
        )
        == []
    )


def test_a_term_taken_up_from_the_sentence_before_is_not_missing() -> None:
    assert (
        codes(
            ("智能体是新的工具。", "Intelligent agents are new tools."),
            ("智能体将广泛应用。", "They will be widely used."),
        )
        == []
    )


def test_an_abbreviation_of_the_texts_own_is_understood() -> None:
    assert "PBC" in initials("People’s Bank of China")
    assert codes(("国家发展和改革委员会发布通知。", "NDRC issued a notice.")) == []


def test_a_part_of_a_longer_name_asks_for_nothing() -> None:
    assert codes(("国务院发展研究中心发布报告。", "The Development Research Center issued a report.")) == []


def test_a_deprecated_form_is_blamed_only_where_the_chinese_gives_cause() -> None:
    assert codes(("行星是天体。", "A planet is not an intelligent body.")) == []
    assert codes(("智能体是工具。", "The intelligent body is a tool.")) == ["deprecated-rendering"]


def test_the_usage_of_its_time_is_not_blamed() -> None:
    pair = ("人类命运共同体。", "A community of common destiny.")
    assert codes(pair, date="2012-11") == []
    assert codes(pair, date="2017") == []
    assert codes(pair, date="2024") == ["superseded-rendering"]
    assert codes(pair) == ["superseded-rendering"]


def test_what_is_wrong_is_said_by_its_words_and_place() -> None:
    finding = found(("扎实推进共同富裕。", "Make solid progress toward shared affluence."))[0]
    assert finding.code == "unapproved-rendering"
    assert finding.span is not None
    assert "affluence" in (finding.found or "")
    assert finding.suggest == ("common prosperity",)
    assert finding.source_span is not None
    assert finding.source_span.of("扎实推进共同富裕。") == "共同富裕"


def test_two_wordings_in_one_document_are_found_without_a_source() -> None:
    text = (
        "",
        "Computing power is scarce and more computing power is built. Computing capacity is scattered.",
    )
    assert codes(text, alone=True) == ["mixed-renderings"]


def test_an_adjective_beside_its_noun_is_one_wording() -> None:
    concept = Concept(
        "secure",
        tuple(
            Term(text, language, Status.PREFERRED)
            for text, language in (
                ("安全可控", Language.ZH_HANS),
                ("secure and controllable", Language.EN),
                ("security and controllability", Language.EN),
                ("safe and manageable", Language.EN),
            )
        ),
    )
    kept = "Chips are secure and controllable. Their security and controllability is tested. "
    told = [
        [finding.code for finding in check_pairs([SegmentPair("", text)], Glossary.of([concept]), alone=True)]
        for text in (kept, kept + "They are safe and manageable.")
    ]
    assert told == [[], ["mixed-renderings"]]


def test_an_abbreviation_introduced_in_brackets_is_in_order() -> None:
    assert codes(("", "New quality productive forces (NQPFs) are growing. NQPFs matter."), alone=True) == []
    assert codes(("", "NQPFs matter. New quality productive forces are growing."), alone=True) == [
        "short-form-before-full-form"
    ]


def test_only_english_checks_run_on_english_alone() -> None:
    assert {check.code for check in CHECKS if not check.alone} >= {"number-mismatch", "missing-rendering"}
    assert codes(("", "优化算力。"), alone=True) == ["untranslated-text"]


def test_a_chinese_target_is_placed_in_the_chinese_file() -> None:
    pair = SegmentPair("规模达到3500亿元。", "It reached 3.5 trillion yuan.", "a.zh", "a.en")
    finding = next(iter(check_pairs([pair], GLOSSARY, lexicon=lexicon(), target="zh")))
    assert (finding.code, finding.file, finding.source_file) == ("number-mismatch", "a.zh", "a.en")


def test_the_same_pairs_give_the_same_findings() -> None:
    pairs = (
        ("智能体是工具。", "The intelligent body is a tool."),
        ("普及率超过七成。", "It exceeds 7 percent."),
    )
    assert found(*pairs) == found(*pairs)


def test_an_entry_that_no_text_can_match_is_said_with_the_reason() -> None:
    from termbank.model.concept import Concept, Term
    from termbank.model.glossary import Glossary
    from termbank.model.language import Language

    odd = Concept("odd", (Term("……", Language.ZH_HANS), Term("computing power", Language.EN)))
    glossary = Glossary.of([odd])
    said = [f.message for f in check_pairs([], glossary, alone=True, only=("never-matches",))]
    assert said == ["The entry “……” (zh-Hans) of odd can never match a text: it has no letter or digit."]
