"""What the two texts themselves teach about their words.

In come a first alignment and the dictionary's table; out comes a table with what the beads have shown: names,
house renderings, words the dictionary lacks. IBM model 1 (Brown et al. 1993), with the dictionary as a prior worth a
fixed number of sightings, so that a rare word stays with the dictionary and a frequent one follows the text.
A pair the dictionary lacks is believed only when two beads show it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from termbank.align.units import Side, Units

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

ROUNDS = 3
PRIOR = 4.0
FLOOR = 0.02
LEAST = 0.05
GAIN = 1.0
"""t below this is not kept."""


def learned(units: Units, steps: Sequence[tuple[int, int, int, int]]) -> Units:
    """The same units with a table that knows what these beads show."""
    import numpy as np

    bead, zh_type, en_type, token = _pairs(units, steps)
    if not len(bead):
        return units
    width = len(units.en.names)
    known = units.zh_type * width + units.en_type
    order = np.argsort(known)
    keys, inverse = np.unique(zh_type * width + en_type, return_inverse=True)
    place = np.minimum(np.searchsorted(known[order], keys), max(0, len(known) - 1))
    found = (known[order][place] == keys) if len(known) else np.zeros(len(keys), dtype=bool)
    prior = np.where(found, units.weight[order][place] if len(known) else 0.0, 0.0)
    # distinct beads per pair
    seen = np.unique(inverse * (int(bead.max()) + 1) + bead) // (int(bead.max()) + 1)
    beads = np.bincount(seen, minlength=len(keys))
    usable = found | (beads >= 2)
    use = usable[inverse]
    inverse, token, zh_type = inverse[use], token[use], zh_type[use]
    rows = keys // width
    mass = np.bincount(rows, weights=prior, minlength=len(units.zh.names))
    base = prior / np.maximum(1.0, mass[rows])
    sightings = np.bincount(units.zh.types, minlength=len(units.zh.names)).astype(float)
    t = base + FLOOR * usable
    for _ in range(ROUNDS):
        share = t[inverse]
        total = np.bincount(token, weights=share) + FLOOR
        counts = np.bincount(inverse, weights=share / total[token], minlength=len(keys))
        t = (counts + PRIOR * base) / (sightings[rows] + PRIOR)
    kept = (t >= LEAST) & usable
    # dictionary pairs keep at least their weight damped by what was learned
    merged = np.where(kept, GAIN * t, 0.0)
    scale = PRIOR / (PRIOR + sightings[units.zh_type])
    old = units.weight * np.maximum(scale, 0.5)
    all_keys = np.concatenate([known, keys[kept]])
    values = np.concatenate([old, merged[kept]])
    unique, back = np.unique(all_keys, return_inverse=True)
    weight = np.bincount(back, weights=values).astype(np.float64)
    return replace(units, zh_type=unique // width, en_type=unique % width, weight=weight)


def _pairs(units: Units, steps: Sequence[tuple[int, int, int, int]]) -> tuple[Ints, Ints, Ints, Ints]:
    """Every pairing of content words within a bead: bead, Chinese type, English type, English token."""
    import numpy as np

    beads, left, right, tokens = [], [], [], []
    for number, (top, bottom, first, last) in enumerate(steps):
        if top == bottom or first == last:
            continue
        zh = _content(units.zh, top, bottom)
        en = _content(units.en, first, last)
        places = en
        zh_types, en_types = np.unique(units.zh.types[zh]), units.en.types[places]
        left.append(np.repeat(zh_types, len(en_types)))
        right.append(np.tile(en_types, len(zh_types)))
        tokens.append(np.tile(places, len(zh_types)))
        beads.append(np.full(len(zh_types) * len(en_types), number))
    if not beads:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, empty, empty
    return np.concatenate(beads), np.concatenate(left), np.concatenate(right), np.concatenate(tokens)


def _content(side: Side, first: int, last: int) -> Ints:
    import numpy as np

    places = np.arange(side.starts[first], side.starts[last])
    return places[side.weights[places] >= 1.0]
