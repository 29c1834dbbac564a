"""What an encoder makes of the sentences: how near in meaning, against their neighbours.

An encoder gives each sentence a vector; nothing else is asked of it. A bead's vector is the mean of its
sentences', so that each is encoded once. A bead is right when its two sides are nearer to one another than they
would be with a neighbour more or a sentence less (after the margin of Artetxe & Schwenk 2019).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


class Encoder(Protocol):
    """Anything that turns sentences of either language into vectors, one row each, of one width."""

    def encode(self, texts: Sequence[str]) -> Any: ...


BATCH = 64


@dataclass(frozen=True)
class Meaning:
    """Vectors of unit length, one row a segment."""

    zh: NDArray[np.float32]
    en: NDArray[np.float32]

    def part(self, rows: tuple[int, int], columns: tuple[int, int]) -> Meaning:
        return Meaning(self.zh[slice(*rows)], self.en[slice(*columns)])


def meaning(
    zh: Sequence[str], en: Sequence[str], encoder: Encoder, progress: Callable[[int, int], None]
) -> Meaning:
    """Every segment encoded, the like-sized together."""
    import numpy as np

    texts = [*zh, *en]
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    rows: list[Any] = [None] * len(texts)
    for start in range(0, len(order), BATCH):
        some = order[start : start + BATCH]
        for place, row in zip(
            some, np.asarray(encoder.encode([texts[k] for k in some]), dtype=np.float32), strict=True
        ):
            rows[place] = row
        progress(min(start + BATCH, len(order)), len(order))
    vectors = np.array(rows, dtype=np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return Meaning(vectors[: len(zh)], vectors[len(zh) :])


MEANING_FEATURES = ("near", "nearer when wider", "nearer than parts", "near one alone")


def nearness(meaning: Meaning, steps: Ints) -> list[Floats]:
    """The columns of MEANING_FEATURES for beads given by their first segments and those past the last.

    A bead's vector is the sum of its sentences'. It should be near, lose by taking in a neighbour, and lose by
    giving up a sentence; a segment alone should be near to nothing about it.
    """
    import numpy as np

    sums = [
        np.concatenate([np.zeros((1, side.shape[1])), np.cumsum(side, axis=0, dtype=np.float64)])
        for side in (meaning.zh, meaning.en)
    ]

    def cosine(some: Ints, moved: tuple[int, int, int, int]) -> Floats:
        """Of these beads with their corners moved; not a number where there is no such bead."""
        top, bottom, left, right = (some + np.array(moved)).T
        there = (top >= 0) & (left >= 0) & (top < bottom) & (left < right)
        there &= (bottom < len(sums[0])) & (right < len(sums[1]))
        found = np.full(len(some), np.nan)
        places = np.flatnonzero(there)
        for start in range(0, len(places), _AT_ONCE):
            few = places[start : start + _AT_ONCE]
            zh = sums[0][bottom[few]] - sums[0][top[few]]
            en = sums[1][right[few]] - sums[1][left[few]]
            sizes = np.linalg.norm(zh, axis=1) * np.linalg.norm(en, axis=1)
            found[few] = np.einsum("ij,ij->i", zh, en) / np.maximum(sizes, 1e-9)
        return found

    own = cosine(steps, (0, 0, 0, 0))
    wider, parts = np.zeros(len(steps)), np.zeros(len(steps))
    for moved in ((-1, 0, 0, 0), (0, 1, 0, 0), (0, 0, -1, 0), (0, 0, 0, 1)):
        wider += np.nan_to_num(cosine(steps, moved) - own)
        parts += np.nan_to_num(own - cosine(steps, (-moved[0], -moved[1], -moved[2], -moved[3])))
    alone = np.flatnonzero(np.isnan(own))
    reached = np.zeros(len(steps))
    for k in range(-_AROUND, _AROUND):
        for moved in ((0, 0, k, k + 1), (k, k + 1, 0, 0)):
            reached[alone] = np.fmax(reached[alone], cosine(steps[alone], moved))
    return [np.nan_to_num(own), wider, parts, reached]


_AT_ONCE = 4096
_AROUND = 3
