"""Surveys English documents for the renderings of a glossary: who renders which concept how.

The survey is a matrix of concepts by documents, every use with its span in the text as given. Each span has one owner:
where two concepts share a rendering, the one that has it in the better status. Renderings that are ordinary words
(`MatchFlag.ALIGNED`) are given as `beside`, found where the Chinese beside them has the term. Nothing is guessed
here: renderings that the bank does not have are found by aligning, and added by `with_new`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from termbank.matching.match import Match
from termbank.model.concept import Concept, Status, Term
from termbank.model.document import Document
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.model.span import Span
from termbank.model.survey import DocumentUse, Survey, SurveyedConcept, SurveyedRendering, same_wording
from termbank.text.characters_zh import has_han


class FindsEnglish(Protocol):
    """What the survey asks of a matcher."""

    def english(self, text: str, nested: bool = False) -> Sequence[Match]: ...


class FindsBoth(FindsEnglish, Protocol):
    """What the survey asks of a matcher where it has the Chinese beside the English."""

    def chinese(self, text: str, nested: bool = False) -> Sequence[Match]: ...


@dataclass(frozen=True)
class NewRendering:
    """A rendering the bank has never seen, from an alignment: for `concept`, in `document`, at `spans`."""

    concept: str
    text: str
    document: str
    spans: tuple[Span, ...]
    forms: tuple[str, ...]
    confidence: float


Spans = dict[str, list[tuple[Span, str]]]
Found = dict[str, dict[str, Spans]]


def survey(
    documents: Sequence[Document],
    glossary: Glossary,
    matcher: FindsEnglish,
    beside: Mapping[str, Sequence[Match]] | None = None,
) -> Survey:
    """The matrix of the glossary's concepts by the documents; concepts nobody uses are left out.

    The matcher is that of the glossary `alone`; `beside` holds, by document, the ordinary words that count too.
    """
    found: Found = {}
    for document in documents:
        matches = countable_matches(matcher.english(document.text, nested=True), document.text)
        for match in resolve_owners(_keep_longest([*matches, *(beside or {}).get(document.name, ())])):
            uses = found.setdefault(match.concept.id, {}).setdefault(match.term.text, {})
            uses.setdefault(document.name, []).append((match.span, match.text))
    names = tuple(document.name for document in documents)
    rows = [_row(glossary.by_id[name], texts, names) for name, texts in found.items()]
    return Survey(names, tuple(sorted(rows, key=_weight)))


_BREAK = re.compile(r"\n\s*(?:The|An?)\b")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"”’）]+")


def countable_matches(matches: Iterable[Match], text: str) -> list[Match]:
    """The matches that a reader of the English would count.

    Left out are matches over a line end into a new sentence, in a web address, and English letters inside Chinese words.
    """
    addresses = [found.span() for found in _ADDRESS.finditer(text)]

    def is_in_address(at: int) -> bool:
        before = bisect_right(addresses, (at, len(text)))
        return before > 0 and at < addresses[before - 1][1]

    return [
        match
        for match in matches
        if not _BREAK.search(match.text)
        and not is_in_address(match.span.start)
        and not has_han(text[max(0, match.span.start - 1) : match.span.end + 1])
    ]


def beside_chinese(
    pairs: Iterable[SegmentPair], matcher: FindsBoth, ordinary: FindsEnglish
) -> tuple[Match, ...]:
    """The ordinary words of aligned English that render a term in the Chinese beside them, placed in the text.

    `ordinary` finds the terms of the glossary's `aligned` part.
    """
    found: list[Match] = []
    for pair in pairs:
        if pair.zh and pair.en and (matches := ordinary.english(pair.en)):
            asked = {c.id: c for match in matcher.chinese(pair.zh) for c in (match.concept, *match.also)}
            for match in matches:
                meant = next((c for c in (match.concept, *match.also) if c.id in asked), None)
                if meant is not None:
                    at = match.span.shifted(pair.en_start)
                    found.append(match._replace(concept=meant, term=_own(meant, match), span=at))
    return tuple(found)


def _own(concept: Concept, match: Match) -> Term:
    """The concept's own term of the form that was found."""
    own = (term for term in concept.english if same_wording(term.text, match.term.text))
    return match.term if concept.id == match.concept.id else next(own, match.term)


