"""What is proposed as a term from the Chinese alone, and who owns a place that two claim."""

from __future__ import annotations

from termbank.extraction.occurrences import TermOccurrence, select_outermost
from termbank.extraction.proposals import propose_terms
from termbank.model.span import Span
from termbank.services.lexicon_cache import lexicon

ZH = [
    "到2025年，生成式人工智能用户规模显著扩大，建好全国碳排放权交易市场。",
    "国务院随后印发通知，推动“三步走”顺利实施，印发《人工智能发展规划》。",
]


def propose_spans() -> set[str]:
    return {proposal.text for proposal in propose_terms(ZH, lexicon())}


def test_whole_phrases_quoted_coinages_and_titles_are_proposed() -> None:
    assert {"全国碳排放权交易市场", "国务院", "三步走", "人工智能发展规划"} <= propose_spans()


def test_the_rest_of_a_word_or_of_a_verb_with_its_complement_is_not_proposed() -> None:
    assert not {"式人工智能用户", "好全国碳排放权交易市场", "权交易市场", "国务院随后"} & propose_spans()


def test_of_two_that_overlap_the_one_worth_more_owns_the_place() -> None:
    inner, outer = TermOccurrence(0, 0, Span(2, 5)), TermOccurrence(1, 0, Span(0, 8))
    assert select_outermost([inner, outer], [0.9, 0.1]) == [inner]
    assert select_outermost([inner, outer], [0.5, 0.5]) == [outer]
