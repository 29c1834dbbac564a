"""Sentences left out: each is found in a full translation; of an abridged one it is said once."""

from __future__ import annotations

from dataclasses import replace

from termbank.model.finding import Finding
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.services.check import check_pairs

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


def test_of_a_summary_nothing_is_said() -> None:
    assert found(pairs(5, set(range(1, 20, 2)))) == []
