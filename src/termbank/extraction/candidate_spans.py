"""The English spans that might render a term at a place, with their features.

Spans near the evidence are proposed; the modules of `features` measure them. What a feature is worth is decided in `scorer`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.extraction.bead_text import BeadText, Corpus
from termbank.extraction.features.bead_spans import BeadSpans
from termbank.extraction.features.boundary import edge_features, opens_with_quotes, term_kind
from termbank.extraction.features.cooccurrence import Ngrams, every_span, repetition_features
from termbank.extraction.features.coordination import coordination_features, find_conjunct
from termbank.extraction.features.matrix import FeatureMatrix
from termbank.extraction.features.piece import TokenFlags, token_flags
from termbank.extraction.features.span import bead_features, gloss_features
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
    places: Sequence[TermPlace], evidence: Sequence[WordEvidence], flag: TokenFlags, opens: Sequence[bool]
) -> list[tuple[Whole, Whole]]:
    """Spans worth scoring: near evidence, no determiner first, no stop or sign at an edge, no “opening” without “up”.

    Where a term `opens`, one like “东数西算”工程, a quotation mark may come first. At most `MOST_SPANS` are proposed for each
    of the places, which are those of one bead.
    """
    import numpy as np

    size = len(flag.content)
    weight = flag.content + FUNCTION_WEIGHT * flag.function
    start, end = every_span(size)
    well_formed: dict[bool, tuple[Whole, Whole]] = {}
    for kind in set(opens):
        kept = np.flatnonzero(_is_well_formed(flag, start, end, opens=kind))
        well_formed[kind] = start[kept], end[kept]
    return [
        _spans_near(seen.mean * weight, *well_formed[kind], 4 + 2 * (place.zh.end - place.zh.start))
        for place, seen, kind in zip(places, evidence, opens, strict=True)
    ]


def _spans_near(mean: Real, start: Whole, end: Whole, longest: int) -> tuple[Whole, Whole]:
    """Those of the spans that hold evidence, near what else there is of it; `mean` is the evidence of each piece."""
    import numpy as np

    size = len(mean)
    anchors = mean >= max(LEAST_ANCHOR, ANCHOR_SHARE * float(mean.max(initial=0.0)))
    where = np.flatnonzero(anchors)
    if not len(where):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    near = np.zeros(size + 1, bool)
    for k in where.tolist():
        near[max(0, k - REACH) : min(size, k + REACH + 1)] = True
    anchored = np.zeros(size + 1, np.int64)
    np.cumsum(anchors, out=anchored[1:])
    kept = near[start] & near[end - 1] & (anchored[end] > anchored[start]) & (end - start <= longest)
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
class _MeasuredBead:
    """The spans of one bead with the features that need no other bead, and the numbers of the places they belong to."""

    spans: BeadSpans
    numbers: Sequence[int]
    groups: Sequence[Mapping[str, Real]]
    shared: Sequence[SharedHead | None]


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
    by_bead: dict[int, list[int]] = {}
    for number, (place, seen) in enumerate(zip(places, evidence, strict=True)):
        if seen is not None:
            by_bead.setdefault(place.bead, []).append(number)
    measured: list[_MeasuredBead] = []
    for bead, numbers in by_bead.items():
        link = links[bead]
        here = [
            (number, places[number], seen) for number in numbers if (seen := evidence[number]) is not None
        ]
        if link is not None and (one := _measure(corpus.beads[bead], here, link, sources)) is not None:
            measured.append(one)
    ngrams = Ngrams(corpus)
    repetition = repetition_features(corpus, places, [one.spans for one in measured], ngrams)
    found: list[CandidateSpans | None] = [None] * len(places)
    for one, repeated in zip(measured, repetition, strict=True):
        start, end = one.spans.start, one.spans.end
        features = FeatureMatrix.from_columns(len(one.spans), *one.groups, repeated)
        hashes = ngrams.of(one.spans.places[0].bead, start, end)
        for number, (_, own), shared in zip(one.numbers, one.spans.each(), one.shared, strict=True):
            found[number] = CandidateSpans(start[own], end[own], features.part(own), hashes[own], shared)
    return found


def _measure(
    bead: BeadText,
    here: Sequence[tuple[int, TermPlace, WordEvidence]],
    link: WordLinks,
    sources: SpanSources,
) -> _MeasuredBead | None:
    """The spans of the places of one bead with their features; None where nothing can be proposed.

    `here` are the numbers of the places, the places and their evidence.
    """
    import numpy as np

    flag = token_flags(bead.pieces)
    numbers, places, evidence = zip(*here, strict=True)
    opens = [opens_with_quotes(bead.zh, place) for place in places]
    near = propose_spans(places, evidence, flag, opens)
    if sources.phrases is not None:
        near = [
            sources.phrases.with_known_renderings(place, span)
            for place, span in zip(places, near, strict=True)
        ]
    kept = [(*one, span) for one, span in zip(here, near, strict=True) if len(span[0])]
    if not kept:
        return None
    numbers, places, evidence, proposed = zip(*kept, strict=True)
    both = np.maximum(link.en_by_zh, link.zh_by_en)
    spans = BeadSpans.of(places, proposed, evidence, both, flag)
    gloss = sources.gloss
    shared = [find_shared_head(bead, place, both, gloss) if gloss is not None else None for place in places]
    return _MeasuredBead(spans, numbers, _feature_groups(bead, spans, sources), shared)


def _feature_groups(bead: BeadText, spans: BeadSpans, sources: SpanSources) -> list[Mapping[str, Real]]:
    """The features of the spans of one bead that need no other bead."""
    import numpy as np

    places, own = spans.places, bead_features(spans)
    groups: list[Mapping[str, Real]] = [
        own,
        edge_features(spans, bead.zh, [_kind(bead, place, sources.kind) for place in places], own),
        coordination_features([find_conjunct(bead, place.zh, spans.both) for place in places], spans),
    ]
    if sources.glosses is not None:
        lemmas = [piece.lemma for piece in bead.pieces]
        rows = [[sources.glosses[place.term].get(lemma, 0.0) for lemma in lemmas] for place in places]
        groups.append(gloss_features(np.array(rows, np.float32), spans))
    if sources.phrases is not None:
        groups.append(sources.phrases.features(spans))
    return groups
