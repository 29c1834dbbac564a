"""VirtualList of any number and any text: broken by cells, drawn only where one looks."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.text import Text
from textual.app import App, ComposeResult

from termbank.model.concept import Concept
from termbank.model.decision import Change, Decision
from termbank.model.records import concept_record
from termbank.model.span import Span
from termbank.services.bank_setup import Bank
from termbank.text.display_width import cells
from termbank.text.line_wrap import breaks, wrapped
from termbank.tui.formatting import clean, excerpt, highlight
from termbank.tui.widgets.virtual_list import VirtualList

from .conftest import CONCEPTS, NOW, RunApp, screen_text, write

TEXTS = st.text(alphabet="发展新质生产力，。“”（）《》 ab-C,.é😀\u0301", max_size=60)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(2, 30))
def test_broken_lines_keep_every_word_and_fit(text: str, width: int) -> None:
    lines = breaks(text, width)
    assert "".join("".join(span.of(text) for span in lines).split()) == "".join(text.split())
    assert all(cells(span.of(text)) <= width for span in lines)
    assert all(one.end <= other.start for one, other in itertools.pairwise(lines))


def test_a_line_does_not_begin_with_closing_punctuation() -> None:
    lines = wrapped("加快发展新质生产力，扎实推进高质量发展。要“因地制宜”，有序推进。", 12)
    assert not any(line[0] in "，。”" for line in lines)
    assert not any(line[-1] in "“" for line in lines)


def test_a_mark_stays_on_its_words_when_what_precedes_them_is_made_visible() -> None:
    text = "\x1b加快发展新质生产力"
    said = highlight(text, [Span(5, 10)])
    (span,) = said.spans
    assert said.plain[span.start : span.end] == "新质生产力"


@given(TEXTS, st.integers(4, 40))
def test_an_excerpt_fits(text: str, width: int) -> None:
    assert cells(excerpt(text, "新质", width)) <= width


@given(st.text(max_size=40))
def test_what_is_shown_has_no_control_characters(text: str) -> None:
    assert all(char.isprintable() or char == "\u3000" for char in clean(text))


async def test_a_hundred_thousand_lines_cost_what_a_screenful_does() -> None:
    drawn: list[int] = []

    class Long(App[None]):
        def compose(self) -> ComposeResult:
            yield VirtualList()

    def line(row: int, _width: int) -> Text:
        drawn.append(row)
        return Text(f"line {row}")

    async with Long().run_test(size=(80, 24)) as pilot:
        lines = pilot.app.query_one(VirtualList)
        lines.focus()
        lines.show(100_000, line)
        await pilot.press("end")
        assert lines.cursor == 99_999
        assert lines.scroll_offset.y == 100_000 - 24
    assert len(drawn) < 300


async def test_two_concepts_with_one_name_are_told_apart_by_their_subject(
    bank: Bank, run_app: RunApp
) -> None:
    one = CONCEPTS[2]
    other: Concept = replace(one, id="belt-and-road-2", subject="economy")
    bank.decide(Decision("import", "lin", NOW, None, (Change("concept", other.id, concept_record(other)),)))
    async with run_app(bank, (100, 24)) as pilot:
        await write(pilot, "一带一路")
        text = screen_text(pilot)
    assert "(economy)" in text
    assert "(foreign-affairs)" in text
