"""Renderings that the bank has never seen: English documents surveyed beside their Chinese source.

Each document is aligned with the source; where it is a summary or a commentary, which covers only parts or
goes its own way, its sentences are paired with the Chinese ones whose words they carry. What the pairs show as
rendering a term of the bank, and the bank does not have, is a candidate: reported with a confidence, never saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from termbank.matching.match import Match
from termbank.matching.matcher import Matcher
from termbank.model.alignment import Alignment, Bead
from termbank.model.document import Document
from termbank.model.glossary import Glossary
from termbank.model.message import message
from termbank.model.span import Span
from termbank.model.survey import Survey
from termbank.surveying import NewRendering, beside_chinese, survey, with_new

if TYPE_CHECKING:
    from termbank.services.align import AlignedTexts

SURE_ENOUGH = 0.5
"""The lowest confidence at which a new rendering is reported."""
BEADS_SHARE = 0.5
IN_ORDER = 0.8
"""Beads at least so sure stand, whatever other sentence might fit as well."""
OWN_WAY = 0.15
"""The share of sentences with their Chinese elsewhere, from which on a document is said to go its own way."""
RELATED = 0.3
"""Of a document about the same thing, words pair at least this share of the sentences; chance pairs fewer."""


def surveyor_beside(
    source: Document, glossary: Glossary, matchers: Callable[[Glossary], Matcher]
) -> Callable[[Document], Survey]:
    """What surveys one document beside its Chinese source; the survey's remarks are on their alignment.

    Args:
        matchers: gives the matcher of a glossary.
    """
    from termbank.services.align import align_documents

    alone, matcher = matchers(glossary.without_aligned_terms), matchers(glossary)
    ordinary = matchers(glossary.only_aligned_terms)
    asked = {match.text: match.concept.id for match in matcher.chinese(source.text)}

    def survey_one(document: Document) -> Survey:
        if not asked:
            nothing = message("{file}: no term of the bank is in it.", file=source.name)
            return replace(survey((document,), glossary, alone), remarks=(nothing,))
        texts = pair_scattered(align_documents(source, document))
        beside = {document.name: beside_chinese(texts.pairs(), matcher, ordinary)}
        new = find_new_renderings(texts, asked, document, glossary, matcher)
        found = with_new(survey((document,), glossary, alone, beside), new, glossary)
        return replace(found, remarks=texts.remarks)

    return survey_one


def pair_scattered(texts: AlignedTexts) -> AlignedTexts:
    """The texts with sentences that the alignment in order left alone or doubted paired by their words."""
    from termbank.alignment.retrieval import retrieve_beads
    from termbank.services.lexicon_cache import lexicon

    found = retrieve_beads(
        [s.text for s in texts.zh_segments], [s.text for s in texts.en_segments], lexicon()
    )
    elsewhere = {bead.en[0]: bead for bead in found}
    if len(found) < RELATED * len(texts.en_segments):
        return texts
    beads: list[Bead] = []
    moved = sum(len(_elsewhere(bead, elsewhere)) for bead in texts.alignment.beads)
    apart = moved >= max(2, OWN_WAY * len(texts.en_segments))
    for bead in texts.alignment.beads:
        paired = [elsewhere[j] for j in bead.en if j in elsewhere]
        doubtful = not bead.zh or bead.confidence < IN_ORDER
        if doubtful and (_elsewhere(bead, elsewhere) or (apart and not paired)):
            beads += [elsewhere.get(j, Bead((), (j,), 0.0, 0.0)) for j in bead.en]
            continue
        confirmed = [found.confidence for found in paired if found.zh[0] in bead.zh]
        beads.append(replace(bead, confidence=max(bead.confidence, *confirmed, 0.0)))
    remarks = texts.remarks
    if apart:
        # This remark says why the two are not parallel, so the alignment need not say that they are not.
        remarks = tuple(remark for remark in remarks if remark not in texts.alignment.remarks)
        own = message(
            "{file}: covers parts of the Chinese or goes its own way; {moved} of its {total} sentences "
            "were paired by their words alone.",
            file=texts.en.name,
            moved=moved,
            total=len(texts.en_segments),
        )
        remarks = (*remarks, own)
    return replace(texts, alignment=Alignment(tuple(beads)), remarks=remarks)


def _elsewhere(bead: Bead, found: dict[int, Bead]) -> list[Bead]:
    """What words pair with other Chinese than a doubtful bead does."""
    if bead.zh and bead.confidence >= IN_ORDER:
        return []
    return [found[j] for j in bead.en if j in found and found[j].zh[0] not in bead.zh]


def find_new_renderings(
    texts: AlignedTexts, asked: dict[str, str], document: Document, glossary: Glossary, matcher: Matcher
) -> Iterator[NewRendering]:
    """What the pairs show as renderings of the terms asked for (term → concept) that the bank does not have."""
    from termbank.services.extract import extract_from

    known = KnownSpans(matcher.english(document.text, nested=True))
    places: dict[tuple[str, str], list[tuple[Span, str, float]]] = {}
    for candidate in extract_from(texts, terms=tuple(asked), glossary=glossary).candidates:
        concept = asked[candidate.zh]
        for seen in candidate.occurrences:
            if seen.en is None or seen.span is None:
                continue
            span = place_of(texts, seen.bead, seen.span)
            if span is None or known.has(span, concept):
                continue
            # A rendering that is found speaks for its bead too, so the bead's doubt counts for less than itself.
            sure = seen.score * texts.alignment.beads[seen.bead].confidence ** BEADS_SHARE
            form = span.of(document.text)
            places.setdefault((concept, " ".join(form.lower().split())), []).append((span, form, sure))
    for (concept, _), found in places.items():
        sure = max(score for *_, score in found)
        if sure >= SURE_ENOUGH:
            by_span = dict(sorted((span, form) for span, form, _ in found))
            spans, forms = tuple(by_span), tuple(by_span.values())
            yield NewRendering(concept, forms[0], document.name, spans, forms, min(1.0, sure))


class KnownSpans:
    """The spans of known renderings in a document."""

    def __init__(self, matches: Sequence[Match]) -> None:
        self.matches = matches

    def has(self, span: Span, concept: str) -> bool:
        """Whether a span is known: the concept's own rendering touches it, or it lies in that of another.

        A shorter term of another concept inside it says nothing: “common prosperity” is not “prosperity”.
        """
        return any(
            match.concept.id == concept or (match.span.start <= span.start and span.end <= match.span.end)
            for match in self.matches
            if match.span.overlaps(span)
        )


def place_of(texts: AlignedTexts, bead: int, span: Span) -> Span | None:
    """A span of a bead's English, its segments joined by one space, in the document's own text."""
    at = 0
    start = end = None
    for number in texts.alignment.beads[bead].en:
        segment = texts.en_segments[number]
        if start is None and span.start < at + len(segment.text):
            start = segment.span.start + max(0, span.start - at)
        if span.end <= at + len(segment.text):
            end = segment.span.start + span.end - at
            break
        at += len(segment.text) + 1
    return Span(start, end) if start is not None and end is not None and start < end else None
