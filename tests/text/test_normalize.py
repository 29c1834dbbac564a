"""Folding: what is made alike, and that the way back is kept."""

from __future__ import annotations

import pytest

from termbank.text.normalize import fold, normalize


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＩ＋", "ai+"),
        ("“人工智能＋”", '"人工智能+"'),
        ("win–win", "win-win"),
        ("high‑quality", "high-quality"),
        ("Party’s", "party's"),
        ("ﬁnance", "finance"),
        ("café", "cafe\u0301"),
        ("新质\u200b生产力", "新质生产力"),
        ("STRASSE", "straße"),
        ("２０２５", "2025"),
        ("中\ufe00国", "中国"),
    ],
)
def test_what_a_reader_would_call_the_same_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("后", "後"), ("resume", "résumé"), ("new quality", "newquality")]
)
def test_script_accents_and_spaces_are_not_folded(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_the_way_back_crosses_what_grew_and_what_went() -> None:
    text = "㈱ﬁ\u200be\u0301新质"
    found = normalize(text)
    at = found.text.index("新质")
    assert found.span(at, at + 2).of(text) == "新质"
    assert found.span(0, 1).of(text) == "㈱"


def test_capitals_stay_where_asked() -> None:
    assert normalize("ＮＱＰＦｓ", case=False).text == "NQPFs"
