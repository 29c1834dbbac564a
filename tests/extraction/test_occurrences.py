"""Of terms found in one another, the longest owns its place."""

from __future__ import annotations

from termbank.extraction.occurrences import TermOccurrence, select_outermost
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
