"""A closer look at the beads that are left.

To what every bead was judged by come dearer questions: do the clauses at its end lean across the boundary, do the
sentences of its two sides begin alike, is what was parted long enough to be parted, and, where an encoder is
given, is it near in meaning. Asked of doubtful beads only; where there is no choice the answers would change nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from termbank.alignment.clause_leakage import leaks
from termbank.alignment.costs import FEATURES, GAP_FEATURES, SHAPES, Pricing
from termbank.alignment.embeddings import MEANING_FEATURES, Meaning, nearness
from termbank.alignment.model_weights import Setting
from termbank.alignment.pruned_lattice import ALONG, Lattice
from termbank.alignment.token_arrays import Side, Units

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

CLOSER_FEATURES = (
    "leaks before zh", "leaks after zh", "leaks before en", "leaks after en", "parts a long one", "parts at pauses",
    "joins to a long one", "shortest en", "pronoun inside en", "conjunction inside en", "conjunction inside zh",
    "begins small", "begins alike", "conjunction zh alone", "conjunction en alone",
)  # fmt: skip


def judged(
    pricing: Pricing, lattice: Lattice, meaning: Meaning | None = None
) -> tuple[Floats, tuple[str, ...]]:
    """One row a bead, and what its columns are: the usual features, those of gaps, and those of the closer look."""
    import numpy as np

    names = (*FEATURES, *GAP_FEATURES, *CLOSER_FEATURES, *(MEANING_FEATURES if meaning is not None else ()))
    rows = np.zeros((len(lattice), len(names)))
    usual, gaps = len(FEATURES), len(FEATURES) + len(GAP_FEATURES)
    alone = {side: np.array(list(pricing.gap_features(side))).T for side in ("zh", "en")}
    for number, (a, b) in enumerate(SHAPES):
        some = np.flatnonzero(lattice.shapes == number)
        if b:
            rows[some, :usual] = np.array(list(pricing.features(a, b, lattice.places[some]))).T
        else:
            rows[some, usual:gaps] = alone["zh"][lattice.steps[some, 0]]
    some = np.flatnonzero(lattice.shapes == ALONG)
    rows[some, usual:gaps] = alone["en"][lattice.steps[some, 2]]
    both = len(pricing.units.zh) > 0 and len(pricing.units.en) > 0
    closer = np.flatnonzero(lattice.doubtful & both)
    steps = lattice.steps[closer]
    past = gaps + len(CLOSER_FEATURES)
    if not len(closer):
        return rows, names
    rows[closer, gaps:past] = np.stack(_looked_at(pricing.units, steps), axis=1)
    if meaning is not None:
        rows[closer, past:] = np.stack(nearness(meaning, steps), axis=1)
    return rows, names


def worths_of(lattice: Lattice, rows: Floats, setting: Setting) -> Floats:
    """What each bead is worth after the closer look."""
    import numpy as np

    weights = np.array([*setting.features, *setting.gaps, *setting.closer])
    worths: Floats = np.array(setting.shapes)[lattice.shapes] + rows @ weights
    return worths


def _looked_at(units: Units, steps: Ints) -> list[Floats]:
    """The columns of CLOSER_FEATURES."""
    import numpy as np

    top, bottom, left, right = steps.T
    nodes, back = np.unique(steps[:, 1::2], axis=0, return_inverse=True)
    leaked = [values[back.ravel()] for values in leaks(units, nodes[:, 0], nodes[:, 1])]
    zh, en = units.zh, units.en
    paired = (bottom > top) & (right > left)
    parts, joins = paired & (right - left > bottom - top), paired & (bottom - top > right - left)
    zh_size, zh_usual = _length(zh, top, bottom)
    en_size, en_usual = _length(en, left, right)
    zh_first, en_first = np.minimum(top, len(zh) - 1), np.minimum(left, len(en) - 1)
    zh_also, en_also = zh.openings.conjunction[zh_first], en.openings.conjunction[en_first]
    return [
        *leaked,
        parts * np.log(zh_size / zh_usual),
        parts * np.log1p(_total(zh.openings.pauses, top, bottom)),
        joins * np.log(en_size / en_usual),
        (paired & (right - left > 1)) * np.log(_shortest(en, left, right) / en_usual),
        paired * _total(en.openings.pronoun, np.minimum(left + 1, right), right),
        paired * _total(en.openings.conjunction, np.minimum(left + 1, right), right),
        paired * _total(zh.openings.conjunction, np.minimum(top + 1, bottom), bottom),
        paired * en.openings.lower[en_first],
        paired * _alike(units, zh_first, en_first),
        paired * zh_also * (1 - en_also),
        paired * en_also * (1 - zh_also),
    ]


def _total(values: Floats, first: Ints, past: Ints) -> Floats:
    import numpy as np

    sums = np.concatenate([[0.0], np.cumsum(values)])
    total: Floats = sums[past] - sums[first]
    return total


def _length(side: Side, first: Ints, past: Ints) -> tuple[Floats, float]:
    """Letters of stretches of segments, and of a usual segment."""
    import numpy as np

    return _total(side.lengths + 1.0, first, np.maximum(past, 1)) + (past == first), float(
        np.median(side.lengths + 1.0) if len(side) else 1.0
    )


def _shortest(side: Side, first: Ints, past: Ints) -> Floats:
    import numpy as np

    lengths = np.append(side.lengths, 0.0) + 1.0
    least = lengths[np.minimum(first, len(side) - 1)]
    for offset in range(1, int((past - first).max(initial=1))):
        least = np.minimum(least, lengths[np.where(first + offset < past, first + offset, first)])
    return least


def _alike(units: Units, zh: Ints, en: Ints) -> Floats:
    """How much likelier than chance one of the first two words of a segment is, given one of the first two opposite."""
    import numpy as np

    most = np.zeros(len(zh))
    if not len(units.weight):
        return most
    width = len(units.en.names)
    keys = units.zh_type * width + units.en_type
    order = np.argsort(keys)
    ordered, weight = np.append(keys[order], -1), np.append(units.weight[order], 0.0)
    for one in _first_two(units.zh, zh):
        for other in _first_two(units.en, en):
            wanted = np.where((one >= 0) & (other >= 0), one * width + other, -2)
            place = np.searchsorted(ordered[:-1], wanted)
            share = np.maximum(units.en.shares[np.maximum(other, 0)], 1e-6)
            most = np.maximum(most, np.where(ordered[place] == wanted, np.log1p(weight[place] / share), 0.0))
    return most


def _first_two(side: Side, segments: Ints) -> Sequence[Ints]:
    """The first two words of segments, marks and numbers left out; -1 where there is none."""
    import numpy as np

    spoken = np.array([name[0] not in "=#" for name in side.names], dtype=bool)
    words = np.flatnonzero(spoken[side.types]) if len(side.types) else np.zeros(0, dtype=np.int64)
    first = np.searchsorted(words, side.starts[segments])
    found = []
    for offset in (0, 1):
        place = np.minimum(first + offset, max(0, len(words) - 1))
        inside = (first + offset < len(words)) & (
            (words[place] if len(words) else place) < side.starts[segments + 1]
        )
        types = side.types[words[place]] if len(words) else np.full(len(segments), -1)
        found.append(np.where(inside, types, -1))
    return found
