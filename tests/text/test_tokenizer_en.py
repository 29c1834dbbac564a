"""English tokens and their places."""

from __future__ import annotations

from termbank.text.tokenizer_en import QUERY_TOKEN, SUBWORD_TOKEN, term_tokens, tokens, words


def test_tokens_keep_their_places() -> None:
    text = "The Party’s “AI+” action"
    assert [text[token.span.start : token.span.end] for token in tokens(text)] == [
        "The", "Party’s", "“", "AI", "+", "”", "action",
    ]  # fmt: skip


def test_words_have_their_starts() -> None:
    assert words("a’s a, (a_b)") == [(0, "a’s"), (4, "a"), (8, "a"), (10, "b")]


def test_each_granularity_splits_a_compound_its_own_way() -> None:
    text = "The U.S. “AI+” data-base’s"
    assert [token.text for token in term_tokens(text)] == ["The", "U.S.", "AI", "+", "data", "base’s"]
    assert SUBWORD_TOKEN.findall(text)[-4:] == ["data", "-", "base", "’s"]
    assert QUERY_TOKEN.findall("the ai+ data-base's") == ["the", "ai", "+", "data", "base's"]
