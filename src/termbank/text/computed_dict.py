"""A dictionary whose values are computed when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class ComputedDict(dict[K, V]):
    """A dictionary that computes each missing value once.

    Args:
        compute: The value of a key.
        known: Values that are known from the start.
        most: How many values are kept at the most.
    """

    def __init__(
        self, compute: Callable[[K], V], known: Mapping[K, V] | None = None, *, most: int = 1 << 18
    ) -> None:
        super().__init__(known or {})
        self._compute, self._most = compute, most

    def __missing__(self, key: K) -> V:
        value = self._compute(key)
        if len(self) < self._most:
            self[key] = value
        return value
