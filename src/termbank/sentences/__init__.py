"""A document's sentences, with their exact places.

In comes a document with its blocks; out come segments in order, each the text's own letters from its first to
its last. No segment crosses a block: a heading, a list item and a table cell stand alone, whatever they end
in. A section number stays with its sentence. ； ends no sentence here; `listed`
parts one whose clauses the other language sets out as a list, `parted` the sentences of an alignment where
both languages part them.
"""

from __future__ import annotations

from typing import Literal

from termbank.model.document import Block, BlockKind, Document
from termbank.model.segment import Segment
from termbank.model.span import Span
from termbank.sentences.list_clauses import listed
from termbank.sentences.semicolons import parted
from termbank.sentences.split import clauses, sentences

Tongue = Literal["zh", "en"]


def segments(document: Document, language: Tongue) -> tuple[Segment, ...]:
    """The sentences of a document, block by block. A document without blocks is read line by line."""
    found: list[Segment] = []
    for number, block in enumerate(document.blocks or _line_blocks(document)):
        text = block.span.of(document.text)
        if block.kind is BlockKind.HEADING:
            spans = [_trimmed(text, Span(0, len(text)))]
        else:
            spans = sentences(text, language)
        for span in spans:
            if span.end > span.start:
                place = span.shifted(block.span.start)
                found.append(Segment(place.of(document.text), place, block.kind, number))
    return tuple(found)


def lines(document: Document) -> tuple[Segment, ...]:
    """Each line with anything on it as one segment, for texts that are already divided."""
    found = []
    for number, block in enumerate(_line_blocks(document)):
        found.append(Segment(block.span.of(document.text), block.span, block.kind, number))
    return tuple(found)


def _line_blocks(document: Document) -> tuple[Block, ...]:
    blocks: list[Block] = []
    start = 0
    for line in document.text.splitlines(keepends=True):
        span = _trimmed(document.text, Span(start, start + len(line)))
        if span.end > span.start:
            blocks.append(Block(BlockKind.PARAGRAPH, span))
        start += len(line)
    return tuple(blocks)


def _trimmed(text: str, span: Span) -> Span:
    part = span.of(text)
    left = len(part) - len(part.lstrip(_EDGE))
    right = len(part.rstrip(_EDGE))
    return Span(span.start + left, span.start + max(left, right))


_EDGE = " \t\r\n\f\v\u3000\u00a0\u200b\ufeff\u2028\u2029\x1c\x1d\x1e\x85"

__all__ = ["clauses", "lines", "listed", "parted", "segments"]
