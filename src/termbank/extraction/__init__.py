"""From an alignment to candidates: which strings are terms, and which English spans render them.

`extract` answers every occurrence of given terms, or finds the terms too. What a bank knows is recognised as its own.
The same texts always give the same candidates; nothing is learnt beyond the texts at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from termbank.extraction.bead_text import bead_texts
from termbank.extraction.fitted_weights import ExtractionWeights, shipped_weights
from termbank.extraction.known_terms import KnownTerms
from termbank.extraction.occurrences import TermOccurrence, find_occurrences, find_strings, select_outermost
from termbank.extraction.pipeline import select_renderings
from termbank.extraction.presence_model import logistic
from termbank.extraction.proposals import Proposal, propose_terms
from termbank.extraction.selection import SelectedRendering
from termbank.extraction.termhood import likeliest_proposals, term_features
from termbank.extraction.variants import group_renderings
from termbank.lexicon.dictionary import Lexicon
from termbank.model.alignment import Alignment
from termbank.model.candidate import Candidate, Occurrence
from termbank.model.glossary import Glossary

__all__ = ["extract"]

KNOWN_WORTH = 0.8
"""What a term of the bank counts for where strings overlap, however likely it looks."""
LENGTH_POWER = 0.6
"""The power of a string's length by which it gains against the strings inside it."""
FEW_PAIRED = 4
"""Where fewer than one bead in so many has both languages, terms are sought in those alone."""

Features = tuple[tuple[str, float], ...]
"""Named values, sorted by name."""
Answered = list[tuple[TermOccurrence, SelectedRendering]]


def extract(
    zh: Sequence[str],
    en: Sequence[str],
    alignment: Alignment,
    lexicon: Lexicon,
    *,
    terms: Sequence[str] | None = None,
    glossary: Glossary | None = None,
    weights: ExtractionWeights | None = None,
) -> tuple[Candidate, ...]:
    """Find the terms of two aligned texts and their renderings.

    Args:
        zh: the Chinese segments; `en` the English ones; `alignment` the beads that join them.
        terms: look for these terms alone, and answer each of their occurrences, also by “no rendering here”.
        glossary: what is known already; its terms are recognised and marked.
        weights: other weights than those that ship, as the fitting program needs them.

    Returns:
        With `terms`, one candidate for each distinct term in the order given; the count of one that does not occur is 0.
        Without, known concepts with a new rendering that is likely come first, the likeliest before; then the rest by score.

    Raises:
        IndexError: the alignment names a segment that is not there.
    """
    weights = weights or shipped_weights()
    texts = bead_texts(zh, en, alignment)
    known = KnownTerms.of(glossary, lexicon)
    if terms is None:
        return _discover(texts, known, lexicon, weights)
    wanted = list(dict.fromkeys(term.strip() for term in terms if term.strip()))
    found = find_occurrences(wanted, [text for text, _ in texts])
    by_term = _by_term(
        zip(found, select_renderings(texts, found, wanted, known, lexicon, weights), strict=True)
    )
    return tuple(
        _candidate(term, by_term.get(number, []), 1.0, known, lexicon, all_possible=True)
        for number, term in enumerate(wanted)
    )


def _discover(
    texts: list[tuple[str, str]], known: KnownTerms, lexicon: Lexicon, weights: ExtractionWeights
) -> tuple[Candidate, ...]:
    """The terms found in the text and those the bank knows, with their renderings.

    Many more strings are looked at than are kept: how a string is rendered shows whether it is a term.
    """
    if FEW_PAIRED * sum(1 for zh, en in texts if zh and en) < len(texts):
        # a book beside its summary: the rest shows no rendering
        texts = [(zh if en else "", en) for zh, en in texts]
    chinese = [text for text, _ in texts]
    pooled = {p.text: p for p in likeliest_proposals(propose_terms(chinese, lexicon), weights.proposal)}
    terms = list(dict.fromkeys([*known.chinese, *pooled]))
    found = find_occurrences(known.chinese, chinese)
    proposed = terms[len(known.chinese) :]
    found += [
        place._replace(term=place.term + len(known.chinese)) for place in find_strings(proposed, chinese)
    ]
    answered = list(zip(found, select_renderings(texts, found, terms, known, lexicon, weights), strict=True))
    scored = _score_terms(answered, terms, pooled, known, weights)
    scores = {number: score for number, (score, _) in scored.items()}
    answered = _as_words(
        answered, terms, [number for number in scores if number >= len(known.chinese)], chinese
    )
    made = [
        replace(
            _candidate(
                places[0][0].zh.of(chinese[places[0][0].bead]), places, scores[number], known, lexicon
            ),
            features=scored[number][1],
        )
        for number, places in _by_term(_outermost(answered, terms, scores, known)).items()
    ]
    return tuple(sorted(made, key=lambda candidate: _rank(candidate, weights.thresholds["new_rendering"])))


