"""An impatient person: every key everywhere, sizes that change, banks that fail. Nothing breaks, everything is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import ModalScreen

from termbank.model.candidate import Candidate
from termbank.services.bank_setup import Bank
from termbank.tui.app import DARK, LIGHT
from termbank.tui.screens.help import HelpScreen
from termbank.tui.screens.lookup import LookupScreen, QueryBox

from .conftest import (
    NEW_TERM,
    OPINION,
    BankFiles,
    RunApp,
    notifications,
    open_copy,
    press_keys,
    queue,
    screen_text,
    wait_until_idle,
    write,
)

LETTERS = "abcdefghijklmnoprstuvwxyzGE123456789/?."
NAMED = ("enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pageup")
OTHERS = (
    "pagedown",
    "space",
    "delete",
    "backspace",
    "f1",
    "f3",
    "f4",
    "ctrl+a",
    "ctrl+k",
    "ctrl+v",
    "ctrl+p",
)
EVERY_KEY = (*LETTERS, *NAMED, *OTHERS)


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termbank.tui.browser._has_own_window", lambda: False)


async def back_to_the_page(pilot: Pilot[None]) -> None:
    """Out of whatever a key has opened, and onto the page, if there is one."""
    while not isinstance(pilot.app.screen, LookupScreen):
        await press_keys(pilot, "escape")
    if not pilot.app.screen.page.has_focus:
        pilot.app.screen.box.value = ""
        await wait_until_idle(pilot)
        await press_keys(pilot, "enter")


async def press_everything(pilot: Pilot[None]) -> None:
    await press_keys(pilot, *EVERY_KEY)
    await back_to_the_page(pilot)
    for key in LETTERS if pilot.app.screen.page.count else "s":  # type: ignore[attr-defined]
        await back_to_the_page(pilot)
        await press_keys(pilot, key, "1", "enter")
    await back_to_the_page(pilot)
    assert pilot.app.is_running


async def test_every_key_on_an_empty_bank(empty: Bank, run_app: RunApp) -> None:
    async with run_app(empty) as pilot:
        await press_everything(pilot)
    assert empty.latest == 0


async def test_every_key_on_a_bank_that_cannot_be_written(
    bank_files: BankFiles, tmp_path: Path, run_app: RunApp
) -> None:
    with open_copy(bank_files, "small", tmp_path / "kept.bank", read_only=True) as bank:
        before = bank.latest
        async with run_app(bank) as pilot:
            assert "(read-only)" in screen_text(pilot)
            await press_everything(pilot)
            await write(pilot, "")
            await press_keys(pilot, "end", "s", "2")
            assert "read-only" in notifications(pilot)
        assert bank.latest == before


@pytest.mark.parametrize("candidates", [(), (NEW_TERM,)])
async def test_every_key_on_the_review(
    bank: Bank, run_app: RunApp, candidates: tuple[Candidate, ...]
) -> None:
    queue(bank, candidates, OPINION)
    async with run_app(bank, review=True) as pilot:
        for key in EVERY_KEY:
            await press_keys(pilot, key)
            if isinstance(pilot.app.screen, ModalScreen):
                await press_keys(pilot, "escape")
            elif isinstance(pilot.app.screen, LookupScreen):
                await press_keys(pilot, "f2")
        assert pilot.app.is_running


async def test_sizes_change_under_every_screen(queued: Bank, run_app: RunApp) -> None:
    sizes = ((9, 2), (160, 50))
    async with run_app(queued) as pilot:
        for keys in (
            ("enter",),
            ("t",),
            ("h",),
            ("question_mark",),
            ("escape", "escape", "escape", "f2"),
            ("v",),
        ):
            await press_keys(pilot, *keys)
            for size in sizes:
                await pilot.resize_terminal(*size)
                await pilot.pause(0)
        assert pilot.app.is_running


async def test_at_60_by_15_one_can_still_look_up_and_read(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank, (60, 15)) as pilot:
        await write(pilot, "xzscl")
        assert "new quality productive" in screen_text(pilot)
        await press_keys(pilot, "enter")
        await wait_until_idle(pilot)
        assert "*State Council" in screen_text(pilot) or "preferred" in screen_text(pilot)
        await pilot.resize_terminal(160, 50)
        await wait_until_idle(pilot)
        assert "*State Council" in screen_text(pilot)


async def test_arrows_held_down_stop_at_the_ends(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        await press_keys(pilot, *["down"] * 30)
        screen = pilot.app.screen
        assert isinstance(screen, LookupScreen)
        assert screen.hits.cursor == 4
        await press_keys(pilot, *["up"] * 30)
        assert screen.hits.cursor == 0
        await press_keys(pilot, "enter", *["down"] * 60, *["pagedown"] * 5)
        assert screen.page.cursor > 0
        await press_keys(pilot, *["up"] * 60)
        assert screen.page.scroll_offset.y == 0, "the heading is in sight again"


async def test_light_and_dark(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        assert pilot.app.theme == DARK
        await press_keys(pilot, "f3")
        assert pilot.app.theme == LIGHT
        await press_keys(pilot, "f3")
        assert pilot.app.theme == DARK


async def test_help_opens_and_closes_everywhere(queued: Bank, run_app: RunApp) -> None:
    async with run_app(queued) as pilot:
        await press_keys(pilot, "？")
        assert isinstance(pilot.app.screen, HelpScreen), "also from a Chinese keyboard"
        await press_keys(pilot, "escape")
        for keys in ((), ("enter",), ("s",), ("escape", "escape", "f2"), ("r",)):
            await press_keys(pilot, *keys, "question_mark")
            assert isinstance(pilot.app.screen, HelpScreen), keys
            await press_keys(pilot, "question_mark")
            assert not isinstance(pilot.app.screen, HelpScreen), keys


async def test_odd_queries_do_no_harm(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        box = pilot.app.screen.query_one(QueryBox)
        for query in (
            "'; DROP TABLE",
            '"*NEAR(',
            "[bold]x",
            "😀👨‍👩‍👧",
            "\x00\x1b[2J",
            "的",
            "x" * 5000,
            "%_\\",
        ):
            box.value = query
            await wait_until_idle(pilot)
            box.post_message(events.Paste(query))
            await wait_until_idle(pilot)
            box.value = ""
        await write(pilot, "xzscl")
        assert "new quality productive forces" in screen_text(pilot)


async def test_a_bank_that_fails_says_so_in_a_sentence(bank: Bank, run_app: RunApp, tmp_path: Path) -> None:
    async with run_app(bank) as pilot:
        await write(pilot, "xzscl")
        bank.close()
        await press_keys(pilot, "enter", "t", "h", "u", "s", "2", "f2", "a", "escape")
        await pilot.resize_terminal(100, 30)
        await write(pilot, "xin")
        assert pilot.app.is_running
        assert notifications(pilot)


async def test_a_bank_that_fails_in_the_review_says_so(queued: Bank, run_app: RunApp) -> None:
    async with run_app(queued, review=True) as pilot:
        queued.close()
        await press_keys(pilot, "n", "a", "r", "1", "d", "u", "v", "escape")
        await pilot.resize_terminal(160, 50)
        await wait_until_idle(pilot)
        assert pilot.app.is_running
        assert notifications(pilot)


async def test_a_fault_of_the_search_leaves_the_box_alive(
    bank: Bank, run_app: RunApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run_app(bank) as pilot:
        with monkeypatch.context() as patch:
            patch.setattr("termbank.services.lookup.look_up", lambda *_, **__: 1 / 0)
            await write(pilot, "xz")
        assert "the search failed" in notifications(pilot)
        await write(pilot, "scl")
        assert "new quality productive forces" in screen_text(pilot)


async def test_an_index_that_is_lost_or_damaged_is_made_again(
    bank_files: BankFiles, bank: Bank, run_app: RunApp
) -> None:
    from termbank.services import settings

    index = settings.index_path(bank.path)
    for damage in (lambda: index.write_bytes(b"nothing"), lambda: index.unlink()):
        damage()
        copy = bank.path.with_name("again.bank")
        shutil.copy(bank.path, copy)
        shutil.copy(bank_files["empty"][1], settings.index_path(copy))
        async with run_app(bank) as pilot:
            await write(pilot, "xzscl")
            assert "new quality productive forces" in screen_text(pilot)
