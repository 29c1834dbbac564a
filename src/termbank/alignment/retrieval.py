"""Retrieval: pair each English segment with the Chinese one it renders, whatever their order.

Where a text covers only parts of another, or takes them in its own order (a summary, a commentary), no chain of beads can
pair them. Here every English segment is compared with every Chinese one. It is paired with the one that explains it
best, with a confidence that grows with its lead over the next-best Chinese segment and over the next-best English one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from termbank.alignment.arrays import Float32s, Ints
from termbank.alignment.lexical_evidence import LIFT, explained_types
from termbank.alignment.token_arrays import TextPair, tokenize_texts
from termbank.lexicon.dictionary import Lexicon
from termbank.model.alignment import Bead
from termbank.model.resources import read_json

MAX_PAIRS = 4_000_000
"""Texts with more pairs of segments than this are too long to compare all pairs."""
MIN_CONFIDENCE = 0.4
_MAX_MEAN = 1.5
"""Evidence per word beyond which a higher mean says no more."""
_CHUNK = 400
"""English segments compared at once."""


def retrieve_beads(zh: Sequence[str], en: Sequence[str], lexicon: Lexicon) -> tuple[Bead, ...]:
    """Find the Chinese segment that each English segment renders.

    Args:
        zh, en: the segments of the two texts.
        lexicon: the translation lexicon.

    Returns:
        A bead for each English segment paired with a confidence of at least MIN_CONFIDENCE, in English order. Empty for
        texts that are too long (MAX_PAIRS), and for a single Chinese segment, which has no rival to compare with.
    """
    if len(zh) < 2 or not en or len(zh) * len(en) > MAX_PAIRS:
        return ()
    texts = tokenize_texts(zh, en, lexicon)
    size = np.bincount(
        np.repeat(np.arange(len(en)), np.diff(texts.en.starts)), weights=texts.en.weights, minlength=len(en)
    )
    chunks = range(0, len(en), _CHUNK)
    gains = np.hstack([_gains(texts, first, min(len(en), first + _CHUNK)) for first in chunks])
    best, columns = gains.argmax(axis=0), np.arange(len(en))
    top = gains[best, columns]
    lead_en = np.log1p(np.maximum(top - _best_elsewhere(gains, best), 0.0))
    gains[best, columns] = -1.0
    lead_zh = np.log1p(np.maximum(top - gains.max(axis=0), 0.0))
    mean = np.minimum(top / np.maximum(size, 1.0), _MAX_MEAN)
    w = read_json("termbank.alignment", "weights.json")["retrieval"]["weights"]
    logit = w["intercept"] + w["lead_zh"] * lead_zh + w["lead_en"] * lead_en + w["mean_evidence"] * mean
    confidence = 1.0 / (1.0 + np.exp(-logit))
    return tuple(
        Bead((int(best[k]),), (k,), float(top[k]), float(confidence[k]))
        for k in np.flatnonzero((confidence >= MIN_CONFIDENCE) & (top > 0)).tolist()
    )


def _best_elsewhere(gains: Float32s, rows: Ints) -> Float32s:
    """For each column, the highest gain of its row in any other column; 0 where there is no other."""
    columns = np.arange(gains.shape[1])
    first = gains.argmax(axis=1)
    highest = gains[np.arange(len(gains)), first]
    others = gains.copy()
    others[np.arange(len(gains)), first] = 0.0
    second = others.max(axis=1)
    rival: Float32s = np.where(first[rows] == columns, second[rows], highest[rows])
    return rival


def _gains(texts: TextPair, first: int, last: int) -> Float32s:
    """How much better than chance each Chinese segment (row) explains the English ones from `first` to `last` (columns)."""
    zh, en = texts.zh, texts.en.part(first, last)
    types_here, place = np.unique(en.types, return_inverse=True)
    owner = np.repeat(np.arange(len(en)), np.diff(en.starts))
    words = np.zeros((len(types_here), len(en)), dtype=np.float32)
    np.add.at(words, (place, owner), en.weights)
    starts, types, ratios = explained_types(zh, (texts.zh_type, texts.en_type, texts.weight), texts.en.shares)
    row = np.repeat(np.arange(len(zh)), np.diff(starts))
    sizes = np.bincount(
        np.repeat(np.arange(len(zh)), np.diff(zh.starts)), weights=zh.weights, minlength=len(zh)
    )
    value = np.log1p(LIFT * ratios / np.maximum(sizes[row], 1e-9))
    column = np.searchsorted(types_here, types)
    kept = (column < len(types_here)) & (types_here[np.minimum(column, len(types_here) - 1)] == types)
    explained = np.zeros((len(zh), len(types_here)), dtype=np.float32)
    explained[row[kept], column[kept]] = value[kept]
    gains: Float32s = explained @ words
    return gains
