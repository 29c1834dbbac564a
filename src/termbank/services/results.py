"""What the public functions give back: results that print briefly, become plain records, and show as a table.

Each result wraps what a service returned, under the name it has there, so that nothing is lost by the short form.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from termbank.model.message import plural
from termbank.text.display_width import fit

if TYPE_CHECKING:
    from termbank.model.candidate import Candidate
    from termbank.model.check_result import Checked
    from termbank.model.finding import Finding
    from termbank.model.survey import Survey, SurveyedConcept
    from termbank.model.variants import ConceptVariants, Variants
    from termbank.services.align import AlignedTexts
    from termbank.services.extract import Extraction
    from termbank.services.lookup import Hit

Record = dict[str, Any]
SHOWN_ROWS = 20
SHOWN_CELLS = 60
"""The most rows and, of a cell, terminal cells that a notebook's table shows."""


class Result:
    """A result as a sequence of records: `to_dicts` gives all of them, a notebook shows the first."""

    @abstractmethod
    def to_dicts(self) -> list[Record]:
        """The result as plain records of JSON values, one a row."""

    @abstractmethod
    def _summary(self) -> str:
        """The result in one line."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._summary()}>"

    def _repr_html_(self) -> str:
        rows = self.to_dicts()
        shown = rows[:SHOWN_ROWS]
        columns = list(dict.fromkeys(name for row in shown for name in row))
        head = "".join(f"<th>{escape(name)}</th>" for name in columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_cell(row.get(name)))}</td>" for name in columns) + "</tr>"
            for row in shown
        )
        caption = escape(self._summary())
        return (
            f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return fit("; ".join(_cell(each) for each in value), SHOWN_CELLS).rstrip()
    if isinstance(value, dict):
        return fit("; ".join(f"{name} {_cell(each)}" for name, each in value.items()), SHOWN_CELLS).rstrip()
    if isinstance(value, float):
        return f"{value:.3f}"
    text = " ".join(str(value).split())
    return fit(text, SHOWN_CELLS).rstrip()


@dataclass(frozen=True, repr=False)
class AlignmentResult(Result):
    """The beads of two texts; iterating gives (Chinese, English) pairs of strings."""

    texts: AlignedTexts

    @property
    def remarks(self) -> tuple[str, ...]:
        return self.texts.remarks

    def __len__(self) -> int:
        return len(self.texts.alignment.beads)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((self.texts.chinese(at), self.texts.english(at)) for at in range(len(self)))

    def to_dicts(self) -> list[Record]:
        """One record a bead: zh, en, confidence, and the numbers of its segments on both sides."""
        return [
            {
                "zh": self.texts.chinese(at),
                "en": self.texts.english(at),
                "confidence": round(bead.confidence, 4),
                "zh_segments": list(bead.zh),
                "en_segments": list(bead.en),
            }
            for at, bead in enumerate(self.texts.alignment.beads)
        ]

    def _summary(self) -> str:
        zh, en = len(self.texts.zh_segments), len(self.texts.en_segments)
        return f"{plural('{count} bead', '{count} beads', len(self))}, {zh} Chinese and {en} English segments"


@dataclass(frozen=True, repr=False)
class ExtractionResult(Result):
    """Terms with their renderings, best first; iterating gives candidates."""

    extraction: Extraction

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return self.extraction.candidates

    @property
    def remarks(self) -> tuple[str, ...]:
        return self.extraction.remarks

    def __len__(self) -> int:
        return len(self.candidates)

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self.candidates)

    def to_dicts(self) -> list[Record]:
        """One record a term: zh, count, score, the concept that holds it, and its renderings with their counts."""
        return [
            {
                "zh": candidate.zh,
                "count": candidate.count,
                "score": round(candidate.score, 4),
                "known": candidate.known,
                "renderings": [{"en": r.text, "count": r.count} for r in candidate.renderings],
            }
            for candidate in self.candidates
        ]

    def _summary(self) -> str:
        new = sum(candidate.known is None for candidate in self.candidates)
        return f"{plural('{count} term', '{count} terms', len(self))}, {new} of them new"


@dataclass(frozen=True, repr=False)
class CheckResult(Result):
    """Findings in the order of the text; iterating gives them."""

    checked: Checked

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.checked.findings

    @property
    def remarks(self) -> tuple[str, ...]:
        return self.checked.remarks

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def to_dicts(self) -> list[Record]:
        """One record a finding, with the fields of `termbank check --format json`."""
        from termbank.reports.findings_json import finding_record

        return [finding_record(finding) for finding in self.findings]

    def _summary(self) -> str:
        found = plural("{count} finding", "{count} findings", len(self))
        return f"{found} in {plural('{count} segment', '{count} segments', self.checked.segments)}"


@dataclass(frozen=True, repr=False)
class SurveyResult(Result):
    """Who renders which concept how; iterating gives the concepts, most used first."""

    survey: Survey

    @property
    def remarks(self) -> tuple[str, ...]:
        return self.survey.remarks

    def __len__(self) -> int:
        return len(self.survey.concepts)

    def __iter__(self) -> Iterator[SurveyedConcept]:
        return iter(self.survey.concepts)

    def to_dicts(self) -> list[Record]:
        """One record a rendering: its concept, Chinese, status, and how often each document uses it."""
        return [
            {
                "concept": concept.concept,
                "zh": concept.zh,
                "rendering": rendering.text,
                "status": rendering.status.value if rendering.status else None,
                "documents": {use.document: len(use.spans) for use in rendering.uses},
            }
            for concept in self.survey.concepts
            for rendering in concept.renderings
        ]

    def _summary(self) -> str:
        concepts = plural("{count} concept", "{count} concepts", len(self))
        return f"{concepts} in {plural('{count} document', '{count} documents', len(self.survey.documents))}"


@dataclass(frozen=True, repr=False)
class LookupResult(Result):
    """The concepts that answer a query, best first; iterating gives hits."""

    query: str
    hits: Sequence[Hit]

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def to_dicts(self) -> list[Record]:
        """One record a concept, with the fields of a result of `termbank lookup --json`."""
        from termbank.services.lookup import lookup_record

        results: list[Record] = lookup_record(self.query, list(self.hits))["results"]
        return results

    def _summary(self) -> str:
        return f"{plural('{count} concept', '{count} concepts', len(self))} for {self.query!r}"


@dataclass(frozen=True, repr=False)
class VariantsResult(Result):
    """Who used which rendering of a concept, and when; iterating gives the concepts."""

    variants: Variants

    def __len__(self) -> int:
        return len(self.variants.concepts)

    def __iter__(self) -> Iterator[ConceptVariants]:
        return iter(self.variants.concepts)

    def to_dicts(self) -> list[Record]:
        """One record a rendering: its concept, Chinese, status, documents, first and last date, and publishers."""
        return [
            {
                "concept": concept.concept,
                "zh": concept.zh,
                "rendering": rendering.term.text,
                "status": rendering.term.status.value,
                "count": rendering.count,
                "first": rendering.first,
                "last": rendering.last,
                "publishers": {use.publisher: use.count for use in rendering.publishers},
            }
            for concept in self.variants.concepts
            for rendering in concept.renderings
        ]

    def _summary(self) -> str:
        return f"renderings of {plural('{count} concept', '{count} concepts', len(self))}"
