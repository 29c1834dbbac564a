"""The English spans that might render a term at a place, and what speaks for and against each.

In come the evidence by word and the bead's pieces; out come candidate spans with a row of features, measured
in `measures`, `company` and `phrases`. What a feature is worth is settled in `ranker`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.extraction.bead_text import Corpus
from termbank.extraction.features.boundary import edge_features, opens_with_quotes, term_kind
from termbank.extraction.features.cooccurrence import LONGEST, Ngrams, add_repetition, every_span
from termbank.extraction.features.coordination import find_conjunct
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
_REACH = 3

FEATURES = (
    "forth_in", "forth_out", "back_in", "back_out", "table_in", "table_out", "company_in", "company_out",
    "mean_in", "mean_out", "density", "holes", "hole_share", "function_inside", "edge_left", "edge_right",
    "beside_left", "beside_right", "left_function", "right_function", "right_particle", "left_sign", "right_sign",
    "beside_left_determiner", "beside_left_function", "beside_right_function", "beside_left_sign",
    "beside_right_sign", "comma_inside", "bracket_inside", "and_inside", "bracket_odd", "length", "length_misfit",
    "one_word", "all_capital", "cut_capital_left", "cut_capital_right", "capital_edge_left", "capital_edge_right",
    "hyphen_left", "hyphen_right", "covered", "uncovered", "foreign", "foreign_share", "company_ngram",
    "pmi_ngram", "dice_ngram", "alone_ngram", "fixed_left", "fixed_right", "acronym", "weakest", "edge_left_low",
    "edge_right_low", "and_edge", "number_in", "beside_left_strong", "beside_right_strong", "of_inside",
    "of_beside_right", "misfit_words", "list_match", "gloss_in", "gloss_share", "gloss_beside_left",
    "gloss_beside_right", "name_cut_left", "name_cut_right", "adjective_right", "adjective_beside_left",
    "particle_beside_right", "function_beside_right_seen", "function_beside_left_seen", "beyond_left",
    "beyond_right", "content_beside_right", "content_beside_left", "phrase_cut", "phrase_whole", "known",
    "rival", "free_in", "free_out", "drift", "neighbour_gap", "list_cut",
    "gloss_out", "missed", "determiner_inside", "quotes_filled", "quotes_filled_both", "quotes_half",
    "quotes_half_both", "quotes_cut_both", "quotes_left_both", "phrasal_cut", "phrasal_end", "claim_beside_left",
    "claim_beside_right", "claim_edge_left", "claim_edge_right", "comma_backed", "comma_capital",
    "loose_beside_left", "loose_beside_right", "loose_left_uncovered", "loose_right_uncovered", "loose_beyond_left",
    "loose_beyond_right", "opens_with_verb", "verb_first_v", "function_first_v", "function_inside_v", "length_v",
    "verb_first_i", "function_first_i", "function_inside_i", "length_i", "verb_first_d", "function_first_d",
    "function_inside_d", "length_d", "missing_left", "missing_right", "list_exact",
    "past_first", "past_last", "past_last_noun", "adverb_first", "adverb_last", "gerund_first", "gerund_last",
    "lower_after_name", "lower_before_name", "quotes_gone_on",
)  # fmt: skip


@dataclass
class CandidateSpans:
    """Spans of one place: `start`, `end` (pieces), their features, and the hash of their lemmas.

    `shared` tells where the term's own words and those it shares stand, if they stand in two conjuncts.
    """

    start: Whole
    end: Whole
    features: Real
    ngram: Hash
    shared: SharedHead | None = None


def propose_spans(
    place: TermPlace, evidence: WordEvidence, flag: TokenFlags, *, opens: bool = False
) -> tuple[Whole, Whole]:
    """Spans worth weighing: near evidence, no determiner first, no stop or sign at an edge, no “opening” without “up”.

    With `opens`, for a term like “东数西算”工程, a quotation mark may come first.
    """
    import numpy as np

    mean = evidence.mean * (flag.content + 0.15 * flag.function)
    size = len(mean)
    strong = np.flatnonzero(mean >= max(0.06, 0.25 * float(mean.max(initial=0.0))))
    if not len(strong):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    near = np.zeros(size + 1, bool)
    for k in strong.tolist():
        near[max(0, k - _REACH) : min(size, k + _REACH + 1)] = True
    start, end = every_span(size, min(LONGEST, 4 + 2 * (place.zh.end - place.zh.start)))
    running = np.concatenate([[0.0], np.cumsum(mean)])
    anchored = np.concatenate([[0], np.cumsum(mean >= max(0.06, 0.25 * float(mean.max())))])
    words = np.concatenate([[0], np.cumsum(flag.content)])
    quotes = np.concatenate([[0], np.cumsum(flag.quote)])
    stops = np.concatenate([[0], np.cumsum(flag.closer * (1 - flag.comma))])
    kept = (
        near[start]
        & near[end - 1]
        & (anchored[end] > anchored[start])
        & (words[end] > words[start])
        & (flag.determiner[start] == 0)
        & ((_edge_sign(flag) * (1 - flag.opening * opens))[start] == 0)
        & (_edge_sign(flag)[end - 1] == 0)
        & (stops[end] == stops[start])
        & (np.concatenate([flag.torn, [0.0]])[end] == 0)
        & ((quotes[end] - quotes[start]) % 2 == 0)
    )
    start, end = start[kept], end[kept]
    if len(start) > MOST_SPANS:
        gain = (running[end] - running[start]) - 0.12 * (end - start)
        best = np.sort(np.argsort(-gain, kind="stable")[:MOST_SPANS])
        start, end = start[best], end[best]
    return start, end


def _kind(corpus: Corpus, place: TermPlace, kind: Callable[[str], str] | None) -> str:
    if kind is None:
        return "n"
    bead = corpus.beads[place.bead]
    units = [unit.of(bead.zh) for unit in bead.units[place.first : place.last]]
    return term_kind(place.zh.of(bead.zh), units, kind)


def _edge_sign(flag: TokenFlags) -> Real:
    """Signs that no rendering begins or ends with; “+”, % and those of money are such that it may."""
    found: Real = flag.sign * (1 - flag.plus)
    return found


def build_candidate_spans(
    corpus: Corpus,
    places: Sequence[TermPlace],
    evidence: Sequence[WordEvidence | None],
    links: Sequence[WordLinks | None],
    glosses: Mapping[int, Mapping[str, float]] | None = None,
    phrases: KnownPhrases | None = None,
    gloss: Gloss | None = None,
    kind: Callable[[str], str] | None = None,
) -> list[CandidateSpans | None]:
    """Candidate spans with all features for every place; None where nothing can be proposed.

    `glosses` holds for every term number what the dictionary says of the term: lemmas and their weight.
    `phrases` are the bank's English terms, and which of them it holds for each term number. With `gloss`, what the
    dictionary says of any string, words that conjuncts share are looked for; `kind` tells what a Chinese word is.
    """
    import numpy as np

    common: dict[int, SharedHead | None] = {}
    ngrams = Ngrams(corpus)
    flag_of: dict[int, TokenFlags] = {}
    spans: list[tuple[Whole, Whole] | None] = []
    rows: list[dict[str, Real]] = []
    for number, (place, seen) in enumerate(zip(places, evidence, strict=True)):
        link = links[place.bead]
        flag = flag_of.get(place.bead)
        if flag is None:
            flag = flag_of[place.bead] = token_flags(corpus.beads[place.bead].pieces)
        opens = opens_with_quotes(corpus.beads[place.bead].zh, place)
        span = propose_spans(place, seen, flag, opens=opens) if seen is not None else None
        if span is not None and phrases is not None:
            span = phrases.with_known_renderings(place, span)
        if span is None or link is None or seen is None or not len(span[0]):
            spans.append(None)
            rows.append({})
            continue
        spans.append(span)
        row = bead_features(place, seen, link, flag, span, place.zh.end - place.zh.start)
        both = np.maximum(link.en_by_zh, link.zh_by_en)
        edge_features(
            row, place, seen, both, flag, span, corpus.beads[place.bead].zh, _kind(corpus, place, kind)
        )
        coordination_features(row, find_conjunct(corpus.beads[place.bead], place.zh, both), span)
        if glosses is not None:
            row_of = glosses[place.term]
            weights = [row_of.get(piece.lemma, 0.0) for piece in corpus.beads[place.bead].pieces]
            gloss_features(row, np.array(weights, np.float32), flag, span)
        if phrases is not None:
            phrases.measure(row, place, span)
        if gloss is not None:
            common[number] = find_shared_head(corpus.beads[place.bead], place, both, gloss)
        rows.append(row)
    add_repetition(corpus, places, spans, rows, ngrams)
    found: list[CandidateSpans | None] = []
    for number, (place, span, row) in enumerate(zip(places, spans, rows, strict=True)):
        if span is None:
            found.append(None)
            continue
        zero = np.zeros(len(span[0]), np.float32)
        table = np.stack([row.get(name, zero) for name in FEATURES], axis=1).astype(np.float32)
        found.append(
            CandidateSpans(span[0], span[1], table, ngrams.of(place.bead, *span), common.get(number))
        )
    return found
