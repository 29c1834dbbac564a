"""Counts over a whole document: which renderings it uses, which concepts it renders and which it leaves unanswered.

Each batch of pairs is summed up in small values (`DocumentSummary`, `RenderingUse`), which may be made in another
process. A `DocumentTally` adds them in the order of the text and gives the `DocumentStats` as of the end of each batch.
It grows with the glossary, not with the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from termbank.checks.pair import Pair, own_term
from termbank.checks.unanswered_terms import UnansweredTerm
from termbank.matching.match import Match
from termbank.model.concept import Concept, Term
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.model.span import Span


class DocumentSummary(NamedTuple):
    """What one batch shows of one document.

    Attributes:
        rendered: in how many pairs each concept (id) is rendered.
        unanswered: the concepts that a pair leaves unanswered, each with its `UnansweredTerm.head_concepts`.
    """

    rendered: Counter[str]
    unanswered: list[tuple[str, frozenset[str]]]


@dataclass(frozen=True)
class DocumentStats:
    """What a document has shown up to the end of a batch, as far as the unanswered terms of the batch need it.

    Attributes:
        rendered: in how many pairs each concept (id) was rendered.
        total: the sum over all concepts.
        unanswered: in how many pairs each concept was left unanswered.
    """

    rendered: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    unanswered: Mapping[str, int] = field(default_factory=dict)


class RenderingUse(NamedTuple):
    """One rendering in one batch: its first place there, and how often it is used.

    `segment` is the number of the segment in the batch; `zh_text` the Chinese term beside it.
    """

    file: str | None
    concept: str
    text: str
    zh_text: str | None
    times: int
    segment: int
    span: Span
    zh: Span | None


class FirstUse(NamedTuple):
    """Where a rendering was used first in a document, and how often it was used in all."""

    segment: SegmentPair
    span: Span
    zh: Span | None
    term: Term
    zh_text: str | None
    times: int


RenderingUses = dict[tuple[str, str | None], FirstUse]
"""The uses of one concept's renderings in one document, by English term and the Chinese term beside it."""


def summarize(
    pairs: Sequence[Pair], unanswered: Sequence[Sequence[UnansweredTerm]]
) -> dict[str | None, DocumentSummary]:
    """The summaries of a batch by document; `unanswered` has the terms of each pair."""
    found: dict[str | None, DocumentSummary] = {}
    for pair, terms in zip(pairs, unanswered, strict=True):
        file = pair.segment.en_file
        summary = found.get(file) or found.setdefault(file, DocumentSummary(Counter(), []))
        summary.rendered.update(pair.zh_concepts.keys() & pair.en_concepts.keys())
        summary.unanswered.extend((term.concept.id, term.head_concepts) for term in terms)
    return found


def find_uses(pairs: Sequence[Pair]) -> list[RenderingUse]:
    """The renderings used in a batch.

    A use counts where the Chinese beside it names the concept, or where there is no Chinese.
    """
    first: dict[tuple[str | None, str, str, str | None], tuple[int, Span, Span | None]] = {}
    counts: Counter[tuple[str | None, str, str, str | None]] = Counter()
    for number, pair in enumerate(pairs):
        for match in pair.en_outermost:
            meaning = _meaning(pair, match)
            if meaning is None:
                continue
            concept, term = meaning
            zh = pair.source_span(concept)
            zh_text = zh.of(pair.segment.zh) if zh is not None else None
            key = (pair.segment.en_file, concept.id, term.text, zh_text)
            counts[key] += 1
            if key not in first:
                first[key] = (number, match.span, zh)
    return [RenderingUse(*key, counts[key], *place) for key, place in first.items()]


def _meaning(pair: Pair, match: Match) -> tuple[Concept, Term] | None:
    """The concept that a rendering stands for, with its own term; with a source, one that the Chinese names."""
    if not pair.has_source or match.concept.id in pair.zh_concepts:
        return match.concept, match.term
    for concept in match.also:
        if concept.id in pair.zh_concepts and (term := own_term(concept, match)) is not None:
            return concept, term
    return None


class DocumentTally:
    """Adds up the batches of a check, in the order of the text."""

    def __init__(self, glossary: Glossary) -> None:
        self.uses: dict[tuple[str | None, str], RenderingUses] = {}
        self._glossary = glossary
        self._rendered: dict[str | None, Counter[str]] = {}
        self._unanswered: dict[str | None, Counter[str]] = {}

    def add(self, summaries: Mapping[str | None, DocumentSummary]) -> dict[str | None, DocumentStats]:
        """Add a batch; returns, by document, the statistics that its unanswered terms are judged by."""
        stats: dict[str | None, DocumentStats] = {}
        for file, summary in summaries.items():
            rendered = self._rendered.setdefault(file, Counter())
            unanswered = self._unanswered.setdefault(file, Counter())
            rendered.update(summary.rendered)
            unanswered.update(name for name, heads in summary.unanswered if rendered.keys().isdisjoint(heads))
            names = {name for one, heads in summary.unanswered for name in (one, *heads)}
            stats[file] = DocumentStats(_part(rendered, names), rendered.total(), _part(unanswered, names))
        return stats

    def add_uses(self, uses: Iterable[RenderingUse], segments: Sequence[SegmentPair]) -> None:
        """Add the renderings used in a batch of segments."""
        for use in uses:
            known = self.uses.setdefault((use.file, use.concept), {})
            first = known.get((use.text, use.zh_text))
            if first is not None:
                known[use.text, use.zh_text] = first._replace(times=first.times + use.times)
                continue
            english = self._glossary.by_id[use.concept].english
            term = next(term for term in english if term.text == use.text)
            known[use.text, use.zh_text] = FirstUse(
                segments[use.segment], use.span, use.zh, term, use.zh_text, use.times
            )


def _part(counts: Counter[str], names: Iterable[str]) -> dict[str, int]:
    """The counts above zero of these names."""
    return {name: count for name in names if (count := counts.get(name))}
