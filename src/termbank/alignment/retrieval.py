"""Segments of a summary or a commentary, each beside the Chinese segment whose words it carries; order plays no part.

Where a text covers only parts of another, or takes them in an order of its own, no chain of beads in order can
pair them. Here every English segment asks all of the Chinese ones; it is paired with the one that explains it
best, as surely as that one leads the next and as the pair leads what else that one could explain. What nothing
explains stays alone. The numbers by which leads become a confidence were fitted on texts with half of their
Chinese gone and their English told with other words left out and put in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from termbank.alignment.lexical_evidence import UNEXPLAINED, sparse_rows
from termbank.alignment.token_arrays import Units, read
from termbank.lexicon.dictionary import Lexicon
from termbank.model.alignment import Bead

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

MOST_PAIRS = 4_000_000
"""Texts with more pairs of segments than this are too long to be looked at pair by pair."""
LEAST = 0.4
_BASE, _LEAD, _LEAD_BACK, _MEAN, _TOP = -3.85, 1.5, 1.43, 2.22, 1.5
_STRIP = 400


def scattered(zh: Sequence[str], en: Sequence[str], lexicon: Lexicon) -> tuple[Bead, ...]:
    """A bead for each English segment that surely renders one Chinese segment, in English order.

    None for texts that are too long (`MOST_PAIRS`) or have no rival to compare with.
    """
    import numpy as np

    if len(zh) < 2 or not en or len(zh) * len(en) > MOST_PAIRS:
        return ()
    units = read(zh, en, lexicon)
    size = np.bincount(
        np.repeat(np.arange(len(en)), np.diff(units.en.starts)), weights=units.en.weights, minlength=len(en)
    )
    strips = range(0, len(en), _STRIP)
    gains = np.hstack([_gains(units, first, min(len(en), first + _STRIP)) for first in strips])
    best, columns = gains.argmax(axis=0), np.arange(len(en))
    top = gains[best, columns]
    back = np.log1p(np.maximum(top - _rival(gains, best), 0.0))
    gains[best, columns] = -1.0
    lead = np.log1p(np.maximum(top - gains.max(axis=0), 0.0))
    mean = np.minimum(top / np.maximum(size, 1.0), _TOP)
    sure = 1.0 / (1.0 + np.exp(-(_BASE + _LEAD * lead + _LEAD_BACK * back + _MEAN * mean)))
    return tuple(
        Bead((int(best[k]),), (k,), float(top[k]), float(sure[k]))
        for k in np.flatnonzero((sure >= LEAST) & (top > 0)).tolist()
    )


def _rival(gains: Floats, rows: NDArray[np.int64]) -> Floats:
    """For each column, the most that its row gives to any other column; 0 where there is no other."""
    import numpy as np

    columns = np.arange(gains.shape[1])
    first = gains.argmax(axis=1)
    highest = gains[np.arange(len(gains)), first]
    others = gains.copy()
    others[np.arange(len(gains)), first] = 0.0
    second = others.max(axis=1)
    rival: Floats = np.where(first[rows] == columns, second[rows], highest[rows])
    return rival


def _gains(units: Units, first: int, last: int) -> Floats:
    """How much better than chance each Chinese segment explains the English ones from `first` to `last`."""
    import numpy as np

    zh, en = units.zh, units.en.part(first, last)
    held, place = np.unique(en.types, return_inverse=True)
    owner = np.repeat(np.arange(len(en)), np.diff(en.starts))
    words = np.zeros((len(held), len(en)), dtype=np.float32)
    np.add.at(words, (place, owner), en.weights)
    starts, types, ratios = sparse_rows(zh, (units.zh_type, units.en_type, units.weight), units.en.shares)
    row = np.repeat(np.arange(len(zh)), np.diff(starts))
    sizes = np.bincount(
        np.repeat(np.arange(len(zh)), np.diff(zh.starts)), weights=zh.weights, minlength=len(zh)
    )
    value = np.log1p((1.0 - UNEXPLAINED) / UNEXPLAINED * ratios / np.maximum(sizes[row], 1e-9))
    column = np.searchsorted(held, types)
    kept = (column < len(held)) & (held[np.minimum(column, len(held) - 1)] == types)
    explained = np.zeros((len(zh), len(held)), dtype=np.float32)
    explained[row[kept], column[kept]] = value[kept]
    gains: Floats = explained @ words
    return gains
