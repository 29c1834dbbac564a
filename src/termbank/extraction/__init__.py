"""The step from an alignment to candidates: which strings are terms, and which spans render them.

In come the segments of both sides, their alignment and the lexicon; out come candidates with every
place where the term stands. With `terms` only these are looked for and every place is answered, also by
“no rendering here”; without, the terms are found as well. What a bank knows is recognised as its own.
The same texts always give the same candidates; nothing is learnt beyond the texts at hand.
"""

from __future__ import annotations

from collections.abc import Sequence

from termbank.extraction.bead_text import bead_texts, build_corpus, first_beads
from termbank.extraction.candidate_spans import build_candidate_spans
from termbank.extraction.known_phrases import KnownPhrases
from termbank.extraction.known_terms import KnownTerms
from termbank.extraction.occurrences import (
    TermOccurrence,
    cut_positions,
    find_occurrences,
    select_outermost,
    term_places,
)
from termbank.extraction.proposals import propose_terms
from termbank.extraction.selection import SelectedRendering, select_rendering
from termbank.extraction.termhood import likeliest_proposals, term_probability
from termbank.extraction.translation_prior import DictionaryPrior
from termbank.extraction.variants import group_renderings
from termbank.extraction.word_alignment import align_words
from termbank.extraction.word_evidence import collect_evidence
from termbank.lexicon.dictionary import Lexicon
from termbank.model.alignment import Alignment
from termbank.model.candidate import Candidate, Occurrence
from termbank.model.glossary import Glossary

__all__ = ["extract"]

LEAST_TERMHOOD = 0.1
"""Strings less likely than this to be terms are not shown."""
LEAST_NEWS = 0.4
"""A new rendering of a known concept less sure than this waits among the rest."""
KNOWN_WORTH = 0.8
"""What a term of the bank counts for where strings overlap, however likely it looks."""
LENGTH_WORTH = 0.6
"""The power of a string's length by which it gains against the strings inside it."""
_PLUS = ("+", "＋")
_CLOSING = '”"」』’'
FEW_PAIRED = 4
"""Where fewer than one bead in so many has both languages, terms are sought in those alone."""
STRETCH = 5000
"""Beads learnt from together; a longer text is taken in stretches of so many."""


def extract(
    zh: Sequence[str],
    en: Sequence[str],
    alignment: Alignment,
    lexicon: Lexicon,
    *,
    terms: Sequence[str] | None = None,
    glossary: Glossary | None = None,
) -> tuple[Candidate, ...]:
    """Candidates of two aligned texts given as segments.

    With `terms` they come in the order asked for, each term once, those that do not occur with a count
    of 0. Without, a known concept with a new rendering that is likely comes first, the likeliest before; then the rest by score.
    """
    texts = bead_texts(zh, en, alignment)
    chinese = [text for text, _ in texts]
    known = KnownTerms.of(glossary, lexicon)
    if terms is not None:
        wanted = list(dict.fromkeys(term.strip() for term in terms if term.strip()))
        weight = dict.fromkeys(wanted, 1.0)
        found = find_occurrences(wanted, chinese)
        answered = list(zip(found, _answers(texts, found, wanted, known, lexicon), strict=True))
    else:
        wanted, weight, answered = _discover(texts, known, lexicon)
    by_term: dict[int, list[tuple[TermOccurrence, SelectedRendering]]] = {}
    for place, given in answered:
        by_term.setdefault(place.term, []).append((place, given))
    made = [
        _candidate(
            term if terms is not None else _verbatim(by_term[number][0][0], chinese),
            by_term.get(number, []),
            weight[term],
            known,
            lexicon,
            asked=terms is not None,
        )
        for number, term in enumerate(wanted)
        if terms is not None or number in by_term
    ]
    return tuple(made) if terms is not None else tuple(sorted(made, key=_order))


