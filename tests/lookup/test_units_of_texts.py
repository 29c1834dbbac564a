"""What the search index stores of a sentence is what its keys would give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from termbank.lookup import query_keys
from termbank.text.normalize import fold

SIMPLIFIED = {"國": "国", "務": "务", "產": "产"}
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            ["國務", "“AI+”", "产", "ＡＩ", "plus", "3.5", " ", "&", "firm's", "policies", "ﬁ", "é"]
        ),
        max_size=12,
    ).map("".join),
)


@given(TEXTS)
def test_units_are_those_of_the_key(text: str) -> None:
    key = query_keys.simplify(query_keys.chinese_search_key(text), SIMPLIFIED)
    assert query_keys.chinese_units(fold(text), SIMPLIFIED) == list(query_keys.units(key))


@given(TEXTS)
def test_stems_are_those_of_the_words(text: str) -> None:
    assert query_keys.english_stems(text) == [word.stem for word in query_keys.english_words(text)]
