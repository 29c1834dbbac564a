"""Of terms found in one another, the longest owns its place."""

from __future__ import annotations

from termbank.extraction.occurrences import Found, outermost
from termbank.model.span import Span


def test_the_longest_owns_its_place_and_of_two_alike_the_earlier() -> None:
    inner, whole, crossing = Found(0, 0, Span(2, 5)), Found(1, 0, Span(0, 5)), Found(2, 0, Span(4, 6))
    beside, elsewhere = Found(3, 0, Span(6, 8)), Found(4, 1, Span(2, 5))
    assert outermost([inner, crossing, whole, beside, elsewhere]) == [whole, beside, elsewhere]


def test_a_line_with_a_hundred_thousand_places_is_gone_through_once() -> None:
    many = [Found(0, 0, Span(at, at + 1)) for at in range(100_000)]
    assert outermost(many) == many