def _discover(
    texts: Sequence[tuple[str, str]], known: KnownTerms, lexicon: Lexicon
) -> tuple[list[str], dict[str, float], list[tuple[TermOccurrence, SelectedRendering]]]:
    """Terms found in the text and those the bank knows, how likely each is a term, and the answers.

    Many more strings are looked at than are kept: a string shows what it is by how it is rendered.
    """
    if FEW_PAIRED * sum(1 for zh, en in texts if zh and en) < len(texts):
        # a book beside its summary: the rest shows no rendering
        texts = [(zh if en else "", en) for zh, en in texts]
    chinese = [text for text, _ in texts]
    pooled = {proposal.text: proposal for proposal in likeliest_proposals(propose_terms(chinese, lexicon))}
    wanted = list(dict.fromkeys([*known.chinese, *pooled]))
    found = find_occurrences(wanted, chinese)
    answered = list(zip(found, _answers(texts, found, wanted, known, lexicon), strict=True))
    given: dict[int, list[SelectedRendering]] = {}
    for place, one in answered:
        given.setdefault(place.term, []).append(one)
    weight: dict[str, float] = {}
    for number, answers in given.items():
        term = wanted[number]
        likely = term_probability(pooled[term], answers) if term in pooled else 0.0
        if likely >= LEAST_TERMHOOD or known.concept(term) is not None:
            weight[term] = likely
    kept = [pair for pair in answered if wanted[pair[0].term] in weight]
    worth = [
        (max(weight.get(term, 0.0), KNOWN_WORTH * (known.concept(term) is not None)))
        * len(term) ** LENGTH_WORTH
        for term in wanted
    ]
    outer = set(select_outermost([place for place, _ in kept], worth))
    return wanted, weight, [pair for pair in kept if pair[0] in outer]


def _answers(
    texts: Sequence[tuple[str, str]],
    found: Sequence[TermOccurrence],
    terms: Sequence[str],
    known: KnownTerms,
    lexicon: Lexicon,
) -> list[SelectedRendering]:
    """The answer at every place. A long text is taken in stretches, so that memory stays flat."""
    given: dict[int, SelectedRendering] = {}
    for start in range(0, len(texts), STRETCH):
        own = [k for k, place in enumerate(found) if start <= place.bead < start + STRETCH]
        here = [found[k]._replace(bead=found[k].bead - start) for k in own]
        part = texts[start : start + STRETCH]
        given.update(zip(own, _stretch(part, here, terms, known, lexicon), strict=True))
    return [given[k] for k in range(len(found))]


def _stretch(
    texts: Sequence[tuple[str, str]],
    found: Sequence[TermOccurrence],
    terms: Sequence[str],
    known: KnownTerms,
    lexicon: Lexicon,
) -> list[SelectedRendering]:
    """The answers of one stretch. What the bank knows is learnt from beside the texts' own beads."""
    if not found:
        return []
    pairs = known.pairs(text for text, _ in texts)
    learnt = build_corpus(
        [*texts, *pairs], lexicon, [*cut_positions(found, len(texts)), *([()] * len(pairs))]
    )
    beliefs = DictionaryPrior(learnt.units, learnt.lemmas, lexicon)
    linked = align_words(learnt.bitext, beliefs)[: len(texts)]
    cut = first_beads(learnt, len(texts))
    places = term_places(found, cut)
    evidence = collect_evidence(cut, places, linked, len(terms))
    met = {place.term for place in found}
    glosses = {number: beliefs.gloss(terms[number]) for number in met}
    phrases = None
    if len(known.glossary):
        own = {number: known.phrases(known.concept(terms[number])) for number in met}
        phrases = KnownPhrases(cut, known.english(text for _, text in texts), own)
    spans_of = build_candidate_spans(
        cut, places, evidence, linked, glosses, phrases, beliefs.gloss, lexicon.kind
    )
    given = []
    for place, spans in zip(places, spans_of, strict=True):
        given.append(
            select_rendering(
                cut.beads[place.bead], spans, plus=terms[place.term].rstrip(_CLOSING).endswith(_PLUS)
            )
        )
    return given


def _candidate(
    term: str,
    places: list[tuple[TermOccurrence, SelectedRendering]],
    weight: float,
    known: KnownTerms,
    lexicon: Lexicon,
    *,
    asked: bool,
) -> Candidate:
    concept = known.concept(term)
    return Candidate(
        zh=term,
        count=len(places),
        score=weight,
        renderings=group_renderings(
            ((given.text, given.weighed) for _, given in places),
            lexicon,
            known.renderings(concept),
            possible=asked,
        ),
        occurrences=tuple(
            Occurrence(
                place.bead, place.zh, given.text, given.span, given.score, given.alternatives, given.parts
            )
            for place, given in places
        ),
        known=concept,
    )


def _verbatim(place: TermOccurrence, chinese: Sequence[str]) -> str:
    return place.zh.of(chinese[place.bead])


def _order(candidate: Candidate) -> tuple[float, float, str]:
    new = _news(candidate)
    return (-new if new >= LEAST_NEWS else 0.0, -candidate.score, candidate.zh)


def _news(candidate: Candidate) -> float:
    """How sure a rendering is that the bank lacks, though it has the concept; 0 where there is none."""
    if candidate.known is None:
        return 0.0
    forms = {form for rendering in candidate.renderings if rendering.term is None for form in rendering.forms}
    return max((place.score for place in candidate.occurrences if place.en in forms), default=0.0)
