"""Whether a text is Chinese."""

from __future__ import annotations

from termbank.text.characters_zh import looks_chinese


def test_mixed_texts_are_chinese_by_their_characters() -> None:
    assert looks_chinese("我们用AI辅助翻译")
    assert not looks_chinese("The term 两山论 is often quoted.")
    assert not looks_chinese("2025")


def test_a_long_text_is_judged_as_a_short_one() -> None:
    assert looks_chinese("发展 and trade " * 20_000 + "发展" * 20_001)
    assert not looks_chinese("发展 and trade " * 20_000 + "发展" * 19_999)
