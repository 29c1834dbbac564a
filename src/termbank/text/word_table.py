"""A table of words with a number each, in bytes that are used as they are: nothing is parsed when it is opened.

The bytes may be those of a memory-mapped file. A word is found by open addressing: its CRC-32 gives the first slot to look
into, and each used slot holds the number of a word, counted from 1.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar
from zlib import crc32

from termbank.text.computed_dict import ComputedDict

V = TypeVar("V")
_WIDTH = 4
"""Bytes of a number."""


class WordTable(Mapping[str, int]):
    """The words of a table and their numbers.

    Args:
        data: What `table_bytes` wrote.

    Raises:
        ValueError: The data is cut short, or no table.
    """

    def __init__(self, data: bytes | memoryview) -> None:
        view = memoryview(data)
        size = int.from_bytes(view[:_WIDTH], "little")
        try:
            about: dict[str, Any] = json.loads(bytes(view[_WIDTH : _WIDTH + size]))
            self._size, slots, length = about["words"], about["slots"], about["length"]
        except (TypeError, KeyError) as error:
            raise ValueError("not a table of words") from error
        self.about = about["about"]
        columns: list[Any] = []
        at = _WIDTH + size
        for count in (slots, self._size + 1, self._size):
            columns.append(view[at : at + count * _WIDTH].cast("I"))
            at += count * _WIDTH
        self._slots, self._starts, self._values = columns
        self._texts, self._mask = view[at : at + length], slots - 1
        if len(self._texts) != length or array("I").itemsize != _WIDTH:
            raise ValueError("the table is cut short")

    def find(self, word: str) -> int | None:
        """The number of a word; None where the table lacks it."""
        key = word.encode("utf-8", "surrogatepass")
        slots, starts, texts, mask = self._slots, self._starts, self._texts, self._mask
        slot = crc32(key) & mask
        while number := slots[slot]:
            if texts[starts[number - 1] : starts[number]] == key:
                value: int = self._values[number - 1]
                return value
            slot = (slot + 1) & mask
        return None

    def get(self, word: str, default: Any = None) -> Any:
        """The number of a word, or `default`."""
        found = self.find(word)
        return default if found is None else found

    def __getitem__(self, word: str) -> int:
        found = self.find(word)
        if found is None:
            raise KeyError(word)
        return found

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.find(word) is not None

    def __iter__(self) -> Iterator[str]:
        texts = bytes(self._texts)
        spans = zip(self._starts, self._starts[1:], strict=False)
        return (texts[low:high].decode("utf-8", "surrogatepass") for low, high in spans)

    def __len__(self) -> int:
        size: int = self._size
        return size


class TableView(Mapping[str, V]):
    """The words of a table with a value read from each number.

    Args:
        table: The words.
        read: The value of a number.
    """

    def __init__(self, table: WordTable, read: Callable[[int], V]) -> None:
        self._table, self._read = table, read
        self._found: ComputedDict[str, int | None] = ComputedDict(table.find)

    def get(self, word: str, default: Any = None) -> Any:
        """The value of a word, or `default`."""
        found = self._found[word]
        return default if found is None else self._read(found)

    def __getitem__(self, word: str) -> V:
        found = self._found[word]
        if found is None:
            raise KeyError(word)
        return self._read(found)

    def __contains__(self, word: object) -> bool:
        return self._found[word] is not None  # type: ignore[index]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


def table_bytes(numbers: Mapping[str, int], about: Mapping[str, Any] | None = None) -> bytes:
    """A table of words.

    Args:
        numbers: The number of each word, below 2³².
        about: What `WordTable.about` gives back; JSON.
    """
    slots = 4
    while slots < 2 * len(numbers):
        slots *= 2
    table, starts, values, texts = (
        array("I", bytes(slots * _WIDTH)),
        array("I", (0,)),
        array("I"),
        bytearray(),
    )
    for number, (word, value) in enumerate(numbers.items(), start=1):
        key = word.encode("utf-8", "surrogatepass")
        slot = crc32(key) & (slots - 1)
        while table[slot]:
            slot = (slot + 1) & (slots - 1)
        table[slot] = number
        texts += key
        starts.append(len(texts))
        values.append(value)
    header = {"words": len(numbers), "slots": slots, "length": len(texts), "about": about or {}}
    text = json.dumps(header).encode()
    text += b" " * (-(len(text) + _WIDTH) % 8)
    columns = (column.tobytes() for column in (table, starts, values))
    return b"".join((len(text).to_bytes(_WIDTH, "little"), text, *columns, texts))
