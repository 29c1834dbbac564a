"""A damaged record is named once, and the interface goes on."""

from __future__ import annotations

import sqlite3
import time

import pytest

from termbank.services.bank_setup import Bank

from .conftest import RunApp, notifications, screen_text, wait_until_idle, write


async def test_a_damaged_record_is_named_once_and_the_others_are_found(
    bank: Bank, run_app: RunApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("termbank.tui.app.DAMAGE_SECONDS", 0.02)
    async with run_app(bank) as pilot:
        connection = sqlite3.connect(bank.path)
        connection.execute(
            "UPDATE thing SET body = replace(body, 'quality', 'qualitx') WHERE id = 'new-quality-productive-forces'"
        )
        connection.commit()
        connection.close()
        bank._concepts = (-1, {})  # what was read before the damage is remembered until the next decision
        await write(pilot, "xzscl")
        until = time.monotonic() + 10
        while not notifications(pilot) and time.monotonic() < until:
            await pilot.pause(0.02)
        assert "new-quality-productive-forces" in notifications(pilot)
        assert "termbank doctor --repair" in notifications(pilot)
        await write(pilot, " ")
        await pilot.pause(0.1)
        assert notifications(pilot).count("termbank doctor --repair") == 1
        await wait_until_idle(pilot)
        assert screen_text(pilot)
