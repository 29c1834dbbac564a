"""Relatedness: whether two texts are translations of each other at all.

The lexical evidence shared by the two sides of beads is compared with what the same Chinese shares with English from
elsewhere in the text: 0 where the two are equal, well above 1 for translations.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from termbank.alignment.arrays import Ints
from termbank.alignment.lexical_evidence import LIFT, explained_types
from termbank.alignment.token_arrays import TextPair
from termbank.model.alignment import Bead

UNRELATED = 1.0
"""Texts below it are said not to be translations: unrelated texts reach 0, the gold alignments 4.8 to 13.5."""
_SAMPLE = 300
"""Beads compared, spread over the text."""
_SHIFTS = (0.23, 0.5, 0.77)
"""How far away, as shares of the text, the English is taken with which each Chinese is compared."""
_MIN_BEADS = 8
"""With fewer beads there is no elsewhere to compare with."""


def measure_relatedness(texts: TextPair, beads: Sequence[Bead]) -> float | None:
    """(shared / shared when shuffled) · (share of the segments that is paired) - 1; None for texts too short to say."""
    paired = [bead for bead in beads if bead.zh and bead.en]
    if len(paired) < _MIN_BEADS:
        return None if len(beads) < 2 * _MIN_BEADS else 0.0
    places = np.linspace(0, len(paired) - 1, min(_SAMPLE, len(paired))).astype(int)
    chosen = [paired[place] for place in places]
    rows = np.array(sorted({row for bead in chosen for row in bead.zh}))
    ratios = dict(zip(rows.tolist(), _ratios_explained(texts, rows), strict=True))
    own = other = 0.0
    for number, bead in enumerate(chosen):
        given = [ratios[row] for row in bead.zh]
        own += _measure_evidence(texts, given, bead)
        for shift in _SHIFTS:
            elsewhere = chosen[(number + int(shift * len(chosen))) % len(chosen)]
            other += _measure_evidence(texts, given, elsewhere) / len(_SHIFTS)
    in_pairs = sum(len(bead.zh) + len(bead.en) for bead in paired)
    in_all = sum(len(bead.zh) + len(bead.en) for bead in beads)
    return own / max(other, 1e-9) * (in_pairs / max(1, in_all)) - 1.0


def _ratios_explained(texts: TextPair, rows: Ints) -> list[dict[int, float]]:
    """For each of these Chinese segments: by what factor it makes each English type likelier than chance."""
    side = texts.zh
    places = np.concatenate([np.arange(side.starts[row], side.starts[row + 1]) for row in rows])
    sizes = np.diff(side.starts)[rows]
    some = replace(
        side,
        starts=np.concatenate([[0], np.cumsum(sizes)]),
        types=side.types[places],
        weights=side.weights[places],
    )
    table = (texts.zh_type, texts.en_type, texts.weight)
    starts, types, ratios = explained_types(some, table, texts.en.shares)
    found = []
    for row in range(len(rows)):
        mine = slice(int(starts[row]), int(starts[row + 1]))
        size = max(1e-9, float(some.weights[some.starts[row] : some.starts[row + 1]].sum()))
        found.append(dict(zip(types[mine].tolist(), (ratios[mine] / size).tolist(), strict=True)))
    return found


def _measure_evidence(texts: TextPair, given: Sequence[dict[int, float]], bead: Bead) -> float:
    """The evidence a bead's English has from these Chinese segments, per word."""
    begin, end = int(texts.en.starts[bead.en[0]]), int(texts.en.starts[bead.en[-1] + 1])
    types, weights = texts.en.types[begin:end].tolist(), texts.en.weights[begin:end].tolist()
    lift = LIFT / len(given)
    gain = sum(
        w * math.log1p(lift * sum(row.get(kind, 0.0) for row in given))
        for kind, w in zip(types, weights, strict=True)
    )
    return float(gain / max(1.0, sum(weights)))
