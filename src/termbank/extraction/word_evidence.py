"""How far each English word belongs to a term, at one place where the term stands.

A word belongs to a term only against the rest of the sentence: every measure here is a share of what
all the bead's units claim. Four are kept apart, since they fail in different ways: the sequential model
in both directions, the word table alone, and the company the word keeps with the term in other beads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.extraction.bead_text import Corpus
from termbank.extraction.word_alignment import WordLinks
from termbank.model.span import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]

_REST = 0.08
_ROUNDS = 2


@dataclass(frozen=True)
class TermPlace:
    """Where a term stands: `term` its number, `bead`, its span in the bead's Chinese, its units."""

    term: int
    bead: int
    zh: Span
    first: int
    last: int  # one past the last unit


@dataclass
class WordEvidence:
    """By English piece of the bead, each between 0 and 1.

    `forth` how far the term's units explain the word, `back` how far the word explains them, `table` the
    word table's share, `company` the share after what other beads of the term say; `mean` joins them.
    """

    forth: Real
    back: Real
    table: Real
    company: Real
    mean: Real


def collect_evidence(
    corpus: Corpus, places: Sequence[TermPlace], links: Sequence[WordLinks | None], terms: int
) -> list[WordEvidence | None]:
    """Evidence for every place; None where the bead has no English or was not modelled."""
    import numpy as np

    shares: list[tuple[Real, Real, Real, Real] | None] = []
    for place in places:
        link = links[place.bead]
        if link is None or place.last <= place.first:
            shares.append(None)
            continue
        inside = slice(place.first, place.last)
        forth = link.en_by_zh[inside].sum(0)
        back = link.zh_by_en[inside]
        whole = np.maximum(link.table.sum(0), 1e-9)
        own = link.table[inside].sum(0)
        shares.append((forth, 1 - np.prod(1 - np.clip(back, 0, 1), axis=0), own, whole - own))
    company = _company(corpus, places, shares, terms)
    found: list[WordEvidence | None] = []
    for share, kept in zip(shares, company, strict=True):
        if share is None or kept is None:
            found.append(None)
            continue
        forth, back, own, rest = share
        table = own / (own + rest + _REST)
        mean = 0.4 * forth + 0.2 * back + 0.15 * table + 0.25 * kept
        found.append(WordEvidence(forth, back, table, kept, mean.astype(np.float32)))
    return found


def _company(
    corpus: Corpus,
    places: Sequence[TermPlace],
    shares: Sequence[tuple[Real, Real, Real, Real] | None],
    terms: int,
) -> list[Real | None]:
    """Shares with the term itself as a unit, its table learnt from its *other* places (leave one out)."""
    import numpy as np

    lemmas = corpus.bitext.lemmas
    rows = [(p, s) for p, s in zip(places, shares, strict=True) if s is not None]
    if not rows:
        return [None] * len(places)
    words = np.concatenate([corpus.bitext.en[p.bead] for p, _ in rows]).astype(np.int64)
    lengths = [len(corpus.bitext.en[p.bead]) for p, _ in rows]
    term = np.repeat([p.term for p, _ in rows], lengths).astype(np.int64)
    owner = np.repeat(np.arange(len(rows)), lengths)
    forth = np.concatenate([s[0] for _, s in rows])
    own = np.concatenate([s[2] for _, s in rows])
    rest = np.concatenate([s[3] for _, s in rows])
    _, pair = np.unique(term * lemmas + words, return_inverse=True)
    _, cell = np.unique(owner * lemmas + words, return_inverse=True)
    share = forth
    for _ in range(_ROUNDS):
        total = np.bincount(pair, share)[pair]
        alone = np.bincount(cell, share)[cell]
        mass = np.bincount(term, share, minlength=terms)[term]
        self_mass = np.bincount(owner, share)[owner]
        learnt = np.maximum(total - alone, 0) / (np.maximum(mass - self_mass, 0) + 1.5)
        claim = own + learnt
        share = (0.5 * forth + 0.5 * claim / (claim + rest + _REST)).astype(np.float32)
    parts = iter(np.split(share.astype(np.float32), np.cumsum(lengths)[:-1]))
    return [next(parts) if s is not None else None for s in shares]
