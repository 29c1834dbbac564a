"""A concept comes up as one types, by any key, and its page tells who used what."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from termbank.model.errors import BankError
from termbank.services.bank_setup import Bank, create, open_bank
from termbank.tui.app import TermbankApp
from termbank.tui.screens.lookup import LookupScreen, QueryBox, join_lines

from .conftest import RunApp, press_keys, screen_text, wait_until_idle, write

QUERIES = (
    "新质生产力",
    "新質生產力",
    "xinzhi",
    "xzscl",
    "new quality",
    "productive force",
    "new qualty",
    "NQPFs",
)


def shown(pilot: Pilot[None]) -> str | None:
    """The id of the concept on the page."""
    screen = pilot.app.screen
    assert isinstance(screen, LookupScreen)
    concept = screen.page._concept
    return concept.id if concept else None


async def test_any_key_brings_the_concept_up_as_one_types(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        for query in QUERIES:
            await write(pilot, query)
            assert shown(pilot) == "new-quality-productive-forces", query
            await press_keys(pilot, "escape")
            await wait_until_idle(pilot)


async def test_without_a_query_the_whole_bank_is_listed(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        text = screen_text(pilot)
        assert "5 concepts" in text
        assert "一带一路倡议" in text


async def test_the_page_tells_status_users_dates_and_words(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank, (160, 50)) as pilot:
        await write(pilot, "xzscl")
        text = screen_text(pilot)
    for words in (
        "new quality productive forces",
        "preferred",
        "2 documents: 1 official, 1 state media; 2023-09 to 2024-03-05",
        "*State Council",
        "*Xinhua News Agency",
        " Harbour Times",
        "develop new quality productive forces",
        "What is new about productivity",
        "deprecated",
        "Productivity is 生产率",
        "since 2023-09",
    ):
        assert words in text, words


async def test_hanzi_and_latin_line_up(bank: Bank, run_app: RunApp) -> None:
    """The second column begins at one cell in every row, whatever the first one holds."""
    from termbank.text.display_width import cells

    async with run_app(bank) as pilot:
        lines = screen_text(pilot).splitlines()
    rows = {
        "一带一路倡议": "Belt and Road Initiative",
        "人类命运共同体": "community with",
        "放管服": "no rendering yet",
    }
    starts = {
        cells(line[: line.index(english)])
        for line in lines
        for zh, english in rows.items()
        if line.lstrip().startswith(zh) and english in line
    }
    assert len(starts) == 1


async def test_nothing_from_a_file_is_markup_or_an_escape(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        await write(pilot, "赤字")
        await press_keys(pilot, "enter")
        text = screen_text(pilot)
    assert "[bold]率[/bold]" in text
    assert "[red]\\x1b[31mratio" in text
    assert "\x1b" not in text


async def test_enter_reads_the_page_and_escape_goes_back_step_by_step(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        await write(pilot, "xzscl")
        screen = pilot.app.screen
        assert isinstance(screen, LookupScreen)
        await press_keys(pilot, "enter", "t")
        assert screen.page.has_focus
        await press_keys(pilot, "escape")
        assert screen.page.has_focus, "from the timeline back to the terms"
        await press_keys(pilot, "escape")
        await wait_until_idle(pilot)
        assert screen.box.has_focus, "from the page back to the box"
        await press_keys(pilot, "escape")
        assert screen.box.value == "", "from the query back to everything"
        await press_keys(pilot, "escape")
        assert pilot.app.is_running


async def test_enter_before_the_answer_reads_the_right_concept(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        await press_keys(pilot, *"renlei", "enter")
        await wait_until_idle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, LookupScreen)
        assert screen.page.has_focus
        assert shown(pilot) == "community-with-a-shared-future"


async def test_every_attestation_opens_its_passage_with_one_key(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        await write(pilot, "xzscl")
        await press_keys(pilot, "enter", "down", "down", "down", "enter")
        await wait_until_idle(pilot)
        text = screen_text(pilot)
        assert "Report on the Work of the Government" in text
        assert "We will step up efforts to develop" in text
        assert "https://example.org/gwr" in text
        await press_keys(pilot, "escape")
        assert isinstance(pilot.app.screen, LookupScreen)


async def test_what_is_not_found_says_what_to_try(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        await write(pilot, "qqqq")
        assert "Nothing found. Try fewer letters, pinyin" in screen_text(pilot)
        pilot.app.screen.query_one(QueryBox).value = "我们要坚持稳中求进" * 4
        await wait_until_idle(pilot)
        assert "termbank scan FILE" in screen_text(pilot)


async def test_near_results_are_said_to_be_near(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        await write(pilot, "new qualty")
        assert "No exact match; 1 near" in screen_text(pilot)
        await press_keys(pilot, "escape")
        await write(pilot, "新质生产力")
        text = screen_text(pilot)
        assert "1 result" in text
        assert "No exact match" not in text


async def test_an_empty_bank_says_how_to_fill_it(empty: Bank, run_app: RunApp) -> None:
    async with run_app(empty) as pilot:
        assert "with `termbank init`" in screen_text(pilot)


async def test_lines_pasted_are_taken_as_one(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        box = pilot.app.screen.query_one(QueryBox)
        box.post_message(events.Paste("新质\r\n生产力\n\n"))
        await wait_until_idle(pilot)
        assert box.value == "新质生产力"
        assert shown(pilot) == "new-quality-productive-forces"
        box.value = ""
        box.post_message(events.Paste("\n \n"))
        box.post_message(events.Paste("发展" * 4000))
        await wait_until_idle(pilot)
        assert len(box.value) <= 200


def test_broken_lines_are_joined_as_their_language_joins_them() -> None:
    assert join_lines("新质\n生产力 new\n quality") == "新质生产力 new quality"
    assert join_lines("\x1b[31m\n") == "\\x1b[31m"


async def test_a_new_bank_is_filled_behind_the_first_screen(
    tmp_path: Path, run_app: RunApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "later.bank"

    def opened() -> Bank:
        create(place, filled=False)
        return open_bank(place)

    async with run_app(opened) as pilot:  # type: ignore[arg-type]
        await wait_until_idle(pilot)
        assert isinstance(pilot.app.screen, LookupScreen)
        assert pilot.app.bank is not None  # type: ignore[attr-defined]
        pilot.app.bank.close()  # type: ignore[attr-defined]


async def test_a_bank_that_cannot_be_opened_is_the_result(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.bank"
    foreign.write_text("not a bank at all", "utf-8")
    result = await TermbankApp(lambda: open_bank(foreign)).run_async(headless=True, size=(80, 24))
    assert isinstance(result, BankError)
