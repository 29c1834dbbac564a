"""docs/keys.md and the help describe every key, and every key that they describe is bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import BindingsMap

from termbank.services.bank_setup import Bank
from termbank.tui.app import TermbankApp
from termbank.tui.keys import Key, bindings
from termbank.tui.screens.dialogs import ChoiceScreen, InputScreen, SearchScreen
from termbank.tui.screens.help import HelpScreen
from termbank.tui.screens.lookup import LookupScreen, QueryBox
from termbank.tui.screens.passage import PassageScreen
from termbank.tui.screens.review import ReviewScreen
from termbank.tui.widgets.concept_page import ConceptPage
from termbank.tui.widgets.renderings_list import RenderingsList
from termbank.tui.widgets.virtual_list import VirtualList

from .conftest import RunApp, press_keys, screen_text, wait_until_idle, write

TABLES: dict[str, tuple[Key, ...]] = {
    "Everywhere": TermbankApp.KEYS,
    "Moving in a list": VirtualList.MOVES,
    "The search box": QueryBox.KEYS,
    "The lookup screen": LookupScreen.KEYS,
    "The concept's page": ConceptPage.KEYS,
    "A passage": PassageScreen.KEYS,
    "Review": (*RenderingsList.KEYS, *ReviewScreen.KEYS),
    "A question with choices": ChoiceScreen.KEYS,
    "A question with a typed answer": InputScreen.KEYS,
    "Searching for a concept": SearchScreen.KEYS,
    "Help": HelpScreen.KEYS,
}
BOUND = (
    TermbankApp,
    QueryBox,
    LookupScreen,
    ConceptPage,
    PassageScreen,
    RenderingsList,
    ReviewScreen,
    HelpScreen,
)


def page(root: Path) -> dict[str, list[tuple[str, str]]]:
    """The tables of the page: (key, meaning) rows by heading."""
    found: dict[str, list[tuple[str, str]]] = {}
    heading = ""
    for line in (root / "docs" / "keys.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
            found[heading] = []
        elif row := re.fullmatch(r"\| `(.+?)` \| (.+?) \|", line):
            found[heading].append((row[1], row[2]))
    return found


def rows(keys: tuple[Key, ...]) -> Iterator[tuple[str, str]]:
    """The digits are one row of the page."""
    digits = False
    for key in keys:
        if key.name.isdigit():
            if not digits:
                yield "1–9", "choose a rendering"
            digits = True
        else:
            yield key.name, key.meaning


@pytest.mark.parametrize("heading", TABLES)
def test_the_page_tells_every_key_and_no_other(root: Path, heading: str) -> None:
    assert page(root)[heading] == list(rows(TABLES[heading]))


def test_the_page_has_no_other_tables(root: Path) -> None:
    assert list(page(root)) == list(TABLES)


@pytest.mark.parametrize("place", BOUND)
def test_bindings_are_made_from_the_tables(place: type) -> None:
    wanted = BindingsMap(bindings(place.KEYS)).key_to_bindings  # type: ignore[attr-defined]
    own = BindingsMap(place.__dict__["BINDINGS"]).key_to_bindings
    assert own == wanted


@pytest.mark.parametrize("place", BOUND)
def test_no_key_of_a_place_means_two_things(place: type) -> None:
    names = [name for key in place.KEYS if key.action for name in key.keys.split(",")]  # type: ignore[attr-defined]
    assert len(names) == len(set(names))


async def test_the_help_tells_the_keys_of_where_one_is(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank, (100, 60)) as pilot:
        await write(pilot, "xzscl")
        await press_keys(pilot, "enter", "question_mark")
        await wait_until_idle(pilot)
        text = screen_text(pilot)
    for key in ConceptPage.KEYS:
        assert key.meaning[:50] in text, key
    assert "search by Chinese" not in text, "that is a key of the search box"
    assert "superseded" in text
