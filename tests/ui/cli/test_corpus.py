"""`termbank corpus` and `concordance`: documents in the bank, words in their sentences."""

from __future__ import annotations

from pathlib import Path

from termbank.cli.concordance import keyword_in_context
from termbank.model.span import Span
from termbank.text.display_width import cells

from .conftest import Speak


def test_words_are_shown_in_their_sentences(termbank: Speak, sample: Path, own_bank: Path) -> None:
    bank = ("--bank", own_bank)
    assert termbank("corpus", "add", *sorted(sample.glob("ai-plus.*.txt")), *bank).code == 0
    assert len(termbank("corpus", "list", "--json", *bank).json["documents"]) == 3
    said = termbank("concordance", "新质生产力", "--json", *bank)
    assert said.code == 0
    assert any("productive forces" in line["en"] for line in said.json["lines"])
    assert "productive forces" in termbank("concordance", "新质生产力", *bank).out


def test_both_columns_line_up_in_cells() -> None:
    for room in (20, 31, 60):
        for text, span in (("发展新质生产力很重要", Span(2, 7)), ("a new quality ofﬁce" * 5, Span(2, 13))):
            assert cells(keyword_in_context(text, (span,), room)) == room
