"""The screens at two sizes, as pictures: whoever changes one must look at it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from termbank.services.bank_setup import Bank
from termbank.tui.app import TermbankApp

from .conftest import press_keys, wait_until_idle, write

Compare = Callable[..., bool]
SIZES = [(80, 24), (160, 50)]
Steps = Callable[[Pilot[Any]], Awaitable[None]]


async def hits(pilot: Pilot[Any]) -> None:
    await wait_until_idle(pilot)
    await press_keys(pilot, "down")


async def typed(pilot: Pilot[Any]) -> None:
    await wait_until_idle(pilot)
    await write(pilot, "new qualty")


async def reading(pilot: Pilot[Any]) -> None:
    await wait_until_idle(pilot)
    await write(pilot, "xzscl")
    await press_keys(pilot, "enter", "down", "down", "down")


async def timeline(pilot: Pilot[Any]) -> None:
    await wait_until_idle(pilot)
    await write(pilot, "renlei")
    await press_keys(pilot, "enter", "t")


async def passage(pilot: Pilot[Any]) -> None:
    await reading(pilot)
    await press_keys(pilot, "enter")


async def helped(pilot: Pilot[Any]) -> None:
    await wait_until_idle(pilot)
    await press_keys(pilot, "question_mark")


async def reviewing(pilot: Pilot[Any]) -> None:
    await wait_until_idle(pilot)
    await press_keys(pilot, "f2")


async def asking(pilot: Pilot[Any]) -> None:
    await reviewing(pilot)
    await press_keys(pilot, "r")


async def light(pilot: Pilot[Any]) -> None:
    await reading(pilot)
    await press_keys(pilot, "f3")


def until_drawn(steps: Steps) -> Steps:
    """The steps, ended when the last frame is drawn."""

    async def whole(pilot: Pilot[Any]) -> None:
        await steps(pilot)
        await wait_until_idle(pilot)
        for box in pilot.app.screen.query("Input"):
            box.cursor_blink = False  # type: ignore[attr-defined]

    return whole


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
@pytest.mark.parametrize("steps", [typed, reading, timeline, reviewing], ids=lambda steps: steps.__name__)
def test_screens_at_both_sizes(
    snap_compare: Compare, queued: Bank, steps: Steps, size: tuple[int, int]
) -> None:
    assert snap_compare(
        TermbankApp(queued, clock=lambda: 0.0), run_before=until_drawn(steps), terminal_size=size
    )


@pytest.mark.parametrize("steps", [hits, passage, helped, asking, light], ids=lambda steps: steps.__name__)
def test_screens_at_80_by_24(snap_compare: Compare, queued: Bank, steps: Steps) -> None:
    assert snap_compare(
        TermbankApp(queued, clock=lambda: 0.0), run_before=until_drawn(steps), terminal_size=(80, 24)
    )
