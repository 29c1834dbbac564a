"""Lines are counted as an editor counts them, whichever system wrote the file."""

from __future__ import annotations

import pytest

from termbank.model.line_starts import LineStarts, lines_of


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_place_is_told_by_line_and_column(end: str) -> None:
    text = end.join(["深化改革。", "", "扩大开放。"])
    starts = LineStarts(text)
    assert [starts.place(text.index(word)) for word in ("深", "改", "扩", "开")] == [
        (1, 1),
        (1, 3),
        (3, 1),
        (3, 3),
    ]
    assert lines_of(text) == ["深化改革。", "", "扩大开放。"]


def test_the_end_of_a_text_is_a_place_too() -> None:
    assert LineStarts("").place(0) == (1, 1)
    assert LineStarts("改革\n").place(3) == (2, 1)


def test_what_only_looks_like_an_end_does_not_count() -> None:
    assert LineStarts("第一\u2028第二\x0c第三").place(6) == (1, 7)
