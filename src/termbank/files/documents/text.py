"""Plain text: its paragraphs, headings and list items, as spans in the text as given.

A line is a paragraph, as in Chinese texts and most texts from the web, unless the lines were wrapped to a width (the
next word would not have fitted); then consecutive lines are one paragraph. A blank line always ends a paragraph.
"""

from __future__ import annotations

import itertools
import re

from termbank.files.encoding import decode
from termbank.model.document import Block, BlockKind, Document
from termbank.model.span import Span

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]*(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]|\Z)")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]"
)
_END = re.compile(r"[。！？；…!?.:：;][”’」』）)\]\"']*\s*$")
_ITEM = re.compile(r"\s*(?:[-*•·●○▪–—]\s|(?:\d{1,3}|[a-zA-Z])[.)、．]\s*\S|[（(]\w{1,3}[)）]|[①-⑳])")
_NUMBERED_HEADING = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]+[章节節编編部篇]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）"
    r"|(?:Chapter|Part|Section|Article|Annex)\s+[\dIVXLC]+\b|[IVXLC]+\.\s)"
)
_NARROWEST, _WIDEST = 40, 130


def read(data: bytes, name: str) -> Document:
    """The text with its paragraphs."""
    decoded = decode(data, name)
    return Document(name, decoded.text, blocks(decoded.text), decoded.encoding, None, decoded.remarks)


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs of a plain text, in order."""
    runs = _runs(text)
    widest = _width(text, runs)
    found: list[Block] = []
    for run in runs:
        if widest and len(run) > 1 and _is_wrapped([span.of(text) for span in run], widest):
            found.append(Block(BlockKind.PARAGRAPH, Span(run[0].start, run[-1].end)))
        else:
            found.extend(_line_block(text, span) for span in run)
    return tuple(found)


def _runs(text: str) -> list[list[Span]]:
    """Runs of lines with something on them, each line stripped of the space around it."""
    runs: list[list[Span]] = []
    open_run = False
    for match in _LINE.finditer(text):
        line = match.group()
        body = line.strip()
        if not body:
            open_run = False
            continue
        start = match.start() + line.index(body[0])
        span = Span(start, start + len(body))
        if open_run:
            runs[-1].append(span)
        else:
            runs.append([span])
            open_run = True
    return runs


def _width(text: str, runs: list[list[Span]]) -> int:
    """The width that lines may be wrapped to, or 0 where they are too long or too short for that."""
    spans = [span for run in runs if len(run) > 1 for span in run]
    if any(span.end - span.start > _WIDEST for span in spans):
        return 0
    widest = max((_cells(span.of(text)) for span in spans), default=0)
    return widest if _NARROWEST <= widest <= _WIDEST else 0


def _cells(line: str) -> int:
    return len(line) if line.isascii() else len(line) + len(_WIDE.findall(line))


def _is_wrapped(lines: list[str], widest: int) -> bool:
    """Whether every line but the last is as full as the next word allows, and most end mid-sentence."""
    if any(_ITEM.match(line) or _NUMBERED_HEADING.match(line) for line in lines[1:]):
        return False
    ended = sum(1 for line in lines[:-1] if _END.search(line))
    if 2 * ended >= len(lines) - 1 + (len(lines) > 3):
        return False
    for line, after in itertools.pairwise(lines):
        first = after[0] if _WIDE.match(after) else after.split(None, 1)[0]
        slack = 6 if _WIDE.search(line) else 1
        if _cells(line) + slack + _cells(first) < widest:
            return False
    return True


def _line_block(text: str, span: Span) -> Block:
    line = text[span.start : min(span.end, span.start + 200)]
    if _ITEM.match(line) and not _NUMBERED_HEADING.match(line):
        return Block(BlockKind.ITEM, span)
    if _cells(line) <= 90 and not _END.search(line) and not line.endswith(("，", ",")):
        return Block(BlockKind.HEADING, span, 2 if _NUMBERED_HEADING.match(line) else 1)
    return Block(BlockKind.PARAGRAPH, span)
