"""A bank with a few real terms, opened the way a person's is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from termbank.services.bank_setup import Bank, open_bank

PUBLISHERS = """
schema = 1
pack = "publishers"
[[publisher]]
id = "xinhua"
name = "Xinhua"
kind = "state media"
"""
DOCUMENTS = """
schema = 1
pack = "documents"
[[source]]
id = "xinhua-2023-09"
title = "Xi stresses developing new quality productive forces"
publisher = "xinhua"
date = "2023-09"
"""
ECONOMY = """
schema = 1
pack = "economy"
[[concept]]
id = "new-quality-productive-forces"
subject = "economy"
[[concept.term]]
language = "zh-Hans"
text = "新质生产力"
status = "preferred"
[[concept.term]]
language = "en"
text = "new quality productive forces"
status = "preferred"
attestations = [{ source = "xinhua-2023-09", alongside = true }]
[[concept]]
id = "xiaokang"
[[concept.term]]
language = "zh-Hans"
text = "小康社会"
status = "preferred"
[[concept.term]]
language = "en"
text = "moderately prosperous society"
status = "preferred"
"""


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of shipped packs of our own, and a home with nothing in it."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "publishers.toml").write_text(PUBLISHERS, "utf-8")
    (folder / "documents.toml").write_text(DOCUMENTS, "utf-8")
    (folder / "economy.toml").write_text(ECONOMY, "utf-8")
    monkeypatch.setattr("termbank.services.settings.shipped_folder", lambda _name: folder)
    monkeypatch.setenv("TERMBANK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TERMBANK_WHO", "lin")
    return folder


@pytest.fixture
def bank(shipped: Path) -> Iterator[Bank]:
    with open_bank() as opened:
        yield opened
