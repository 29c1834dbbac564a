"""Co-occurrence features: how often a span's words occur with the term, without it, and beside the same word.

Runs of lemmas are represented by polynomial hashes modulo 2^64, so that every run of every bead is counted in one pass.
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
    Spans = tuple[Whole, Whole]

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
    corpus: Corpus,
    places: Sequence[TermPlace],
    spans: Sequence[Spans | None],
    ngrams: Ngrams,
) -> list[dict[str, Real]]:
    """How often the words of each span occur elsewhere: with the term, without it, and always beside the same word.

    `spans` has the spans of each place, None where there are none. Named columns of shape (spans,) come back for each.
    """
    import numpy as np

    hashes = [
        _span_hashes(corpus, place, span, ngrams) if span is not None else None
        for place, span in zip(places, spans, strict=True)
    ]
    parts = [part for one in hashes if one is not None for part in one]
    if not parts:
        return [{} for _ in places]
    wanted = np.unique(np.concatenate(parts))
    counts, found_in = _count_beads(corpus, wanted, {place.bead for place in places}, ngrams)
    beads_of: dict[int, set[int]] = {}
    for place in places:
        beads_of.setdefault(place.term, set()).add(place.bead)
    rows: list[dict[str, Real]] = [{} for _ in places]
    with_term, current = np.zeros(len(wanted), np.int64), -1
    for k in sorted(range(len(places)), key=lambda k: (places[k].term, k)):
        own = hashes[k]
        if places[k].term != current:
            current = places[k].term
            with_term[:] = 0
            for bead in beads_of[current] & found_in.keys():
                with_term[found_in[bead]] += 1
        if own is not None:
            at = [np.searchsorted(wanted, part) for part in own]
            left, right = (counts[at[side]] * (own[side] != 0) for side in (1, 2))
            beads = len(beads_of[current]), max(2, len(corpus.beads))
            rows[k] = _repetition_columns(with_term[at[0]], counts[at[0]], left, right, *beads)
    return rows


def _span_hashes(corpus: Corpus, place: TermPlace, span: Spans, ngrams: Ngrams) -> tuple[Hash, Hash, Hash]:
    """Hashes of the spans, of the spans with the word before them and with the word after them; 0 where there is none."""
    import numpy as np

    start, end = span
    size = len(corpus.bitext.en[place.bead])
    wider = end - start < LONGEST
    left = np.where((start > 0) & wider, start - 1, start)
    right = np.where((end < size) & wider, end + 1, end)
    return (
        ngrams.of(place.bead, start, end),
        np.where(left < start, ngrams.of(place.bead, left, end), np.uint64(0)),
        np.where(right > end, ngrams.of(place.bead, start, right), np.uint64(0)),
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
    together: Whole, alone: Whole, left: Whole, right: Whole, beads: int, total: int
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
        "company_ngram": (others / max(beads - 1, 1)).astype(np.float32),
        "pmi_ngram": pmi.astype(np.float32),
        "dice_ngram": (2 * others / (beads + alone - 1.5)).astype(np.float32),
        "alone_ngram": np.log1p(np.maximum(alone - together, 0)).astype(np.float32),
        "fixed_left": (np.maximum(left - 1, 0) / again).astype(np.float32),
        "fixed_right": (np.maximum(right - 1, 0) / again).astype(np.float32),
    }
