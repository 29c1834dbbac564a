"""The translation table, updated from a first alignment of the same texts.

IBM model 1 (Brown et al. 1993), estimated by expectation maximisation with the dictionary as a prior worth a fixed number
of occurrences: a rare word keeps the dictionary's translations and a frequent one follows the text. It adds names, a
translator's own renderings and words that the dictionary lacks. A pair that the dictionary lacks is believed only when
two beads have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from termbank.alignment.arrays import Flags, Floats, Ints
from termbank.alignment.path import Step
from termbank.alignment.token_arrays import TextPair, TokenizedText

_ROUNDS = 3
"""Rounds of expectation maximisation."""
_PRIOR = 4.0
"""Occurrences of a word that the dictionary counts as."""
_FLOOR = 0.02
"""Probability that each pair begins with, and that a word has no counterpart (the NULL word of model 1)."""
_MIN_PROBABILITY = 0.05
"""Pairs below it are dropped."""
_MIN_BEADS = 2
"""Beads that must have a pair the dictionary lacks."""
_MIN_DAMPING = 0.5
"""The least share of its weight that a pair of the dictionary keeps."""


@dataclass(frozen=True)
class _Occurrences:
    """Every pairing of content words within a bead: its bead, types and English token."""

    bead: Ints
    zh_type: Ints
    en_type: Ints
    token: Ints


def update_table(texts: TextPair, steps: Sequence[Step]) -> TextPair:
    """Learn translations from an alignment.

    Args:
        texts: the texts with the dictionary's table.
        steps: the beads of a first alignment.

    Returns:
        The same texts with the learned pairs added and the weights of the dictionary's pairs damped.
    """
    found = _occurrences(texts, steps)
    if not len(found.bead):
        return texts
    width = len(texts.en.names)
    known = texts.zh_type * width + texts.en_type
    keys, pair_of = np.unique(found.zh_type * width + found.en_type, return_inverse=True)
    in_dictionary, prior = _dictionary_weights(known, texts.weight, keys)
    usable = in_dictionary | (_bead_counts(pair_of, found.bead, len(keys)) >= _MIN_BEADS)
    t = _model_1(texts, keys // width, pair_of, found.token, usable, prior)
    kept = (t >= _MIN_PROBABILITY) & usable
    counts = np.bincount(texts.zh.types, minlength=len(texts.zh.names)).astype(float)
    damping = np.maximum(_PRIOR / (_PRIOR + counts[texts.zh_type]), _MIN_DAMPING)
    all_keys = np.concatenate([known, keys[kept]])
    values = np.concatenate([texts.weight * damping, t[kept]])
    unique, back = np.unique(all_keys, return_inverse=True)
    weight = np.bincount(back, weights=values).astype(np.float64)
    return replace(texts, zh_type=unique // width, en_type=unique % width, weight=weight)


def _dictionary_weights(known: Ints, weight: Floats, keys: Ints) -> tuple[Flags, Floats]:
    """Whether the dictionary has each pair, and its weight there (0 where it has not)."""
    if not len(known):
        return np.zeros(len(keys), dtype=bool), np.zeros(len(keys))
    order = np.argsort(known)
    place = np.minimum(np.searchsorted(known[order], keys), max(0, len(known) - 1))
    found = known[order][place] == keys
    return found, np.where(found, weight[order][place], 0.0)


def _bead_counts(pair_of: Ints, bead: Ints, size: int) -> Ints:
    """In how many beads each pair occurs."""
    beads = int(bead.max()) + 1
    return np.bincount(_distinct(pair_of * beads + bead) // beads, minlength=size)


def _model_1(
    texts: TextPair, zh_type: Ints, pair_of: Ints, token: Ints, usable: Flags, prior: Floats
) -> Floats:
    """t(en|zh) of each pair after some rounds of expectation maximisation.

    Args:
        texts: the texts, for the counts of the Chinese types.
        zh_type: the Chinese type of each pair.
        pair_of, token: the pair and the English token of each occurrence.
        usable: which pairs may be learned.
        prior: the dictionary's weight of each pair.
    """
    use = usable[pair_of]
    pair_of, token = pair_of[use], token[use]
    mass = np.bincount(zh_type, weights=prior, minlength=len(texts.zh.names))
    base = prior / np.maximum(1.0, mass[zh_type])
    counts = np.bincount(texts.zh.types, minlength=len(texts.zh.names)).astype(float)[zh_type]
    t = base + _FLOOR * usable
    for _ in range(_ROUNDS):
        share = t[pair_of]
        total = np.bincount(token, weights=share) + _FLOOR
        expected = np.bincount(pair_of, weights=share / total[token], minlength=len(t))
        t = (expected + _PRIOR * base) / (counts + _PRIOR)
    return t


def _occurrences(texts: TextPair, steps: Sequence[Step]) -> _Occurrences:
    paired = np.array([step for step in steps if step[0] < step[1] and step[2] < step[3]], dtype=np.int64)
    paired = paired.reshape(-1, 4)
    zh_bead, zh_places = _content_words(texts.zh, paired[:, 0], paired[:, 1])
    en_bead, tokens = _content_words(texts.en, paired[:, 2], paired[:, 3])
    width = max(1, len(texts.zh.names))
    distinct = _distinct(zh_bead * width + texts.zh.types[zh_places])
    owner, zh_types = distinct // width, distinct % width
    sizes = np.bincount(en_bead, minlength=len(paired))
    begins = np.concatenate([[0], np.cumsum(sizes)])
    repeats = sizes[owner]
    ends = np.cumsum(repeats)
    place = np.arange(int(repeats.sum())) + np.repeat(begins[owner] - (ends - repeats), repeats)
    token = tokens[place]
    return _Occurrences(np.repeat(owner, repeats), np.repeat(zh_types, repeats), texts.en.types[token], token)


def _distinct(keys: Ints) -> Ints:
    """The distinct keys in order; on millions of keys several times faster than `numpy.unique`, which hashes."""
    ordered = np.sort(keys)
    distinct: Ints = ordered[np.diff(ordered, prepend=-1) != 0]
    return distinct


def _content_words(side: TokenizedText, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """The content words of runs of segments (from, up to) that rise: the number of the run, and the place of the word."""
    run = np.full(len(side), -1, dtype=np.int64)
    for number, (begin, end) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        run[begin:end] = number
    owner = np.repeat(run, np.diff(side.starts))
    places = np.flatnonzero((owner >= 0) & (side.weights >= 1.0))
    return owner[places], places
