"""How often the same English words stand with a term elsewhere, without it, and beside the same word.

Runs of lemmas are told apart by hashes, so that every run of every bead can be counted in one pass. In
come the places with their spans; out come the features of repetition for every span.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from termbank.extraction.bead_text import Corpus
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
        """Running hash with a leading 0; taken mod 2^64."""
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
    import numpy as np

    with np.errstate(over="ignore"):
        codes = codes * np.uint64(0xBF58476D1CE4E5B9)
        codes ^= codes >> np.uint64(29)
        codes = codes * np.uint64(0x94D049BB133111EB)
        codes ^= codes >> np.uint64(32)
    return codes


def every_span(size: int, longest: int = LONGEST) -> tuple[Whole, Whole]:
    import numpy as np

    start = np.repeat(np.arange(size), longest)
    end = start + np.tile(np.arange(1, longest + 1), size)
    kept = end <= size
    return start[kept], end[kept]


def add_repetition(
    corpus: Corpus,
    places: Sequence[TermPlace],
    spans: Sequence[tuple[Whole, Whole] | None],
    rows: Sequence[dict[str, Real]],
    ngrams: Ngrams,
) -> None:
    """Features of the same words elsewhere: with the term, without it, and always beside the same word."""
    import numpy as np

    hashes: list[tuple[Hash, Hash, Hash]] = []
    for place, span in zip(places, spans, strict=True):
        if span is None:
            nothing = np.zeros(0, np.uint64)
            hashes.append((nothing, nothing, nothing))
            continue
        start, end = span
        size = len(corpus.bitext.en[place.bead])
        wider = end - start < LONGEST
        left = np.where((start > 0) & wider, start - 1, start)
        right = np.where((end < size) & wider, end + 1, end)
        hashes.append(
            (
                ngrams.of(place.bead, start, end),
                np.where(left < start, ngrams.of(place.bead, left, end), np.uint64(0)),
                np.where(right > end, ngrams.of(place.bead, start, right), np.uint64(0)),
            )
        )
    wanted = np.unique(np.concatenate([h for triple in hashes for h in triple] or [np.zeros(1, np.uint64)]))
    if not len(wanted):
        return
    beads_of: dict[int, list[int]] = {}
    for place in places:
        known = beads_of.setdefault(place.term, [])
        if not known or known[-1] != place.bead:
            known.append(place.bead)
    counts = np.zeros(len(wanted), np.int64)
    found_in: dict[int, NDArray[np.int64]] = {}
    needed = {place.bead for place in places}
    for bead in range(len(corpus.beads)):
        everything = ngrams.all_of(bead)
        if not len(everything):
            continue
        at = np.minimum(np.searchsorted(wanted, everything), len(wanted) - 1)
        hit = at[wanted[at] == everything]
        counts[hit] += 1
        if bead in needed:
            found_in[bead] = hit
    total = max(2, len(corpus.beads))
    by_term = np.zeros(len(wanted), np.int64)
    current = -1
    for k in sorted(range(len(places)), key=lambda k: (places[k].term, k)):
        place = places[k]
        if place.term != current:
            current = place.term
            by_term = np.zeros(len(wanted), np.int64)
            for bead in set(beads_of[current]):
                if bead in found_in:
                    by_term[found_in[bead]] += 1
        if spans[k] is None:
            continue
        at = np.searchsorted(wanted, hashes[k][0])
        together, alone = by_term[at], counts[at]
        left = counts[np.searchsorted(wanted, hashes[k][1])] * (hashes[k][1] != 0)
        right = counts[np.searchsorted(wanted, hashes[k][2])] * (hashes[k][2] != 0)
        beads = len(set(beads_of[place.term]))
        row = rows[k]
        others = together - 1
        row["company_ngram"] = (others / max(beads - 1, 1)).astype(np.float32)
        row["pmi_ngram"] = (np.log(together * total / (beads * np.maximum(alone, 1))) / np.log(total)).astype(
            np.float32
        )
        row["dice_ngram"] = (2 * others / (beads + alone - 1.5)).astype(np.float32)
        row["alone_ngram"] = np.log1p(np.maximum(alone - together, 0)).astype(np.float32)
        again = np.maximum(alone - 1, 1)
        row["fixed_left"] = (np.maximum(left - 1, 0) / again).astype(np.float32)
        row["fixed_right"] = (np.maximum(right - 1, 0) / again).astype(np.float32)
