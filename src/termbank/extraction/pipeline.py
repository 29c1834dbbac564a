"""From occurrences of terms to their renderings: word alignment, evidence, candidate spans, selection."""

from __future__ import annotations

from collections.abc import Sequence

from termbank.extraction.bead_text import build_corpus, first_beads
from termbank.extraction.candidate_spans import SpanSources, build_candidate_spans
from termbank.extraction.fitted_weights import ExtractionWeights
from termbank.extraction.known_phrases import KnownPhrases
from termbank.extraction.known_terms import KnownTerms
from termbank.extraction.occurrences import TermOccurrence, cut_positions, term_places
from termbank.extraction.selection import SelectedRendering, select_rendering
from termbank.extraction.translation_prior import DictionaryPrior
from termbank.extraction.word_alignment import align_words
from termbank.extraction.word_evidence import collect_evidence
from termbank.lexicon.dictionary import Lexicon

STRETCH = 5000
"""Beads learnt from together; a longer text is taken in stretches of so many, so that memory stays flat."""
_PLUS = ("+", "＋")
_CLOSING = '”"」』’'


def select_renderings(
    texts: Sequence[tuple[str, str]],
    found: Sequence[TermOccurrence],
    terms: Sequence[str],
    known: KnownTerms,
    lexicon: Lexicon,
    weights: ExtractionWeights,
) -> list[SelectedRendering]:
    """The rendering at every occurrence.

    Args:
        texts: the Chinese and the English of every bead.
        found: occurrences in these beads; their term numbers are places in `terms`.

    Returns:
        One entry an occurrence, in the order of `found`.
    """
    given: dict[int, SelectedRendering] = {}
    for start in range(0, len(texts), STRETCH):
        own = [k for k, place in enumerate(found) if start <= place.bead < start + STRETCH]
        here = [found[k]._replace(bead=found[k].bead - start) for k in own]
        part = texts[start : start + STRETCH]
        given.update(zip(own, _select_in_stretch(part, here, terms, known, lexicon, weights), strict=True))
    return [given[k] for k in range(len(found))]


def _select_in_stretch(
    texts: Sequence[tuple[str, str]],
    found: Sequence[TermOccurrence],
    terms: Sequence[str],
    known: KnownTerms,
    lexicon: Lexicon,
    weights: ExtractionWeights,
) -> list[SelectedRendering]:
    """The renderings in one stretch; the bank's pairs of terms are learnt from as beads of their own."""
    if not found:
        return []
    pairs = known.pairs(text for text, _ in texts)
    cuts = [*cut_positions(found, len(texts)), *([()] * len(pairs))]
    learnt = build_corpus([*texts, *pairs], lexicon, cuts)
    prior = DictionaryPrior(learnt.units, learnt.lemmas, lexicon)
    links = align_words(learnt.bitext, prior)[: len(texts)]
    corpus = first_beads(learnt, len(texts))
    places = term_places(found, corpus)
    evidence = collect_evidence(corpus, places, links, len(terms))
    numbers = {place.term for place in found}
    glosses = {number: prior.gloss(terms[number]) for number in numbers}
    phrases = None
    if len(known.glossary):
        own = {number: known.phrases(known.concept(terms[number])) for number in numbers}
        phrases = KnownPhrases(corpus, known.english(text for _, text in texts), own)
    sources = SpanSources(glosses, phrases, prior.gloss, lexicon.kind)
    spans = build_candidate_spans(corpus, places, evidence, links, sources)
    return [
        select_rendering(corpus.beads[place.bead], one, weights, plus=_ends_in_plus(terms[place.term]))
        for place, one in zip(places, spans, strict=True)
    ]


def _ends_in_plus(term: str) -> bool:
    """Whether a term ends in “+”, quotation marks aside."""
    return term.rstrip(_CLOSING).endswith(_PLUS)
