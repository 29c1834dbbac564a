"""Aligned texts written for other tools."""

from __future__ import annotations

import pytest

from termbank.model.alignment import Alignment, Bead
from termbank.model.document import Document
from termbank.sentences import split_lines
from termbank.services.align import AlignedTexts, as_bytes


@pytest.mark.parametrize(
    ("text", "language"),
    [("发展新质生产力。", "zh-Hans"), ("發展新質生產力。", "zh-Hant"), ("人民。", "zh-Hans")],
)
def test_a_memory_says_in_which_script_its_chinese_is(text: str, language: str) -> None:
    zh, en = (
        Document("a.zh.txt", text),
        Document("a.en.txt", "We will develop new quality productive forces."),
    )
    texts = AlignedTexts(zh, en, split_lines(zh), split_lines(en), Alignment((Bead((0,), (0,)),)))
    memory = as_bytes(texts, "tmx").decode()
    assert f'srclang="{language}"' in memory
    assert f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>' in memory
