"""Sentence splitting: the segments of a document, with their exact spans.

Segments are in order, and each is the text's own characters. None crosses a block: headings, list items and table
cells are segments of their own. A section number stays with its sentence. ； ends no sentence here:
`split_listed_clauses` splits sentences whose clauses the other language sets out as a list, and `split_at_semicolons`
aligned sentences where both languages have a semicolon.
"""

from __future__ import annotations

from typing import Literal

from termbank.model.document import Block, BlockKind, Document
from termbank.model.segment import Segment
from termbank.model.span import Span
from termbank.sentences.list_clauses import split_listed_clauses
from termbank.sentences.semicolons import split_at_semicolons
from termbank.sentences.split import split_clauses, split_sentences


def split_document(document: Document, language: Literal["zh", "en"]) -> tuple[Segment, ...]:
    """Split a document into sentences, block by block; a document without blocks, line by line."""
    found: list[Segment] = []
    for number, block in enumerate(document.blocks or _line_blocks(document)):
        text = block.span.of(document.text)
        if block.kind is BlockKind.HEADING:
            spans = [_trim(text, Span(0, len(text)))]
        else:
            spans = split_sentences(text, language)
        for span in spans:
            if span.end > span.start:
                in_document = span.shifted(block.span.start)
                found.append(Segment(in_document.of(document.text), in_document, block.kind, number))
    return tuple(found)


def split_lines(document: Document) -> tuple[Segment, ...]:
    """Take each non-empty line as a segment, for texts that are already split."""
    found = []
    for number, block in enumerate(_line_blocks(document)):
        found.append(Segment(block.span.of(document.text), block.span, block.kind, number))
    return tuple(found)


def _line_blocks(document: Document) -> tuple[Block, ...]:
    """A block for each non-empty line, without the space around it."""
    blocks: list[Block] = []
    start = 0
    for line in document.text.splitlines(keepends=True):
        span = _trim(document.text, Span(start, start + len(line)))
        if span.end > span.start:
            blocks.append(Block(BlockKind.PARAGRAPH, span))
        start += len(line)
    return tuple(blocks)


def _trim(text: str, span: Span) -> Span:
    """The span without the white space at its ends; empty where there is nothing else."""
    part = span.of(text)
    left = len(part) - len(part.lstrip(_SPACE))
    right = len(part.rstrip(_SPACE))
    return Span(span.start + left, span.start + max(left, right))


_SPACE = " \t\r\n\f\v\u3000\u00a0\u200b\ufeff\u2028\u2029\x1c\x1d\x1e\x85"

__all__ = ["split_at_semicolons", "split_clauses", "split_document", "split_lines", "split_listed_clauses"]
