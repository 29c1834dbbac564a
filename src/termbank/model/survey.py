"""Survey: which rendering of each concept each document uses, where and how often.

A survey is a matrix of concepts by documents. Renderings known to the bank carry their status;
those it has never seen carry how sure the alignment is of them. Every use keeps its spans, so each
cell opens its passages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from termbank.model.concept import Status, TermType
from termbank.model.span import Span

_FILLING = re.compile(r"[\W_]+|(?<=[^s])s\b|\b(?:the|an|a)\b")


def same_wording(one: str, other: str) -> bool:
    """Whether two renderings differ only in case, hyphens, quotes, articles or a plural.

    >>> same_wording("“AI Plus” initiative", "the AI-Plus initiatives")
    True
    >>> same_wording("AI Plus initiative", "AI+ initiative")
    False
    """
    return _wording(one) == _wording(other)


def _wording(text: str) -> str:
    return _FILLING.sub("", text.replace("+", " plus-sign ").lower())


@dataclass(frozen=True)
class DocumentUse:
    """The uses of one rendering in one document: a span and the text verbatim for each."""

    document: str
    spans: tuple[Span, ...]
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class SurveyedRendering:
    """A rendering and who uses it. `term` is the bank's term, None where the rendering is new to it.

    `confidence` is how sure the alignment is of a new rendering (0 to 1).
    """

    text: str
    uses: tuple[DocumentUse, ...]
    status: Status | None = None
    type: TermType = TermType.FULL_FORM
    known: bool = True
    confidence: float | None = None

    @property
    def count(self) -> int:
        return sum(len(use.spans) for use in self.uses)

    def count_in(self, document: str) -> int:
        return sum(len(use.spans) for use in self.uses if use.document == document)


@dataclass(frozen=True)
class SurveyedConcept:
    """One row of the matrix: the concept, its Chinese headword, and its renderings, most used first."""

    concept: str
    zh: str
    renderings: tuple[SurveyedRendering, ...]
    preferred: str | None = None
    subject: str | None = None

    @property
    def count(self) -> int:
        return sum(rendering.count for rendering in self.renderings)

    def used_in(self, document: str) -> tuple[SurveyedRendering, ...]:
        return tuple(rendering for rendering in self.renderings if rendering.count_in(document))

    def is_mixed_in(self, document: str) -> bool:
        """Whether the document uses two wordings; a full form and its short form are one."""
        return len(wordings(self.used_in(document))) > 1

    @property
    def preferred_is_unused(self) -> bool:
        return self.preferred is not None and all(r.text != self.preferred for r in self.renderings)


def wordings(renderings: Iterable[SurveyedRendering]) -> tuple[str, ...]:
    """The different wordings among the renderings, short forms and abbreviations left aside."""
    found: dict[str, str] = {}
    for rendering in renderings:
        if rendering.type in (TermType.FULL_FORM, TermType.VARIANT):
            found.setdefault(_wording(rendering.text), rendering.text)
    return tuple(found.values())


@dataclass(frozen=True)
class Survey:
    """The whole matrix: documents as given, concepts in order of how often they occur."""

    documents: tuple[str, ...]
    concepts: tuple[SurveyedConcept, ...]
    remarks: tuple[str, ...] = ()

    @property
    def mixed(self) -> tuple[tuple[str, SurveyedConcept], ...]:
        """(document, concept) wherever one document uses two wordings of one concept."""
        return tuple(
            (document, concept)
            for document in self.documents
            for concept in self.concepts
            if concept.is_mixed_in(document)
        )

    @property
    def unused(self) -> tuple[SurveyedConcept, ...]:
        """The concepts found whose preferred rendering no document uses."""
        return tuple(concept for concept in self.concepts if concept.preferred_is_unused)
