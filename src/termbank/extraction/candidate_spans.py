"""The English spans that might render a term at a place, with their features.

Spans near the evidence are proposed; the modules of `features` measure them. What a feature is worth is decided in `scorer`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.extraction.bead_text import BeadText, Corpus
from termbank.extraction.features.boundary import edge_features, opens_with_quotes, term_kind
from termbank.extraction.features.cooccurrence import LONGEST, Ngrams, every_span, repetition_features
from termbank.extraction.features.coordination import find_conjunct
from termbank.extraction.features.matrix import FeatureMatrix
from termbank.extraction.features.piece import TokenFlags, token_flags
from termbank.extraction.features.span import bead_features, coordination_features, gloss_features
from termbank.extraction.known_phrases import KnownPhrases
from termbank.extraction.shared_heads import Gloss, SharedHead, find_shared_head
from termbank.extraction.word_alignment import WordLinks
from termbank.extraction.word_evidence import TermPlace, WordEvidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]
    Whole = NDArray[np.int64]
    Hash = NDArray[np.uint64]

MOST_SPANS = 260
"""Spans proposed for one place; the best of a long sentence are kept."""
REACH = 3
"""Spans begin and end at most so many pieces from a word with evidence."""
LEAST_ANCHOR, ANCHOR_SHARE = 0.06, 0.25
"""A word has evidence where it has so much, and so large a share of what the best word of the bead has."""
FUNCTION_WEIGHT = 0.15
"""A function word's evidence counts for so much of a content word's."""
COST_PER_PIECE = 0.12
"""What a piece must bring in evidence where spans are too many."""


@dataclass(frozen=True)
class CandidateSpans:
    """Spans of one place: `start` and `end` in pieces, their features, and the hashes of their lemmas.

    `shared` is the rendering in two conjuncts, where the term shares a word with its neighbour.
    """

    start: Whole
    end: Whole
    features: FeatureMatrix
    ngram: Hash
    shared: SharedHead | None = None


def propose_spans(
    place: TermPlace, evidence: WordEvidence, flag: TokenFlags, *, opens: bool = False
) -> tuple[Whole, Whole]:
    """Spans worth scoring: near evidence, no determiner first, no stop or sign at an edge, no “opening” without “up”.

    With `opens`, for a term like “东数西算”工程, a quotation mark may come first. At most `MOST_SPANS` are proposed.
    """
    import numpy as np

    mean = evidence.mean * (flag.content + FUNCTION_WEIGHT * flag.function)
    size = len(mean)
    anchors = mean >= max(LEAST_ANCHOR, ANCHOR_SHARE * float(mean.max(initial=0.0)))
    if not anchors.any():
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    near = np.zeros(size + 1, bool)
    for k in np.flatnonzero(anchors).tolist():
        near[max(0, k - REACH) : min(size, k + REACH + 1)] = True
    start, end = every_span(size, min(LONGEST, 4 + 2 * (place.zh.end - place.zh.start)))
    anchored = np.concatenate([[0], np.cumsum(anchors)])
    kept = near[start] & near[end - 1] & (anchored[end] > anchored[start])
    kept &= _is_well_formed(flag, start, end, opens=opens)
    start, end = start[kept], end[kept]
    if len(start) > MOST_SPANS:
        running = np.concatenate([[0.0], np.cumsum(mean)])
        gain = (running[end] - running[start]) - COST_PER_PIECE * (end - start)
        best = np.sort(np.argsort(-gain, kind="stable")[:MOST_SPANS])
        start, end = start[best], end[best]
    return start, end


def _is_well_formed(flag: TokenFlags, start: Whole, end: Whole, *, opens: bool) -> NDArray[np.bool_]:
    """Whether spans hold a word and whole quotations, begin and end as a rendering may, and cross no stop."""
    import numpy as np

    def inside(values: Real) -> NDArray[np.float32]:
        running = np.concatenate([[0], np.cumsum(values)])
        held: Real = running[end] - running[start]
        return held

    edge_sign = flag.sign * (1 - flag.plus)  # “+”, % and signs of money may begin or end a rendering
    kept: NDArray[np.bool_] = (
        (inside(flag.content) > 0)
        & (flag.determiner[start] == 0)
        & ((edge_sign * (1 - flag.opening * opens))[start] == 0)
        & (edge_sign[end - 1] == 0)
        & (inside(flag.closer * (1 - flag.comma)) == 0)
        & (np.concatenate([flag.torn, [0.0]])[end] == 0)
        & (inside(flag.quote) % 2 == 0)
    )
    return kept


def _kind(bead: BeadText, place: TermPlace, kind: Callable[[str], str] | None) -> str:
    """What kind of word the term is, a noun where `kind` is not known."""
    if kind is None:
        return "n"
    units = [unit.of(bead.zh) for unit in bead.units[place.first : place.last]]
    return term_kind(place.zh.of(bead.zh), units, kind)


@dataclass(frozen=True)
class _MeasuredSpans:
    """The spans of one place with the features that need no other bead."""

    span: tuple[Whole, Whole]
    groups: tuple[Mapping[str, Real], ...]
    shared: SharedHead | None


@dataclass(frozen=True)
class SpanSources:
    """What candidate spans are measured with, besides the corpus; each part can be left out.

    `glosses` holds for every term number what the dictionary says of the term, lemmas with their weight. `phrases` are the
    bank's English terms, and which of them it holds for each term. `gloss` is what the dictionary says of any string: with
    it, words that conjuncts share are looked for. `kind` is what kind of word a Chinese word is, as `Lexicon.kind` says.
    """

    glosses: Mapping[int, Mapping[str, float]] | None = None
    phrases: KnownPhrases | None = None
    gloss: Gloss | None = None
    kind: Callable[[str], str] | None = None


def build_candidate_spans(
    corpus: Corpus,
    places: Sequence[TermPlace],
    evidence: Sequence[WordEvidence | None],
    links: Sequence[WordLinks | None],
    sources: SpanSources,
) -> list[CandidateSpans | None]:
    """The candidate spans of every place with all their features.

    Args:
        evidence: by place, `links` by bead; None where there are none.

    Returns:
        One entry a place, None where nothing can be proposed.
    """
    ngrams = Ngrams(corpus)
    flags: dict[int, TokenFlags] = {}
    found: list[_MeasuredSpans | None] = []
    for place, seen in zip(places, evidence, strict=True):
        link, bead = links[place.bead], corpus.beads[place.bead]
        if link is None or seen is None:
            found.append(None)
            continue
        if place.bead not in flags:
            flags[place.bead] = token_flags(bead.pieces)
        found.append(_measure(bead, place, seen, link, flags[place.bead], sources))
    spans = [one.span if one is not None else None for one in found]
    repetition = repetition_features(corpus, places, spans, ngrams)
    return [
        CandidateSpans(
            *one.span,
            FeatureMatrix.from_columns(len(one.span[0]), *one.groups, repeated),
            ngrams.of(place.bead, *one.span),
            one.shared,
        )
        if one is not None
        else None
        for place, one, repeated in zip(places, found, repetition, strict=True)
    ]


def _measure(
    bead: BeadText,
    place: TermPlace,
    evidence: WordEvidence,
    link: WordLinks,
    flag: TokenFlags,
    sources: SpanSources,
) -> _MeasuredSpans | None:
    """The spans of one place with their features; None where nothing can be proposed."""
    import numpy as np

    span = propose_spans(place, evidence, flag, opens=opens_with_quotes(bead.zh, place))
    if sources.phrases is not None:
        span = sources.phrases.with_known_renderings(place, span)
    if not len(span[0]):
        return None
    both = np.maximum(link.en_by_zh, link.zh_by_en)
    own = bead_features(place, evidence, both, flag, span)
    groups: list[Mapping[str, Real]] = [
        own,
        edge_features(place, evidence, both, flag, span, bead.zh, _kind(bead, place, sources.kind), own),
        coordination_features(find_conjunct(bead, place.zh, both), span),
    ]
    if sources.glosses is not None:
        weights = [sources.glosses[place.term].get(piece.lemma, 0.0) for piece in bead.pieces]
        groups.append(gloss_features(np.array(weights, np.float32), flag, span))
    if sources.phrases is not None:
        groups.append(sources.phrases.features(place, span))
    shared = find_shared_head(bead, place, both, sources.gloss) if sources.gloss is not None else None
    return _MeasuredSpans(span, tuple(groups), shared)
