"""Segment and SegmentPair: the units that are aligned and checked.

A segment is a sentence, clause, heading or line with its span in its document. A pair is a
source segment and the target that translates it, from an alignment or from a bilingual file.
"""

from __future__ import annotations

from dataclasses import dataclass

from termbank.model.document import BlockKind
from termbank.model.span import Span


@dataclass(frozen=True)
class Segment:
    """A stretch of text taken as one unit; `text` is `document.text[span]`, verbatim."""

    text: str
    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    block: int = 0

    def part(self, span: Span) -> Segment:
        """The stretch of this segment at a span of its own text, as a segment."""
        return Segment(span.of(self.text), span.shifted(self.span.start), self.kind, self.block)


@dataclass(frozen=True)
class SegmentPair:
    """Chinese and English that translate one another, each with its place in its own file.

    `zh` or `en` is empty where one side has nothing. `zh_start` and `en_start` are the code-point
    offsets of the two texts in their files; lines and columns are 1-based. `aligned` is whether a
    machine paired them, and `confidence` how sure it was (1.0 for a bilingual file). `as_written` holds
    both texts where `zh` and `en` are the same with parts hidden that are no prose.
    """

    zh: str
    en: str
    zh_file: str | None = None
    en_file: str | None = None
    zh_start: int = 0
    en_start: int = 0
    zh_line: int = 1
    en_line: int = 1
    zh_column: int = 1
    en_column: int = 1
    confidence: float = 1.0
    aligned: bool = False
    block: int = 0
    as_written: tuple[str, str] | None = None

    @property
    def written_zh(self) -> str:
        """The Chinese as the file has it."""
        return self.zh if self.as_written is None else self.as_written[0]

    @property
    def written_en(self) -> str:
        """The English as the file has it."""
        return self.en if self.as_written is None else self.as_written[1]
