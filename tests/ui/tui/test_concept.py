"""What can be seen and decided on a concept's page."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from termbank.model.concept import Concept, Status, Term
from termbank.model.concept_facts import Member
from termbank.model.language import Language
from termbank.services.bank_setup import Bank
from termbank.services.concept_edit import set_status
from termbank.tui.layout.concept_lines import concept_lines
from termbank.tui.layout.timeline_lines import timeline_lines

from .conftest import CONCEPTS, RunApp, notifications, press_keys, screen_text, wait_until_idle, write

FORCES, FUTURE = CONCEPTS[0], CONCEPTS[1]


async def read_page(pilot: Pilot[None], query: str, *, downs: int = 0) -> None:
    await write(pilot, query)
    await press_keys(pilot, "enter", *["down"] * downs)
    await wait_until_idle(pilot)


def term(bank: Bank, text: str, concept: str = FORCES.id) -> Term:
    return next(t for t in bank.concept(concept).terms if t.text == text)


async def test_a_status_is_two_keys_and_undone_by_one(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        await read_page(pilot, "xzscl", downs=2)
        await press_keys(pilot, "s", "4")
        await wait_until_idle(pilot)
        assert term(bank, "new quality productive forces").status is Status.SUPERSEDED
        assert "superseded" in screen_text(pilot)
        await press_keys(pilot, "y")
        assert pilot.app.clipboard == "new quality productive forces", "the cursor has gone with the term"
        await press_keys(pilot, "u")
        await wait_until_idle(pilot)
        assert term(bank, "new quality productive forces").status is Status.PREFERRED


async def test_escape_from_a_question_leaves_everything_as_it_is(bank: Bank, run_app: RunApp) -> None:
    before = bank.latest
    async with run_app(bank) as pilot:
        await read_page(pilot, "xzscl", downs=2)
        for key in ("s", "n", "a", "x"):
            await press_keys(pilot, key, "escape")
        await press_keys(pilot, "x", "1")
        await wait_until_idle(pilot)
    assert bank.latest == before


async def test_a_rendering_and_a_note_are_written(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        await read_page(pilot, "xzscl")
        await press_keys(pilot, "a", *"productive?", "enter")
        await wait_until_idle(pilot)
        assert term(bank, "productive?").status is Status.PROPOSED, "a question mark can be written"
        await press_keys(pilot, "n", *"the-plain-form", "enter")
        await wait_until_idle(pilot)
        assert term(bank, "新质生产力").note == "the-plain-form"
        await press_keys(pilot, "a", *"productive?", "enter")
        await wait_until_idle(pilot)
        assert "has “productive?” already" in notifications(pilot)


async def test_a_term_is_taken_away_only_when_one_says_so(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        await read_page(pilot, "xzscl", downs=1)
        await press_keys(pilot, "x", "2")
        await wait_until_idle(pilot)
        assert all(t.language is not Language.ZH_HANT for t in bank.concept(FORCES.id).terms)


async def test_the_history_tells_who_and_takes_back_what_is_chosen(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank, (160, 50)) as pilot:
        await read_page(pilot, "xzscl", downs=2)
        await press_keys(pilot, "s", "2")
        await wait_until_idle(pilot)
        await press_keys(pilot, "h")
        text = screen_text(pilot)
        assert "lin: admit (“new quality productive forces” is admitted)" in text
        assert "termbank: import (a few concepts)" in text
        await press_keys(pilot, "home", "u", "2")
        await wait_until_idle(pilot)
        assert term(bank, "new quality productive forces").status is Status.PREFERRED


async def test_what_was_undone_is_redone_and_both_are_named(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        await read_page(pilot, "xzscl", downs=2)
        await press_keys(pilot, "s", "4", "u")
        await wait_until_idle(pilot)
        assert term(bank, "new quality productive forces").status is Status.PREFERRED
        assert "Undid decision 2: supersede" in notifications(pilot)
        await press_keys(pilot, "ctrl+r")
        await wait_until_idle(pilot)
        assert term(bank, "new quality productive forces").status is Status.SUPERSEDED
        assert "Redid decision 2: supersede" in notifications(pilot)
        await press_keys(pilot, "ctrl+r")
        await wait_until_idle(pilot)
        assert "there is nothing to redo" in notifications(pilot)


async def test_only_decisions_of_this_session_are_undone(bank: Bank, run_app: RunApp) -> None:
    set_status(bank, FORCES.id, "NQPFs", Status.PROPOSED)  # in the session before
    async with run_app(bank) as pilot:
        await read_page(pilot, "xzscl", downs=2)
        await press_keys(pilot, "u")
        await wait_until_idle(pilot)
        assert "there is nothing left to undo in this session" in notifications(pilot)
    assert term(bank, "NQPFs").status is Status.PROPOSED


async def test_undoing_a_decision_on_another_concept_asks_first(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        set_status(bank, FUTURE.id, "人类命运共同体", Status.ADMITTED)  # in this session, on another page
        await read_page(pilot, "xzscl", downs=2)
        await press_keys(pilot, "u")
        assert "Undoing decision 2 by lin" in screen_text(pilot)
        await press_keys(pilot, "escape")
        await wait_until_idle(pilot)
        assert bank.concept(FUTURE.id).chinese[0].status is Status.ADMITTED
        await press_keys(pilot, "u", "2")
        await wait_until_idle(pilot)
        assert bank.concept(FUTURE.id).chinese[0].status is Status.PREFERRED


async def test_a_term_is_copied(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        await read_page(pilot, "xzscl", downs=2)
        await press_keys(pilot, "y")
        assert pilot.app.clipboard == "new quality productive forces"


async def test_an_address_opens_in_a_browser_or_is_copied(
    bank: Bank, run_app: RunApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("termbank.tui.browser._has_own_window", lambda: True)
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    async with run_app(bank) as pilot:
        await read_page(pilot, "xzscl", downs=3)
        await press_keys(pilot, "o")
        assert opened == ["https://example.org/gwr"]
        monkeypatch.setattr("termbank.tui.browser._has_own_window", lambda: False)
        await press_keys(pilot, "o")
        assert pilot.app.clipboard == "https://example.org/gwr"
        await press_keys(pilot, "home", "o")
        assert opened == ["https://example.org/gwr"], "a term has no address"


async def test_only_an_address_of_the_web_is_opened(
    bank: Bank, run_app: RunApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from termbank.tui.browser import open_url

    opened: list[Any] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    async with run_app(bank) as pilot:
        for url in ("file:///etc/passwd", "javascript:alert(1)", "", None):
            open_url(pilot.app, url)
    assert opened == []


# -- the lines themselves ------------------------------------------------------------------


def plain(lines: list[Any]) -> str:
    return "\n".join(line.text.plain for line in lines)


def test_the_timeline_reads_without_colour() -> None:
    text = plain(timeline_lines(FUTURE, 79))
    assert "20.. 13 14 15 16 17 18 19 20 21 22" in text.splitlines()[2]
    older = next(line for line in text.splitlines() if "superseded" in line)
    assert older.split()[-1] == "1", "one use is undated"
    assert "2013-10-25 *Xinhua News Agency" in text
    assert "superseded by then" in next(line for line in text.splitlines() if line.startswith("2022"))
    assert "1 undated document is left out." in text


def test_a_timeline_without_dates_says_so_rather_than_guess() -> None:
    assert "No use of a rendering is dated" in plain(timeline_lines(CONCEPTS[2], 40))


def test_no_line_of_a_page_is_wider_than_the_page() -> None:
    long = Term("a rendering that goes on " * 12, Language.EN, note="发展新质生产力，" * 30)
    concept = Concept("long", (Term("中国特色社会主义" * 12, Language.ZH_HANS), long), "economy", "定义" * 90)
    for width in (24, 33, 58, 79, 118):
        for one in (concept, FORCES, FUTURE):
            for line in (*concept_lines(one, width), *timeline_lines(one, width)):
                if line.attestation is None:
                    assert line.text.cell_len <= width, line.text.plain


def test_no_part_of_a_term_is_left_out_of_its_page() -> None:
    long = "a rendering that goes on and on and needs several lines of the page to be read whole"
    concept = Concept("long", (Term("长", Language.ZH_HANS), Term(long, Language.EN)))
    text = " ".join(plain(concept_lines(concept, 40)).split())
    assert " ".join(text.split()).replace(" proposed", "").find(long) >= 0


def test_the_members_of_a_formula_are_listed_in_order() -> None:
    members = (Member("政治意识", "political commitment"), Member("大局意识"))
    concept = Concept("four", (Term("四个意识", Language.ZH_HANS),), members=members)
    lines = plain(concept_lines(concept, 60)).splitlines()
    start = lines.index("1. 政治意识  political commitment")
    assert lines[start + 1] == "2. 大局意识  no rendering yet"


@pytest.mark.parametrize(("answer", "kept"), [("1", Status.DEPRECATED), ("2", Status.ADMITTED)])
async def test_a_change_by_somebody_else_is_shown_and_never_written_over_unasked(
    bank: Bank, run_app: RunApp, answer: str, kept: Status
) -> None:
    async with run_app(bank, (160, 50)) as pilot:
        await read_page(pilot, "xzscl", downs=2)
        set_status(bank, FORCES.id, "new quality productive forces", Status.DEPRECATED)
        await press_keys(pilot, "s", "2")
        await wait_until_idle(pilot)
        text = " ".join(screen_text(pilot).replace("│", " ").split())
        assert "was “preferred”, is now “deprecated”, you wrote “admitted”" in text
        await press_keys(pilot, answer)
        await wait_until_idle(pilot)
    assert term(bank, "new quality productive forces").status is kept
