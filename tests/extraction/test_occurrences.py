"""Terms are found as words; of terms found in one another, the longest owns its place."""

from __future__ import annotations

import pytest

from termbank.extraction.occurrences import TermOccurrence, find_occurrences, find_strings, select_outermost
from termbank.model.span import Span


def test_the_longest_owns_its_place_and_of_two_alike_the_earlier() -> None:
    inner, whole, crossing = (
        TermOccurrence(0, 0, Span(2, 5)),
        TermOccurrence(1, 0, Span(0, 5)),
        TermOccurrence(2, 0, Span(4, 6)),
    )
    beside, elsewhere = TermOccurrence(3, 0, Span(6, 8)), TermOccurrence(4, 1, Span(2, 5))
    assert select_outermost([inner, crossing, whole, beside, elsewhere]) == [whole, beside, elsewhere]


def test_a_line_with_a_hundred_thousand_places_is_gone_through_once() -> None:
    many = [TermOccurrence(0, 0, Span(at, at + 1)) for at in range(100_000)]
    assert select_outermost(many) == many


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("中国", "发展中国家"),
        ("国企", "各国企业"),
        ("国发", "各国发展"),
        ("等保", "平等保护"),
        ("法治", "法治化"),
        ("对冲", "金融体系应对冲击的能力"),
    ],
)
def test_a_term_is_not_found_in_the_letters_of_other_words(term: str, text: str) -> None:
    assert find_occurrences([term], [text]) == []
    assert find_strings([term], [text]) != []


def test_nested_and_crossing_occurrences_are_found() -> None:
    terms = ["利率风险", "风险管理", "风险"]
    found = {(terms[one.term], *one.zh) for one in find_occurrences(terms, ["加强利率风险管理。"])}
    assert found == {("利率风险", 2, 6), ("风险管理", 4, 8), ("风险", 4, 6)}


def test_an_occurrence_has_the_quotation_marks_that_the_term_has() -> None:
    text = "推进「人工智能＋」行动。"
    (with_marks,) = find_occurrences(["“人工智能+”"], [text])
    (without,) = find_occurrences(["人工智能+"], [text])
    assert with_marks.zh.of(text) == "「人工智能＋」"
    assert without.zh.of(text) == "人工智能＋"


def test_a_term_is_found_as_taiwan_and_hong_kong_word_it() -> None:
    (found,) = find_occurrences(["接口"], ["開放應用程式介面。"])
    assert found.zh == (6, 8)
