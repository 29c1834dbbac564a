"""Candidate: a Chinese term and how a pair of texts renders it, with the evidence.

What a machine found is a candidate until a person accepts it; then it becomes a concept or a
variant of one, and its evidence becomes attestations.
"""

from __future__ import annotations

from dataclasses import dataclass

from termbank.model.span import Span


@dataclass(frozen=True)
class Occurrence:
    """One place where the term stands, and what renders it there.

    `bead` is the index of the bead; `zh` the span in the bead's Chinese, its segments joined without a
    separator; `en` the rendering verbatim or None where the translation has none; `span` its place in
    the bead's English, its segments joined by one space; `alternatives` the next best spans' texts.

    A rendering in two places, since conjuncts share a word (治理能力 in “governance system and capacity”), has `parts`: their
    spans. `en` is then the parts joined by one space, “governance capacity”, and `span` runs from the first to the last.
    """

    bead: int
    zh: Span
    en: str | None
    span: Span | None = None
    score: float = 0.0
    alternatives: tuple[str, ...] = ()
    parts: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Rendering:
    """A way of rendering the term, grouped by lemma: `text` is the form to show.

    `term` is the text of the bank's own term that it is an instance of, where there is one.
    """

    text: str
    count: int
    score: float = 0.0
    forms: tuple[str, ...] = ()
    term: str | None = None


@dataclass(frozen=True)
class Evidence:
    """A sentence pair in which the candidate was seen, for the reviewer to read.

    `en_parts` are the spans of a rendering in two places, `en_span` then runs from the first to the last.
    """

    zh: str
    en: str
    zh_span: Span | None = None
    en_span: Span | None = None
    source: str | None = None
    en_parts: tuple[Span, ...] = ()

    @property
    def en_spans(self) -> tuple[Span, ...]:
        """Where the rendering stands, in one place or two; nothing where there is none."""
        return self.en_parts or ((self.en_span,) if self.en_span else ())

    @property
    def rendering(self) -> str:
        """The rendering as it is written here."""
        return " ".join(span.of(self.en) for span in self.en_spans)


@dataclass(frozen=True)
class Candidate:
    """A Chinese term found by machine, with its renderings.

    `score` is the probability (0 to 1) that the string is a term; 1 for a term that a person asked for, 0 for one that
    only the bank knows. `known` is the id of the bank's concept for the term, or None. `features` are the named values behind
    the score, (name, value) sorted by name; none where it was not scored.
    """

    zh: str
    count: int
    score: float
    renderings: tuple[Rendering, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    known: str | None = None
    evidence: tuple[Evidence, ...] = ()
    features: tuple[tuple[str, float], ...] = ()
