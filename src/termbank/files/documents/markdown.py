"""Markdown: the text as given, its prose marked as blocks.

Front matter, fenced code, comments, rules, link definitions and pictures standing alone are no
prose. Emphasis and links inside a paragraph stay as written, so that every position is one in the
file.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from termbank.files.encoding import decode
from termbank.model.document import Block, BlockKind, Document
from termbank.model.span import Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,4}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_QUOTE = re.compile(r"\s{0,3}>[> \t]*")
_RULE = re.compile(r"\s{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)[ \t]*$")
_DEFINITION = re.compile(r"\s{0,3}\[[^\]]+\]:\s*\S")
_TAG_ALONE = re.compile(r"\s*</?[A-Za-z][^<>]*>\s*$")
_PICTURE = re.compile(r"\s*!\[[^\]]*\]\([^)]*\)\s*$")
_DIVIDER = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$")
_CELL = re.compile(r"(?:\\.|`[^`]*`|[^|\\`]|`|\\)+")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1$", re.S)


def read(data: bytes, name: str) -> Document:
    """The text with its prose in blocks."""
    decoded = decode(data, name)
    blocks = tuple(_BlockReader(decoded.text).blocks())
    return Document(name, decoded.text, blocks, decoded.encoding, None, decoded.remarks)


class _BlockReader:
    """One pass over the lines, with the paragraph that is open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [
            Span(m.start(), m.start() + len(m.group().rstrip("\r\n")))
            for m in _LINE.finditer(text)
            if m.group()
        ]
        self.open: Span | None = None
        self.kind = BlockKind.PARAGRAPH

    def blocks(self) -> Iterator[Block]:
        number = self._after_front_matter()
        while number < len(self.lines):
            line = self.lines[number].of(self.text)
            skipped = self._lines_to_skip(number, line)
            if skipped:
                yield from self._close()
                number += skipped
                continue
            if self._is_table(number):
                yield from self._close()
                number = yield from self._table(number)
                continue
            underline = _UNDERLINE.match(line)
            if underline and self.open is not None and self.kind is BlockKind.PARAGRAPH:
                yield self._block(BlockKind.HEADING, self.open, 1 if "=" in underline[1] else 2)
                self.open = None
            else:
                yield from self._prose(number, line)
            number += 1
        yield from self._close()

    def _after_front_matter(self) -> int:
        if self.lines and self.lines[0].of(self.text).rstrip() == "---":
            for number, span in enumerate(self.lines[1:200], 1):
                if span.of(self.text).rstrip() in ("---", "..."):
                    return number + 1
        return 0

    def _lines_to_skip(self, number: int, line: str) -> int:
        """How many lines from here are no prose."""
        if not line.strip() or _DEFINITION.match(line) or _TAG_ALONE.match(line) or _PICTURE.match(line):
            return 1
        if _RULE.match(line) and not (self.open is not None and _UNDERLINE.match(line)):
            return 1
        if line.lstrip().startswith("<!--"):
            return self._until(number, "-->", line.index("<!--") + 4)
        fence = _FENCE.match(line)
        if fence:
            for after in range(number + 1, len(self.lines)):
                if self.lines[after].of(self.text).lstrip().startswith(fence[1]):
                    return after - number + 1
            return len(self.lines) - number
        return 0

    def _until(self, number: int, mark: str, start: int) -> int:
        end = self.text.find(mark, self.lines[number].start + start)
        if end < 0:
            return 1
        return sum(1 for span in self.lines[number:] if span.start <= end)

    def _is_table(self, number: int) -> bool:
        if "|" not in self.lines[number].of(self.text) or number + 1 >= len(self.lines):
            return False
        divider = self.lines[number + 1].of(self.text)
        return "|" in divider and _DIVIDER.match(divider) is not None

    def _table(self, number: int) -> Generator[Block, None, int]:
        first = number
        while number < len(self.lines) and "|" in self.lines[number].of(self.text):
            span = self.lines[number]
            if number != first + 1:
                for cell in _CELL.finditer(span.of(self.text)):
                    if cell.group().strip():
                        yield self._block(BlockKind.CELL, Span(cell.start(), cell.end()).shifted(span.start))
            number += 1
        return number

    def _prose(self, number: int, line: str) -> Iterator[Block]:
        span = self.lines[number]
        heading = _HEADING.match(line)
        if heading:
            yield from self._close()
            if heading[2]:
                inner = Span(span.start + heading.start(2), span.start + heading.end(2))
                yield self._block(BlockKind.HEADING, inner, len(heading[1]))
            return
        quote = _QUOTE.match(line)
        if quote:  # one block a line: the marks between lines are no text
            yield from self._close()
            if line[quote.end() :].strip():
                yield self._block(BlockKind.PARAGRAPH, Span(span.start + quote.end(), span.end))
            return
        item = _ITEM.match(line)
        if item:
            yield from self._close()
            self.open, self.kind = Span(span.start + item.end(), span.end), BlockKind.ITEM
        elif self.open is None:
            self.open, self.kind = span, BlockKind.PARAGRAPH
        else:
            self.open = Span(self.open.start, span.end)

    def _close(self) -> Iterator[Block]:
        if self.open is not None:
            yield self._block(self.kind, self.open)
            self.open = None

    def _block(self, kind: BlockKind, span: Span, level: int = 0) -> Block:
        body = span.of(self.text)
        start = span.start + len(body) - len(body.lstrip())
        end = span.start + len(body.rstrip())
        emphasis = _EMPHASIS.fullmatch(self.text, start, end)
        if emphasis and emphasis[1] not in emphasis[2]:
            start, end = emphasis.start(2), emphasis.end(2)
        return Block(kind, Span(start, end), level)
