"""Cells and UTF-16 units."""

from __future__ import annotations

import pytest

from termbank.text.display_width import cells, cut_left, fit, utf16


@pytest.mark.parametrize(
    ("text", "width"),
    [("AI", 2), ("新质", 4), ("“AI+”", 5), ("ＡＩ", 4), ("e\u0301", 1), ("新\u200b质", 4), ("", 0)],
)
def test_wide_characters_take_two_cells_and_unseen_ones_none(text: str, width: int) -> None:
    assert cells(text) == width


def test_a_cut_never_halves_a_character() -> None:
    assert fit("新质生产力", 4) == "新… "
    assert cut_left("新质生产力", 5) == "产力"


def test_astral_characters_are_two_units() -> None:
    assert utf16("𠮷a") == 3
