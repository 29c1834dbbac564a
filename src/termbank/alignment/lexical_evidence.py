"""Lexical evidence: how much better the words of one side explain those of the other than chance does.

The evidence for a segment, given joined segments opposite, is a log likelihood ratio against the document's own word
counts: Σ w(y)·log(λ + (1−λ)·Σ t(y|x) / (|X|·p(y))). Rare words weigh more by p(y); a word that nothing explains costs
log λ, so that joining segments needlessly loses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from termbank.alignment.arrays import Floats, Ints
from termbank.alignment.bead_shapes import MAX_SIDE
from termbank.alignment.search_band import Band
from termbank.alignment.token_arrays import TextPair, TokenizedText

UNEXPLAINED = 0.62
"""λ, the share of a word's likelihood kept where nothing opposite explains it. Chosen on the gold alignments."""
LIFT = (1.0 - UNEXPLAINED) / UNEXPLAINED

_REVERSE_POWER = 0.7
"""Damping of t(zh|en), as of t(en|zh) in the lexicon: words with many translations keep more than a share of 1."""

Table = tuple[Ints, Ints, Floats]
"""A sparse translation table: giving types, given types, and t(given|giving) for each pair."""


@dataclass(frozen=True)
class EvidenceSums:
    """Running sums of evidence along each row of a band.

    `values[a - 1, base[i] + j - first[i]]` is the evidence for the columns from `first[i]` up to j, given the a rows
    before node (i, j). `first` has one number a row, `base` one more (the last is the size of a row of `values`).
    """

    first: Ints
    base: Ints
    values: Floats


def reversed_weights(texts: TextPair) -> Floats:
    """t(zh|en) over the Chinese types of this text, for the pairs of the table."""
    totals = np.bincount(texts.en_type, weights=texts.weight, minlength=len(texts.en.names))
    return texts.weight / np.maximum(totals[texts.en_type], 1e-9) ** _REVERSE_POWER


def explained_types(giver: TokenizedText, table: Table, shares: Floats) -> tuple[Ints, Ints, Floats]:
    """For each segment of `giver`: the types opposite that it explains, and how well.

    Args:
        giver: the text that explains, with S segments.
        table: the translation table, giving types those of `giver`.
        shares: p(y) of the types opposite.

    Returns:
        A sparse matrix by rows: `starts` (S + 1), `types` and `ratios`; segment s has the entries from `starts[s]` up to
        `starts[s + 1]`. A ratio is Σ w(x)·t(y|x) / p(y).
    """
    given, taken, weight = table
    order = np.argsort(given, kind="stable")
    given, taken, weight = given[order], taken[order], weight[order]
    starts = np.searchsorted(given, np.arange(len(giver.names) + 1))
    counts = np.diff(starts)[giver.types]
    owner = np.repeat(np.arange(len(giver)), np.diff(giver.starts))
    total = int(counts.sum())
    offsets = np.repeat(
        starts[giver.types] - np.concatenate([[0], np.cumsum(counts)[:-1]]) if len(counts) else counts, counts
    )
    entry = np.arange(total) + offsets
    values = weight[entry] * np.repeat(giver.weights, counts) / np.maximum(shares[taken[entry]], 1e-9)
    keys = np.repeat(owner, counts) * max(1, len(shares)) + taken[entry]
    order = np.argsort(keys, kind="stable")
    cuts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    unique = keys[order[cuts]]
    summed = np.add.reduceat(values[order], cuts) if total else np.zeros(0)
    segment = unique // max(1, len(shares))
    return np.searchsorted(segment, np.arange(len(giver) + 1)), unique % max(1, len(shares)), summed


def sum_evidence(giver: TokenizedText, taker: TokenizedText, table: Table, band: Band) -> EvidenceSums:
    """Sum the evidence for the segments of `taker` (columns), given up to MAX_SIDE joined segments of `giver` (rows)."""
    starts, types, ratios = explained_types(giver, table, taker.shares)
    sizes = _running_weights(giver)
    rows = len(giver)
    first = np.maximum(band.low - MAX_SIDE, 0)
    base = np.concatenate([[0], np.cumsum(band.high - first + 1)])
    values = np.zeros((MAX_SIDE, int(base[-1])))
    dense = np.zeros(len(taker.names))
    unexplained = np.log(UNEXPLAINED) * np.concatenate([[0.0], np.cumsum(taker.weights)])
    recent: list[tuple[int, Floats]] = []
    for row in range(1, rows + 1):
        ahead = min(rows, row + MAX_SIDE - 1)
        begin, end = int(taker.starts[first[row]]), int(taker.starts[band.high[ahead]])
        mine = slice(int(starts[row - 1]), int(starts[row]))
        dense[types[mine]] = ratios[mine]
        recent.insert(0, (begin, dense[taker.types[begin:end]]))
        dense[types[mine]] = 0.0
        del recent[MAX_SIDE:]
        left, right = int(first[row]), int(band.high[row])
        if right <= left:
            continue
        weight = sizes[row] - sizes[np.maximum(row - np.arange(1, MAX_SIDE + 1), 0)]
        block = _token_ratios(recent, begin, int(taker.starts[right]))
        bounds = taker.starts[left : right + 1]
        line = values[:, base[row] : base[row] + right - left + 1]
        _fill_row(line, block, LIFT / np.maximum(weight, 1e-9), taker.weights[begin:], bounds - begin)
        line += unexplained[bounds] - unexplained[begin]
    return EvidenceSums(first, base, values)


def _running_weights(side: TokenizedText) -> Floats:
    """The weight of the words in the segments before each place, length S + 1."""
    of_segments = np.add.reduceat(np.append(side.weights, 0.0), side.starts[:-1]) * (np.diff(side.starts) > 0)
    return np.concatenate([[0.0], np.cumsum(of_segments)])


def _token_ratios(recent: list[tuple[int, Floats]], begin: int, end: int) -> Floats:
    """The ratios of the tokens from `begin` to `end`, shape (MAX_SIDE, end - begin), one line for each recent row."""
    block = np.zeros((MAX_SIDE, end - begin))
    for back, (origin, ratios) in enumerate(recent):
        block[back] = ratios[begin - origin : end - origin]
    return block


def _fill_row(line: Floats, block: Floats, lift: Floats, weights: Floats, bounds: Ints) -> None:
    """Write into `line` the running sums of explained evidence at `bounds`, in place.

    A word that nothing explains is worth log λ whatever is joined, so only the other words are computed here.
    """
    some = np.flatnonzero(block.any(axis=0))
    joined = np.cumsum(block[:, some], axis=0)
    joined *= lift[:, None]
    np.log1p(joined, out=joined)
    joined *= weights[some]
    gained = np.zeros((MAX_SIDE, len(some) + 1))
    np.cumsum(joined, axis=1, out=gained[:, 1:])
    np.take(gained, np.searchsorted(some, bounds), axis=1, out=line)
