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

from termbank.alignment.token_arrays import Side, Units

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
    seen = _distinct(inverse * (int(bead.max()) + 1) + bead) // (int(bead.max()) + 1)
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

    paired = np.array([step for step in steps if step[0] < step[1] and step[2] < step[3]], dtype=np.int64)
    paired = paired.reshape(-1, 4)
    zh_bead, zh_places = _content(units.zh, paired[:, 0], paired[:, 1])
    en_bead, tokens = _content(units.en, paired[:, 2], paired[:, 3])
    width = max(1, len(units.zh.names))
    held = _distinct(zh_bead * width + units.zh.types[zh_places])
    owner, zh_types = held // width, held % width
    sizes = np.bincount(en_bead, minlength=len(paired))
    begins = np.concatenate([[0], np.cumsum(sizes)])
    repeats = sizes[owner]
    ends = np.cumsum(repeats)
    place = np.arange(int(repeats.sum())) + np.repeat(begins[owner] - (ends - repeats), repeats)
    token = tokens[place]
    return np.repeat(owner, repeats), np.repeat(zh_types, repeats), units.en.types[token], token


def _distinct(keys: Ints) -> Ints:
    """What there is, in order, each once: on millions of keys several times faster than `numpy.unique`, which hashes."""
    import numpy as np

    ordered = np.sort(keys)
    distinct: Ints = ordered[np.diff(ordered, prepend=-1) != 0]
    return distinct


def _content(side: Side, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """The content words of stretches of segments that rise: which stretch, and the place of the word."""
    import numpy as np

    stretch = np.full(len(side), -1, dtype=np.int64)
    for number, (begin, end) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        stretch[begin:end] = number
    owner = np.repeat(stretch, np.diff(side.starts))
    places = np.flatnonzero((owner >= 0) & (side.weights >= 1.0))
    return owner[places], places