def _score_terms(
    answered: Answered,
    terms: Sequence[str],
    pooled: Mapping[str, Proposal],
    known: KnownTerms,
    weights: ExtractionWeights,
) -> dict[int, tuple[float, Features]]:
    """The probability of each term that is likely enough or known, with the values behind it."""
    scored: dict[int, tuple[float, Features]] = {}
    for number, places in _by_term(answered).items():
        term = terms[number]
        answers = [answer for _, answer in places]
        values = term_features(pooled[term], answers) if term in pooled else {}
        score = logistic(weights.termhood, values) if values else 0.0
        if score >= weights.thresholds["termhood"] or known.concept(term) is not None:
            features = tuple(sorted((name, round(value, 4)) for name, value in values.items()))
            scored[number] = (score, features)
    return scored


def _as_words(
    answered: Answered, terms: Sequence[str], found: Sequence[int], chinese: Sequence[str]
) -> Answered:
    """The occurrences without those of the terms found where the matcher does not take them for words: 国企 in 各国企业."""
    words = find_occurrences([terms[number] for number in found], chinese)
    places = {place._replace(term=found[place.term]) for place in words}
    own = set(found)
    return [pair for pair in answered if pair[0].term not in own or pair[0] in places]


def _outermost(
    answered: Answered, terms: Sequence[str], scores: dict[int, float], known: KnownTerms
) -> Answered:
    """The occurrences of terms with a score that own their places."""
    kept = [pair for pair in answered if pair[0].term in scores]
    worth = [
        max(scores.get(number, 0.0), KNOWN_WORTH * (known.concept(term) is not None))
        * len(term) ** LENGTH_POWER
        for number, term in enumerate(terms)
    ]
    outer = set(select_outermost([place for place, _ in kept], worth))
    return [pair for pair in kept if pair[0] in outer]


def _by_term(answered: Iterable[tuple[TermOccurrence, SelectedRendering]]) -> dict[int, Answered]:
    """The occurrences by term number, in the order of the numbers' first occurrences."""
    found: dict[int, Answered] = {}
    for place, answer in answered:
        found.setdefault(place.term, []).append((place, answer))
    return found


def _candidate(
    term: str,
    places: Answered,
    score: float,
    known: KnownTerms,
    lexicon: Lexicon,
    *,
    all_possible: bool = False,
) -> Candidate:
    """The candidate of one term; with `all_possible`, likely renderings that were chosen nowhere are listed too."""
    concept = known.concept(term)
    return Candidate(
        zh=term,
        count=len(places),
        score=score,
        renderings=group_renderings(
            ((answer.text, answer.weighed) for _, answer in places),
            lexicon,
            known.renderings(concept),
            possible=all_possible,
        ),
        occurrences=tuple(
            Occurrence(
                place.bead,
                place.zh,
                answer.text,
                answer.span,
                answer.score,
                answer.alternatives,
                answer.parts,
            )
            for place, answer in places
        ),
        known=concept,
    )


def _rank(candidate: Candidate, least_new: float) -> tuple[float, float, str]:
    """The place of a candidate: new renderings of known concepts that are sure enough, then the others by score."""
    new = _new_rendering_score(candidate)
    return (-new if new >= least_new else 0.0, -candidate.score, candidate.zh)


def _new_rendering_score(candidate: Candidate) -> float:
    """How sure a rendering is that the bank lacks, though it has the concept; 0 where there is none."""
    if candidate.known is None:
        return 0.0
    forms = {form for rendering in candidate.renderings if rendering.term is None for form in rendering.forms}
    return max((place.score for place in candidate.occurrences if place.en in forms), default=0.0)
