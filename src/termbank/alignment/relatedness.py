"""Whether two texts are translations of one another at all.

What the two sides of a bead share, in words known to translate one another, is compared with what the same
Chinese shares with English from elsewhere in the text: 0 where that is the same, well above 1 for translations.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from termbank.alignment.lexical_evidence import UNEXPLAINED, sparse_rows
from termbank.alignment.token_arrays import Units
from termbank.model.alignment import Bead

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

UNRELATED = 1.0
_SAMPLE = 300
_SHIFTS = (0.23, 0.5, 0.77)
_LEAST = 8
"""With fewer beads there is no elsewhere to compare with."""


def relatedness(units: Units, beads: Sequence[Bead]) -> float | None:
    """(shared / shared when shuffled) · (part of the texts that is paired) - 1; None for texts too short to tell."""
    import numpy as np

    paired = [bead for bead in beads if bead.zh and bead.en]
    if len(paired) < _LEAST:
        return None if len(beads) < 2 * _LEAST else 0.0
    chosen = [
        paired[place] for place in np.linspace(0, len(paired) - 1, min(_SAMPLE, len(paired))).astype(int)
    ]
    rows = np.array(sorted({row for bead in chosen for row in bead.zh}))
    explained = dict(zip(rows.tolist(), _explained(units, rows), strict=True))
    own = other = 0.0
    for number, bead in enumerate(chosen):
        given = [explained[row] for row in bead.zh]
        own += _shared(units, given, bead)
        for shift in _SHIFTS:
            other += _shared(units, given, chosen[(number + int(shift * len(chosen))) % len(chosen)]) / len(
                _SHIFTS
            )
    covered = sum(len(bead.zh) + len(bead.en) for bead in paired) / max(
        1, sum(len(b.zh) + len(b.en) for b in beads)
    )
    return own / max(other, 1e-9) * covered - 1.0


def _explained(units: Units, rows: Ints) -> list[dict[int, float]]:
    """Per segment: how much better than chance it explains each English type."""
    import numpy as np

    side = units.zh
    places = np.concatenate([np.arange(side.starts[row], side.starts[row + 1]) for row in rows])
    sizes = np.diff(side.starts)[rows]
    some = replace(
        side,
        starts=np.concatenate([[0], np.cumsum(sizes)]),
        types=side.types[places],
        weights=side.weights[places],
    )
    starts, types, ratios = sparse_rows(some, (units.zh_type, units.en_type, units.weight), units.en.shares)
    found = []
    for row in range(len(rows)):
        mine = slice(int(starts[row]), int(starts[row + 1]))
        size = max(1e-9, float(some.weights[some.starts[row] : some.starts[row + 1]].sum()))
        found.append(dict(zip(types[mine].tolist(), (ratios[mine] / size).tolist(), strict=True)))
    return found


def _shared(units: Units, given: Sequence[dict[int, float]], bead: Bead) -> float:
    """What English segments gain from these Chinese ones, per word."""
    begin, end = int(units.en.starts[bead.en[0]]), int(units.en.starts[bead.en[-1] + 1])
    types, weights = units.en.types[begin:end].tolist(), units.en.weights[begin:end].tolist()
    lift = (1.0 - UNEXPLAINED) / UNEXPLAINED / len(given)
    gain = sum(
        w * math.log1p(lift * sum(row.get(kind, 0.0) for row in given))
        for kind, w in zip(types, weights, strict=True)
    )
    return float(gain / max(1.0, sum(weights)))
