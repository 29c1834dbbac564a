"""Co-occurrence features: how often a span's words occur with the term, without it, and beside the same word.

Runs of lemmas are represented by polynomial hashes modulo 2^64, so that every run of every bead is counted in one pass.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from termbank.extraction.bead_text import Corpus
from termbank.extraction.features.bead_spans import BeadSpans
from termbank.extraction.word_evidence import TermPlace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]
    Whole = NDArray[np.int64]
    Hash = NDArray[np.uint64]

LONGEST = 14
"""Pieces in the longest span."""
_BASE = 0x9E3779B97F4A7C15
"""2^64 divided by the golden ratio: odd, and with bits all over."""


class Ngrams:
    """Hashes of runs of lemmas, so that the same words can be counted over beads."""

    def __init__(self, corpus: Corpus) -> None:
        import numpy as np

        self._powers = np.ones(LONGEST + 1, np.uint64)
        with np.errstate(over="ignore"):
            for k in range(1, LONGEST + 1):
                self._powers[k] = self._powers[k - 1] * np.uint64(_BASE)
        rng = np.arange(1, corpus.bitext.lemmas + 1, dtype=np.uint64)
        self._codes = _mix_bits(rng)
        self._bead: dict[int, Hash] = {}
        self._en = corpus.bitext.en

    def prefix(self, bead: int) -> Hash:
        """The hash of the first k lemmas of a bead, for k from 0 to its length."""
        import numpy as np

        found = self._bead.get(bead)
        if found is None:
            codes = self._codes[self._en[bead]]
            found = np.zeros(len(codes) + 1, np.uint64)
            base = np.uint64(_BASE)
            running = 0
            for k, code in enumerate(codes.tolist()):
                running = (running * int(base) + code) & 0xFFFFFFFFFFFFFFFF
                found[k + 1] = running
            self._bead[bead] = found
        return found

    def of(self, bead: int, start: Whole, end: Whole) -> Hash:
        """The hashes of the runs [start, end) of a bead."""
        import numpy as np

        prefix = self.prefix(bead)
        with np.errstate(over="ignore"):
            found: Hash = prefix[end] - prefix[start] * self._powers[end - start]
        return found

    def all_of(self, bead: int) -> Hash:
        """Distinct hashes of every run up to the longest."""
        import numpy as np

        size = len(self._en[bead])
        start, end = every_span(size)
        return np.unique(self.of(bead, start, end))


def _mix_bits(codes: Hash) -> Hash:
    """Spread small numbers over 64 bits, with the multipliers of SplitMix64 (Steele et al. 2014)."""
    import numpy as np

    with np.errstate(over="ignore"):
        codes = codes * np.uint64(0xBF58476D1CE4E5B9)
        codes ^= codes >> np.uint64(29)
        codes = codes * np.uint64(0x94D049BB133111EB)
        codes ^= codes >> np.uint64(32)
    return codes


def every_span(size: int, longest: int = LONGEST) -> tuple[Whole, Whole]:
    """Starts and ends of every span of at most `longest` pieces in a text of `size` pieces."""
    import numpy as np

    start = np.repeat(np.arange(size), longest)
    end = start + np.tile(np.arange(1, longest + 1), size)
    kept = end <= size
    return start[kept], end[kept]


def repetition_features(
    corpus: Corpus, places: Sequence[TermPlace], beads: Sequence[BeadSpans], ngrams: Ngrams
) -> list[dict[str, Real]]:
    """How often the words of each span occur elsewhere: with the term, without it, and always beside the same word.

    Args:
        places: all places of the terms, those without spans too.
        beads: the spans of the places that have any.

    Returns:
        Named columns of shape (spans,) for each of `beads`.
    """
    import numpy as np

    if not beads:
        return []
    hashes = [
        np.concatenate(sides)
        for sides in zip(*(_span_hashes(corpus, one, ngrams) for one in beads), strict=True)
    ]
    wanted, at = np.unique(np.concatenate(hashes), return_inverse=True)
    counts, found_in = _count_beads(corpus, wanted, {place.bead for place in places}, ngrams)
    own, *beside = np.split(at, 3)
    left, right = (counts[one] * (side != 0) for one, side in zip(beside, hashes[1:], strict=True))
    together, size = _count_with_term(places, beads, own, found_in, len(wanted))
    columns = _repetition_columns(together, counts[own], left, right, size, max(2, len(corpus.beads)))
    bounds = np.cumsum([0, *map(len, beads)])
    return [
        {name: column[begin:past] for name, column in columns.items()}
        for begin, past in zip(bounds.tolist(), bounds[1:].tolist(), strict=False)
    ]


def _count_with_term(
    places: Sequence[TermPlace],
    beads: Sequence[BeadSpans],
    own: Whole,
    found_in: Mapping[int, Whole],
    wanted: int,
) -> tuple[Whole, Whole]:
    """In how many beads of its term each span's words occur, and how many beads hold the term.

    `own` are the numbers of the spans' runs among the `wanted`, `found_in` those that occur in each bead.
    """
    import numpy as np

    beads_of: dict[int, set[int]] = {}
    for place in places:
        beads_of.setdefault(place.term, set()).add(place.bead)
    slices: dict[int, list[slice]] = {}
    at = 0
    for one in beads:
        for place, spans in one.each():
            slices.setdefault(place.term, []).append(slice(at + spans.start, at + spans.stop))
        at += len(one)
    together, size = np.zeros(len(own), np.int64), np.zeros(len(own), np.int64)
    with_term = np.zeros(wanted, np.int64)
    for term, parts in slices.items():
        held = [found_in[bead] for bead in beads_of[term] if bead in found_in]
        for runs in held:
            with_term[runs] += 1
        for part in parts:
            together[part] = with_term[own[part]]
            size[part] = len(beads_of[term])
        for runs in held:
            with_term[runs] = 0
    return together, size


def _span_hashes(corpus: Corpus, spans: BeadSpans, ngrams: Ngrams) -> tuple[Hash, Hash, Hash]:
    """Hashes of the spans, of the spans with the word before them and with the word after them; 0 where there is none."""
    import numpy as np

    start, end, bead = spans.start, spans.end, spans.places[0].bead
    size = len(corpus.bitext.en[bead])
    wider = end - start < LONGEST
    left = np.where((start > 0) & wider, start - 1, start)
    right = np.where((end < size) & wider, end + 1, end)
    return (
        ngrams.of(bead, start, end),
        np.where(left < start, ngrams.of(bead, left, end), np.uint64(0)),
        np.where(right > end, ngrams.of(bead, start, right), np.uint64(0)),
    )


def _count_beads(
    corpus: Corpus, wanted: Hash, needed: set[int], ngrams: Ngrams
) -> tuple[Whole, dict[int, Whole]]:
    """In how many beads each wanted run occurs, and which of them occur in each needed bead; `wanted` is sorted."""
    import numpy as np

    counts = np.zeros(len(wanted), np.int64)
    found_in: dict[int, Whole] = {}
    for bead in range(len(corpus.beads)):
        runs = ngrams.all_of(bead)
        if not len(runs):
            continue
        at = np.minimum(np.searchsorted(wanted, runs), len(wanted) - 1)
        hit = at[wanted[at] == runs]
        counts[hit] += 1
        if bead in needed:
            found_in[bead] = hit
    return counts, found_in


def _repetition_columns(
    together: Whole, alone: Whole, left: Whole, right: Whole, beads: Whole, total: int
) -> dict[str, Real]:
    """Shares and mutual information from counts of beads.

    Args:
        together: beads of the term that hold the span's words; `alone` all beads that hold them.
        left: beads that hold them with the same word before; `right` with the same word after.
        beads: how many beads hold the term; `total` how many there are.
    """
    import numpy as np

    others, again = together - 1, np.maximum(alone - 1, 1)
    pmi = np.log(together * total / (beads * np.maximum(alone, 1))) / np.log(total)
    return {
        "company_ngram": (others / np.maximum(beads - 1, 1)).astype(np.float32),
        "pmi_ngram": pmi.astype(np.float32),
        "dice_ngram": (2 * others / (beads + alone - 1.5)).astype(np.float32),
        "alone_ngram": np.log1p(np.maximum(alone - together, 0)).astype(np.float32),
        "fixed_left": (np.maximum(left - 1, 0) / again).astype(np.float32),
        "fixed_right": (np.maximum(right - 1, 0) / again).astype(np.float32),
    }
