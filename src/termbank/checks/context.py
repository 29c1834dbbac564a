"""What every check may ask besides the text: glossary, matcher, lexicon and date. Findings are made here.

All checks place their findings in the files in one way, through `CheckContext.finding`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from termbank.checks.expected_renderings import RenderingIndex, usable_renderings
from termbank.checks.pair import TermFinder
from termbank.checks.registry import find_check
from termbank.lexicon.dictionary import Lexicon
from termbank.model.concept import Concept
from termbank.model.finding import Finding
from termbank.model.glossary import Glossary
from termbank.model.message import Message, message
from termbank.model.segment import SegmentPair
from termbank.model.span import Span

SUGGESTIONS = 3
"""Renderings offered with a finding; more are a list to search."""


@dataclass(frozen=True)
class CheckContext:
    """The glossary and what goes with it.

    Attributes:
        date: when the translation was made, as partial ISO; None where unknown.
        target: the language in whose file findings are placed, `en` or `zh`.
        house_terms: ids of the concepts of which the person's own glossary binds the text strictly.
    """

    glossary: Glossary
    matcher: TermFinder
    lexicon: Lexicon | None = None
    date: str | None = None
    target: str = "en"
    house_terms: frozenset[str] = frozenset()

    @cached_property
    def expected(self) -> RenderingIndex:
        """What the checks expect for each concept; a cache over the glossary."""
        return RenderingIndex(self.house_terms)

    def finding(
        self,
        code: str,
        segment: SegmentPair,
        text: str,
        *,
        en: Span | None = None,
        zh: Span | None = None,
        concept: Concept | None = None,
        found: str | None = None,
        suggest: Sequence[str] = (),
    ) -> Finding:
        """A finding placed in its files. Spans are those of the segment's texts; None means the whole text."""
        into_zh = self.target == "zh"
        place_en = _place(segment.en, en, segment.en_start, segment.en_line, segment.en_column)
        place_zh = _place(segment.zh, zh, segment.zh_start, segment.zh_line, segment.zh_column)
        line, column, span = place_zh if into_zh else place_en
        source_span = (place_en if into_zh else place_zh)[2]
        return Finding(
            code,
            find_check(code).severity,
            text,
            concept.id if concept else None,
            segment.zh_file if into_zh else segment.en_file,
            line,
            column,
            span,
            segment.en_file if into_zh else segment.zh_file,
            source_span if (en if into_zh else zh) is not None else None,
            found if found is not None else (en.of(segment.written_en) if en else None),
            tuple(suggest),
            segment.written_zh if into_zh else segment.written_en,
            (segment.written_en if into_zh else segment.written_zh) or None,
        )


def _place(text: str, part: Span | None, start: int, line: int, column: int) -> tuple[int, int, Span]:
    """Line, column and span in the file of a part of a segment's text, which begins at `start`; None is all of it."""
    span = part or Span(0, len(text))
    before = text[: span.start]
    newlines = before.count("\n")
    at = span.start - (before.rfind("\n") + 1) + 1 if newlines else column + span.start
    return line + newlines, at, span.shifted(start)


def suggestions(concept: Concept) -> tuple[str, ...]:
    """The renderings to offer, best first."""
    return tuple(dict.fromkeys(term.text for term in usable_renderings(concept)))[:SUGGESTIONS]


def join_sentences(*sentences: str) -> Message:
    """Several whole sentences as one message, the empty ones left out."""
    parts = {f"sentence{number}": text for number, text in enumerate(filter(None, sentences), 1)}
    return message(" ".join(f"{{{name}}}" for name in parts), **parts)


def advice(renderings: Sequence[str]) -> str:
    """The sentence that says which rendering to write; empty where there is none."""
    return message("Write “{rendering}”.", rendering=renderings[0]) if renderings else ""
