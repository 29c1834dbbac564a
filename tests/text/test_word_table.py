"""A table of words gives back what went into it, and refuses what is no table."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.model import resources
from termbank.text.word_table import TableView, WordTable, table_bytes

WORDS = {"发展": 7, "发": 0, "": 3, "新质生产力": (1 << 32) - 1, "𠮷野家": 5, "\ud800": 6}


@given(st.dictionaries(st.text(), st.integers(0, (1 << 32) - 1)), st.text())
def test_a_table_answers_as_the_dictionary_does(numbers: Mapping[str, int], other: str) -> None:
    table = WordTable(table_bytes(numbers))
    assert dict(table) == numbers
    assert table.get(other) == numbers.get(other)
    assert (other in table) == (other in numbers)


def test_a_view_reads_each_number() -> None:
    view = TableView(WordTable(table_bytes(WORDS, {"tags": ["n"]})), str)
    assert dict(view) == {word: str(number) for word, number in WORDS.items()}
    assert (view.get("没有"), view.get("没有", "?"), "没有" in view, len(view)) == (
        None,
        "?",
        False,
        len(WORDS),
    )
    with pytest.raises(KeyError):
        view["没有"]


@pytest.mark.parametrize("cut", [0, 3, 20, 60, -1])
def test_what_is_no_table_is_refused(cut: int) -> None:
    with pytest.raises(ValueError):
        WordTable(table_bytes(WORDS)[:cut])


def test_a_resource_is_made_once_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, bytes] = {}

    class Cache:
        def read(self, name: str) -> memoryview | None:
            return memoryview(kept[name]) if name in kept else None

        def write(self, name: str, data: bytes) -> None:
            kept[name] = data

    monkeypatch.setattr(resources, "_cache", Cache())
    made = [bytes(resources.compiled("words", lambda: b"made")) for _ in range(2)]
    assert made == [b"made", b"made"]
    assert bytes(resources.compiled("words", lambda: b"other")) == b"made"
