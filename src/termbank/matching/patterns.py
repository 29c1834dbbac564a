"""The distinct strings by which terms are found, and the terms that each of them stands for.

Strings come in with the numbers of the terms that they find; each gets a number in the order in which it first came.
`to_bytes` makes a copy that is read many times faster than it was worked out.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from typing import Protocol, TypeVar

MANY = 20_000
"""So many terms are worth a copy."""


class Shelf(Protocol):
    """Where what takes long to work out is kept between one run and the next."""

    def read(self, name: str) -> bytes | None: ...
    def write(self, name: str, data: bytes) -> None: ...


class Kept(Protocol):
    """What a copy can be made of."""

    def to_bytes(self) -> bytes: ...


K = TypeVar("K", bound=Kept)


def from_shelf(shelf: Shelf, name: str, read: Callable[[bytes], K], make: Callable[[], K]) -> K:
    """What the shelf keeps under a name; made, and kept there, where there is no copy that `read` takes."""
    data = shelf.read(name)
    if data is not None:
        with suppress(ValueError):
            return read(data)
    made = make()
    shelf.write(name, made.to_bytes())
    return made


class Patterns:
    """Numbered strings; the holders of one are the numbers of the terms that it finds."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._first = array("i")
        self._more: list[tuple[int, int]] = []

    @classmethod
    def of(cls, texts: Sequence[str]) -> Patterns:
        """The strings of terms 0, 1, 2 …; one that is empty finds nothing."""
        found = cls()
        distinct = dict(zip(texts, range(len(texts)), strict=True))
        if len(distinct) == len(texts) and "" not in distinct:
            found.texts, found._first = list(texts), array("i", range(len(texts)))
        else:
            for holder, text in enumerate(texts):
                found.keep(text, holder)
        return found

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return dict(zip(self.texts, range(len(self.texts)), strict=True))

    def keep(self, text: str, holder: int) -> None:
        """Let a string find one more term."""
        if not text:
            return
        size = len(self.texts)
        number = self._numbers.setdefault(text, size)
        if number == size:
            self.texts.append(text)
            self._first.append(holder)
        else:
            self._more.append((number, holder))
            self.__dict__.pop("_others", None)

    def number(self, text: str) -> int | None:
        """The number of a string, None where there is no such string."""
        return self._numbers.get(text)

    @cached_property
    def _others(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for number, holder in self._more:
            found.setdefault(number, []).append(holder)
        return found

    def holders(self, number: int) -> list[int]:
        """The terms that a string finds, each once, in the order in which they came."""
        return list(dict.fromkeys((self._first[number], *self._others.get(number, ()))))

    def to_bytes(self) -> bytes:
        """A copy that `from_bytes` reads."""
        more = array("i", [part for pair in self._more for part in pair])
        head = json.dumps([len(self.texts), len(self._more)])
        return b"\n".join(
            (head.encode(), self._first.tobytes() + more.tobytes() + "\n".join(self.texts).encode("utf-8", "surrogatepass"))
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes, terms: int) -> Patterns:
        """Read what `to_bytes` wrote for so many terms; raises ValueError where it is damaged."""
        found = cls()
        head, _, body = data.partition(b"\n")
        try:
            size, others = json.loads(head)
            width = found._first.itemsize
            found._first.frombytes(body[: size * width])
            more = array("i")
            more.frombytes(body[size * width : (size + 2 * others) * width])
            text = body[(size + 2 * others) * width :].decode("utf-8", "surrogatepass")
        except (TypeError, AttributeError) as fault:
            raise ValueError("these are not patterns") from fault
        found.texts = text.split("\n") if text else []
        found._more = list(zip(more[::2], more[1::2], strict=True))
        sizes = len(found.texts), len(found._first), len(found._more)
        if sizes != (size, size, others) or max(found._first, default=0) >= terms:
            raise ValueError("these are not the patterns of these terms")
        return found


def named(kind: str, texts: Iterable[str], more: Iterable[object] = ()) -> str:
    """A name for a copy, by all that it depends on."""
    told = sha256("\0".join(texts).encode("utf-8", "replace"))
    told.update(repr(list(more)).encode("utf-8", "replace"))
    return f"{kind}-{told.hexdigest()[:32]}"
