"""Sentences left out: each is found in a full translation; of an abridged one it is said once."""

from __future__ import annotations

from dataclasses import replace

from termbank.model.finding import Finding, Severity
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.services.check import check_pairs
from termbank.services.lexicon_cache import lexicon

TEXT = [
    ("会议强调，要坚持稳中求进工作总基调。", "The meeting stressed the general principle of pursuing progress while ensuring stability."),
    ("要加大对科技创新企业的金融支持力度。", "Financial support for innovative technology firms should be increased."),
    ("要完善农村基层医疗卫生服务体系。", "The system of medical services in rural communities should be improved."),
    ("要深化户籍制度改革，放宽落户条件。", "Household registration should be reformed and its conditions eased."),
]  # fmt: skip


def pairs(times: int, left_out: set[int]) -> list[SegmentPair]:
    """The text again and again, some of its sentences without English."""
    whole = [SegmentPair(zh, en, "a.zh", "a.en", aligned=True, confidence=1.0) for zh, en in TEXT * times]
    return [replace(pair, en="") if n in left_out else pair for n, pair in enumerate(whole)]


def found(some: list[SegmentPair]) -> list[Finding]:
    return list(check_pairs(some, Glossary(), only=("omitted-sentence",)))


def test_a_sentence_without_english_is_found() -> None:
    (finding,) = found(pairs(3, {5}))
    assert finding.source_context == TEXT[1][0]


def test_of_an_abridged_text_it_is_said_once() -> None:
    (finding,) = found(pairs(10, set(range(1, 40, 5))))
    assert "7 more sentences" in finding.message


def test_a_summary_is_reported_as_one_in_a_note() -> None:
    (finding,) = found(pairs(5, set(range(1, 20, 2))))
    assert finding.severity is Severity.NOTE
    assert "summary: 10 of 20 sentences" in finding.message


def test_sentences_left_out_together_are_one_finding_that_names_the_first_and_the_last() -> None:
    (finding,) = found(placed(pairs(5, {5, 6, 7})))
    assert finding.message == (
        f"3 sentences have no counterpart in the English, from “{TEXT[1][0]}” to “{TEXT[3][0]}”."
    )
    assert finding.source_span is not None
    assert finding.source_span.of(whole_zh(5)) == "\n".join(TEXT[n][0] for n in (1, 2, 3))


def test_a_heading_and_its_section_are_one_finding() -> None:
    some = placed(pairs(5, {5, 6}))
    some[5] = replace(some[5], zh="（二）加大金融支持。")
    (finding,) = found(some)
    assert finding.message.startswith("2 sentences")


def test_a_line_without_english_is_found_between_sure_pairs_only() -> None:
    heading = "（二）加大支持。"
    for confidence, count in ((1.0, 1), (0.5, 0)):
        some = [replace(pair, confidence=confidence) for pair in pairs(3, {5})]
        some[5] = replace(some[5], zh=heading)
        assert len(found(some)) == count


def test_a_name_without_english_is_left_alone() -> None:
    some = pairs(3, {5})
    some[5] = replace(some[5], zh="新华社记者 王某")
    assert found(some) == []


def test_a_paragraph_that_an_alignment_takes_together_with_its_neighbour_is_found() -> None:
    some = pairs(3, set())
    joined = "\n\n".join((TEXT[1][0], TEXT[2][0]))
    some[5:7] = [replace(some[5], zh=joined)]
    (finding,) = check_pairs(some, Glossary(), lexicon=lexicon(), only=("omitted-sentence",))
    assert finding.source_context == TEXT[2][0]
    some[5] = replace(some[5], en=f"{TEXT[1][1]} {TEXT[2][1]}")
    assert list(check_pairs(some, Glossary(), lexicon=lexicon(), only=("omitted-sentence",))) == []


def test_a_passage_that_was_moved_is_reported_with_its_line() -> None:
    some = pairs(4, {2})
    some.append(SegmentPair("", TEXT[2][1], "a.zh", "a.en", aligned=True, en_line=40))
    some[6] = replace(some[6], zh="要办好学校。", en="Schools should be run well.")
    some[10] = some[6]
    some[14] = some[6]
    (finding,) = check_pairs(some, Glossary(), lexicon=lexicon(), only=("omitted-sentence",))
    assert finding.severity is Severity.NOTE
    assert finding.message == "This sentence was moved to line 40 of the English."


def whole_zh(times: int) -> str:
    return "\n".join(zh for zh, _ in TEXT * times)


def placed(some: list[SegmentPair]) -> list[SegmentPair]:
    """The pairs with their places in the Chinese, a line each."""
    starts = [sum(len(pair.zh) + 1 for pair in some[:n]) for n in range(len(some))]
    return [replace(pair, zh_start=start) for pair, start in zip(some, starts, strict=True)]
