"""The candidate spans of all places of one bead, measured together.

A bead holds many places and a place few spans, so one array operation serves the spans of all of them: spans stand one
after the other, place by place, and what is known of a place is a row that `owner` points to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from termbank.extraction.features.piece import TokenFlags
from termbank.extraction.word_evidence import TermPlace, WordEvidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]
    Whole = NDArray[np.int64]
    Spans = tuple[Whole, Whole]


@dataclass(frozen=True)
class BeadSpans:
    """The spans of the places of one bead that have any.

    Attributes:
        places: the P places.
        start, end: the pieces [start, end) of each span, shape (spans,); `owner` the row of its place.
        bounds: P + 1 numbers; place p has the spans from `bounds[p]` up to `bounds[p + 1]`.
        evidence: that of `WordEvidence`, every array of shape (P, pieces).
        both: the strength of the links, shape (units, pieces).
        flag: what the pieces are.
    """

    places: tuple[TermPlace, ...]
    start: Whole
    end: Whole
    owner: Whole
    bounds: tuple[int, ...]
    evidence: WordEvidence
    both: Real
    flag: TokenFlags

    @classmethod
    def of(
        cls,
        places: Sequence[TermPlace],
        spans: Sequence[Spans],
        evidence: Sequence[WordEvidence],
        both: Real,
        flag: TokenFlags,
    ) -> BeadSpans:
        """Join the spans of places; each place has at least one."""
        import numpy as np

        sizes = [len(start) for start, _ in spans]
        names = ("forth", "back", "table", "company", "mean")
        return cls(
            tuple(places),
            np.concatenate([start for start, _ in spans]),
            np.concatenate([end for _, end in spans]),
            np.repeat(np.arange(len(sizes)), sizes),
            (0, *np.cumsum(sizes).tolist()),
            WordEvidence(*(np.stack([getattr(one, name) for one in evidence]) for name in names)),
            both,
            flag,
        )

    def __len__(self) -> int:
        return len(self.start)

    def each(self) -> Iterator[tuple[TermPlace, slice]]:
        """Every place with the slice of its spans."""
        for place, begin, past in zip(self.places, self.bounds, self.bounds[1:], strict=False):
            yield place, slice(begin, past)

    @cached_property
    def outer_claim(self) -> Real:
        """How strongly a unit outside the term is linked to each piece, at most; shape (P, pieces)."""
        import numpy as np

        nothing = np.zeros((1, self.both.shape[1]), np.float32)
        before = np.concatenate([nothing, np.maximum.accumulate(self.both, axis=0)])
        after = np.concatenate([np.maximum.accumulate(self.both[::-1], axis=0)[::-1], nothing])
        claim: Real = np.maximum(
            before[[place.first for place in self.places]], after[[place.last for place in self.places]]
        )
        return claim

    def of_places(self, values: Sequence[float]) -> Real:
        """A number of each place, for each of its spans."""
        import numpy as np

        held: Real = np.array(values, np.float32)[self.owner]
        return held

    def at(self, values: Real, where: Whole, beyond: float = 0.0) -> Real:
        """The values (P, pieces) of each span's place at some pieces; `beyond` up to two pieces outside the bead."""
        import numpy as np

        padded = np.full((len(values), values.shape[1] + 4), beyond, np.float32)
        padded[:, 2:-2] = values
        held: Real = padded[self.owner, where + 2]
        return held

    def inside(self, values: Real, *, precise: bool = True) -> NDArray[np.float64]:
        """The sum of the values (P, pieces) of each span's place inside it; summed in float64 if `precise`, else in float32."""
        import numpy as np

        running = np.zeros((len(values), values.shape[1] + 1))
        running[:, 1:] = np.cumsum(values, axis=1, dtype=np.float64 if precise else None)
        held: NDArray[np.float64] = running[self.owner, self.end] - running[self.owner, self.start]
        return held