def _keep_longest(matches: list[Match]) -> list[Match]:
    """The matches with what lies inside or across a longer one left out; several of one span stay."""
    kept: list[Match] = []
    taken: dict[int, Span] = {}
    for match in sorted(matches, key=lambda match: (match.span.start - match.span.end, match.span.start)):
        places = range(match.span.start, match.span.end)
        if all(taken.get(at, match.span) == match.span for at in (places[0], places[-1])):
            taken.update(dict.fromkeys(places, match.span))
            kept.append(match)
    return kept


def resolve_owners(matches: Iterable[Match]) -> list[Match]:
    """One match for each span: of several concepts', the one whose term has the best status."""
    best: dict[Span, Match] = {}
    for match in matches:
        held = best.get(match.span)
        if held is None or _rank(match) < _rank(held):
            best[match.span] = match
    return [best[span] for span in sorted(best)]


def _rank(match: Match) -> tuple[int, int, str]:
    return (match.term.status.rank, -len(match.term.attestations), match.concept.id)


def _weight(row: SurveyedConcept) -> tuple[int, str]:
    return (-row.count, row.concept)


def _row(concept: Concept, texts: Mapping[str, Spans], names: Sequence[str]) -> SurveyedConcept:
    terms = {term.text: term for term in reversed(concept.english)}
    renderings = [_rendering(terms[text], spans, names) for text, spans in texts.items()]
    preferred = next((t.text for t in concept.english if t.status is Status.PREFERRED), None)
    return SurveyedConcept(concept.id, concept.headword, _in_order(renderings), preferred, concept.subject)


def _in_order(renderings: Iterable[SurveyedRendering]) -> tuple[SurveyedRendering, ...]:
    return tuple(sorted(renderings, key=lambda r: (-r.count, r.text)))


def _rendering(term: Term, spans: Spans, names: Sequence[str]) -> SurveyedRendering:
    uses = tuple(
        DocumentUse(name, tuple(span for span, _ in spans[name]), tuple(text for _, text in spans[name]))
        for name in names
        if name in spans
    )
    return SurveyedRendering(term.text, uses, term.status, term.type)


def merge_surveys(surveys: Iterable[Survey]) -> Survey:
    """The survey of all the documents of several surveys, in their order; each document is in one of them.

    Merging is associative, and gives what surveying the documents together gives.
    """
    parts = tuple(surveys)
    rows: dict[str, list[SurveyedConcept]] = {}
    for part in parts:
        for row in part.concepts:
            rows.setdefault(row.concept, []).append(row)
    merged = (replace(some[0], renderings=_merge_renderings(some)) for some in rows.values())
    return Survey(
        tuple(name for part in parts for name in part.documents),
        tuple(sorted(merged, key=_weight)),
        tuple(dict.fromkeys(remark for part in parts for remark in part.remarks)),
    )


def _merge_renderings(rows: Iterable[SurveyedConcept]) -> tuple[SurveyedRendering, ...]:
    """The renderings of one concept; those that are new to the bank stay apart, for each has its own confidence."""
    known: dict[str, SurveyedRendering] = {}
    new: list[SurveyedRendering] = []
    for row in rows:
        for rendering in row.renderings:
            held = known.get(rendering.text)
            if not rendering.known:
                new.append(rendering)
            elif held is None:
                known[rendering.text] = rendering
            else:
                known[rendering.text] = replace(held, uses=(*held.uses, *rendering.uses))
    return _in_order((*known.values(), *new))


def with_new(found: Survey, new: Iterable[NewRendering], glossary: Glossary) -> Survey:
    """The survey with renderings the bank has never seen, marked as such and with their confidence."""
    rows = {row.concept: row for row in found.concepts}
    for item in new:
        concept = glossary.by_id[item.concept]
        row = rows.get(concept.id) or _row(concept, {}, found.documents)
        use = DocumentUse(item.document, item.spans, item.forms)
        rendering = SurveyedRendering(item.text, (use,), known=False, confidence=item.confidence)
        rows[concept.id] = replace(row, renderings=(*row.renderings, rendering))
    ordered = (replace(row, renderings=_in_order(row.renderings)) for row in rows.values())
    return replace(found, concepts=tuple(sorted(ordered, key=_weight)))
